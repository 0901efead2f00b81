"""Ordered lists in the admin: swapped, shifted, refused as a whole."""

from collections.abc import Callable
from itertools import groupby

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Certification, Chapter, Statement
from tests.admin_form import AdminForm, errors_on, open_form, read_form

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")

SLUG = "aws-certified-ai-practitioner"
AZURE = "microsoft-azure-ai-fundamentals"
SPECIALTY = "aws-certified-machine-learning-specialty"


def open_certification(client: Client, slug: str = SLUG) -> AdminForm:
    pk = Certification.objects.get(slug=slug).pk
    return open_form(client, reverse("admin:catalog_certification_change", args=[pk]))


def in_order() -> list[str]:
    rows = Statement.objects.filter(certification__slug=SLUG).order_by("order")
    return [row.anchor for row in rows]


def numbers() -> list[int]:
    rows = Statement.objects.filter(certification__slug=SLUG).order_by("order")
    return [row.order for row in rows]


def by_section() -> list[tuple[str, list[str]]]:
    rows = Statement.objects.filter(certification__slug=SLUG).order_by("order")
    groups = groupby(rows, key=lambda row: row.section)
    return [(section, [row.anchor for row in group]) for section, group in groups]


def renumber(form: AdminForm, number: Callable[[int], int]) -> None:
    for row in range(len(numbers())):
        at = f"statements-{row}"
        form.fill(at, order=str(number(int(str(form.fields[f"{at}-order"])))))


def test_two_rows_are_swapped_in_one_save(admin_client: Client) -> None:
    first, second, *rest = in_order()
    form = open_certification(admin_client)
    at_first, at_second = (form.row("statements", order=order) for order in "12")
    form.fill(at_first, order="2")
    form.fill(at_second, order="1")
    assert form.send(admin_client).status_code == 302
    assert in_order() == [second, first, *rest]


def test_each_section_is_reversed_in_one_save(admin_client: Client) -> None:
    count, sections = len(numbers()), by_section()
    form = open_certification(admin_client)
    renumber(form, lambda number: count + 1 - number)
    assert form.send(admin_client).status_code == 302
    assert by_section() == [(section, anchors[::-1]) for section, anchors in sections]
    assert numbers() == list(range(1, count + 1))


def test_room_is_made_at_the_top(admin_client: Client) -> None:
    before = in_order()
    form = open_certification(admin_client)
    renumber(form, lambda number: number + 1)
    form.add_row("statements", order="1", section="proves", form="bullet", text="On top.")
    assert form.send(admin_client).status_code == 302
    assert in_order() == [f"{SLUG}--on-top", *before]


@pytest.mark.parametrize("is_before", [True, False], ids=["one before it", "one after it"])
def test_number_of_a_deleted_row_is_free_in_the_same_save(
    admin_client: Client, *, is_before: bool
) -> None:
    first, second, *rest = in_order()
    form = open_certification(admin_client)
    at_first, at_second = (form.row("statements", order=order) for order in "12")
    deleted, moved = (at_second, at_first) if is_before else (at_first, at_second)
    number = str(form.fields[f"{deleted}-order"])
    form.delete_row(deleted)
    form.fill(moved, order=number)
    response = form.send(admin_client)
    assert errors_on(response) == []
    assert in_order() == [first if is_before else second, *rest]


def test_new_row_takes_the_number_of_a_deleted_one(admin_client: Client) -> None:
    before = in_order()
    form = open_certification(admin_client)
    form.delete_row(form.row("statements", order="1"))
    form.add_row("statements", order="1", section="proves", form="bullet", text="Instead.")
    assert form.send(admin_client).status_code == 302
    assert in_order() == [f"{SLUG}--instead", *before[1:]]


def test_swapped_rows_have_no_number_but_their_own_in_the_history(admin_client: Client) -> None:
    form = open_certification(admin_client)
    at_first, at_second = (form.row("statements", order=order) for order in "12")
    keys = [int(str(form.fields[f"{at}-id"])) for at in (at_first, at_second)]
    form.fill(at_first, order="2")
    form.fill(at_second, order="1")
    form.send(admin_client)
    versions = Statement.history.filter(id__in=keys)
    assert max(each.order for each in versions) == 2


@pytest.mark.parametrize("is_new", [False, True], ids=["moved", "new"])
def test_equal_numbers_are_named_and_nothing_is_lost(admin_client: Client, *, is_new: bool) -> None:
    before = in_order()
    form = open_certification(admin_client, AZURE)
    if is_new:
        form.add_row("exams", order="2", code="N-1", confidence="low", checked_on="2026-11-22")
    else:
        form.fill(form.row("exams", order="1"), order="2", note="“Edited” — yes.")
    form.set(heading="“Edited” too")
    response = form.send(admin_client)
    assert response.status_code == 200
    assert errors_on(response) == ["Two rows have the same order number: 2."]
    assert read_form("", response.content).fields == form.fields
    assert in_order() == before


def test_statement_with_the_number_of_another_goes_before_it(admin_client: Client) -> None:
    first, second, third, *rest = in_order()
    form = open_certification(admin_client)
    form.fill(form.row("statements", order="3"), order="1")
    assert form.send(admin_client).status_code == 302
    assert in_order() == [third, first, second, *rest]


@pytest.mark.parametrize(
    ("slug", "prefix"), [(AZURE, "exams"), (SPECIALTY, "successions")], ids=lambda value: value
)
def test_other_lists_are_swapped_too(admin_client: Client, slug: str, prefix: str) -> None:
    def rows() -> list[int]:
        listed = getattr(Certification.objects.get(slug=slug), prefix)
        return list(listed.order_by("order").values_list("pk", flat=True))

    before = rows()
    form = open_certification(admin_client, slug)
    first, second = (form.row(prefix, order=order) for order in "12")
    form.fill(first, order="2")
    form.fill(second, order="1")
    assert form.send(admin_client).status_code == 302
    assert rows() == before[::-1]


def test_statements_of_a_chapter_are_swapped(admin_client: Client) -> None:
    chapter = Chapter.objects.get(slug="the-brutal-truth")
    first, second = chapter.statements.order_by("order")[:2]
    form = open_form(admin_client, reverse("admin:catalog_chapter_change", args=[chapter.pk]))
    at_first, at_second = (form.row("statements", order=order) for order in "12")
    form.fill(at_first, order="2")
    form.fill(at_second, order="1")
    assert form.send(admin_client).status_code == 302
    assert list(chapter.statements.order_by("order")[:2]) == [second, first]


@pytest.mark.parametrize("number", ["-1", "one"])
def test_what_is_no_number_is_refused(admin_client: Client, number: str) -> None:
    before = in_order()
    form = open_certification(admin_client)
    form.fill(form.row("statements", order="1"), order=number)
    response = form.send(admin_client)
    assert (response.status_code, len(errors_on(response))) == (200, 1)
    assert in_order() == before


def test_statement_without_a_number_goes_last_in_its_section(admin_client: Client) -> None:
    (section, (first, *rest)), *others = by_section()
    assert rest != []
    form = open_certification(admin_client)
    form.fill(form.row("statements", order="1"), order="")
    assert form.send(admin_client).status_code == 302
    assert by_section() == [(section, [*rest, first]), *others]


def test_other_rows_need_a_number(admin_client: Client) -> None:
    form = open_certification(admin_client, AZURE)
    form.fill(form.row("exams", order="1"), order="")
    response = form.send(admin_client)
    assert (response.status_code, errors_on(response)) == (200, ["This field is required."])


def test_rows_are_parked_on_free_numbers_that_both_databases_can_keep(db: None) -> None:
    first, second, third = Chapter.objects.order_by("order")[:3]
    for row, number in ((first, 32_767), (second, 22_767), (third, 10_001)):
        Chapter.objects.filter(pk=row.pk).update(order=number)
    Chapter.objects.park([first.pk, second.pk])
    orders = [Chapter.objects.get(pk=row.pk).order for row in (first, second, third)]
    assert orders == [32_766, 32_765, 10_001]
