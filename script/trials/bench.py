"""Requests per second and p99 of each kind of page, beside a bare view and a static file.

Both return the same bytes: the bare view through all of the middleware, the file without.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from script.trials.backing_services import PostgreSQL
from script.trials.servers import AppServer, free_port
from script.trials.simulated_readers import HOST_NAME

SHIPPED = 122
ANSWERS = (
    "role=builder&mandate=no&goal=production&goal=cloud&programming=confident&pillars=5&experience=deployed"
    "&portfolio=some&cloud=gcp&framework=pytorch&learning=textbooks&time=3&budget=300&held=0"
)
PAGES = {
    "home": "/",
    "catalogue": "/certifications/",
    "filtered": "/certifications/?tier=high&platform=gcp",
    "entry": "/certifications/google-professional-machine-learning-engineer/",
    "question": "/advisor/?role=builder&mandate=no",
    "result": f"/advisor/result/?{ANSWERS}",
    "guide": "/guide/",
}
# With 10,000 certifications the others show or judge every one, which says nothing about a page.
OF_ANY_SIZE = {"catalogue", "filtered", "entry"}
SERVED = ("bare", "cached", "uncached", "static")
ROUNDS = 3
IN_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
MAKE = "from script.trials.many_certifications import make_certifications"


class Figure(NamedTuple):
    """The throughput and latency of one page under load."""

    per_second: float
    p99_ms: float


def measure(address: str, seconds: int) -> Figure:
    """Eight connections that ask again as soon as they are answered."""
    urlopen(address).read()
    load = ["wrk", "--latency", "-t1", "-c8", f"-d{seconds}s", "--timeout", "30s", address]
    said = subprocess.run(load, check=True, capture_output=True, text=True).stdout
    p99, rate = re.search(r"99%\s+([\d.]+)(us|ms|s)", said), re.search(r"sec:\s+([\d.]+)", said)
    if "Non-2xx" in said or not (p99 and rate):
        raise RuntimeError(f"{address} does not answer as it should:\n{said}")
    return Figure(float(rate[1]), float(p99[1]) * IN_MILLISECONDS[p99[2]])


@contextmanager
def serving(folder: Path, pages: str, database_url: str) -> Iterator[AppServer]:
    """A server on the data of a bench, with or without kept pages."""
    server = AppServer(
        folder / "log", DATA_DIR=str(folder), DATABASE_URL=database_url, BENCH_PAGES=pages,
        PORT=str(free_port()), ALLOWED_HOSTS=f"127.0.0.1,{HOST_NAME}",
        DJANGO_SETTINGS_MODULE="script.trials.bench_settings",
    )  # fmt: skip
    try:
        server.start().wait_ready()
        yield server
    finally:
        server.kill()


def prepare(folder: Path, database_url: str, certifications: int, names: list[str]) -> None:
    """The site with so many certifications, and its pages as files beside the static ones."""
    with serving(folder, "cached", database_url) as server:
        if certifications > SHIPPED:
            number = certifications - SHIPPED
            server.manage("shell", "--command", f"{MAKE}; make_certifications({number})")
        (folder / "static" / "bench").mkdir(exist_ok=True)
        for name in names:
            with urlopen(f"http://127.0.0.1:{server.port}{PAGES[name]}") as page:
                (folder / "static" / "bench" / name).write_bytes(page.read())


def compare(
    folder: Path, database_url: str, names: list[str], seconds: int
) -> dict[str, dict[str, Figure]]:
    """The best figures of each page; the four ways take turns, so that noise meets all alike."""
    found: dict[str, dict[str, Figure]] = {}
    with (
        serving(folder, "cached", database_url) as kept,
        serving(folder, "uncached", database_url) as anew,
    ):
        for name in names:
            paths = {"bare": f"/bench/{name}", "static": f"/static/bench/{name}"}
            found[name] = dict.fromkeys(SERVED, Figure(0, 0))
            for way in SERVED * ROUNDS:
                port = (anew if way == "uncached" else kept).port
                address = f"http://127.0.0.1:{port}{paths.get(way, PAGES[name])}"
                found[name][way] = max(found[name][way], measure(address, seconds))
    return found


def show(title: str, folder: Path, found: dict[str, dict[str, Figure]]) -> None:
    """Print one table."""
    print(f"\n{title}; requests/s (p99 in ms)\n")
    ways = "".join(f"{way:>18}" for way in SERVED)
    print(f"{'page':<11}{'bytes':>8}{ways}{'cached/bare':>14}{'uncached/bare':>15}")
    for name, figures in found.items():
        size = (folder / "static" / "bench" / name).stat().st_size
        cells = [f"{each.per_second:,.0f} ({each.p99_ms:,.1f})" for each in figures.values()]
        bare = figures["bare"].per_second
        kept, anew = (figures[way].per_second / bare for way in ("cached", "uncached"))
        row = "".join(f"{cell:>18}" for cell in cells)
        print(f"{name:<11}{size:>8}{row}{kept:>14.2f}{f'1/{1 / anew:.1f}':>15}", flush=True)


def bench(folder: Path, database: str, certifications: int, seconds: int) -> None:
    """One table, on a database of its own."""
    folder.mkdir()
    names = [name for name in PAGES if certifications == SHIPPED or name in OF_ANY_SIZE]
    server = PostgreSQL(folder) if database == "postgresql" else None
    try:
        if server:
            server.start()
            server.create_database()
        database_url = server.url if server else ""
        prepare(folder, database_url, certifications, names)
        found = compare(folder, database_url, names, seconds)
        show(f"{certifications:,} entries, {database}", folder, found)
    finally:
        if server:
            server.stop()


def main() -> None:
    """Read the command line, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="of load in each of three rounds")
    parser.add_argument("--certifications", type=int, nargs="+", default=[SHIPPED, 10_000])
    databases = ["sqlite", "postgresql"]
    parser.add_argument("--databases", nargs="+", choices=databases, default=databases)
    options = parser.parse_args()
    if "postgresql" in options.databases and not [*Path("/usr/lib/postgresql").glob("*/bin")]:
        print("PostgreSQL is not installed: measured on SQLite alone.", file=sys.stderr)
        options.databases = ["sqlite"]
    os.umask(0o022)  # PostgreSQL is another user, in the folder of this one
    with tempfile.TemporaryDirectory(prefix="certguide-bench-") as folder:
        Path(folder).chmod(0o755)
        for database in options.databases:
            for certifications in options.certifications:
                bench(
                    Path(folder, f"{database}-{certifications}"),
                    database,
                    certifications,
                    options.seconds,
                )


if __name__ == "__main__":
    main()
