"""The list as JSON and CSV: the contract, and the same certifications as the page."""

import csv
import io
import json
from datetime import date
from random import Random
from typing import Any

import pytest
from django.test import Client

from catalog.editorial.content_version import content_version
from catalog.editorial.spreadsheets import MARK
from catalog.listing.facet_index import current_index
from catalog.listing.json_and_csv import COLUMNS, list_as_csv
from catalog.models import Certification, Statement
from script.trials.many_certifications import make_certifications
from tests.catalog.listing.states import TODAY, facts_by_key, pick_hostile, pick_pairs, read, select
from tests.factories.rows import (
    a_certification,
    new_lifecycle,
    new_price,
    new_statement,
    new_succession,
)
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide", "today")

GOOGLE = "google-professional-machine-learning-engineer"
AI_103 = "microsoft-azure-ai-apps-and-agents-developer-associate"
JSON, CSV = "/certifications.json", "/certifications.csv"
FORMS = [JSON, CSV, "/feeds/changes.atom", "/calendar/closings.ics"]
KEYS = [
    *("slug", "name", "provider", "tier", "rated", "one_of", "aliases", "kind", "platform"),
    *("status", "closes_on", "successors", "cost", "months", "prerequisites", "checked_on", "url"),
]


def as_json(query: str = "") -> dict[str, Any]:
    response = Client().get(f"{JSON}?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(response.content)
    return found


def as_csv(query: str = "") -> list[dict[str, str]]:
    response = Client().get(f"{CSV}?{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def slugs_on_pages(query: str) -> list[str]:
    """The slugs of a list, page after page, by its own links."""
    found: list[str] = []
    url = f"/certifications/?{query}".removesuffix("?")
    while url:
        page = read_page(Client().get(url).content)
        links = [a.attributes["href"] for a in page.find("#results").find_all("a")]
        listed = [link for link in links if not link.startswith("/advisor/?about=")]
        found += [link.removeprefix("/certifications/").removesuffix("/") for link in listed]
        following = [a for a in page.find_all("a") if a.attributes.get("rel") == "next"]
        url = following[0].attributes["href"] if following else ""
    return found


# --- The same list in every form ---------------------------------------------------


def test_page_json_and_csv_give_the_same_certifications_in_the_same_order() -> None:
    make_certifications(60)
    random, index, facts = Random(12), current_index(TODAY), facts_by_key()
    states = [read(index, pick_pairs(random, index)) for _ in range(50)]
    for listing in states:
        expected = [facts[key]["cert"] for key in select(facts, listing.query)]
        query = listing.query.url().partition("?")[2]
        assert [each["slug"] for each in as_json(query)["certifications"]] == expected
        assert [each["slug"] for each in as_csv(query)] == expected
    for listing in states[:20]:
        first = listing.query.replace(as_of=())
        query = first.url().partition("?")[2]
        assert slugs_on_pages(query) == [facts[key]["cert"] for key in select(facts, first)]


def test_all_certifications_are_there_and_not_one_page() -> None:
    shipped = Certification.objects.count()
    make_certifications(60)
    for sort in ("signal", "cost", "time", "name"):
        found = as_json(f"sort={sort}&page=2")
        expected = [each["slug"] for each in found["certifications"]]
        assert found["count"] == len(expected) == shipped + 60
        assert [each["slug"] for each in as_csv(f"sort={sort}&page=3")] == expected
        assert slugs_on_pages(f"sort={sort}" if sort != "signal" else "") == expected


def test_search_in_the_guides_order_says_in_each_row_what_was_found() -> None:
    query = "q=ai-103&sort=signal"
    assert slugs_on_pages(query) == [each["slug"] for each in as_json(query)["certifications"]]
    page = read_page(Client().get(f"/certifications/?{query}").content)
    (row,) = [row for row in page.find_all(".row") if AI_103 in row.find("a").attributes["href"]]
    assert [found.text for found in row.find_all(".found")] == ["Exam AI-103"]


# --- JSON --------------------------------------------------------------------------


def test_json_has_exactly_the_keys_and_types_of_the_contract() -> None:
    make_certifications(60)
    found = as_json()
    assert list(found) == ["content_version", "as_of", "count", "filters", "certifications"]
    assert found["content_version"] == str(content_version())
    assert (found["as_of"], found["filters"]) == ("2026-11-23", {})
    for each in found["certifications"]:
        assert list(each) == KEYS
        assert list(each["cost"]) == ["amount", "currency", "period", "total_usd"]
        assert list(each["months"]) == ["min", "max"]
        assert isinstance(each["slug"], str)
        assert isinstance(each["name"], str)
        assert isinstance(each["provider"], str | None)
        assert each["tier"] in {"high", "moderate", "low", "avoid", None}
        assert each["rated"] in ({"by-name", "by-kind"} if each["tier"] else {None})
        assert isinstance(each["one_of"], str if each["rated"] == "by-kind" else str | None)
        assert each["kind"] in {"exam", "course-series", "category"}
        assert each["platform"] in {"gcp", "aws", "azure", None}
        assert each["status"] in {"open", "closing", "closed", "unknown"}
        for day in (each["closes_on"], each["checked_on"]):
            assert day is None or date.fromisoformat(day).isoformat() == day
        numbers = (each["cost"]["amount"], each["cost"]["total_usd"], *each["months"].values())
        assert {type(number) for number in numbers} <= {int, float, type(None)}
        assert each["cost"]["currency"] in {"USD", "EUR", "GBP", None}
        assert each["cost"]["period"] in {"once", "month", None}
        for name in ("aliases", "prerequisites", "successors"):
            assert isinstance(each[name], list)
            assert all(isinstance(text, str) for text in each[name])
        assert each["url"] == f"/certifications/{each['slug']}/"


def test_json_of_a_certification_of_which_everything_is_known() -> None:
    certification = Certification.objects.get(slug=GOOGLE)
    (found,) = as_json(f"cert={GOOGLE}")["certifications"]
    assert found["provider"] == certification.provider.slug if certification.provider else None
    assert (found["tier"], found["kind"], found["platform"]) == ("high", "exam", "gcp")
    assert found["cost"] == {"amount": 200, "currency": "USD", "period": "once", "total_usd": 200}
    assert found["months"] == {"min": certification.months_min, "max": certification.months_max}
    assert found["prerequisites"] == list(
        Statement.objects.filter(certification=certification, section="prerequisite")
        .order_by("order")
        .values_list("text", flat=True)
    )
    assert found["prerequisites"] != []


def test_json_of_a_certification_of_which_nothing_is_known() -> None:
    a_certification(slug="bare")
    (found,) = as_json("cert=bare")["certifications"]
    names = ("provider", "tier", "rated", "one_of", "platform", "closes_on", "checked_on")
    nothing = dict.fromkeys(names)
    assert found == {
        **nothing,
        "slug": "bare",
        "name": "Bare",
        "kind": "exam",
        "status": "unknown",
        "aliases": [],
        "successors": [],
        "cost": dict.fromkeys(("amount", "currency", "period", "total_usd")),
        "months": {"min": None, "max": None},
        "prerequisites": [],
        "url": "/certifications/bare/",
    }


def test_json_numbers_dates_and_successors() -> None:
    certification = a_certification(slug="full", months_min=3, months_max=6)
    new_price(certification=certification, amount="19.99", currency="USD", period="month").save()
    lifecycle = new_lifecycle(
        certification=certification, closes_on=date(2026, 12, 1), checked_on=date(2026, 1, 2)
    )
    lifecycle.save()
    for place, slug in enumerate((GOOGLE, "ai-plus-individual-certification"), start=1):
        successor = Certification.objects.get(slug=slug)
        new_succession(certification=certification, successor=successor, order=3 - place).save()
    (found,) = as_json("cert=full")["certifications"]
    assert found["cost"] == {
        "amount": 19.99,
        "currency": "USD",
        "period": "month",
        "total_usd": 59.97,
    }
    assert (found["status"], found["closes_on"]) == ("closing", "2026-12-01")
    assert found["successors"] == ["ai-plus-individual-certification", GOOGLE]
    assert found["checked_on"] == "2026-01-02"


def test_json_says_the_filters_as_they_were_understood() -> None:
    query = "sort=name&cost_max=250.50&cost_max=unknown&months_max=3&tier=low&tier=high&q=+cloud"
    assert as_json(f"{query}&cert={GOOGLE}&as_of=2026-11-01&page=1")["filters"] == {
        "q": "cloud",
        "tier": ["high", "low"],
        "cost_max": [250.5, "unknown"],
        "months_max": 3,
        "cert": [GOOGLE],
        "sort": "name",
        "as_of": "2026-11-01",
    }


@pytest.mark.parametrize("path", FORMS)
def test_what_cannot_be_understood_is_400_and_named(path: str) -> None:
    index, random, client = current_index(TODAY), Random(13), Client()
    for _ in range(500 if path == JSON else 60):
        hostile = pick_hostile(random, index)
        response = client.get(f"{path}?{hostile.text}")
        assert response.status_code == 400
        said = response.getvalue().decode()
        if path in (JSON, CSV):
            found = json.loads(said)
            assert found["error"]
            named = {each["parameter"] for each in found["invalid"]}
            assert named == {name[:80] for name, _ in hostile.bad}
            assert all(len(each["value"]) <= 80 and each["reason"] for each in found["invalid"])
        else:
            assert all(name in said for name, _ in hostile.bad)


@pytest.mark.parametrize("path", FORMS)
def test_too_many_parameters_are_400(path: str) -> None:
    assert Client().get(f"{path}?{'tier=high&' * 1001}").status_code == 400
    assert Client().get(f"{path}?{'tier=high&' * 999}").status_code == 200


# --- CSV ---------------------------------------------------------------------------


def test_csv_has_a_header_row_and_says_what_it_is() -> None:
    response = Client().get(CSV)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="certifications.csv"'
    assert response.content.startswith(MARK.encode())  # by which a double click opens it rightly
    header = response.content.decode("utf-8-sig").splitlines()[0].split(",")
    assert tuple(header) == COLUMNS
    assert header[:2] == ["slug", "name"]


def test_csv_parses_back_to_the_values_of_the_json() -> None:
    make_certifications(60)
    for row, certification in zip(as_csv(), as_json()["certifications"], strict=True):
        flat = {
            **certification,
            **{f"cost_{key}": value for key, value in certification["cost"].items()},
            **{f"months_{key}": value for key, value in certification["months"].items()},
            "url": f"http://testserver{certification['url']}",
            "aliases": "; ".join(certification["aliases"]),
            "successors": "; ".join(certification["successors"]),
            "prerequisites": "; ".join(certification["prerequisites"]),
        }
        assert row == {name: "" if flat[name] is None else str(flat[name]) for name in COLUMNS}


def test_csv_without_certifications_has_its_header() -> None:
    assert as_csv("q=no-such-word") == []
    nothing = read(current_index(TODAY), [("q", "no-such-word")])
    assert list_as_csv(nothing, site="").splitlines() == [MARK + ",".join(COLUMNS)]


def test_aliases_come_before_exam_codes_and_each_once() -> None:
    (certification,) = as_json("cert=microsoft-azure-ai-fundamentals")["certifications"]
    assert certification["aliases"] == [
        "Azure AI Fundamentals",
        "Microsoft Certified: Azure AI Fundamentals",
        "AI-901",
        "AI-900",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cells_are_never_formulas(start: str) -> None:
    name = f'{start}HYPERLINK("http://evil.example","Ünï;\n“code”, here")'
    certification = a_certification(slug="evil", name=name)
    new_statement(certification=certification, section="prerequisite", text=f"{start}1+1").save()
    (row,) = as_csv("cert=evil")
    assert row["name"] == f"'{name}"
    assert row["prerequisites"] == f"'{start}1+1"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
