"""Two editors: who saves over what they have not seen is stopped, and loses no input."""

import pytest
from django.db.models import Model
from django.test import Client

from catalog.models import Certification, Provider, Statement
from tests.admin_form import AdminForm, errors_on, open_form
from tests.editors import (
    address_of,
    change_address,
    change_form,
    differences,
    open_question,
    signed_in,
    stopped,
)
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")

SLUG = "microsoft-azure-ai-fundamentals"
LONELY = "ai-plus-individual-certification"  # no rule cites it


@pytest.fixture
def ann() -> Client:
    return signed_in("ann")


@pytest.fixture
def bea() -> Client:
    return signed_in("bea")


def certification(slug: str = SLUG) -> Certification:
    return Certification.objects.get(slug=slug)


def test_second_save_of_a_form_is_stopped_and_keeps_the_input(ann: Client, bea: Client) -> None:
    row = Provider.objects.all()[0]
    old, address = row.name, change_address(row)
    hers, his = open_form(ann, address), open_form(bea, address)
    hers.set(name="Ann’s name")
    assert hers.save(ann).status_code == 302
    his.set(name="Bea’s name")
    answer = his.save(bea)
    form = stopped(answer)
    assert form.fields["name"] == "Bea’s name"
    (difference,) = differences(answer)
    assert difference[1:] == [old, "Ann’s name", "Bea’s name"]
    assert "Changed by ann on" in read_page(answer.content).find(".conflict").text
    assert Provider.objects.get(pk=row.pk).name == "Ann’s name"
    form.address = address
    assert form.save(bea).status_code == 302
    assert Provider.objects.get(pk=row.pk).name == "Bea’s name"


def test_what_only_the_other_changed_is_taken_over(ann: Client, bea: Client) -> None:
    row = certification()
    hers, his = change_form(ann, row), change_form(bea, row)
    hers.set(heading="Ann’s heading")
    hers.fill("statements-0", text="Ann’s text")
    hers.save(ann)
    his.set(page_url="https://example.org/bea")
    his.fill("statements-1", text="Bea’s text")
    answer = his.save(bea)
    # Also where a fact is missing, whose empty row has no name yet.
    assert [theirs for _, _, theirs, _ in differences(answer) if "Ann" in theirs] == [
        "Ann’s heading",
        "Ann’s text",
    ]
    form = stopped(answer)
    form.address = his.address
    assert form.save(bea).status_code == 302
    row = certification()
    first, second = row.statements.order_by("order")[:2]
    assert (row.heading, row.page_url) == ("Ann’s heading", "https://example.org/bea")
    assert (first.text, second.text) == ("Ann’s text", "Bea’s text")


def test_rows_that_came_and_went_meanwhile(ann: Client, bea: Client) -> None:
    row = certification()
    first, second, third = row.statements.order_by("order")[:3]
    hers, his = change_form(ann, row), change_form(bea, row)
    hers.delete_row(hers.row("statements", id=str(first.pk)))
    hers.add_row("statements", order="90", section="signal", form="bullet", text="Ann’s new.")
    hers.save(ann)
    his.fill(his.row("statements", id=str(first.pk)), text="Bea’s words for the deleted.")
    his.fill(his.row("statements", id=str(second.pk)), text="Bea’s second.")
    his.delete_row(his.row("statements", id=str(third.pk)))
    his.add_row("statements", order="91", section="signal", form="bullet", text="Bea’s new.")
    form = stopped(his.save(bea))
    form.address = his.address
    response = form.save(bea)
    assert (response.status_code, errors_on(response) if response.content else []) == (302, [])
    texts_now = list(certification().statements.order_by("order").values_list("text", flat=True))
    assert not Statement.objects.filter(pk__in=[first.pk, third.pk]).exists()
    assert texts_now[:2] == ["Bea’s words for the deleted.", "Bea’s second."]
    assert texts_now[-2:] == ["Ann’s new.", "Bea’s new."]


def test_both_add_the_only_price(ann: Client, bea: Client) -> None:
    row = certification("ai-ethics-certificates")
    facts = {"confidence": "high", "checked_on": "2026-11-22"}
    hers, his = change_form(ann, row), change_form(bea, row)
    hers.fill("price-0", amount="10", currency="USD", period="once", **facts)
    assert hers.save(ann).status_code == 302
    his.fill("price-0", amount="20", currency="USD", period="once", **facts)
    form = stopped(his.save(bea))
    form.address = his.address
    assert form.save(bea).status_code == 302
    assert str(certification("ai-ethics-certificates").price_or_none) == "$20 once"


def test_a_statement_in_its_own_form_and_under_its_certification_are_one(
    ann: Client, bea: Client
) -> None:
    row = certification()
    statement = row.statements.order_by("order")[0]
    whole, alone = change_form(ann, row), change_form(bea, statement)
    alone.set(text="Alone.")
    assert alone.save(bea).status_code == 302
    whole.fill("statements-0", text="Under its entry.")
    assert stopped(whole.save(ann)).fields["statements-0-text"] == "Under its entry."
    assert Statement.objects.get(pk=statement.pk).text == "Alone."


def test_what_the_form_does_not_show_is_no_conflict(ann: Client, bea: Client) -> None:
    row = certification()
    form = change_form(ann, row)
    change_form(bea, row).save(bea)  # a save without a change
    other = change_form(bea, Provider.objects.all()[0])
    other.set(name="Other")
    other.save(bea)
    form.set(heading="Ann’s")
    assert form.save(ann).status_code == 302


def test_line_ends_are_no_change(ann: Client, bea: Client) -> None:
    row = certification()
    row.price_or_none.note = "One.\nTwo."  # type: ignore[union-attr]
    row.price_or_none.save()  # type: ignore[union-attr]
    hers, his = change_form(ann, row), change_form(bea, row)
    hers.fill("price-0", note="Ann’s note.")
    hers.save(ann)
    his.set(heading="Bea’s heading")
    form = stopped(his.save(bea))
    assert form.fields["price-0-note"] == "Ann’s note."


def test_a_row_deleted_meanwhile_can_be_added_again_with_the_input(
    ann: Client, bea: Client
) -> None:
    row = certification(LONELY)
    form = change_form(bea, row)
    open_delete(ann, row).save(ann)
    assert not Certification.objects.filter(pk=row.pk).exists()
    form.set(heading="Bea’s heading")
    form.fill("statements-0", text="Bea’s text.")
    answer = form.save(bea)
    again = stopped(answer)
    assert "deleted by ann on" in read_page(answer.content).find(".conflict").text.lower()
    assert (again.fields["heading"], again.fields["statements-0-text"]) == (
        "Bea’s heading",
        "Bea’s text.",
    )
    again.address = address_of(Certification, "add")
    again.fields["_waiver"] = "Readers saw it without a price before too"
    response = again.save(bea)
    assert (response.status_code, errors_on(response) if response.content else []) == (302, [])
    assert certification(LONELY).statements.order_by("order")[0].text == "Bea’s text."


def open_delete(client: Client, row: Model) -> AdminForm:
    return open_question(client, address_of(type(row), "delete", row.pk))


def test_what_changed_since_the_question_is_not_deleted(ann: Client, bea: Client) -> None:
    row = certification(LONELY)
    asked = open_delete(ann, row)
    edited = change_form(bea, row)
    edited.fill("statements-0", text="Worth keeping?")
    edited.save(bea)
    response = asked.save(ann)
    assert (response.status_code, Certification.objects.filter(pk=row.pk).exists()) == (302, True)
    shown = read_page(ann.get(asked.address).content).find(".messagelist").text
    assert shown.startswith("Changed meanwhile, by bea on ")
    open_delete(ann, row).save(ann)
    assert not Certification.objects.filter(pk=row.pk).exists()


def test_a_page_that_does_not_say_what_it_showed_is_stopped(ann: Client) -> None:
    row = Provider.objects.all()[0]
    form = change_form(ann, row)
    del form.fields["_version"]
    form.set(name="Ann’s")
    assert stopped(form.save(ann)).fields["name"] == "Ann’s"
    assert Provider.objects.get(pk=row.pk).name == row.name
