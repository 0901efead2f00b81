"""A long form leads to its parts, and from each error to its field."""

import pytest
from django.test import Client

from catalog.models import Certification, Source
from tests.admin_form import errors_on
from tests.editors import change_address, change_form
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")


def links(page: Element, where: str) -> list[tuple[str, str]]:
    """The texts of the links in a list, each with the one place that the link leads to."""
    found = [
        (each.text, each.attributes["href"])
        for part in page.find_all(where)
        for each in part.find_all("a")
    ]
    assert all(len(page.find_all(place)) == 1 for _, place in found)
    return found


def certification() -> Certification:
    return Certification.objects.get(slug="aws-certified-ai-practitioner")


def test_form_leads_to_its_parts_in_their_order_and_has_one_bar(admin_client: Client) -> None:
    page = read_page(admin_client.get(change_address(certification())).content)
    parts = [words for words, _ in links(page, ".parts")]
    assert parts[:3] == ["Lifecycle", "Price", "Exams"]
    assert parts[-3:] == ["Tier and study time", "Statements", "Address, heading and place"]
    assert len(page.find(".form-bar").find_all(".submit-row")) == 1
    assert page.find_all(".problems") == []
    # Where nothing is filled in yet, the focus goes to the first field, not to a button.
    page = read_page(admin_client.get("/admin/catalog/certification/add/").content)
    assert len(page.find_all(".submit-row")) == 1


def test_new_sentence_is_proposed_the_usual_effect_of_its_section(admin_client: Client) -> None:
    page = read_page(admin_client.get(change_address(certification())).content)
    sections = page.find(".statements").find_all("section")
    proposed = {e.attributes["data-section"]: e.attributes["data-effect"] for e in sections}
    assert {section: effect for section, effect in proposed.items() if effect} == {
        "worth-it-if": "for",
        "not-worth-it-if": "against",
        "prerequisite": "prerequisite",
        "exception": "for",
    }
    add = [e.find(".add-sentence").attributes["href"] for e in sections]
    assert [("&effect=for" in url) for url in add] == [v == "for" for v in proposed.values()]


def test_form_of_one_part_has_no_list_of_parts(admin_client: Client) -> None:
    page = read_page(admin_client.get(change_address(Source.objects.all()[0])).content)
    assert page.find_all(".parts") == []


def test_each_error_is_named_with_its_row_and_leads_to_its_field(admin_client: Client) -> None:
    form = change_form(admin_client, certification())
    row = form.row("statements", order="1")
    form.set(name="", price__0__amount="many")
    text = str(form.fields[f"{row}-text"])
    form.fill(row, text="")
    answer = form.send(admin_client)
    page = read_page(answer.content)
    assert links(page, ".problems") == [
        ("Name: This field is required.", "#id_name"),
        ("Price: Amount: Enter a number.", "#id_price-0-amount"),
        (f"Statement “{text}”: Text: This field is required.", f"#id_{row}-text"),
    ]
    assert len(errors_on(answer)) == 3


def test_error_of_a_list_or_a_row_leads_there(admin_client: Client) -> None:
    form = change_form(admin_client, certification())
    form.add_row("exams", order="1", confidence="low", checked_on="2026-11-22")
    form.set(price__0__currency="")
    assert links(read_page(form.send(admin_client).content), ".problems") == [
        (
            (
                "Price: A price needs amount, currency and period; an unknown price has none of "
                "them."
            ),
            "#price-0",
        ),
        ("Exams: Two rows have the same order number: 1.", "#exams-group"),
    ]
