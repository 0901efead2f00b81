"""The walks of docs/walks.md, taken through the admin as they are written there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.admin_form import AdminForm, read_form
from tests.catalog.pages import detail, shown
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide")

WALKS = Path("docs/walks.md").read_text(encoding="utf-8")
ADD = re.compile(r"`(/admin/[\w/]+/add/)`")
Table = tuple[str, dict[str, str]]
FOUND_BY = ("app_label", "model_name", "field_name")
BEGINNER = {
    "role": "builder",
    "mandate": "no",
    "goal": "production",
    "programming": "basic",
    "pillars": "none",
    "experience": "none",
    "portfolio": "none",
    "cloud": "none",
    "learning": "textbooks",
    "time": "any",
    "budget": "any",
    "held": "0",
}


def walk(client: Client, heading: str) -> None:
    """Take all steps of one walk; each form must be saved."""
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", WALKS, re.DOTALL | re.MULTILINE)
    _, *steps = ADD.split(section)
    assert steps
    for address, text in zip(steps[::2], steps[1::2], strict=True):
        content = client.get(address).content
        page, form = read_page(content), read_form(address, content)
        for part, values in tables(text):
            fill(client, page, form, part, values)
        saved = form.save(client)
        assert saved.status_code == 302, texts(read_page(saved.content), "li")


def tables(text: str) -> Iterator[Table]:
    """Each table: the part of the form in its first cell, and what to fill in."""
    for lines in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        (part, _), _, *rows = (
            [cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()
        )
        yield part, dict(rows)


def fill(client: Client, page: Element, form: AdminForm, part: str, values: dict[str, str]) -> None:
    is_field, has_row = part == "field", f"{part}-0-confidence" in form.fields
    names = "" if is_field else f"{part}-0-" if has_row else f"{part}-__prefix__-"
    row = "" if is_field else names if has_row else f"{form.add_row(part)}-"
    labels = {
        label.text.removesuffix(":"): label.attributes["for"].removeprefix("id_")
        for label in page.find_all("label")
        if re.fullmatch(rf"id_{names}\w+", label.attributes.get("for", ""))
    }
    for label, value in values.items():
        name = labels[label]
        (control,) = (e for e in page.walk() if e.attributes.get("name") == name)
        form.fields[row + name.removeprefix(names)] = chosen(client, control, value)


def chosen(client: Client, control: Element, value: str) -> str | list[str]:
    """The value that the browser sends for the input of an editor: typed, ticked or picked."""
    data = control.attributes
    if data.get("type") == "checkbox":
        return "on"
    if control.tag != "select":
        return value
    if "data-app-label" not in data:
        (option,) = (o for o in control.find_all("option") if o.text == value)
        return option.attributes["value"]
    asked = {name: data[f"data-{name.replace('_', '-')}"] for name in FOUND_BY}
    found = client.get("/admin/autocomplete/", {**asked, "term": value}).json()["results"]
    (picked,) = (each["id"] for each in found if each["text"].startswith(value))
    return [picked] if "multiple" in data else str(picked)


def verdict(sheet: dict[str, str]) -> dict[str, Any]:
    """The outcome of an answer sheet, as readers get it."""
    outcome: dict[str, Any] = Client().get("/advisor/result.json", sheet).json()["outcome"]
    return outcome


def test_walk_adds_a_certification(admin_client: Client) -> None:
    walk(admin_client, "Add a certification")
    page = detail("example-certified-pipeline-engineer")
    assert page.find("h1").text == "Example Certified Pipeline Engineer"
    (signal,) = (each.text for each in page.find(".entry-head").find_all(".signal"))
    assert signal == "Moderate signal"
    assert texts(page, ".statement") == [
        "Ability to keep a training pipeline running",
        "You run models in production",
        "You have no practical ML experience",
    ]
    moderate = shown("/certifications/?tier=moderate").find("#results")
    assert texts(moderate, "h3")[-1] == "Example Certified Pipeline Engineer"
    certifications = Client().get("/certifications.json").json()["certifications"]
    (certification,) = (e for e in certifications if e["slug"].startswith("example-"))
    assert (certification["status"], certification["cost"]["total_usd"]) == ("open", 150)


def test_walk_adds_a_question(admin_client: Client) -> None:
    walk(admin_client, "Add a question")
    sheet = {**BEGINNER, "mandate": "yes", "required": "other"}
    page = read_page(Client().get("/advisor/", sheet).content)
    assert texts(page, "h1") == ["Who pays for the certification?"]
    assert verdict({**sheet, "payer": "employer"})["slug"] == "mandated"


def test_walk_adds_a_rule(admin_client: Client) -> None:
    sheet = {**BEGINNER, "learning": "guided", "goal": "learn", "coursera": "no", "time": "1"}
    assert verdict(sheet)["slug"] == "structure"
    walk(admin_client, "Add a rule")
    outcome = verdict(sheet)
    assert outcome["slug"] == "skip"
    assert [reason["text"] for reason in outcome["reasons"]] == [
        "When you could be building real projects instead"
    ]
    assert verdict({**sheet, "mandate": "yes", "required": "other"})["slug"] == "mandated"
