"""Servers under trial, started and stopped as deploy/ says, and what they promise."""

import configparser
import http.client
import os
import random
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from script.trials.simulated_readers import EDITOR, PASSWORD, Browser

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 300  # a first start migrates and loads the guide, on a machine at work too


def unit() -> configparser.SectionProxy:
    """The Service section of deploy/certguide.service, the systemd unit of the site."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "deploy" / "certguide.service")
    return parser["Service"]


def wait_until(condition: Callable[[], object], *, seconds: float, what: str) -> float:
    """The seconds that it took; raises TimeoutError if it took more."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"Not within {seconds:.0f} s: {what}.")
        time.sleep(0.02)
    return time.monotonic() - start


def free_port() -> int:
    """A port on loopback that nobody has, below those that the system gives to clients."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class AppServer:
    """One `manage.py serve`, started and stopped as deploy/certguide.service says."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = int(settings["PORT"])
        self.settings = {"PATH": os.environ["PATH"], **settings}
        self.log, self.said = folder / "server.log", folder / "server.out"
        folder.mkdir(exist_ok=True, parents=True)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *wrapper: str) -> "AppServer":
        """Start it, inside another program if one is given; does not wait."""
        installed, ours = str(unit()["WorkingDirectory"]), str(ROOT)
        command = shlex.split(unit()["ExecStart"].replace(installed, ours))
        command[0] = sys.executable
        with self.log.open("ab") as log, self.said.open("ab") as said:
            self._process = subprocess.Popen(
                [*wrapper, *command], env=self.settings, stdin=subprocess.DEVNULL,
                stdout=said, stderr=log, start_new_session=True,
            )  # fmt: skip
        return self

    def is_ready(self) -> bool:
        """True if /readyz answers 200; raises RuntimeError if the server has ended."""
        if self._process and self._process.poll() is not None:
            raise RuntimeError(f"The server ended: {self.log.read_text()[-2000:]}")
        browser = Browser(self.port)
        answer = browser.ask("/readyz")
        browser.close()
        return answer.status == http.HTTPStatus.OK

    def wait_ready(self) -> float:
        """The seconds until it was ready."""
        return wait_until(self.is_ready, seconds=READY_SECONDS, what=f"server {self.port} is ready")

    def stop(self) -> int:
        """Stop it as systemd does; its exit status."""
        if not self._process:
            return 0
        self._process.send_signal(signal.Signals[unit()["KillSignal"]])
        return self._process.wait(timeout=float(unit()["TimeoutStopSec"]))

    def ended(self) -> int:
        """The exit status of a start that is refused."""
        return self._process.wait(timeout=READY_SECONDS) if self._process else 0

    def kill(self) -> None:
        """`kill -9` of all its processes."""
        if not self._process:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def manage(self, *arguments: str, **more: str) -> str:
        """Run another command of manage.py with its settings."""
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *arguments], env=self.settings | more,
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def add_editor(self) -> None:
        """Make the account that `Editor` signs in with."""
        self.manage(
            "createsuperuser", "--noinput", "--username", EDITOR, "--email", "",
            DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        )  # fmt: skip


class Promises:
    """Prints each promise with its figures; ends the program with 1 if one was broken."""

    def __init__(self) -> None:
        self._broken = 0

    def check(self, promise: str, *, kept: bool, figures: str) -> None:
        """Say whether it was kept."""
        self._broken += not kept
        print(f"{'kept  ' if kept else 'BROKEN'}  {promise}\n        {figures}", flush=True)

    def end(self, words: str) -> None:
        """The last line, and the exit status."""
        print(f"{words}: {f'{self._broken} promises broken' if self._broken else 'all kept'}")
        sys.exit(1 if self._broken else 0)
