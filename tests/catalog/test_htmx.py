"""Fragments for htmx: only for the element that htmx replaces, and never on a step back."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from catalog.htmx import HtmxHttpRequest, is_for, vary_on_fragment

SWAP = {"HX-Request": "true", "HX-Target": "results"}


def request(headers: dict[str, str]) -> HtmxHttpRequest:
    made = RequestFactory().get("/", headers=headers)
    made.htmx = HtmxDetails(made)  # type: ignore[attr-defined]  # as the middleware does
    return made  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("headers", "is_fragment"),
    [
        (SWAP, True),
        ({}, False),
        ({"HX-Target": "results"}, False),
        ({"HX-Request": "true"}, False),
        (SWAP | {"HX-Target": "wizard"}, False),
        (SWAP | {"HX-History-Restore-Request": "true"}, False),
    ],
)
def test_fragment_is_for_its_element_alone(headers: dict[str, str], *, is_fragment: bool) -> None:
    assert is_for(request(headers), "results") is is_fragment


def test_caches_are_told_every_header_that_matters() -> None:
    view = vary_on_fragment(lambda _: HttpResponse())
    assert view(request({})).headers["Vary"] == "HX-Request, HX-Target, HX-History-Restore-Request"
