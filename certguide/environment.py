"""The one place where settings are read from the environment and checked."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

Network = IPv4Network | IPv6Network

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
THIS_MACHINE = "127.0.0.1,::1"
EVERY_ADDRESS = ("0.0.0.0", "::")
HOST_NAME = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.IGNORECASE)
REPORT_URL = re.compile(r"mailto:[^\s@?]+@[^\s@?]+|https://[\w.-]+(:[0-9]+)?(/\S*)?", re.ASCII)
SECRET_KEY_LENGTH = 50  # what Django's own deployment check asks for
SECRET_KEY_VARIETY = 5
CONNECT_SECONDS = 5
ENCODED = (
    "with each of @ : / ? # % and blanks in the password written as %40 %3A %2F %3F %23 %25 %20"
)


class SettingError(ValueError):
    """A setting has a wrong value; the message names it and says what to do."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings of one installation, checked."""

    data_dir: Path
    secret_key: str | None  # None: use the key in the data folder
    host: str
    port: int
    workers: int
    threads: int
    allowed_hosts: tuple[str, ...]
    https: bool
    proxies: tuple[Network, ...]  # whose X-Forwarded headers are believed
    database: dict[str, Any] | None  # a value of DATABASES; None: SQLite in the data folder
    cache_url: str | None  # None: a cache in each process
    report_url: str  # where readers say what is wrong; empty: they are not asked

    @property
    def address(self) -> str:
        """The address at which a browser on this machine finds the site."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{_in_url(host)}:{self.port}/"

    @property
    def is_on_loopback(self) -> bool:
        return ipaddress.ip_address(self.host).is_loopback


def read_environment(source: Mapping[str, str], *, default_data_dir: Path) -> Environment:
    """The settings in `source`; an empty value counts as left out.

    Raises SettingError for the first wrong value.
    """
    source = {name: value.strip() for name, value in source.items()}  # a blank is easily copied
    host, https = _host(source.get("HOST", "")), _yes_or_no(source, "HTTPS")
    return Environment(
        data_dir=_data_dir(source.get("DATA_DIR") or default_data_dir),
        secret_key=_secret_key(source.get("SECRET_KEY", "")),
        host=host,
        port=_whole_number(source, "PORT", default=8000, highest=65535),
        workers=_whole_number(source, "WORKERS", default=2, highest=64),
        threads=_whole_number(source, "THREADS", default=4, highest=64),
        allowed_hosts=_allowed_hosts(source.get("ALLOWED_HOSTS", ""), host=host),
        https=https,
        # HTTPS says that a proxy ends TLS; unless told where, it is on this machine.
        proxies=_networks(source.get("PROXIES") or (THIS_MACHINE if https else "")),
        database=_database(source.get("DATABASE_URL", "")),
        cache_url=_cache_url(source.get("CACHE_URL", "")),
        report_url=_report_url(source.get("REPORT_URL", "")),
    )


def _data_dir(value: str | Path) -> Path:
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError:  # ~somebody
        raise SettingError(f"DATA_DIR is {str(value)!r}: there is no such user's folder.") from None


def _whole_number(source: Mapping[str, str], name: str, *, default: int, highest: int) -> int:
    value = source.get(name) or str(default)
    # isdecimal() alone would let the digits of other scripts pass.
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= highest):
        raise SettingError(f"{name} is {value!r}: give a whole number from 1 to {highest}.")
    return int(value)


def _yes_or_no(source: Mapping[str, str], name: str) -> bool:
    value = source.get(name) or "0"
    if value not in {"0", "1"}:
        raise SettingError(f"{name} is {value!r}: give 1 for yes or 0 for no.")
    return value == "1"


def _secret_key(value: str) -> str | None:
    if not value:
        return None
    is_varied = len(value) >= SECRET_KEY_LENGTH and len(set(value)) >= SECRET_KEY_VARIETY
    if not (is_varied and value.isprintable()):
        raise SettingError(
            "SECRET_KEY is too easy to guess, or no text: give at least "
            f"{SECRET_KEY_LENGTH} random characters, or leave it out to use the key in the data "
            "folder."
        )
    return value


def _host(value: str) -> str:
    host = value or "127.0.0.1"
    if not (address_of(host) or host == "localhost"):
        raise SettingError(
            f"HOST is {host!r}: give an IP address of this machine, such as 127.0.0.1, "
            "or 0.0.0.0 for all of them."
        )
    return "127.0.0.1" if host == "localhost" else host


def _between_commas(value: str) -> list[str]:
    """The names in a list; of nothing but commas these, to be refused by name."""
    return [part.strip() for part in value.split(",") if part.strip()] or value.split()


def _allowed_hosts(value: str, *, host: str) -> tuple[str, ...]:
    """The names to answer to; by default this machine's own."""
    names = _between_commas(value)
    for name in names:
        if not (HOST_NAME.fullmatch(name) or address_of(name.strip("[]"))):
            raise SettingError(
                f"ALLOWED_HOSTS has {name!r}: give host names with commas between, "
                "without https://, port or *, such as guide.example.org,www.example.org."
            )
    if names:
        return tuple(_in_url(name.strip("[]")) for name in names)
    own = () if host in EVERY_ADDRESS else (_in_url(host),)
    return tuple(dict.fromkeys((*LOCAL_NAMES, *own)))


def _networks(value: str) -> tuple[Network, ...]:
    """The addresses of proxies, each as a network."""
    networks = []
    for name in _between_commas(value):
        try:
            networks.append(ipaddress.ip_network(name))
        except ValueError:
            raise SettingError(
                f"PROXIES has {name!r}: give the IP addresses or networks of your proxies with "
                "commas between, such as 127.0.0.1,10.0.0.0/24."
            ) from None
    whole: list[Network] = [
        *ipaddress.collapse_addresses(
            network for network in networks if isinstance(network, IPv4Network)
        ),
        *ipaddress.collapse_addresses(
            network for network in networks if isinstance(network, IPv6Network)
        ),
    ]
    if any(network.prefixlen == 0 for network in whole):
        raise SettingError(f"PROXIES is {value!r}, which is everybody: name your proxies only.")
    return tuple(networks)


def _database(value: str) -> dict[str, Any] | None:
    if not value:
        return None
    try:
        parsed = dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True)
    except ValueError:  # an unknown scheme, or a port that is no number
        parsed = {}
    database: dict[str, Any] = dict(parsed)
    import psycopg.conninfo  # noqa: PLC0415 - no start on SQLite waits for it

    options = database.get("OPTIONS", {})
    try:
        psycopg.conninfo.make_conninfo(**options)
        int(options.get("connect_timeout", 0))
    except (psycopg.Error, ValueError):
        options = None  # it has one that PostgreSQL does not know
    is_ours = database.get("ENGINE") == "django.db.backends.postgresql"
    name = str(database.get("NAME") or "")
    # Of a password with a / in it the rest, host included, is taken for the name.
    if options is None or not (is_ours and name) or {"@", "/"} & {*name}:
        # The value holds a password: it is not repeated.
        raise SettingError(
            "DATABASE_URL is not the address of a PostgreSQL database: give "
            f"postgresql://user:password@host:5432/name, {ENCODED}, or leave it out to use SQLite."
        )
    # A machine that is off would hold every thread for minutes.
    database.setdefault("OPTIONS", {}).setdefault("connect_timeout", CONNECT_SECONDS)
    return database


def _cache_url(value: str) -> str | None:
    if not value:
        return None
    from redis import ConnectionPool  # noqa: PLC0415 - no start without Redis waits for it

    try:
        # Of a password with a / or # in it the rest, host included, is taken for something else.
        is_cut = "@" in urlsplit(value).path or "#" in value
        ConnectionPool.from_url("" if is_cut else value).make_connection()  # connects to nothing
    except (ValueError, TypeError):  # a wrong scheme, host, port or option
        raise SettingError(
            "CACHE_URL is not the address of a Redis server: give redis://host:6379/0 or "
            f"redis://:password@host:6379/0, {ENCODED}, or leave it out to cache in each process."
        ) from None
    return value


def _report_url(value: str) -> str:
    if value and not REPORT_URL.fullmatch(value):
        raise SettingError(
            f"REPORT_URL is {value!r}: give an address that readers can write to, such as "
            "mailto:editors@example.org or https://example.org/report."
        )
    return value


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """The address that a text is, an IPv4 one even if written as IPv6; None if it is none."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    # What a server that listens on :: says of a client with an IPv4 address.
    return getattr(address, "ipv4_mapped", None) or address


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
