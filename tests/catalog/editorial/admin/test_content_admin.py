"""Editing in forms and lists: what an editor changed is saved, never over what others changed."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.editorial.edit import edit
from catalog.models import Chapter, Provider, Statement
from tests.admin_form import AdminForm, errors_on, open_form, read_form
from tests.editors import address_of, change_address, differences, signed_in

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")


def open_list(client: Client) -> AdminForm:
    return open_form(client, f"{reverse('admin:catalog_statement_changelist')}?effect__exact=for")


def arguing(number: int) -> Statement:
    return Statement.objects.filter(effect="for").exclude(condition="").order_by("pk")[number]


def fill(form: AdminForm, row: Statement, **values: str) -> None:
    form.fill(form.row("form", id=str(row.pk)), **values)


def conditions(*rows: Statement) -> list[str]:
    return [Statement.objects.get(pk=row.pk).condition for row in rows]


def test_rows_that_an_editor_left_alone_are_not_sent_back() -> None:
    ann, bea = signed_in("ann"), signed_in("bea")
    first, second = arguing(0), arguing(1)
    hers, his = open_list(ann), open_list(bea)
    fill(hers, first, condition="business")
    assert hers.save(ann).status_code == 302
    fill(his, second, condition="not business")
    assert his.save(bea).status_code == 302
    assert conditions(first, second) == ["business", "not business"]


def test_row_that_both_edited_is_stopped_and_can_be_saved_on_top() -> None:
    ann, bea = signed_in("ann"), signed_in("bea")
    row, other = arguing(0), arguing(1)
    old = row.condition
    hers, his = open_list(ann), open_list(bea)
    fill(hers, row, condition="business")
    hers.save(ann)
    fill(his, row, condition="not business")
    fill(his, other, condition="not business")
    answer = his.save(bea)
    assert (answer.status_code, conditions(row, other)) == (200, ["business", other.condition])
    contested, alone = differences(answer)
    assert contested[1:] == [old, "business", "not business"]
    assert alone[1:] == [other.condition, other.condition, "not business"]
    form = read_form(his.address, answer.content)
    assert (form.fields["form-TOTAL_FORMS"], form.fields["form-0-condition"]) == (
        "2",
        "not business",
    )
    assert form.save(bea).status_code == 302
    assert conditions(row, other) == ["not business"] * 2


def test_row_that_is_gone_is_shown_with_the_input() -> None:
    bea = signed_in("bea")
    uncited = Statement.objects.filter(effect="for", citations=None, cautions=None)
    row = uncited.exclude(condition="")[0]
    his = open_list(bea)
    Statement.objects.filter(pk=row.pk).delete()
    fill(his, row, condition="not business")
    answer = his.save(bea)
    assert answer.status_code == 200
    assert differences(answer)[-1][2:] == ["deleted", "not business"]


def test_fault_is_told_beside_the_row_and_the_input_kept() -> None:
    ann, row = signed_in("ann"), arguing(0)
    form = open_list(ann)
    fill(form, row, condition="")
    answer = form.save(ann)
    message = (
        "A statement that argues needs a condition, or a written reason why it has none (not both)."
    )
    assert (answer.status_code, errors_on(answer)) == (200, [message])
    assert read_form("", answer.content).fields["form-0-condition"] == ""
    assert conditions(row) == [row.condition]


def test_second_click_ends_on_what_the_first_one_saved() -> None:
    ann = signed_in("ann")
    form = open_form(ann, address_of(Provider, "add"))
    form.set(name="Only once")
    answers = [form.send(ann) for _ in range(2)]
    assert [(each.status_code, each.headers["Location"]) for each in answers] == [
        (302, address_of(Provider, "changelist"))
    ] * 2
    assert Provider.objects.filter(name="Only once").count() == 1
    row = Provider.objects.get(name="Only once")
    form = open_form(ann, change_address(row))
    form.set(name="Another")
    assert [form.send(ann).status_code for _ in range(2)] == [302, 302]
    assert row.history.count() == 2


def test_form_of_200_statements_is_saved() -> None:
    ann = signed_in("ann")
    with edit():
        chapter = Chapter.objects.create(slug="long", heading="Long", order=90)
    form = open_form(ann, change_address(chapter))
    for number in range(200):
        form.add_row(
            "statements", order=str(number + 1), section="chapter", text=f"Sentence {number}."
        )
    assert len(form.fields) > 1_000
    assert form.send(ann).status_code == 302
    assert chapter.statements.count() == 200
