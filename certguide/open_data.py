"""Open data: its addresses, who may read it, and the page and JSON Schemas that describe it."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# By the file in schemas/: the address whose answer it describes.
SCHEMAS = {"certifications": "/certifications.json", "result": "/advisor/result.json"}

# A browser asks for leave before a script of another site sends headers of its own.
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}

# Whatever is below these may be read by scripts of any other site; nothing else may.
OPEN_DATA: tuple[str, ...] = (
    "/certifications.json",
    "/certifications.csv",
    "/advisor/result.json",
    "/feeds/",
    "/calendar/",
    "/data/",
)

FOR_OTHER_ORIGINS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
}


def is_open_data(request: HttpRequest) -> bool:
    """True for URLs that scripts of any other site may read."""
    return request.path_info.startswith(OPEN_DATA)


class SchemaField(NamedTuple):
    """A field of an answer, by the path to it, e.g. “certifications[].cost.amount”."""

    path: str
    kinds: str
    meaning: str


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The addresses of the data, and the meaning of each field."""
    answers = [(name, address, fields_of(name)) for name, address in SCHEMAS.items()]
    return render(request, "data.html", {"answers": answers})


@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponse:
    if name not in SCHEMAS:
        raise Http404
    return HttpResponse(_text(name), content_type="application/schema+json")


@cache
def fields_of(name: str) -> tuple[SchemaField, ...]:
    """Every field that a schema describes, the outer ones before those in them."""
    root = json.loads(_text(name))
    return tuple(_fields(root, root, ""))


@cache
def _text(name: str) -> str:
    path = settings.BASE_DIR / "schemas" / f"{name}.schema.json"
    return str(path.read_text())


def _fields(root: dict[str, Any], part: dict[str, Any], path: str) -> Iterator[SchemaField]:
    for name, inner in part.get("properties", {}).items():
        place = f"{path}.{name}".removeprefix(".")
        yield SchemaField(place, _kinds(inner), inner.get("description", ""))
        yield from _below(root, inner, place)


def _below(root: dict[str, Any], part: dict[str, Any], place: str) -> Iterator[SchemaField]:
    """The fields inside a field; a reason, which stands in many places, is described once."""
    for choice in part.get("anyOf", [part]):
        items = choice.get("items", {})
        reference = items.get("$ref", "").rpartition("/")[2]
        if reference:
            items = root["$defs"][reference]
        if not (reference == "reason" and place != "outcome.reasons"):
            yield from _fields(root, items, f"{place}[]")
        yield from _fields(root, choice, place)


def _kinds(part: dict[str, Any]) -> str:
    """The kinds of value in words, e.g. “string or null”."""
    if "enum" in part:
        return ", ".join("null" if value is None else str(value) for value in part["enum"])
    if "const" in part:
        return json.dumps(part["const"])
    kinds = [choice.get("type", "object") for choice in part.get("anyOf", [part])]
    names: list[str] = []
    for kind in kinds:
        names += [kind] if isinstance(kind, str) else kind
    return " or ".join(names)
