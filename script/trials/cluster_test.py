"""Three servers behind nginx, on PostgreSQL and Redis: what readers notice when parts fail.

Starts everything on loopback in a folder of its own, as deploy/ and docs/operating.md say, and
removes it at the end.
"""

import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from json import loads
from pathlib import Path
from threading import Event, Thread

from script.trials.cluster import READERS, Cluster
from script.trials.servers import AppServer, Promises, free_port
from script.trials.simulated_readers import PASSWORD, PATHS, SHEET, VISITOR, Answer, Browser

EXPORTS = ("/certifications.json", "/certifications.csv", f"/advisor/result.json?{SHEET}")
LATEST_SECONDS = 2.0
FOUND = 302  # what the admin answers to a saved form


@contextmanager
def saving(cluster: Cluster) -> Iterator[list[Answer]]:
    """An editor who saves one form after another meanwhile; what each was answered."""
    editor, form, stop = cluster.editor(), cluster.provider_form, Event()
    answers: list[Answer] = []

    def save() -> None:
        while not stop.wait(0.1):
            answers.append(editor.rename(form, f"Provider {len(answers)}"))

    thread = Thread(target=save)
    thread.start()
    yield answers
    stop.set()
    thread.join()


def said(answers: list[Answer], wanted: int) -> str:
    """The numbers of forms saved and not saved, and the first three failures."""
    wrong = [f"{a.path[:60]} {a.status} {a.text[:80]!r}" for a in answers if a.status != wanted]
    return f"{len(answers) - len(wrong)} forms saved, {len(wrong)} not {wrong[:3] or ''}"


def first_start(cluster: Cluster, promises: Promises, *, seconds: float) -> None:
    """Three servers, one empty database."""
    loads_of_guide = sum("Loading the guide" in s.said.read_text() for s in cluster.servers)
    promises.check(
        "Three first starts at once set up the database once",
        kept=loads_of_guide == 1,
        figures=f"guide loaded {loads_of_guide} time; everything was up after {seconds:.1f} s",
    )
    browser = Browser(cluster.proxy.port, tls=True)
    answers = [browser.ask(path) for path in PATHS]
    promises.check(
        "Every page is served through nginx over TLS",
        kept=all(answer.status == HTTPStatus.OK for answer in answers),
        figures=", ".join(f"{answer.path[:40]} {answer.status}" for answer in answers),
    )


def steady(cluster: Cluster, promises: Promises) -> None:
    """Nothing fails: the figures to compare the others with."""
    with cluster.readers() as readers:
        time.sleep(4)
    promises.check("Nothing fails by itself", kept=not readers.failed(), figures=readers.figures)


def server_killed(cluster: Cluster, promises: Promises) -> None:
    """`kill -9` of one server at a time, back two seconds later."""
    with cluster.readers() as readers:
        for server in cluster.servers:
            time.sleep(1)
            server.kill()
            time.sleep(1)
            server.start().wait_ready()
    promises.check(
        "Killing a server (-9, each once) fails no request",
        kept=not readers.failed(),
        figures=readers.figures,
    )


def rolling_restart(cluster: Cluster, promises: Promises) -> None:
    """One server after the other: stop, start, wait until it is ready."""
    with cluster.readers() as readers, saving(cluster) as saved:
        statuses = []
        for _ in range(2):
            for server in cluster.servers:
                statuses.append(server.stop())
                server.start().wait_ready()
    promises.check(
        "A rolling restart (twice) fails no request and no form",
        kept=not readers.failed() and {a.status for a in saved} == {FOUND} and not any(statuses),
        figures=f"{readers.figures}; {said(saved, FOUND)}",
    )


def edit_shows(cluster: Cluster, promises: Promises, *, when: str) -> None:
    """An edit on one server is seen on all."""
    editor, form, times = cluster.editor(), cluster.provider_form, []
    for n in range(5):
        cluster.seconds_until_shown("")  # every server has the old page in its cache
        name = f"Renamed {when} {n}"
        status = editor.rename(form, name).status
        times.append(cluster.seconds_until_shown(name) if status == FOUND else float("inf"))
    promises.check(
        f"An edit shows on all servers within {LATEST_SECONDS:.0f} s {when}",
        kept=max(times) < LATEST_SECONDS,
        figures=f"5 edits, the slowest after {max(times):.2f} s",
    )


def cache_gone(cluster: Cluster, promises: Promises) -> None:
    """Redis is killed, and comes back."""
    with cluster.readers() as with_cache:
        time.sleep(3)
    with cluster.readers() as without:
        cluster.cache.stop(signal.SIGKILL)
        time.sleep(4)
    edit_shows(cluster, promises, when="without Redis")
    cluster.cache.start()
    time.sleep(6)  # the servers ask for it again every five seconds
    with cluster.readers() as again:
        time.sleep(3)
    edit_shows(cluster, promises, when="with Redis back")
    promises.check(
        "Redis gone means slower, not broken",
        kept=not (with_cache.failed() or without.failed() or again.failed()),
        figures=f"with: {with_cache.figures}\n        without: {without.figures}\n"
        f"        back: {again.figures}",
    )


def database_restarted(cluster: Cluster, promises: Promises) -> None:
    """PostgreSQL is stopped for four seconds."""
    with cluster.readers() as readers:
        time.sleep(1)
        cluster.database.stop()
        time.sleep(2)
        meanwhile = [Browser(server.port).ask("/readyz") for server in cluster.servers]
        time.sleep(2)
        cluster.database.start()
        start = time.monotonic()
        for server in cluster.servers:
            server.wait_ready()
        recovery = time.monotonic() - start
        since = len(readers.answers) + READERS  # what was asked before may still be answered
        time.sleep(2)
    refused = sum(answer.is_clear_refusal for answer in readers.answers)
    late = [answer for answer in readers.answers[since:] if answer.status != HTTPStatus.OK]
    promises.check(
        "PostgreSQL gone means clear 503s with Retry-After, and recovery by itself",
        kept=not readers.failed(refusals_are_fine=True) and refused > 0 and not late
        and {answer.status for answer in meanwhile} == {503},
        figures=f"{readers.figures}; {refused} clear 503s; "
        f"all ready {recovery:.2f} s after it was back, {len(late)} refusals after that",
    )  # fmt: skip


def logs(cluster: Cluster, promises: Promises) -> None:
    """Every line is JSON, no line is a fault of ours, none has an answer or an address."""
    text = "".join(server.log.read_text() for server in cluster.servers)
    lines = [loads(line) for line in text.splitlines()]
    others = Counter(line["message"][:70] for line in lines if line["level"] != "INFO")
    personal = [word for word in (VISITOR, "role=builder", PASSWORD) if word in text]
    faults = [line for line in lines if "traceback" in line]
    promises.check(
        "The log has no fault of ours, and nothing about people",
        kept=not faults and not personal,
        figures=f"{len(lines)} lines, {len(faults)} faults {faults[:1] or ''}, personal: "
        f"{personal}; most frequent others: {dict(others.most_common(8))}",
    )


def exports(server: AppServer) -> list[str]:
    """The exports of the content for other programs, without those that failed."""
    browser = Browser(server.port)
    answers = [browser.ask(path) for path in EXPORTS]
    browser.close()
    return [answer.text for answer in answers if answer.status == HTTPStatus.OK]


def backup_goes_across(cluster: Cluster, promises: Promises) -> None:
    """From PostgreSQL to SQLite and back, while the servers run."""
    server = cluster.servers[0]
    folder = Path(server.settings["DATA_DIR"]).parent
    settings = {
        name: value
        for name, value in server.settings.items()
        if name not in ("DATABASE_URL", "CACHE_URL")
    }
    here = {"PORT": str(free_port()), "DATA_DIR": str(folder / "alone")}
    alone = AppServer(folder / "alone", **settings | here)
    try:
        alone.start().wait_ready()
        before = exports(server)
        there, back = str(folder / "there.zip"), str(folder / "back.zip")
        server.manage("backup", there)
        alone.manage("restore", there, "--yes")
        on_sqlite = exports(alone)
        alone.manage("backup", back)
        cluster.editor().rename(cluster.provider_form, "Spoilt")
        time.sleep(LATEST_SECONDS)
        spoilt = exports(server)
        server.manage("restore", back, "--yes")
        time.sleep(LATEST_SECONDS)
        after = exports(server)
    finally:
        alone.kill()
    promises.check(
        "A backup goes from PostgreSQL to SQLite and back: the exports are the same bytes",
        kept=len(before) == len(EXPORTS) and before == on_sqlite == after != spoilt,
        figures=f"{len(before)} exports of {sum(map(len, before))} characters; equal on SQLite: "
        f"{before == on_sqlite}, back on PostgreSQL: {before == after}, after an "
        f"edit in between: {before == spoilt}",
    )


def main() -> None:
    """All trials, in an order in which one leaves the site whole for the next."""
    promises = Promises()
    with tempfile.TemporaryDirectory(prefix="certguide-cluster-") as folder:
        cluster = Cluster(Path(folder))
        with cluster.running() as seconds:
            cluster.servers[0].add_editor()
            first_start(cluster, promises, seconds=seconds)
            steady(cluster, promises)
            server_killed(cluster, promises)
            rolling_restart(cluster, promises)
            edit_shows(cluster, promises, when="with Redis")
            cache_gone(cluster, promises)
            database_restarted(cluster, promises)
            backup_goes_across(cluster, promises)
            logs(cluster, promises)
    promises.end("Cluster")


if __name__ == "__main__":
    main()
