"""Hostile requests to every address: never a fault of ours, always the whole security policy.

400 of them, or 1,000 in a thorough run; `HOSTILE_REQUESTS=10000` makes it as many. What request n
of a batch is depends on the batch alone, so that a failure can be had again.
"""

import json
import os
from collections import Counter
from dataclasses import replace
from http.cookies import SimpleCookie
from ipaddress import ip_network
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from tests.examples import THOROUGH
from tests.guarded import assert_guarded
from tests.hostile import Attacker, Request, routes

BATCH = 100
REQUESTS = 1_000 if THOROUGH else 400
BATCHES = int(os.environ.get("HOSTILE_REQUESTS", REQUESTS)) // BATCH
FOR_EDITORS = "/admin/"
# What no route leads to, and the server or a middleware answers.
MORE = ["/static/%(name)s", "/static/css/%(name)s", "/static/", "/%(name)s", "/favicon.ico", "*"]
JSON_ADDRESSES = {route for route in routes() if route.endswith(".json")}

pytestmark = pytest.mark.usefixtures("guide")


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def editor(admin_user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)
    return client


def all_routes() -> tuple[list[str], list[str]]:
    """The readers' addresses, and the editors'."""
    known = sorted({*routes(), *MORE})
    of_editors = [route for route in known if route.startswith(FOR_EDITORS)]
    return [route for route in known if route not in of_editors], of_editors


def faults_of(request: Request, response: Any) -> list[str]:
    """The faults of a response."""
    found: list[str] = []
    if response.status_code >= 500:
        found.append(f"{response.status_code}: {getattr(response, 'exc_info', None)!r}")
    try:
        assert_guarded(response.headers)
    except (AssertionError, KeyError) as error:
        found.append(f"not guarded: {error!r}")
    path = request.path.decode(errors="replace")
    is_for_editors = path.startswith(FOR_EDITORS)
    if not is_for_editors and (response.cookies or "Cookie" in response.get("Vary", "")):
        found.append(f"a reader's cookie: {response.cookies} {response.get('Vary')}")
    content = response.getvalue()
    if path in JSON_ADDRESSES and content:
        try:
            json.loads(content)
            assert response["Content-Type"] == "application/json"
        except (AssertionError, ValueError) as error:
            found.append(f"no JSON: {error!r}")
    return found


def test_every_address_of_the_site_is_known() -> None:
    of_readers, of_editors = all_routes()
    assert sorted(JSON_ADDRESSES) == [
        "/advisor/result.json",
        "/certifications.json",
        "/data/%(name)s.schema.json",
    ]
    assert {"/", "/guide/", "/readyz", "/certifications/%(slug)s/"} <= set(of_readers)
    assert "/admin/catalog/certification/%(object_id)s/change/" in of_editors
    # Every other request is for editors: each address is asked at least once.
    assert max(len(of_readers), len(of_editors)) <= REQUESTS / 2


@pytest.mark.parametrize("batch", range(BATCHES))
def test_hostile_requests_break_nothing(
    batch: int,
    reader: Client,
    editor: Client,
    settings: Settings,
) -> None:
    if batch % 2:  # X-Forwarded headers are believed
        proxies = (ip_network("127.0.0.1"),)
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, proxies=proxies)
    attacker, statuses, faults = Attacker(batch), Counter[int](), []
    of_readers, of_editors = all_routes()
    for number in range(batch * BATCH, batch * BATCH + BATCH):
        group = (of_readers, of_editors)[number % 2]
        client = (reader, editor)[attacker.random.random() < 0.6 if number % 2 else 0]
        route = group[number // 2 % len(group)]
        client.handler.enforce_csrf_checks = attacker.random.random() < 0.3
        cookies = client.cookies.output(header="", sep=";")
        before = transaction.savepoint()
        request = attacker.request(route, client)
        response = request.send(client, secure=attacker.random.random() < 0.2)
        statuses[response.status_code] += 1
        faults += [f"{request}\n    {fault}" for fault in faults_of(request, response)]
        # What it changed, and whether it signed out, is nothing to the next.
        transaction.savepoint_rollback(before)
        client.cookies = SimpleCookie(cookies)
    print(dict(sorted(statuses.items())))  # noqa: T201 - the figures, with `-s`
    assert faults == []
