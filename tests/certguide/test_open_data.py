"""Open data: the answers are as the published schemas say, and the page names every field."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from certguide.open_data import SCHEMAS, fields_of
from tests.advisor.sheets import BY_OUTCOME, query

pytestmark = pytest.mark.usefixtures("guide", "today")

LISTS = ["", "?tier=high&sort=cost", "?cost_max=100&cost_max=unknown&q=cloud", "?months_max=3"]
ANSWERS = [
    *(("certifications", f"/certifications.json{each}") for each in LISTS),
    *(("result", f"/advisor/result.json?{query(sheet)}") for sheet in BY_OUTCOME.values()),
]


def schema(name: str) -> dict[str, Any]:
    response = Client().get(f"/data/{name}.schema.json")
    assert response.headers["Content-Type"] == "application/schema+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = json.loads(response.content)
    Draft202012Validator.check_schema(found)
    return found


def closed(part: Any) -> Any:
    """The same schema, with no field that it does not describe."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    whole = {name: closed(each) for name, each in part.items()}
    if "properties" in part and isinstance(part.get("description"), str):
        whole["additionalProperties"] = False
    return whole


@pytest.mark.parametrize(("name", "address"), ANSWERS)
def test_answer_has_the_fields_of_its_schema_and_no_others(name: str, address: str) -> None:
    answer = Client().get(address).json()
    validator = Draft202012Validator(closed(schema(name)))
    assert [error.message for error in validator.iter_errors(answer)] == []


def test_answer_of_another_kind_is_refused_by_the_schema() -> None:
    answer = Client().get("/certifications.json").json()
    answer["certifications"][0]["status"] = "retired"
    validator = Draft202012Validator(schema("certifications"))
    assert [error.message for error in validator.iter_errors(answer)] == [
        "'retired' is not one of ['open', 'closing', 'closed', 'unknown']"
    ]


def paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from (f"{path}.{name}".removeprefix("."), *paths(inner, f"{path}.{name}"))
    elif isinstance(value, list):
        for each in value:
            yield from paths(each, f"{path}[]")


def test_page_names_every_address_and_every_field_with_its_meaning() -> None:
    page = Client().get("/data/").content.decode()
    for name, address in SCHEMAS.items():
        assert f"<h2>{address}</h2>" in page
        assert f'href="/data/{name}.schema.json"' in page
        for field in fields_of(name):
            assert f"<code>{field.path}</code>" in page
            assert field.kinds
    answer = Client().get("/certifications.json").json()
    found = {path.removeprefix(".") for path in paths(answer)}
    known = {field.path for field in fields_of("certifications")}
    assert {path for path in found if not path.startswith("filters.")} <= known
    assert "None has been chosen yet." in page


def test_unknown_schema_is_not_there() -> None:
    assert Client().get("/data/other.schema.json").status_code == 404
