"""The rulebook made of the rows, kept while the content version stands."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advisor.domain.answers import read_answers
from advisor.domain.certifications import Effect, Rated
from advisor.domain.outcomes import Recommends
from advisor.domain.questions import Power
from advisor.domain.rulebook import Rulebook
from advisor.domain.standing import assess
from advisor.models import Question
from advisor.rulebook_loader import current_rulebook, read_rulebook
from catalog.editorial.content_version import content_version
from catalog.models import Certification, ContentVersion, Lifecycle, Price, Statement
from tests.advisor.sheets import BY_NAME, GOOGLE, IBM, PROMPT, RATED, READY, UNRATED


def test_rulebook_is_kept_while_the_content_stands(guide: None) -> None:
    first = current_rulebook()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert current_rulebook() is first
    assert len(queries) == 1  # the version


def test_rulebook_is_read_again_if_an_editor_saves_meanwhile(
    guide: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, texts = Question.objects.get(key="role"), ["What do you do?", "Who are you?"]
    expected = texts[-1]

    def ask_otherwise() -> None:
        question.text = texts.pop(0)
        question.save()

    def read_slowly(version: str) -> Rulebook:
        rulebook = read_rulebook(version)
        if texts:
            ask_otherwise()
        return rulebook

    ask_otherwise()
    monkeypatch.setattr("advisor.rulebook_loader.read_rulebook", read_slowly)
    assert current_rulebook().by_key["role"].text == expected


def test_rulebook_is_new_after_an_edit(guide: None) -> None:
    first = current_rulebook()
    question = Question.objects.get(key="role")
    question.text = "What do you do?"
    question.save()
    second = current_rulebook()
    assert second.version != first.version
    assert (first.by_key["role"].text, second.by_key["role"].text) == (
        "What is your role, or the one you are heading for?",
        "What do you do?",
    )


def test_each_edit_of_what_is_not_judged_is_seen_and_leaves_all_others(guide: None) -> None:
    before = current_rulebook().certifications
    unjudged = {c.slug for c in before if c.rated is Rated.NO and c.total_usd is not None}
    price = Price.objects.filter(certification__slug__in=unjudged, sources__isnull=False)[0]
    source, slug = price.sources.all()[0], price.certification.slug
    others = price.sources.exclude(pk=source.pk).values_list("name", flat=True)
    price.amount = Decimal(12345)
    price.save()
    assert current_rulebook().by_slug[slug].total_usd == price.certification.total_usd
    source.name = "~ renamed"
    source.save()
    after = current_rulebook()
    named = ", ".join([*others, source.name])
    assert after.by_slug[slug].price.source.startswith(f"{named}; {price.confidence} confidence")
    told = {c.slug: c for c in before if c.rated is Rated.NO}
    same = [c.slug for c in after.certifications if c is told.get(c.slug)]
    touched = Price.objects.filter(sources=source) | Price.objects.filter(pk=price.pk)
    assert slug not in same
    assert len(same) > len(told) / 2 > touched.count()


def test_rulebook_has_every_certification_in_the_order_of_the_guide(guide: None) -> None:
    book = current_rulebook()
    slugs = [certification.slug for certification in book.certifications]
    assert [slug for slug in slugs if slug in RATED] == [*RATED]
    assert {*slugs} >= {*UNRATED}
    assert book.version == content_version()


def test_rulebook_is_not_made_of_nothing(guide: None) -> None:
    ContentVersion.objects.all().delete()
    with pytest.raises(ContentVersion.DoesNotExist):
        current_rulebook()


def test_certification_with_its_facts(guide: None) -> None:
    certification = current_rulebook().by_slug[IBM]
    assert (
        certification.kind,
        certification.tier,
        certification.tier_order,
        certification.platform,
    ) == (
        "course-series",
        "moderate",
        2,
        "",
    )
    assert (certification.total_usd, certification.free_with, certification.months_min) == (
        Decimal(177),
        "coursera-plus",
        3,
    )
    assert (certification.has_facts, certification.reported) == (True, "open")
    assert certification.study_time.url == f"/guide/#{IBM}--3-6-months-part-time"
    assert certification.price.source == "The guide; medium confidence, checked on 30 November 2026"
    seen = "Coursera: IBM AI Engineering series; medium confidence, checked on 30 November 2026"
    assert certification.lifecycle.source == seen


def test_exam_of_which_nothing_is_known_calls_for_caution(guide: None) -> None:
    Lifecycle.objects.get(certification__slug=GOOGLE).delete()
    Price.objects.get(certification__slug=GOOGLE).delete()
    book = current_rulebook()
    certification = book.by_slug[GOOGLE]
    assert (certification.has_facts, certification.reported, certification.total_usd) == (
        True,
        "unknown",
        None,
    )
    found = assess(certification, read_answers(book, READY).sheet, today=date(2026, 11, 25))
    assert [caution.text for caution in found.cautions] == [
        "Whether it is still open is not known: ask the provider.",
        "What it costs in all is not known: ask before you decide.",
    ]


def test_study_time_that_the_guide_does_not_give_is_not_laid_to_it(guide: None) -> None:
    Certification.objects.filter(slug=GOOGLE).update(months_min=4, months_max=6)
    certification = read_rulebook("edited").by_slug[GOOGLE]
    assert certification.study_time.url.endswith(f"{GOOGLE}/#study-time")
    assert certification.study_time.source == "no source known"


def test_category_without_facts(guide: None) -> None:
    certification = current_rulebook().by_slug[PROMPT]
    assert (certification.kind, certification.has_facts, certification.reported) == (
        "category",
        False,
        "unknown",
    )
    assert (certification.total_usd, certification.months_min, certification.closes_on) == (
        None,
        None,
        None,
    )
    assert certification.price.source == "no source known"


def test_statements_with_a_condition_argue_and_no_others(guide: None) -> None:
    book = current_rulebook()
    argue = set(Statement.objects.exclude(condition="").values_list("text", flat=True))
    named = [each for each in book.certifications if each.rated is Rated.BY_NAME]
    told = {s.text for each in named for s in each.statements if not s.source and not s.beside}
    assert told == argue
    assert {s.effect for s in book.by_slug[GOOGLE].statements} == {
        Effect.FOR,
        Effect.AGAINST,
        Effect.PREREQUISITE,
        Effect.CAUTION,
    }


def test_question_that_names_a_certification_offers_all_of_them(guide: None) -> None:
    question = current_rulebook().by_key["required"]
    offered = set(question.by_key)
    assert offered >= {*BY_NAME, *UNRATED, "other"}
    assert offered.isdisjoint(RATED[len(BY_NAME) :])  # nobody requires a category
    assert (question.named_trait, question.power) == ("requires-this", Power.CIRCUMSTANCE)
    assert question.by_key[GOOGLE].label == Certification.objects.get(slug=GOOGLE).name


def test_outcome_with_what_it_recommends(guide: None) -> None:
    outcome = current_rulebook().outcomes["one"]
    assert (outcome.recommends, outcome.kind, outcome.tiers) == (
        Recommends.WORTH_IT,
        "exam",
        frozenset({"high", "moderate"}),
    )
    assert (outcome.needs_platform, outcome.if_none, outcome.trait) == (
        True,
        "none-fits",
        "outcome-one",
    )


def test_last_rule_always_applies(guide: None) -> None:
    assert current_rulebook().rules[-1].condition.is_met(frozenset())


def test_price_in_another_currency_is_unknown(guide: None) -> None:
    Price.objects.get(certification__slug=GOOGLE).delete()
    Price(
        certification=Certification.objects.get(slug=GOOGLE),
        amount=100,
        currency="EUR",
        period="once",
        confidence="low",
        checked_on="2026-11-22",
    ).save()
    assert current_rulebook().by_slug[GOOGLE].total_usd is None


def test_monthly_price_without_a_study_time_is_unknown(guide: None) -> None:
    Certification.objects.filter(slug=IBM).update(months_min=None, months_max=None)
    Lifecycle.objects.get(certification__slug=IBM).save()  # renews the version
    certification = current_rulebook().by_slug[IBM]
    assert (certification.total_usd, certification.months_min) == (None, None)


@pytest.mark.parametrize("more", [0, 20])
def test_number_of_queries_does_not_depend_on_the_number_of_certifications(
    guide: None, more: int
) -> None:
    tier = Certification.objects.get(slug=GOOGLE).tier
    for number in range(more):
        Certification.objects.create(
            slug=f"entry-{number}",
            name=f"Entry {number}",
            kind="exam",
            tier=tier,
            order=100 + number,
        )
    Question.objects.get(key="role").save()
    with CaptureQueriesContext(connection) as queries:
        current_rulebook()
    assert len(queries) == QUERIES


QUERIES = 22
