"""Statements in the form of a certification: a table by section, without numbers to type."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Certification, Statement
from tests.admin_form import AdminForm, errors_on, open_form
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")

GOOGLE = "google-professional-machine-learning-engineer"


def certification(slug: str = GOOGLE) -> Certification:
    return Certification.objects.get(slug=slug)


def address(slug: str = GOOGLE) -> str:
    return reverse("admin:catalog_certification_change", args=[certification(slug).pk])


def form_of(client: Client, slug: str = GOOGLE) -> AdminForm:
    return open_form(client, address(slug))


def table(client: Client) -> Element:
    return read_page(client.get(address()).content).find("#statements-group")


def sections(slug: str = GOOGLE) -> list[str]:
    """The sections in the order of the statements, each as often as it begins."""
    found: list[str] = []
    for statement in certification(slug).statements.order_by("order"):
        if statement.section not in found[-1:]:
            found.append(statement.section)
    return found


def test_each_sentence_is_a_line_under_its_section(admin_client: Client) -> None:
    every = table(admin_client).find_all(".section")
    shown = [section for section in every if section.find_all(".statement")]
    assert [section.attributes["data-section"] for section in shown] == sections()
    found = [text for section in shown for text in texts(section, ".line-text")]
    statements = certification().statements.order_by("order")
    assert found == [" ".join(statement.text.split()) for statement in statements]


def test_line_says_effect_and_condition_in_words(admin_client: Client) -> None:
    (line,) = [
        each
        for each in table(admin_client).find_all(".statement")
        if each.find(".line-text").text == "You work or plan to work with GCP"
    ]
    assert line.find(".line-effect").text == "for"
    assert line.find(".line-condition").text == "who uses or plans to use Google Cloud"
    assert "open" not in line.find("details").attributes


@pytest.mark.parametrize("section", ["proves", "not-worth-it-if", "reality"])
def test_new_sentence_stands_last_in_its_section(admin_client: Client, section: str) -> None:
    before = sections()
    form = form_of(admin_client)
    form.add_row("statements", section=section, form="bullet", text="A new one.", order="")
    assert form.send(admin_client).status_code == 302
    after = sections()
    assert [each for each in after if each in before] == before
    assert len(after) == len(set(after))
    last = certification().statements.filter(section=section).order_by("order").last()
    assert last
    assert last.text == "A new one."


def test_sentence_that_changes_its_section_moves_there(admin_client: Client) -> None:
    first = certification().statements.order_by("order")[0]
    form = form_of(admin_client)
    form.fill(form.row("statements", id=str(first.pk)), section="cost")
    assert form.send(admin_client).status_code == 302
    assert len(sections()) == len(set(sections()))
    assert certification().statements.filter(section="cost").count() == 2


def test_error_unfolds_the_line_that_has_it(admin_client: Client) -> None:
    form = form_of(admin_client)
    form.fill("statements-0", text="")
    answer = form.send(admin_client)
    assert errors_on(answer) == ["This field is required."]
    line = read_page(answer.content).find("#statements-0")
    assert "open" in line.find("details").attributes


def test_sentence_is_added_without_a_script(admin_client: Client) -> None:
    (link,) = [
        each.attributes["href"]
        for each in table(admin_client).find_all("a")
        if "section=worth-it-if" in each.attributes.get("href", "")
    ]
    form = open_form(admin_client, link)
    assert form.fields["effect"] == "for"  # proposed, as where a script adds it
    form.set(text="You like it.", effect="")
    answer = form.send(admin_client)
    assert (answer.status_code, answer.headers["Location"]) == (302, address())
    added = Statement.objects.get(text="You like it.")
    assert (added.certification, added.section) == (certification(), "worth-it-if")
    assert len(sections()) == len(set(sections()))


def test_form_says_each_help_text_once(admin_client: Client) -> None:
    page = read_page(admin_client.get(address()).content)
    assert "told-once" in page.find("#content").classes
    for legend in page.find_all(".legend"):
        terms = texts(legend, "dt")
        assert len(terms) == len(set(terms)) > 0


def test_preview_shows_what_is_typed_and_saves_nothing(admin_client: Client) -> None:
    form = form_of(admin_client)
    form.fill("statements-0", text="Only typed.")
    form.fields["_preview"] = "1"
    shown = read_page(form.send(admin_client).content)
    assert "Only typed." in texts(shown, ".statement")
    assert shown.find(".preview").text.startswith("Preview of what you have typed.")
    assert not Statement.objects.filter(text="Only typed.").exists()
    assert texts(read_page(admin_client.get("/admin/").content), ".messagelist") == []


@pytest.mark.parametrize(
    ("target", "is_followed"),
    [("/admin/confirm/?fact=price-1", True), ("https://example.org/", False), ("//x/", False)],
)
def test_save_leads_back_to_where_the_form_was_opened_from(
    admin_client: Client, target: str, *, is_followed: bool
) -> None:
    form = form_of(admin_client)
    form.address += f"?next={target.replace('?', '%3F').replace('=', '%3D')}"
    answer = form.send(admin_client)
    assert (answer.headers["Location"] == target) is is_followed
