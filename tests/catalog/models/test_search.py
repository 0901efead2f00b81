"""The documents of the search: true after every write of what they hold."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from catalog.editorial.rows import ContentRow
from catalog.listing.search import matching
from catalog.models import Certification, Chapter, Provider, SearchDocument, Statement
from catalog.models.search import documents, write_documents

pytestmark = pytest.mark.usefixtures("guide")


def make_certification(name: str, *texts: str, provider: Provider | None = None) -> Certification:
    order = 1 + max(Certification.objects.values_list("order", flat=True), default=0)
    certification = Certification.objects.create(
        slug=f"made-{order}", name=name, kind="exam", order=order, provider=provider
    )
    for number, text in enumerate(texts):
        Statement.objects.create(
            certification=certification, order=number, section="proves", text=text
        )
    return certification


def found(q: str) -> set[str]:
    return set(Certification.objects.filter(pk__in=matching(q)).values_list("name", flat=True))


def assert_index_is_true() -> None:
    """Each certification has its document, no document is stale, and the index agrees with both."""
    expected = dict(documents(Certification.objects.all()))
    assert dict(SearchDocument.objects.values_list("pk", "text")) == expected
    if connection.vendor == "sqlite":
        insert = "INSERT INTO catalog_searchindex(catalog_searchindex, rank) VALUES (%s, 1)"
        with connection.cursor() as cursor:  # raises where the index differs from the table
            cursor.execute(insert, ["integrity-check"])


def test_shipped_content_is_indexed() -> None:
    assert SearchDocument.objects.count() == Certification.objects.count() > 0
    assert_index_is_true()


def test_certification_saved_and_deleted() -> None:
    certification = make_certification("Zyxing")
    assert matching("zyxing") == {certification.pk}
    certification.name = "Wubbling"
    certification.save()
    assert found("zyxing") == set()
    assert found("wubbling") == {certification.name}
    certification.delete()
    assert matching("wubbling") == frozenset()
    assert_index_is_true()


def test_certifications_deleted_with_statements() -> None:
    kept = make_certification("Zyxing", "Wubbles.")
    make_certification("Zyxed", "Wubbles.", "Frobs.").delete()
    make_certification("Zyxed", "Wubbles.", "Frobs.")
    Certification.objects.filter(name="Zyxed").delete()
    assert matching("wubbles") == {kept.pk}
    assert_index_is_true()


def test_provider_renamed_and_replaced() -> None:
    first = Provider.objects.create(slug="first", name="Zyxco")
    second = Provider.objects.create(slug="second", name="Wubbleco")
    certification = make_certification("An entry", provider=first)
    first.name = "Frobco"
    first.save()
    assert found("zyxco") == set()
    assert found("frobco") == {certification.name}
    certification.provider = second
    certification.save()
    assert found("frobco") == set()
    assert found("wubbleco") == {certification.name}
    first.delete()
    assert_index_is_true()


def test_statement_saved_and_deleted() -> None:
    certification = make_certification("An entry", "Zyxes.", "Wubbles.")
    statement = certification.statements.get(order=0)
    statement.text = "Frobs."
    statement.save(update_fields=["text"])
    assert found("zyxes") == set()
    assert found("frobs wubbles") == {certification.name}
    statement.delete()
    assert matching("frobs") == frozenset()
    certification.statements.all().delete()
    assert matching("wubbles") == frozenset()
    assert_index_is_true()


def test_statement_moved() -> None:
    here, there = make_certification("Here", "Zyxes."), make_certification("There")
    statement = here.statements.get()
    statement.certification = there
    statement.save()
    assert matching("zyxes") == {there.pk}
    # As a fixture moves it: the row was never read.
    moved = Statement(pk=statement.pk, anchor="x", text="Zyxes.", order=0, certification=here)
    moved.save()
    assert matching("zyxes") == {here.pk}
    moved.certification, moved.chapter, moved.order = None, Chapter.objects.first(), 9999
    moved.save()
    assert matching("zyxes") == frozenset()
    assert_index_is_true()


def test_move_that_is_refused_changes_nothing() -> None:
    here, there = make_certification("Here", "Zyxes."), make_certification("There", "Wubbles.")
    statement = here.statements.get()
    statement.certification = there  # its place there is taken
    with pytest.raises(IntegrityError), transaction.atomic():
        statement.save()
    assert matching("zyxes") == {here.pk}
    assert_index_is_true()


def test_bulk_writes_are_indexed_by_hand() -> None:
    Certification.objects.bulk_create(
        [Certification(slug="bulk", name="Zyxing", kind="exam", order=5000)]
    )
    assert matching("zyxing") == frozenset()
    write_documents(Certification.objects.filter(slug="bulk"))
    Certification.objects.filter(slug="bulk").update(name="Wubbling")
    write_documents(Certification.objects.all())
    assert matching("zyxing") == frozenset()
    assert len(matching("wubbling")) == 1
    assert_index_is_true()


def test_rolled_back_with_the_write() -> None:
    with transaction.atomic():
        make_certification("Zyxing", "Wubbles.")
        transaction.set_rollback(True)
    assert matching("zyxing") == matching("wubbles") == frozenset()
    assert_index_is_true()


def test_loadguide_again_after_changes() -> None:
    Statement.objects.exclude(certification=None)[0].delete()
    call_command("loadguide", verbosity=0)
    assert_index_is_true()


@pytest.mark.django_db(transaction=True)
def test_emptied_and_loaded_again(tmp_path: Path) -> None:
    make_certification("Zyxing", "Wubbles.")
    # Without the history: loading the rows writes a first version of each anew.
    models = apps.get_app_config("catalog").get_models()
    names = [model.__name__ for model in models if issubclass(model, ContentRow)]
    content = [f"catalog.{name}" for name in (*names, "SearchDocument")]
    call_command("dumpdata", *content, output=str(tmp_path / "all.json"), verbosity=0)
    before = found("cloud")
    call_command("flush", interactive=False, verbosity=0)
    assert matching("cloud") == frozenset()
    assert_index_is_true()
    call_command("loaddata", str(tmp_path / "all.json"), verbosity=0)
    assert found("cloud") == before
    assert found("wubbles") == {"Zyxing"}
    assert_index_is_true()


def test_upgrade_indexes_existing_content() -> None:
    before = dict(SearchDocument.objects.values_list("pk", "text"))
    SearchDocument.objects.all().delete()
    assert matching("cloud") == frozenset()
    import_module("catalog.migrations.0002_search").index_existing_content(apps, None)
    assert dict(SearchDocument.objects.values_list("pk", "text")) == before != {}
    assert_index_is_true()
