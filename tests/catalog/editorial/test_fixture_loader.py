"""Loading shipped content: what is added, updated, withdrawn, and what is left alone."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.editorial.checks import RefusedError
from catalog.editorial.fixture_loader import (
    Action,
    LoadReport,
    load_shipped,
    row_digest,
)
from catalog.editorial.records import Record
from catalog.models import (
    Certification,
    Correction,
    ShippedRow,
    Source,
    Statement,
    Succession,
)
from tests.factories.records import counts, shipped, version
from tests.factories.rows import new_correction


def small_content() -> dict[str, str | None]:
    """A digest of every row of the small content; any other change renews the version."""
    rows = {certification.key: certification.row() for certification in SMALL}
    return {key: row_digest(row) if row else None for key, row in rows.items()}


def source(slug: str, name: str = "Old") -> Record:
    return shipped("catalog.source", slug=slug, name=name)


def provider(slug: str) -> Record:
    return shipped("catalog.provider", slug=slug, name=slug.title())


def certification(slug: str, order: int = 101, **fields: Any) -> Record:
    fields = {"name": slug.title(), "kind": "exam", "provider": ["acme"], **fields}
    return shipped("catalog.certification", slug=slug, order=order, **fields)


def sentence(anchor: str, order: int, text: str = "It is so.", *, of: str = "exam-a") -> Record:
    return shipped("catalog.statement", anchor=anchor, certification=[of], order=order, text=text)


def succession(successor: str, order: int, *sources: str) -> Record:
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
    certification("exam-a", 101),
    certification("exam-b", 102),
    certification("exam-c", 103),
    sentence("first", 1),
    sentence("second", 2),
    succession("exam-b", 1, "one"),
    succession("exam-c", 2, "one", "two"),
]


@pytest.fixture
def only_what_is_loaded(guide: None) -> None:
    """Take the guide for an editor's work, so that it is not withdrawn."""
    ShippedRow.objects.all().delete()


@pytest.fixture
def small(only_what_is_loaded: None) -> None:
    """A small shipped content, beside which the guide counts as an editor's work."""
    report = load_shipped(SMALL)
    assert counts(report) == {"added": len(SMALL)}


def with_changed(*changed: Record) -> list[Record]:
    """The small content with some certifications in a new version, or added at the end."""
    new = {(each.label, each.key): each for each in changed}
    kept = [new.pop((each.label, each.key), each) for each in SMALL]
    return [*kept, *new.values()]


def without(*anchors: str) -> list[Record]:
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
    load_shipped(with_changed(certification("exam-a", 101, page_url="https://example.org/")))
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
            sentence("first", 2),
            sentence("second", 1),
            certification("exam-b", 103),
            certification("exam-c", 102),
        )
    )
    assert counts(report) == {"unchanged": len(SMALL) - 4, "updated": 4}
    statements = Statement.objects.filter(certification__slug="exam-a").order_by("order")
    assert [(each.order, each.anchor) for each in statements] == [(1, "second"), (2, "first")]
    certifications = Certification.objects.filter(slug__in=["exam-b", "exam-c"]).order_by("order")
    assert [(each.order, each.slug) for each in certifications] == [
        (102, "exam-c"),
        (103, "exam-b"),
    ]


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


def test_load_keeps_a_source_that_an_editors_row_names(small: None) -> None:
    Succession.objects.filter(certification__slug="exam-a").update(note="Edited.")
    named = Succession.objects.filter(certification__slug="exam-a", sources__slug="one")
    assert len(before := list(named)) == 2
    report = load_shipped([record for record in SMALL if record.fields.get("slug") != "one"])
    assert (
        'catalog.source ["one"]: no longer shipped, but an editor\'s row needs it'
        in report.left_alone
    )
    assert list(named) == before


def test_load_withdraws_a_whole_list_in_the_right_order(small: None) -> None:
    report = load_shipped([])
    assert counts(report) == {"withdrawn": len(SMALL)}
    assert not Certification.objects.filter(slug__startswith="exam-").exists()
    assert not ShippedRow.objects.exists()
    assert Correction.objects.count() == 8  # what was not shipped stays


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (source("three", "x" * 201), Exception),
        (certification("exam-d", 104, provider=["nobody"]), Exception),
        (shipped("catalog.trait", slug="no spaces", label="wrong"), Exception),
        (shipped("catalog.trait", slug="odd", label="x", colour="red"), Exception),
    ],
    ids=["too-long", "unknown-relation", "invalid-slug", "unknown-field"],
)
def test_load_of_a_broken_fixture_changes_nothing(
    small: None, broken: Record, error: type[Exception]
) -> None:
    before, seen = small_content(), version()
    records = list(ShippedRow.objects.order_by("pk").values())
    with pytest.raises(error):
        load_shipped([*with_changed(source("one", "New"), source("four")), broken])
    assert (small_content(), version()) == (before, seen)
    assert list(ShippedRow.objects.order_by("pk").values()) == records


def test_load_names_the_row_and_the_field_that_is_not_valid(small: None) -> None:
    kind = shipped(
        "catalog.membership",
        certification=["exam-a"],
        category=["ai-ethics-certificates"],
        reason="",
        confidence="low",
        checked_on="2026-11-22",
        sources=[["one"]],
    )
    with pytest.raises(RefusedError) as refused:
        load_shipped([*SMALL, kind])
    assert refused.value.problems == (
        'catalog.membership ["exam-a"]: reason: This field cannot be blank.',
    )


def test_actions_are_named_as_the_command_reports_them() -> None:
    assert [str(action) for action in Action] == [
        "added",
        "updated",
        "unchanged",
        "withdrawn",
        "left alone",
    ]


# --- one certification, and what an editor did to it -------------------------------------

EXAM = certification("exam", provider=None)


def of_exam(anchor: str, order: int) -> Record:
    return sentence(anchor, order, of="exam")


def fact(**fields: Any) -> Record:
    return shipped(
        "catalog.lifecycle",
        certification=["exam"],
        confidence="high",
        checked_on="2026-11-22",
        **fields,
    )


def anchors() -> list[str]:
    statements = Statement.objects.filter(certification__slug="exam").order_by("order")
    return [statement.anchor for statement in statements]


def load(*certifications: Record) -> LoadReport:
    return load_shipped(list(certifications))


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_closes_the_gap_of_a_withdrawn_row() -> None:
    load(EXAM, of_exam("one", 1), of_exam("two", 2), of_exam("three", 3))
    load(EXAM, of_exam("one", 1), of_exam("three", 2))
    assert anchors() == ["one", "three"]


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_puts_another_row_in_the_place_of_a_withdrawn_one() -> None:
    load(EXAM, of_exam("one", 1), of_exam("typo", 2))
    load(EXAM, of_exam("one", 1), of_exam("mended", 2))
    assert anchors() == ["one", "mended"]


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_empties_a_relation_that_is_no_longer_shipped() -> None:
    load(source("s"), EXAM, fact(sources=[["s"]]))
    load(source("s"), EXAM, fact())
    exam = Certification.objects.get(slug="exam")
    assert list(exam.lifecycle.sources.all()) == []


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_leaves_alone_what_belongs_to_a_row_that_an_editor_deleted() -> None:
    load(EXAM)
    Certification.objects.get(slug="exam").delete()
    load(EXAM, of_exam("new", 1), source("s"))
    assert not Certification.objects.filter(slug="exam").exists()
    assert Source.objects.filter(slug="s").exists()


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_goes_on_when_an_editor_has_taken_an_order_number() -> None:
    load(EXAM, of_exam("one", 1))
    exam = Certification.objects.get(slug="exam")
    Statement.objects.create(certification=exam, order=2, text="The editor's.", anchor="editors")
    load(EXAM, of_exam("one", 1), of_exam("two", 2))
    assert Statement.objects.get(anchor="editors").text == "The editor's."
    assert set(anchors()) >= {"one", "editors"}


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_does_not_withdraw_what_an_editor_has_built_on() -> None:
    load(EXAM, of_exam("one", 1))
    new_correction(statement=Statement.objects.get(anchor="one"), slug="editors").save()
    load(EXAM)
    assert Correction.objects.filter(slug="editors").exists()


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_does_not_stop_at_a_row_that_an_edited_one_needs() -> None:
    load(provider("acme"), certification("exam"))
    Certification.objects.filter(slug="exam").update(name="Edited")
    load()
    assert Certification.objects.get(slug="exam").name == "Edited"
