"""script/server end to end: a real server on a free port with a data folder of its own."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

SCRIPT = Path(__file__).parents[4] / "script" / "server"
FIRST_START_SECONDS = 120  # installs what is not there yet
SECOND_START_SECONDS = 3

pytestmark = [pytest.mark.slow, pytest.mark.own_site]

Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def start(port: int, tmp_path: Path) -> Iterator[Start]:
    """Runs script/server from another folder, with nothing of this process's environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DATA_DIR": str(tmp_path / "data"),
        "PORT": str(port),
        # A second worker may still be starting when the first answers, and would not hear a stop.
        "WORKERS": "1",
    }
    started: list[subprocess.Popen[str]] = []

    def start_server() -> subprocess.Popen[str]:
        server = subprocess.Popen(
            [SCRIPT], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        started.append(server)
        return server

    yield start_server
    for server in started:
        with suppress(ProcessLookupError):  # of its group, too, nobody may be left
            os.killpg(server.pid, signal.SIGKILL)
        server.communicate()


def answer(address: str, *, within_seconds: float) -> str:
    """The page at the address, asked for until a server answers; an error is an answer."""
    deadline = time.monotonic() + within_seconds
    while True:
        try:
            with urlopen(address) as response:
                return str(response.read().decode())
        except HTTPError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def is_given_up(port: int, *, within_seconds: float) -> bool:
    """True if the port stops taking connections within this time."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) != 0:
                return True
        time.sleep(0.05)
    return False


def stop(server: subprocess.Popen[str]) -> tuple[int, str, list[str]]:
    """The exit status, what the server said, and the faults it logged, after asking it to stop."""
    server.send_signal(signal.SIGTERM)
    output, log = server.communicate(timeout=30)
    faults = [line for line in log.splitlines() if json.loads(line)["level"] != "INFO"]
    return server.returncode, output, faults


def test_two_starts_one_after_the_other(start: Start, port: int, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{port}/"
    first = start()
    page = answer(address, within_seconds=FIRST_START_SECONDS)
    stylesheet = re.search(r'href="/(static/css/site\.[0-9a-f]{12}\.css)"', page)
    assert stylesheet
    assert answer(address + stylesheet[1], within_seconds=1)
    status, output, faults = stop(first)
    assert (status, faults) == (0, [])
    assert output.splitlines()[-1] == f"Serving on {address}"
    key = (tmp_path / "data" / "secret_key").read_text()
    assert key not in output
    with closing(sqlite3.connect(tmp_path / "data" / "db.sqlite3")) as database:
        database.execute("CREATE TABLE kept (value TEXT)")

    second = start()
    assert answer(address, within_seconds=SECOND_START_SECONDS) == page
    assert stop(second) == (0, f"Serving on {address}\n", [])
    assert (tmp_path / "data" / "secret_key").read_text() == key
    with closing(sqlite3.connect(tmp_path / "data" / "db.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_starts_at_once(start: Start, port: int) -> None:
    both = [start(), start()]
    assert answer(f"http://127.0.0.1:{port}/", within_seconds=FIRST_START_SECONDS)
    # The loser says so and ends; which one it is, is chance.
    deadline = time.monotonic() + FIRST_START_SECONDS
    while all(server.poll() is None for server in both) and time.monotonic() < deadline:
        time.sleep(0.05)
    loser, winner = sorted(both, key=lambda server: server.poll() is None)
    assert loser.returncode == 1
    assert re.fullmatch(
        rf"Cannot start: 127\.0\.0\.1, port {port} cannot be used \(.+\): .+\n",
        loser.communicate()[1],
    )
    assert stop(winner)[0] == 0


def test_server_comes_back_after_it_was_killed(start: Start, port: int) -> None:
    address = f"http://127.0.0.1:{port}/healthz"
    killed = start()
    answer(address, within_seconds=FIRST_START_SECONDS)
    killed.kill()
    killed.wait()
    assert is_given_up(port, within_seconds=10)  # its workers end by themselves
    again = start()
    assert answer(address, within_seconds=10) == "ok"
    assert stop(again)[0] == 0
