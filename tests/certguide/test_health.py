"""Health: alive, and able to serve."""

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from advisor.models import Rule
from catalog.models import Guide


def test_healthz_touches_no_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


def test_readyz_when_ready(guide: None, client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True, "missing": []})


def test_readyz_without_content(guide: None, client: Client) -> None:
    Guide.objects.all().delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "missing": ["content"]}


def test_readyz_without_a_rule_that_always_applies(guide: None, client: Client) -> None:
    Rule.objects.filter(condition="").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "missing": ["rules"]}


def test_readyz_with_pending_migrations(guide: None, client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="catalog").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "missing": ["migrations"]}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405
