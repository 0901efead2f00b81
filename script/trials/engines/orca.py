"""Orca, a screen reader, on Firefox: what it says at the steps where somebody could be lost.

Real key presses; all that is spoken stands in the file for faults that Orca writes.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from script.trials.engines.site import VERDICT, served
from script.trials.servers import Promises, wait_until

SECONDS = 40  # for words to be spoken
START_SECONDS = 120
HUSHES = 30  # times to listen whether all is said
STARTS = 3  # of an engine that does not come up
SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*?)'(?:\{'established.*)?$", re.MULTILINE)
ACCESSIBLE = {
    "GNOME_ACCESSIBILITY": "1",
    "ACCESSIBILITY_ENABLED": "1",
    "GTK_MODULES": "gail:atk-bridge",
    "NO_AT_BRIDGE": "0",
    "LANG": "C.UTF-8",
}
SWITCHES = (
    ("org.gnome.desktop.interface", "toolkit-accessibility"),
    ("org.gnome.desktop.a11y.applications", "screen-reader-enabled"),
)
PREFERENCES = """
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("app.update.enabled", false);
user_pref("dom.events.testing.asyncClipboard", true);
user_pref("accessibility.force_disabled", -1);
"""


# What is read by itself moves the place from which Tab goes on.
CUSTOM = """
import orca.settings
orca.settings.sayAllOnLoad = False
"""


class Session:
    """Orca and a Firefox, each in a home of its own."""

    def __init__(self, site: str, folder: Path) -> None:
        self.site, self.log = site, folder / "orca.log"
        home, run = folder / "home", folder / "run"
        profile = home / "profile"
        for path in (home, run, profile):
            path.mkdir(parents=True, exist_ok=True)
        run.chmod(0o700)
        (profile / "user.js").write_text(PREFERENCES)
        custom = home / ".local" / "share" / "orca" / "orca-customizations.py"
        custom.parent.mkdir(parents=True, exist_ok=True)
        custom.write_text(CUSTOM)
        self._environment = {
            **os.environ, **ACCESSIBLE, "HOME": str(home), "XDG_RUNTIME_DIR": str(run),
        }  # fmt: skip
        self._processes: list[subprocess.Popen[bytes]] = []
        self._profile, self._heard = profile, 0

    def start(self) -> None:
        """Start both; raises TimeoutError if Orca does not speak of the first page."""
        for schema, key in SWITCHES:
            self._run("gsettings", "set", schema, key, "true")
        self._begin("/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
        self._begin("orca", f"--debug-file={self.log}")
        wait_until(self.log.exists, seconds=SECONDS, what="Orca is there")
        self._begin("firefox-esr", "--profile", str(self._profile), f"{self.site}/")
        self.hear("Finished loading", seconds=START_SECONDS)

    def stop(self) -> None:
        """End what was started."""
        for process in reversed(self._processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as a person would; what follows is listened to."""
        self._heard = len(self._said())
        for key in keys:
            self._run("xdotool", "key", "--clearmodifiers", key)
            time.sleep(0.3)

    def open(self, path: str) -> None:
        """Open a page of the site in a new tab of the Firefox that runs."""
        self.press("Control_L")  # which ends what is being read
        self._run("firefox-esr", "--profile", str(self._profile), self.site + path)
        self.hear("Finished loading")
        self.settle()

    def hear(self, *words: str, seconds: float = SECONDS) -> str:
        """All that is spoken since the keys, once these words are among it, in this order."""
        pattern = re.compile(".*?".join(map(re.escape, words)), re.IGNORECASE | re.DOTALL)
        what = f"“{' … '.join(words)}” is spoken"
        try:
            wait_until(lambda: pattern.search(self.spoken), seconds=seconds, what=what)
        except TimeoutError as error:
            raise TimeoutError(f"{error} Instead: {self.spoken[-600:]!r}") from None
        return self.spoken

    def settle(self) -> None:
        """Wait until something was spoken and nothing more is."""
        with suppress(TimeoutError):
            wait_until(lambda: self.spoken, seconds=5, what="something is spoken")
        for _ in range(HUSHES):
            before = self.spoken
            time.sleep(2)
            if self.spoken == before:
                return

    def tab_to(self, words: str, *, most: int = 40) -> None:
        """Press Tab until these words are spoken."""
        stops = []
        for _ in range(most):
            self.press("Tab")
            self.settle()
            if words.lower() in self.spoken.lower():
                return
            stops.append(self.spoken)
        raise TimeoutError(f"No stop says “{words}”: {stops}.")

    @property
    def spoken(self) -> str:
        """All that is spoken since the keys."""
        return " ".join(self._said()[self._heard :])

    def _said(self) -> list[str]:
        return SPOKEN.findall(self.log.read_text(errors="replace"))

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self._environment, check=True, capture_output=True, timeout=30)

    def _begin(self, *command: str) -> None:
        self._processes.append(
            subprocess.Popen(
                command,
                env=self._environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )


@contextmanager
def session(site: str, folder: Path) -> Iterator[Session]:
    """A session that is ended with the block; one that does not come up is started again."""
    for number in range(STARTS):
        opened = Session(site, folder / f"session-{number}")
        try:
            opened.start()
            break
        except TimeoutError:
            opened.stop()
            if number + 1 == STARTS:
                raise
    try:
        yield opened
    finally:
        opened.stop()


def hear_question(orca: Session) -> str:
    """A question, an answer, and the next question after a swap."""
    orca.open("/advisor/#role-1")
    orca.tab_to("not selected")
    said = orca.hear("What is your role", "I build ML or AI systems", "not selected")
    orca.press("space")
    orca.hear("selected")
    orca.tab_to("Continue")
    orca.press("Return")
    return said + orca.hear("require a specific certification")


def hear_back(orca: Session) -> str:
    """Back after a swap: the question before is read, and Tab goes on in it."""
    orca.press("alt+Left")
    return orca.hear("Finished loading", "What is your role")


def hear_error(orca: Session) -> str:
    """Nothing chosen: the summary is read, and its link leads to the first choice."""
    orca.open("/advisor/#role-1")
    orca.tab_to("Continue")
    orca.press("Return")
    said = orca.hear("One thing to put right", "nothing was chosen")
    orca.press("Tab")
    orca.hear("link")
    orca.press("Return")
    return said + orca.hear("I build ML or AI systems", "not selected")


def hear_result_page(orca: Session) -> str:
    """The result page: the verdict first, then the reasons with what was answered."""
    orca.open(VERDICT)
    said = orca.hear("Finished loading Verdict: Get one certification")
    orca.press("KP_Add")  # which reads all
    return said + orca.hear("You said")


def hear_list(orca: Session) -> str:
    """A filter: the box is ticked, and the new count is said; a step back is read."""
    orca.open("/certifications/#filters")
    orca.tab_to("High signal (")
    orca.press("space")
    said = orca.hear("checked") + orca.hear("High signal: ", "entries")
    orca.press("alt+Left")
    return said + orca.hear("Finished loading", "All certifications")


def hear_copied(orca: Session) -> str:
    """A link is copied, and that is said."""
    orca.open("/advisor/?role=builder#mandate-1")
    orca.tab_to("Copy the link")
    orca.press("Return")
    return orca.hear("Copied")


WALKS = (
    ("a question, an answer, the next question", hear_question),
    ("Back after a swap", hear_back),
    ("nothing chosen", hear_error),
    ("the result page", hear_result_page),
    ("the list after a filter, and Back", hear_list),
    ("Copied", hear_copied),
)


def main() -> None:
    """Each walk in the same session, as one person would go."""
    promises = Promises()
    with served() as (site, folder), session(site, folder) as orca:
        for words, walk in WALKS:
            try:
                kept, figures = True, walk(orca)
            except (TimeoutError, subprocess.SubprocessError) as error:
                kept, figures = False, str(error)
            promises.check(words, kept=kept, figures=" ".join(figures.split())[:300])
    promises.end("Orca")


if __name__ == "__main__":
    main()
