"""An edit: its content version is new for every change of content, and for nothing else."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from advisor.models import Choice, Citation, Outcome, Question, Rule
from catalog.editorial.content_version import content_version
from catalog.models import (
    Certification,
    Chapter,
    ContentVersion,
    Correction,
    Exam,
    Guide,
    Lifecycle,
    Membership,
    Price,
    Provider,
    Source,
    Statement,
    Succession,
    Tier,
    Trait,
)
from tests.factories.rows import a_source, a_trait

# Those that others refer to come last, so that all can be deleted in this order.
CONTENT: list[type[Model]] = [
    Citation,
    Rule,
    Choice,
    Question,
    Outcome,
    Correction,
    Statement,
    Succession,
    Exam,
    Price,
    Lifecycle,
    Membership,
    Certification,
    Tier,
    Provider,
    Chapter,
    Source,
    Trait,
]


def version() -> str:
    return content_version()


def renews(change: Callable[[], object]) -> bool:
    before = version()
    change()
    return version() != before


def first(model: type[Model]) -> Model:
    row = model._default_manager.order_by("pk").first()
    assert row is not None
    return row


def test_version_starts_with_the_day(guide: None, today: None) -> None:
    first(Source).save()
    assert re.fullmatch(r"20261123-[0-9a-f]{8}", version())
    assert ContentVersion.objects.get().changed_at == timezone.now()


@pytest.mark.parametrize("model", [Guide, *CONTENT], ids=lambda model: model.__name__)
def test_version_changes_when_a_row_is_saved(guide: None, model: type[Model]) -> None:
    assert renews(first(model).save)


def test_version_changes_when_a_row_is_deleted(guide: None) -> None:
    Outcome.objects.update(if_none=None)
    changed = {}
    for model in CONTENT:
        changed[model.__name__] = renews(first(model).delete)
        model._default_manager.all().delete()
    assert changed == {model.__name__: True for model in CONTENT}


def test_version_changes_when_a_row_is_added(guide: None) -> None:
    assert renews(lambda: a_trait("new"))


@pytest.mark.parametrize("model", [Lifecycle, Price, Exam, Succession, Correction])
def test_version_changes_when_a_fact_is_linked_to_a_source(
    guide: None, model: type[Lifecycle]
) -> None:
    fact = model.objects.filter(sources__isnull=False)[0]
    added = a_source()
    assert renews(lambda: fact.sources.add(added))
    assert renews(lambda: fact.sources.remove(added))
    assert renews(lambda: fact.sources.set([added]))
    assert renews(fact.sources.clear)


def test_version_changes_when_a_choice_grants_a_trait(guide: None) -> None:
    choice, trait = Choice.objects.all()[0], a_trait("new")
    assert renews(lambda: choice.traits.add(trait))
    assert renews(lambda: trait.choices.remove(choice))


def test_version_changes_when_an_outcome_takes_a_tier(guide: None) -> None:
    outcome = Outcome.objects.get(slug="literacy")
    assert renews(lambda: outcome.tiers.add(Tier.objects.get(slug="avoid")))


def test_version_never_comes_back(guide: None) -> None:
    source = Source.objects.all()[0]
    seen = [version()]
    for name in ("New", source.name, "New"):
        source.name = name
        source.save()
        seen.append(version())
    assert len(set(seen)) == len(seen)


def test_version_is_kept_when_the_change_is_rolled_back(guide: None) -> None:
    before = version()
    with transaction.atomic():
        Source.objects.all()[0].save()
        assert version() != before
        transaction.set_rollback(True)
    assert version() == before


def test_version_is_kept_by_reading(guide: None, client: Client) -> None:
    before = version()
    for address in ("/", "/guide/", "/certifications/", "/advisor/"):
        assert client.get(address).status_code == 200
    assert version() == before


def test_version_is_kept_by_users_and_sessions(guide: None) -> None:
    assert not renews(lambda: User.objects.create_user("editor"))
    assert not renews(User.objects.get(username="editor").delete)
    assert not renews(lambda: Session.objects.create(session_key="x", expire_date=timezone.now()))


def test_version_is_kept_by_signing_in(guide: None, client: Client) -> None:
    user = User.objects.create_user("editor")
    assert not renews(lambda: client.force_login(user))
