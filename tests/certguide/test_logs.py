"""The log: one line of JSON for each request and each fault, and nothing in it about people."""

import json
import logging
import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.test.utils import override_settings

from certguide.environment import read_environment
from certguide.logs import JsonFormatter, request_id

ANSWERS = {"role": "builder", "mandate": "no"}
WITH_A_FAULT = override_settings(ROOT_URLCONF="tests.certguide.urls_with_a_fault")


def lines(caplog: pytest.LogCaptureFixture) -> list[dict]:
    """The log records, formatted as JSON and read back."""
    return [json.loads(JsonFormatter().format(record)) for record in caplog.records]


@pytest.fixture(autouse=True)
def everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "certguide")


def test_request_is_one_line(guide: None, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = client.get("/advisor/", ANSWERS, REMOTE_ADDR="192.0.2.7")
    (line,) = lines(caplog)
    assert line.pop("ms") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    line.pop("request_id")  # of the request: caplog is formatted after it
    assert line == {
        "level": "INFO",
        "logger": "certguide.requests",
        "message": "answered",
        "method": "GET",
        "path": "/advisor/",
        "status": response.status_code,
    }


@pytest.mark.django_db
def test_every_answer_has_an_id_of_its_own(client: Client) -> None:
    ids = [client.get(path).headers["X-Request-ID"] for path in ("/healthz", "/no-such-page/")]
    assert [bool(re.fullmatch("[0-9a-f]{32}", given)) for given in ids] == [True, True]
    assert ids[0] != ids[1]
    assert request_id.get() == ""


def test_fault_is_logged_under_the_id_of_its_request(caplog: pytest.LogCaptureFixture) -> None:
    written: list[dict] = []

    class Writer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(JsonFormatter().format(record)))

    writer = Writer()
    logging.getLogger().addHandler(writer)
    with WITH_A_FAULT:
        response = Client(raise_request_exception=False).get("/fault/")
    logging.getLogger().removeHandler(writer)
    fault, answered = written
    assert fault["request_id"] == answered["request_id"] == response.headers["X-Request-ID"]
    assert fault["request_id"] in response.content.decode()
    assert (fault["level"], fault["message"]) == ("ERROR", "Internal Server Error: /fault/")
    assert fault["traceback"].splitlines()[0] == "Traceback (most recent call last):"


@pytest.mark.parametrize(
    ("proxies", "sent", "is_taken"),
    [
        ("127.0.0.1", "0123abcd-0123", True),
        ("127.0.0.1", "short", False),
        ("127.0.0.1", "<script>alert(1)</script>", False),
        ("127.0.0.1", "x" * 65, False),
        ("10.0.0.5", "0123abcd-0123", False),
        ("", "0123abcd-0123", False),
    ],
)
def test_id_is_taken_from_a_proxy_alone(proxies: str, sent: str, is_taken: bool) -> None:
    environment = read_environment(
        {"PROXIES": proxies}, default_data_dir=settings.ENVIRONMENT.data_dir
    )
    configured = replace(settings.ENVIRONMENT, proxies=environment.proxies)
    with override_settings(ENVIRONMENT=configured):
        response = Client().get("/healthz", headers={"X-Request-ID": sent})
    assert (response.headers["X-Request-ID"] == sent) is is_taken


def test_missing_database_is_logged_without_a_traceback() -> None:
    error = OperationalError("the connection is closed")
    record = logging.makeLogRecord(
        {"exc_info": (type(error), error, None), "status_code": 503, "msg": "Service Unavailable"}
    )
    line = json.loads(JsonFormatter().format(record))
    assert line["error"] == "OperationalError('the connection is closed')"
    assert "traceback" not in line
