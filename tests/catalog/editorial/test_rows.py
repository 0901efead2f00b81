"""The history: every content model, links included, and every way in which a row is written."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advisor.models import Choice, Rule
from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import Action, load_shipped
from catalog.editorial.records import content_models
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Price, Provider, ShippedRow, Source, Statement, Trait
from tests.admin_form import open_form
from tests.factories.rows import a_trait

LINKED = {
    *("Assessment", "Correction", "Exam", "Expectation", "Independence", "Lifecycle", "Membership"),
    *("Price", "Recognition", "Renewal", "Requirement", "Succession", "Workload"),
}


def last(model: type[ContentRow], pk: int) -> Any:
    return model.history.filter(id=pk).latest("history_date", "history_id")


def test_every_content_model_is_tracked_with_all_its_links() -> None:
    assert len(content_models()) == 29
    links = {
        model.__name__: [field.name for field in model.history.model._history_m2m_fields]
        for model in content_models()
    }
    assert {name: names for name, names in links.items() if names} == {
        **{name: ["sources"] for name in LINKED},
        "Choice": ["traits"],
        "Outcome": ["tiers"],
    }


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model.__name__)
def test_loading_the_guide_leaves_the_whole_row_in_the_history(
    guide: None, model: type[ContentRow]
) -> None:
    for row in model.objects.all():
        version = last(model, row.pk)
        assert version.history_user is None
        for field in row._meta.fields:
            # The content's version is renewed without a version of its own.
            if field.name not in ("content_version", "changed_at"):
                assert getattr(version, field.attname) == getattr(row, field.attname)
        for link in row._meta.many_to_many:
            name = link.m2m_reverse_field_name()
            kept = {getattr(each, f"{name}_id") for each in getattr(version, link.name).all()}
            assert kept == {each.pk for each in getattr(row, link.name).all()}


def test_loading_the_guide_again_leaves_no_version(guide: None) -> None:
    before = [model.history.count() for model in content_models()]
    call_command("loadguide", verbosity=0)
    assert [model.history.count() for model in content_models()] == before


def test_an_update_that_ships_is_a_version(guide: None) -> None:
    shipped = read_fixtures(settings.BASE_DIR / "fixtures")
    certification = next(each for each in shipped if each.model is Source)
    certification.fields["name"] = "Renamed"
    row = certification.row()
    assert row
    assert load_shipped(shipped).counts[Action.UPDATE] == 1
    versions = Source.history.filter(id=row.pk).order_by("history_id")
    assert [(each.history_type, each.name) for each in versions][1:] == [("~", "Renamed")]


def test_a_row_that_no_longer_ships_leaves_its_deletion(guide: None) -> None:
    shipped = read_fixtures(settings.BASE_DIR / "fixtures")
    gone = next(each for each in shipped if each.label == "catalog.correction")
    row = gone.row()
    assert row
    pk = row.pk
    load_shipped([each for each in shipped if each is not gone])
    assert last(gone.model, pk).history_type == "-"
    assert not ShippedRow.objects.filter(model=gone.label, key=gone.key).exists()


def test_deleting_a_certification_keeps_the_text_of_all_its_statements(guide: None) -> None:
    certification = Certification.objects.get(slug="ai-plus-individual-certification")
    texts = sorted(certification.statements.values_list("text", flat=True))
    pk = certification.pk
    certification.delete()
    kept = Statement.history.filter(certification_id=pk, history_type="-")
    assert sorted(kept.values_list("text", flat=True)) == texts
    assert last(Certification, pk).history_type == "-"


def test_a_link_is_a_version_from_either_side(guide: None) -> None:
    choice, trait = Choice.objects.all()[0], a_trait("new")
    trait_versions = Trait.history.count()
    trait.choices.add(choice)
    assert trait.pk in {each.trait_id for each in last(Choice, choice.pk).traits.all()}
    trait.choices.remove(choice)
    assert trait.pk not in {each.trait_id for each in last(Choice, choice.pk).traits.all()}
    assert Trait.history.count() == trait_versions


def test_a_save_in_the_admin_names_the_user(guide: None, client: Client) -> None:
    editor = User.objects.create_superuser("editor")
    client.force_login(editor)
    provider = Provider.objects.all()[0]
    address = reverse("admin:catalog_provider_change", args=[provider.pk])
    form = open_form(client, address)
    form.set(name="Changed")
    form.send(client)
    version = last(Provider, provider.pk)
    assert (version.name, version.history_type, version.history_user) == ("Changed", "~", editor)


def test_a_trait_that_only_the_history_names_can_be_deleted(guide: None) -> None:
    trait = a_trait("passing")
    rule = Rule.objects.all()[0]
    condition = rule.condition
    for text in ("passing", condition):
        rule.condition = text
        rule.save()
    trait.delete()
    assert Rule.history.filter(condition="passing").count() == 1
    rule.delete()
    assert last(Rule, Rule.history.latest("history_id").id).history_type == "-"


@pytest.mark.parametrize("page", ["/", "/guide/", "/certifications/", "/advisor/"])
def test_readers_never_touch_the_history(guide: None, client: Client, page: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page).status_code == 200
    assert [each["sql"] for each in queries if "_historical" in each["sql"]] == []


@pytest.mark.parametrize(
    ("migration", "app"),
    [
        ("catalog.migrations.0003_history", "catalog"),
        ("advisor.migrations.0002_history", "advisor"),
    ],
)
def test_records_begin_with_all_content_that_was_there(
    guide: None, migration: str, app: str
) -> None:
    models = [each for each in content_models() if each._meta.app_label == app]
    before = {model: model.history.count() for model in models}
    import_module(migration).begin_records(app).code(apps, None)
    added = {model: model.history.count() - before[model] for model in models}
    assert added == {model: model.objects.count() for model in models}
    price = Price.objects.filter(sources__isnull=False)[0]
    version = last(Price, price.pk)
    if app == "catalog":
        assert (version.history_type, version.history_change_reason) == ("~", "Records begin")
        kept = {each.source_id for each in version.sources.all()}
        assert kept == set(price.sources.values_list("pk", flat=True))
