"""Settings from the environment: the defaults, and what every wrong value is answered with."""

import os
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest

from certguide.environment import Environment, SettingError, read_environment
from script.trials.servers import free_port

PROJECT = Path(__file__).parent.parent.parent
GOOD_KEY = "correct-horse-battery-staple-0123456789-abcdefghijklmnop"


def read(**source: str) -> Environment:
    return read_environment(source, default_data_dir=Path("/srv/guide"))


def test_defaults() -> None:
    assert read() == Environment(
        data_dir=Path("/srv/guide"),
        secret_key=None,
        host="127.0.0.1",
        port=8000,
        workers=2,
        threads=4,
        allowed_hosts=("127.0.0.1", "localhost", "[::1]"),
        https=False,
        proxies=(),
        database=None,
        cache_url=None,
        report_url="",
    )


def test_empty_values_count_as_left_out() -> None:
    names = ["ALLOWED_HOSTS", "CACHE_URL", "DATABASE_URL", "DATA_DIR", "HOST", "HTTPS"]
    names += ["PORT", "PROXIES", "REPORT_URL", "SECRET_KEY", "THREADS", "WORKERS"]
    assert read(**dict.fromkeys(names, "")) == read()


def test_all_settings_given() -> None:
    environment = read(
        DATA_DIR="/data",
        SECRET_KEY=GOOD_KEY,
        HOST="::",
        PORT="65535",
        WORKERS="1",
        THREADS="64",
        ALLOWED_HOSTS="guide.example.org, .example.com,[2001:db8::1]",
        HTTPS="1",
        DATABASE_URL="postgresql://editor:p%40ss@db.example.org:5433/guide",
        CACHE_URL="redis://cache:6379/1",
    )
    assert environment.data_dir == Path("/data")
    assert environment.secret_key == GOOD_KEY
    assert (environment.host, environment.port) == ("::", 65535)
    assert (environment.workers, environment.threads) == (1, 64)
    assert environment.allowed_hosts == ("guide.example.org", ".example.com", "[2001:db8::1]")
    assert environment.https is True
    assert environment.cache_url == "redis://cache:6379/1"
    database = environment.database or {}
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example.org",
        5433,
        "guide",
    )
    assert (database["USER"], database["PASSWORD"]) == ("editor", "p@ss")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "8_000"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "80.5"),
        ("WORKERS", "none"),
        ("WORKERS", "0"),
        ("WORKERS", "65"),
        ("THREADS", "0"),
        ("THREADS", "65"),
        ("HTTPS", "true"),
        ("HTTPS", "2"),
        ("PROXIES", "1"),
        ("PROXIES", "proxy.example.org"),
        ("PROXIES", "10.0.0.5/24"),
        ("PROXIES", "10.0.0.5 10.0.0.6"),
        ("PROXIES", "0.0.0.0/0"),
        ("PROXIES", "10.0.0.5,::/0"),
        ("PROXIES", ", ,"),
        ("PROXIES", "0.0.0.0/1,128.0.0.0/1"),
        ("PROXIES", "::/1,8000::/1"),
        ("HOST", "http://127.0.0.1"),
        ("HOST", "256.0.0.1"),
        ("HOST", "[::1]"),
        ("HOST", "guide.example.org"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://guide.example.org"),
        ("ALLOWED_HOSTS", "guide.example.org:8000"),
        ("ALLOWED_HOSTS", "good.example.org,bad host"),
        ("ALLOWED_HOSTS", ",,"),
        ("ALLOWED_HOSTS", "guide.example.org."),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "abcd" * 20),
        ("SECRET_KEY", "abcdefgh\udcff" * 10),
        ("REPORT_URL", "editors@example.org"),
        ("REPORT_URL", "http://example.org/report"),
        ("REPORT_URL", "https://[x"),
        ("DATABASE_URL", "guide"),
        ("DATABASE_URL", "sqlite:///guide.db"),
        ("DATABASE_URL", "mysql://editor@db/guide"),
        ("DATABASE_URL", "oracle9://editor@db/guide"),
        ("DATABASE_URL", "postgresql://editor@db:port/guide"),
        ("DATABASE_URL", "postgresql://editor@db"),
        ("DATABASE_URL", "postgresql://editor@db/guide?nonsense=1"),
        ("DATABASE_URL", "postgresql://editor@db/guide?connect_timeout=soon"),
        ("DATABASE_URL", "timescale://editor@db/guide"),
        ("DATABASE_URL", "postgresql://editor:pass#word@db/guide"),
        ("DATABASE_URL", "postgresql://editor:12/34@db/guide"),
        ("CACHE_URL", "redis://:12#34@cache:6379/0"),
        ("CACHE_URL", "redis://:12/34@cache:6379/0"),
        ("CACHE_URL", "cache:6379"),
        ("CACHE_URL", "memcached://cache"),
        ("CACHE_URL", "redis://cache:port/0"),
        ("CACHE_URL", "redis://cache:99999/0"),
        ("CACHE_URL", "redis://[::1"),
        ("CACHE_URL", "redis://cache/0?nonsense=1"),
        ("CACHE_URL", "redis://cache/0?socket_timeout=soon"),
        ("DATA_DIR", "~nobody-of-this-name/guide"),
    ],
)
def test_wrong_value_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        read(**{name: value})
    message = str(caught.value)
    assert message.startswith(name)
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "value", "says_encode"),
    [
        ("SECRET_KEY", "hunter2", False),
        ("DATABASE_URL", "mysql://me:hunter2@db/guide", True),
        ("DATABASE_URL", "postgresql://me:hunter2#@db/guide", True),
        ("CACHE_URL", "redis://:hunter2/@cache:6379/0", True),
    ],
)
def test_secrets_are_not_repeated(name: str, value: str, *, says_encode: bool) -> None:
    with pytest.raises(SettingError) as caught:
        read(**{name: value})
    assert "hunter2" not in str(caught.value)
    assert ("%40" in str(caught.value)) == says_encode


def test_blanks_around_a_value_do_not_count() -> None:
    assert read(DATABASE_URL=" postgresql://db/guide ", PORT=" 80\n").port == 80
    database = read(DATABASE_URL=" postgresql://db/guide ").database or {}
    assert database["NAME"] == "guide"


def test_proxies_are_networks() -> None:
    given = read(PROXIES=" 10.0.0.5, 2001:db8::/32,")
    assert given.proxies == (ip_network("10.0.0.5"), ip_network("2001:db8::/32"))


def test_proxy_that_ends_tls_is_on_this_machine_unless_told_otherwise() -> None:
    assert read(HTTPS="1").proxies == (ip_network("127.0.0.1"), ip_network("::1"))
    assert read(HTTPS="1", PROXIES="10.0.0.5").proxies == (ip_network("10.0.0.5"),)


def test_concrete_host_is_allowed_too() -> None:
    assert read(HOST="192.0.2.7").allowed_hosts == ("127.0.0.1", "localhost", "[::1]", "192.0.2.7")
    assert read(HOST="2001:db8::7").allowed_hosts[-1] == "[2001:db8::7]"
    assert read(HOST="0.0.0.0").allowed_hosts == read().allowed_hosts
    assert read(HOST="localhost").allowed_hosts == read().allowed_hosts


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
        ("192.0.2.7", "http://192.0.2.7:8000/"),
    ],
)
def test_address_can_be_opened(host: str, address: str) -> None:
    assert read(HOST=host).address == address


def test_relative_data_dir_is_below_the_current_directory() -> None:
    assert read(DATA_DIR="here").data_dir == Path.cwd() / "here"


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """A command of manage.py that ends by itself, with these settings."""
    return subprocess.run(
        [sys.executable, PROJECT / "manage.py", *arguments],
        env={**os.environ, **given}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["serve"], ["check"]])
def test_wrong_value_stops_a_command_with_one_line(arguments: list[str], tmp_path: Path) -> None:
    result = run(*arguments, DATA_DIR=str(tmp_path), PORT="eighty")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        "Cannot start: PORT is 'eighty': give a whole number from 1 to 65535.\n"
    )


def test_start_on_what_is_no_database_ends_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").write_bytes(b"no database at all" * 100)
    # On SQLite, whatever the suite runs with.
    result = run("serve", DATA_DIR=str(tmp_path), PORT=str(free_port()), DATABASE_URL="")
    assert (result.returncode, result.stderr) == (
        1,
        f"Cannot start: the database in {tmp_path}: file is not a database\n",
    )


def test_database_that_does_not_answer_is_given_up_soon() -> None:
    given = {"": 5, "?connect_timeout=9": 9}
    databases = [read(DATABASE_URL=f"postgresql://db/guide{query}").database for query in given]
    seconds = [int((each or {})["OPTIONS"]["connect_timeout"]) for each in databases]
    assert seconds == list(given.values())
