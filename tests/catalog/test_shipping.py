"""Loading the shipped content: what is added, updated, withdrawn, and what is left alone."""

from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from advisor.models import Outcome
from catalog.models import (
    Certification,
    Correction,
    Guide,
    Provider,
    ShippedRow,
    Source,
    Statement,
    Succession,
    Trait,
)
from catalog.models.keyed import KeyedModel
from catalog.shipping import (
    Action,
    Report,
    ShippedEntry,
    load_shipped,
    read_fixtures,
    row_digest,
)
from tests.catalog.rows import new_correction

ENTRIES = read_fixtures(settings.BASE_DIR / "fixtures")
MODELS = list(dict.fromkeys(entry.model for entry in ENTRIES))


def counts(report: Report) -> dict[str, int]:
    return {str(action): count for action, count in report.counts.items() if count}


def content() -> dict[str, list[str]]:
    """A digest of every row of the content, by its natural key."""
    return {
        model.__name__: sorted(
            f"{row.natural_key()} {row_digest(row)}" for row in model.objects.all()
        )
        for model in MODELS
    }


def small_content() -> dict[str, str | None]:
    """A digest of every row of the small content; any other change renews the version."""
    rows = {entry.key: entry.row() for entry in SMALL}
    return {key: row_digest(row) if row else None for key, row in rows.items()}


def version() -> str:
    return Guide.objects.get().content_version


def empty() -> None:
    Outcome.objects.update(if_none=None)
    for model in reversed(MODELS):
        model.objects.all().delete()
    ShippedRow.objects.all().delete()


# --- the whole guide ------------------------------------------------------------


def test_fixtures_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "2.yaml").write_text("- {model: catalog.trait, fields: {slug: b}}")
    (tmp_path / "1.yaml").write_text("- {model: catalog.source, fields: {slug: a, name: ä}}")
    (tmp_path / "guide.md").write_text("# not a fixture")
    assert read_fixtures(tmp_path) == [
        ShippedEntry(Source, {"slug": "a", "name": "ä"}),
        ShippedEntry(Trait, {"slug": "b"}),
    ]


def test_keys_of_the_shipped_entries_are_unique() -> None:
    keys = Counter((entry.label, entry.key) for entry in ENTRIES)
    assert [key for key, count in keys.items() if count > 1] == []


def test_load_into_an_empty_database_adds_every_row_and_a_second_run_changes_nothing(
    guide: None,
) -> None:
    before = content()
    empty()
    assert counts(load_shipped(ENTRIES)) == {"added": len(ENTRIES)}
    assert content() == before
    loaded = version()
    assert counts(load_shipped(ENTRIES)) == {"unchanged": len(ENTRIES)}
    assert (content(), version()) == (before, loaded)


def test_loaded_rows_are_those_of_the_fixtures_and_no_others(guide: None) -> None:
    shipped = Counter(entry.model.__name__ for entry in ENTRIES)
    assert {model.__name__: model.objects.count() for model in MODELS} == shipped


def test_every_content_model_is_shipped() -> None:
    content_models = [model for model in apps.get_models() if issubclass(model, KeyedModel)]
    assert {model.__name__ for model in content_models} == {model.__name__ for model in MODELS}


def test_loadguide_reports_what_it_left_alone(guide: None) -> None:
    Source.objects.filter(slug="metaltoad").update(name="Metal Toad")
    Provider.objects.filter(slug="ai-certs").update(name="AI Certs")
    out = StringIO()
    call_command("loadguide", stdout=out)
    assert out.getvalue().splitlines() == [
        'Left alone: catalog.provider ["ai-certs"]: changed by an editor.',
        'Left alone: catalog.source ["metaltoad"]: changed by an editor.',
        (
            f"The guide is loaded: 0 added, 0 updated, {len(ENTRIES) - 2} unchanged, "
            "0 withdrawn, 2 left alone."
        ),
    ]


def test_load_of_the_guide_leaves_an_edited_statement_alone(guide: None) -> None:
    Statement.objects.filter(text="You paid money").update(text="You paid")
    report = load_shipped(ENTRIES)
    assert counts(report) == {"unchanged": len(ENTRIES) - 1, "left alone": 1}
    assert report.left_alone == [
        (
            'catalog.statement ["ai-plus-individual-certification--you-paid-money"]: '
            "changed by an editor"
        )
    ]
    assert Statement.objects.filter(text="You paid").count() == 1


def test_digest_tells_apart_what_editors_can_change_and_nothing_else(guide: None) -> None:
    before = row_digest(Guide.objects.get())
    Source.objects.get(slug="metaltoad").save()  # a new content version
    assert row_digest(Guide.objects.get()) == before
    Guide.objects.update(title="Another")
    assert row_digest(Guide.objects.get()) != before


# --- a small guide --------------------------------------------------------------


def shipped(label: str, /, **fields: Any) -> ShippedEntry:  # noqa: ANN401 - any field
    model = apps.get_model(label)
    assert issubclass(model, KeyedModel)
    return ShippedEntry(model, fields)


def source(slug: str, name: str = "Old") -> ShippedEntry:
    return shipped("catalog.source", slug=slug, name=name)


def provider(slug: str) -> ShippedEntry:
    return shipped("catalog.provider", slug=slug, name=slug.title())


def entry(slug: str, order: int = 101, **fields: Any) -> ShippedEntry:  # noqa: ANN401 - any field
    fields = {"name": slug.title(), "kind": "exam", "provider": ["acme"], **fields}
    return shipped("catalog.certification", slug=slug, order=order, **fields)


def sentence(anchor: str, order: int, text: str = "It is so.") -> ShippedEntry:
    return shipped(
        "catalog.statement", anchor=anchor, certification=["exam-a"], order=order, text=text
    )


def succession(successor: str, order: int, *sources: str) -> ShippedEntry:
    return shipped(
        "catalog.succession",
        certification=["exam-a"],
        successor=[successor],
        order=order,
        confidence="high",
        checked_on="2026-11-22",
        sources=[[slug] for slug in sources],
    )


SMALL = [
    provider("acme"),
    source("one"),
    source("two"),
    entry("exam-a", 101),
    entry("exam-b", 102),
    entry("exam-c", 103),
    sentence("first", 1),
    sentence("second", 2),
    succession("exam-b", 1, "one"),
    succession("exam-c", 2, "one", "two"),
]


@pytest.fixture
def small(guide: None) -> None:
    """A small shipped content, beside which the guide counts as an editor's work."""
    ShippedRow.objects.all().delete()
    report = load_shipped(SMALL)
    assert counts(report) == {"added": len(SMALL)}


def with_changed(*changed: ShippedEntry) -> list[ShippedEntry]:
    """The small content with some entries in a new version, or added at the end."""
    new = {(each.label, each.key): each for each in changed}
    kept = [new.pop((each.label, each.key), each) for each in SMALL]
    return [*kept, *new.values()]


def without(*anchors: str) -> list[ShippedEntry]:
    return [each for each in SMALL if each.fields.get("anchor") not in anchors]


def edit_a_field() -> str:
    Certification.objects.filter(slug="exam-a").update(months_min=1, months_max=2)
    return 'catalog.certification ["exam-a"]: changed by an editor'


def edit_a_relation() -> str:
    Certification.objects.filter(slug="exam-b").update(provider=None)
    return 'catalog.certification ["exam-b"]: changed by an editor'


def edit_a_relation_to_many() -> str:
    a_to_b = Succession.objects.get(successor__slug="exam-b")
    a_to_b.sources.add(Source.objects.get(slug="two"))
    return 'catalog.succession ["exam-a", "exam-b"]: changed by an editor'


def empty_a_relation_to_many() -> str:
    Succession.objects.get(successor__slug="exam-c").sources.clear()
    return 'catalog.succession ["exam-a", "exam-c"]: changed by an editor'


def edit_the_order_of_a_relation() -> str:
    Succession.objects.filter(successor__slug="exam-b").update(order=9)
    return 'catalog.succession ["exam-a", "exam-b"]: changed by an editor'


def delete_a_row() -> str:
    Statement.objects.get(anchor="second").delete()
    return 'catalog.statement ["second"]: deleted by an editor'


EDITS: list[Callable[[], str]] = [
    edit_a_field,
    edit_a_relation,
    edit_a_relation_to_many,
    empty_a_relation_to_many,
    edit_the_order_of_a_relation,
    delete_a_row,
]


@pytest.mark.parametrize("edit", EDITS, ids=[edit.__name__ for edit in EDITS])
def test_load_leaves_an_edit_alone_and_reports_it(small: None, edit: Callable[[], str]) -> None:
    reported = edit()
    edited, seen = small_content(), version()
    report = load_shipped(SMALL)
    assert report.left_alone == [reported]
    assert counts(report) == {"unchanged": len(SMALL) - 1, "left alone": 1}
    assert (small_content(), version()) == (edited, seen)


def test_load_leaves_an_edit_alone_when_a_new_version_is_shipped(small: None) -> None:
    Source.objects.filter(slug="one").update(name="Edited")
    Source.objects.get(slug="two")
    report = load_shipped(with_changed(source("one", "New"), source("two", "New")))
    assert report.left_alone == ['catalog.source ["one"]: changed by an editor']
    assert counts(report) == {"unchanged": len(SMALL) - 2, "updated": 1, "left alone": 1}
    names = Source.objects.filter(slug__in=["one", "two"]).order_by("slug")
    assert [each.name for each in names] == ["Edited", "New"]


def test_load_takes_an_edit_that_was_taken_back_as_none(small: None) -> None:
    Source.objects.filter(slug="one").update(name="Edited")
    Source.objects.filter(slug="one").update(name="Old")
    assert counts(load_shipped(with_changed(source("one", "New")))) == {
        "unchanged": len(SMALL) - 1,
        "updated": 1,
    }


def test_load_keeps_a_deleted_row_deleted_when_a_new_version_is_shipped(small: None) -> None:
    Statement.objects.get(anchor="second").delete()
    report = load_shipped(with_changed(sentence("second", 2, "It is still so.")))
    assert report.left_alone == ['catalog.statement ["second"]: deleted by an editor']
    assert not Statement.objects.filter(anchor="second").exists()


def test_load_leaves_an_added_row_alone_when_its_key_is_shipped_later(small: None) -> None:
    Source.objects.create(slug="three", name="The editor's")
    report = load_shipped(with_changed(source("three", "Ours")))
    assert report.left_alone == ['catalog.source ["three"]: changed by an editor']
    assert Source.objects.get(slug="three").name == "The editor's"


def test_load_updates_untouched_rows_and_renews_the_version(small: None) -> None:
    before = version()
    report = load_shipped(
        with_changed(sentence("first", 1, "It is not so."), succession("exam-b", 1, "two"))
    )
    assert counts(report) == {"unchanged": len(SMALL) - 2, "updated": 2}
    assert Statement.objects.get(anchor="first").text == "It is not so."
    a_to_b = Succession.objects.get(successor__slug="exam-b")
    assert [each.slug for each in a_to_b.sources.all()] == ["two"]
    assert version() != before


def test_load_gives_a_field_that_is_no_longer_shipped_its_default(small: None) -> None:
    load_shipped(with_changed(entry("exam-a", 101, page_url="https://example.org/")))
    assert Certification.objects.get(slug="exam-a").page_url == "https://example.org/"
    load_shipped(SMALL)
    assert Certification.objects.get(slug="exam-a").page_url == ""


def test_load_of_a_new_version_twice_changes_nothing_more(small: None) -> None:
    new = with_changed(source("one", "New"), source("three"))
    assert counts(load_shipped(new)) == {"unchanged": len(SMALL) - 1, "updated": 1, "added": 1}
    assert counts(load_shipped(new)) == {"unchanged": len(SMALL) + 1}


def test_load_swaps_two_orders(small: None) -> None:
    report = load_shipped(
        with_changed(
            sentence("first", 2), sentence("second", 1), entry("exam-b", 103), entry("exam-c", 102)
        )
    )
    assert counts(report) == {"unchanged": len(SMALL) - 4, "updated": 4}
    statements = Statement.objects.filter(certification__slug="exam-a").order_by("order")
    assert [(each.order, each.anchor) for each in statements] == [(1, "second"), (2, "first")]
    entries = Certification.objects.filter(slug__in=["exam-b", "exam-c"]).order_by("order")
    assert [(each.order, each.slug) for each in entries] == [(102, "exam-c"), (103, "exam-b")]


def test_load_makes_room_in_the_middle_of_a_list(small: None) -> None:
    load_shipped(with_changed(sentence("second", 3), sentence("between", 2)))
    statements = Statement.objects.filter(certification__slug="exam-a").order_by("order")
    assert [each.anchor for each in statements] == ["first", "between", "second"]


def test_load_withdraws_an_untouched_row_that_is_no_longer_shipped(small: None) -> None:
    report = load_shipped(without("second"))
    assert counts(report) == {"unchanged": len(SMALL) - 1, "withdrawn": 1}
    assert not Statement.objects.filter(anchor="second").exists()
    assert counts(load_shipped(without("second"))) == {"unchanged": len(SMALL) - 1}


def test_load_keeps_an_edited_row_that_is_no_longer_shipped(small: None) -> None:
    Statement.objects.filter(anchor="second").update(text="Edited.")
    report = load_shipped(without("second"))
    assert counts(report) == {"unchanged": len(SMALL) - 1, "left alone": 1}
    assert report.left_alone == [
        'catalog.statement ["second"]: no longer shipped, but changed by an editor'
    ]
    assert Statement.objects.get(anchor="second").text == "Edited."


def test_load_withdraws_a_whole_list_in_the_right_order(small: None) -> None:
    report = load_shipped([])
    assert counts(report) == {"withdrawn": len(SMALL)}
    assert not Certification.objects.filter(slug__startswith="exam-").exists()
    assert not ShippedRow.objects.exists()
    assert Correction.objects.count() == 5  # what was not shipped stays


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (source("three", "x" * 201), Exception),
        (entry("exam-d", 104, provider=["nobody"]), Exception),
        (shipped("catalog.trait", slug="no spaces", label="wrong"), Exception),
        (shipped("catalog.trait", slug="odd", label="x", colour="red"), Exception),
    ],
    ids=["too-long", "unknown-relation", "invalid-slug", "unknown-field"],
)
def test_load_of_a_broken_fixture_changes_nothing(
    small: None, broken: ShippedEntry, error: type[Exception]
) -> None:
    before, seen = small_content(), version()
    records = list(ShippedRow.objects.order_by("pk").values())
    with pytest.raises(error):
        load_shipped([*with_changed(source("one", "New"), source("four")), broken])
    assert (small_content(), version()) == (before, seen)
    assert list(ShippedRow.objects.order_by("pk").values()) == records


def test_actions_are_named_as_the_command_reports_them() -> None:
    assert [str(action) for action in Action] == [
        "added",
        "updated",
        "unchanged",
        "withdrawn",
        "left alone",
    ]


# --- natural keys ---------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_natural_key_finds_its_row(guide: None, model: type[KeyedModel]) -> None:
    rows = list(model.objects.all())
    found = [model.objects.get_by_natural_key(*row.natural_key()) for row in rows]
    assert rows != []
    assert found == rows


def test_dump_and_load_with_natural_keys_give_the_same_content(guide: None, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    keys = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    labels = [model._meta.label for model in MODELS]  # noqa: SLF001 - public API
    call_command("dumpdata", *labels, output=str(path), verbosity=0, **keys)
    before = content()
    empty()
    assert content() != before
    call_command("loaddata", str(path), verbosity=0)
    assert content() == before


def test_correction_of_an_editor_survives_a_load(guide: None) -> None:
    statement = Statement.objects.get(text="~$200")
    new_correction(statement=statement, slug="dearer").save()
    assert counts(load_shipped(ENTRIES)) == {"unchanged": len(ENTRIES)}
    assert Correction.objects.filter(slug="dearer").exists()
