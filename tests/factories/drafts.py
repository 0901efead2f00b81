"""A draft of everything that can be one, each with a word that no reader may ever see."""

from typing import Any

from advisor.models import Choice, Citation, Outcome, Question, Rule
from catalog.models import Certification, Price, Provider, Statement
from tests.factories.rows import (
    new_certification,
    new_correction,
    new_lifecycle,
    new_price,
    new_statement,
    new_succession,
)

WORD = "xylophone"
PUBLISHED = "aws-certified-machine-learning-specialty"  # closed, rated, with statements


def add_drafts() -> Certification:
    """Add them, below published rows and below each other; returns the certification."""
    certification = _certification()
    for parent in (Certification.objects.get(slug=PUBLISHED), certification):
        sentence = new_statement(
            certification=parent,
            order=90,
            text=f"A {WORD} says so.",
            is_draft=parent != certification,
        )
        sentence.save()
        new_correction(
            slug=f"{WORD}-{parent.pk}", statement=sentence, text=f"No {WORD} says so."
        ).save()
    shown = Statement.objects.filter(certification__slug=PUBLISHED)[0]
    new_correction(slug=WORD, statement=shown, text=f"A {WORD} corrects.", is_draft=True).save()
    old = Certification.objects.get(slug=PUBLISHED)
    new_succession(certification=old, successor=certification, order=90).save()
    new_succession(certification=certification, successor=old).save()
    _in_the_rulebook(sentence)
    return certification


def fill_gaps(certification: Certification) -> None:
    """Add what it lacks to be published."""
    Certification.objects.filter(pk=certification.pk).update(page_url="https://example.org/")
    Price.objects.filter(certification=certification).update(
        amount=1, currency="USD", period="once"
    )


def _certification() -> Certification:
    provider = Provider.objects.create(slug=WORD, name=f"The {WORD} company")
    certification = new_certification(
        slug=f"{WORD}-first", name=f"A {WORD}", provider=provider, is_draft=True
    )
    certification.save()
    certification.slug = WORD
    certification.save()
    new_lifecycle(certification=certification, reported="open", closes_on="2027-01-31").save()
    new_price(certification=certification).save()
    return certification


def _in_the_rulebook(sentence: Statement) -> None:
    question = Question.objects.create(
        key=WORD, order=0, label="New", text=f"Do you own a {WORD}?", why="So.", is_draft=True
    )
    said: dict[str, Any] = {"label": f"A {WORD}", "said": f"you own a {WORD}"}
    Choice.objects.create(question=question, key="yes", order=1, **said)
    outcome = Outcome.objects.get(slug="skip")
    rule = Rule.objects.create(name=f"A {WORD}", order=0, outcome=outcome, is_draft=True)
    shown = Statement.objects.published()[0]
    Citation.objects.create(rule=rule, statement=shown, order=1, purpose="reason")
    Citation.objects.create(statement=sentence, order=90, purpose="warning")
