"""One machine, SQLite: crowds, `kill -9` while editors save, a full disk, a read-only folder.

Edits go through the admin's own forms. The short variant runs in CI; `--full` by hand.
"""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Thread

from script.trials.servers import AppServer, Promises, free_port
from script.trials.simulated_readers import HOST_NAME, Answer, Browser, Editor, Readers

WRITERS, READERS = 8, 16
NUMBERS = count(1)  # of edits
SAVED = 302  # what the admin answers to a form that it has saved
BACK_SECONDS = 5.0
# Root may write everywhere; without these two rights it may not.
NO_OVERRIDE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@dataclass
class Writer:
    """An editor with a row of their own, who renames it again and again."""

    editor: Editor
    form: str
    pause_seconds: float = 0.0
    acknowledged: str = ""
    unanswered: list[str] = field(default_factory=list)  # since then: saved or not
    answers: list[Answer] = field(default_factory=list)

    def save(self) -> Answer:
        """Rename the row once."""
        name = f"Edit {next(NUMBERS)}"  # none like another, also after the server was killed
        answer = self.editor.rename(self.form, name)
        self.answers.append(answer)
        if answer.status == SAVED:
            self.acknowledged, self.unanswered = name, []
        else:
            self.unanswered.append(name)
        return answer

    def save_until(self, stop: Event) -> None:
        """Rename it until told to stop."""
        while not stop.is_set():
            self.save()
            stop.wait(self.pause_seconds)


class Site:
    """One server with a data folder."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.server = AppServer(
            folder.parent, DATA_DIR=str(folder), PORT=str(free_port()), HTTPS="1",
            PROXIES="127.0.0.1", ALLOWED_HOSTS=f"{HOST_NAME},127.0.0.1",
        )  # fmt: skip

    def writers(self, number: int, *, pause_seconds: float = 0.0) -> list[Writer]:
        """Editors, each signed in and with a source of the facts as their row."""
        listed = Editor(self.server.port).sign_in().ask("/admin/catalog/source/").text
        forms = list(
            dict.fromkeys(re.findall(r'href="(/admin/catalog/source/\d+/change/)', listed))
        )
        return [
            Writer(Editor(self.server.port).sign_in(), form, pause_seconds)
            for form in forms[:number]
        ]

    def readers(self, number: int) -> Readers:
        """Readers who leave each other time: all share two cores."""
        return Readers([Browser(self.server.port) for _ in range(number)], pause_seconds=0.02)

    def names(self) -> set[str]:
        """The names of all sources in the database, the writers' rows among them."""
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as database:
            return {name for (name,) in database.execute("SELECT name FROM catalog_source")}

    def integrity(self) -> str:
        """The result of SQLite's integrity check: “ok” if the file is sound."""
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as database:
            return str(database.execute("PRAGMA integrity_check").fetchone()[0])


@contextmanager
def at_work(writers: list[Writer]) -> Iterator[None]:
    """The writers save meanwhile."""
    stop = Event()
    threads = [Thread(target=writer.save_until, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join()


def two_starts(site: Site, promises: Promises) -> None:
    """Two servers on one new data folder at once: both on their ports, one set of data."""
    other = AppServer(
        site.data.parent / "other", **site.server.settings | {"PORT": str(free_port())}
    )
    other.start()
    site.server.start().wait_ready()
    other.wait_ready()
    loads = sum("Loading the guide" in s.said.read_text() for s in (site.server, other))
    other.stop()
    promises.check(
        "Two first starts at once on one data folder set it up once",
        kept=loads == 1 and site.integrity() == "ok",
        figures=f"guide loaded {loads} time, integrity {site.integrity()}",
    )


def crowd(site: Site, promises: Promises, *, seconds: float) -> None:
    """Many write and many read."""
    writers = site.writers(WRITERS)
    with site.readers(READERS) as readers, at_work(writers):
        time.sleep(seconds)
    saves = [answer for writer in writers for answer in writer.answers]
    failed = [answer for answer in saves if answer.status != SAVED]
    lost = {writer.acknowledged for writer in writers} - site.names()
    promises.check(
        f"{len(writers)} writers and {READERS} readers for {seconds:.0f} s: no error",
        kept=len(writers) == WRITERS and not failed and not lost and not readers.failed(),
        figures=f"{len(saves)} edits, {len(saves) / seconds:.0f}/s, {len(failed)} failed, "
        f"longest {max(answer.seconds for answer in saves):.2f} s; readers: {readers.figures}",
    )


def killed(site: Site, promises: Promises, *, times: int) -> None:
    """`kill -9` at a random moment of editing; then the site comes back."""
    lost: set[str] = set()
    back, integrity, edits = [], set(), 0
    for _ in range(times):
        writers = site.writers(4)
        with at_work(writers):
            time.sleep(random.uniform(0.5, 3))
            site.server.kill()
        edits += sum(a.status == SAVED for writer in writers for a in writer.answers)
        start = time.monotonic()
        site.server.start().wait_ready()
        back.append(time.monotonic() - start)
        integrity.add(site.integrity())
        names = site.names()
        # What was on its way may have been saved or not; the acknowledged one before it is in
        # the database unless a later one is.
        lost |= {
            each.acknowledged
            for each in writers
            if each.acknowledged and not {each.acknowledged, *each.unanswered} & names
        }
    promises.check(
        f"kill -9 while editors save, {times} times: no acknowledged edit lost, "
        f"back within {BACK_SECONDS:.0f} s, integrity ok",
        kept=not lost and integrity == {"ok"} and max(back) < BACK_SECONDS and edits > 0,
        figures=f"{edits} acknowledged, {len(lost)} lost; back after {min(back):.1f} to "
        f"{max(back):.1f} s; integrity {integrity}",
    )


def cannot_write(site: Site, promises: Promises, writer: Writer, *, what: str) -> list[Answer]:
    """The answers to the editor, each checked to be a saved form or a clear refusal."""
    answers = []
    with site.readers(4) as readers:
        for _ in range(40):
            answers.append(writer.save())
            if answers[-1].status != SAVED:
                break
        time.sleep(2)
    saved = sum(answer.status == SAVED for answer in answers)
    is_clear = all(answer.status == SAVED or answer.is_clear_refusal for answer in answers)
    promises.check(
        f"{what}: an editor is told clearly, readers are served",
        kept=is_clear and writer.acknowledged in {"", *site.names()} and not readers.failed(),
        figures=f"{saved} forms saved, then {answers[-1].status}; readers: {readers.figures}",
    )
    return answers


def full_disk(folder: Path, promises: Promises) -> None:
    """A data folder on a file system of 64 MB, which fills up."""
    data = folder / "data"
    data.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(data)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        print("skipped Disk full: this user may not mount a small file system")
        return
    site = Site(data)
    try:
        site.server.start().wait_ready()
        site.server.add_editor()
        (writer,) = site.writers(1)
        filler = data / "filler"
        subprocess.run(["dd", "if=/dev/zero", f"of={filler}"], check=False, capture_output=True)
        answers = cannot_write(site, promises, writer, what="Disk full")
        filler.unlink()
        promises.check(
            "Disk full: it says so, and saves again when there is room, by itself",
            kept=answers[-1].is_clear_refusal and writer.save().status == SAVED
            and site.integrity() == "ok",
            figures=f"refused with {answers[-1].status}, then saved; integrity {site.integrity()}",
        )  # fmt: skip
    finally:
        site.server.kill()
        subprocess.run(["umount", "--lazy", str(data)], check=True)


def read_only(folder: Path, promises: Promises) -> None:
    """A data folder that loses its right to be written, under a server and before a start."""
    folder.mkdir()
    wrapper = NO_OVERRIDE if os.geteuid() == 0 else ()
    if wrapper and not shutil.which(wrapper[0]):
        print("skipped Read-only data folder: root may write it, and setpriv is not there")
        return
    site = Site(folder / "data")
    site.server.start(*wrapper).wait_ready()
    site.server.add_editor()
    (writer,) = site.writers(1)
    for path in (site.data, *site.data.glob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    cannot_write(site, promises, writer, what="Read-only data folder")
    site.server.stop()
    said_before = site.server.log.stat().st_size
    status = site.server.start(*wrapper).ended()
    words = site.server.log.read_text()[said_before:].strip()
    promises.check(
        "Read-only data folder: a start is refused in one line",
        kept=status == 1 and words.startswith("Cannot start: ") and "\n" not in words,
        figures=f"status {status}: {words[-300:]}",
    )


def main() -> None:
    """All faults; short unless told `--full`."""
    is_full = "--full" in sys.argv
    promises = Promises()
    with tempfile.TemporaryDirectory(prefix="certguide-faults-") as name:
        folder = Path(name)
        site = Site(folder / "data")
        try:
            two_starts(site, promises)
            site.server.add_editor()
            crowd(site, promises, seconds=60 if is_full else 8)
            killed(site, promises, times=20 if is_full else 3)
        finally:
            site.server.kill()
        full_disk(folder / "full", promises)
        read_only(folder / "read-only", promises)
    promises.end("Faults")


if __name__ == "__main__":
    main()
