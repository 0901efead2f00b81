"""Orca, a screen reader, on Firefox: what it says at the steps where somebody could be lost.

Real key presses; all that is spoken stands in the file for faults that Orca writes.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from script.trials.engines.site import VERDICT, served
from script.trials.servers import Promises, wait_until

SECONDS = 60  # for words to be spoken: the machine may be at work on much else
START_SECONDS = 120
STARTS = 3  # of an Orca that does not come up
QUIET_SECONDS = 1  # without a line of Orca: it has said all
SILENT_SECONDS = 4  # after a key: it had nothing to say
MOST_STOPS = 30  # of Tab
MODES = {"Focus mode", "Browse mode"}  # which Orca says of itself, after the stop
CANNOT_BE_HAD = 77
ROLE = "Developer, data scientist or ML engineer"
CERTIFICATION = "Google Professional Machine Learning Engineer"
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


# What is read by itself moves the place from which Tab goes on; and what is spoken would wait in a
# buffer until eight kilobytes are full.
CUSTOM = """
import orca.debug
import orca.settings
orca.settings.sayAllOnLoad = False
orca.debug.debugFile.reconfigure(line_buffering=True)
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
        self._profile, self._heard, self._said = profile, 0, list[str]()
        self._read = 0  # bytes of the log

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

    def press(self, key: str) -> None:
        """Press a key as a person would; what follows is listened to."""
        self._heard += len(self._unheard())
        self._run("xdotool", "key", "--clearmodifiers", key)

    def type(self, words: str) -> None:
        """Type words; what follows is listened to."""
        self._heard += len(self._unheard())
        self._run("xdotool", "type", "--clearmodifiers", "--delay", "50", words)

    def open(self, path: str) -> None:
        """Open a page of the site in a new tab of the Firefox that runs."""
        self.press("Control_L")  # which ends what is being read
        self._run("firefox-esr", "--profile", str(self._profile), self.site + path)
        self.hear("Finished loading")
        self.settle()

    def hear(self, *words: str, seconds: float = SECONDS) -> str:
        """All that is spoken since the key, once these words are among it, in this order."""
        pattern = re.compile(".*?".join(map(re.escape, words)), re.IGNORECASE | re.DOTALL)
        what = f"“{' … '.join(words)}” is spoken"
        try:
            wait_until(lambda: pattern.search(self.spoken), seconds=seconds, what=what)
        except TimeoutError as error:
            raise TimeoutError(f"{error} Instead: {self.spoken[-600:]!r}") from None
        return self.spoken

    def settle(self) -> None:
        """Wait until Orca is at work on nothing more, and mostly has said something."""
        with suppress(TimeoutError):  # where the place stays the same nothing is said
            wait_until(lambda: self.spoken, seconds=SILENT_SECONDS, what="something is spoken")
        wait_until(self._is_quiet, seconds=SECONDS, what="Orca is quiet")

    def tab_to(self, words: str) -> None:
        """Press Tab until these words are the last that are spoken."""
        stops, key = [], "Tab"
        while True:
            self.press(key)
            self.settle()
            stops.append(self.spoken)
            said = [phrase for phrase in self._unheard() if phrase not in MODES]
            if words in " ".join(said[-1:]):
                return
            if len(stops) > MOST_STOPS:
                raise TimeoutError(f"No stop says “{words}”: {stops}.")
            # On a slow machine a stop may be spoken of when the next one has been reached.
            key = "shift+Tab" if words in self.spoken else "Tab"

    @property
    def spoken(self) -> str:
        """All that is spoken since the key."""
        return " ".join(self._unheard())

    def _unheard(self) -> list[str]:
        with self.log.open("rb") as log:
            log.seek(self._read)
            whole = log.read().rpartition(b"\n")[0]
        self._read += len(whole)
        self._said += SPOKEN.findall(whole.decode(errors="replace"))
        return self._said[self._heard :]

    def _is_quiet(self) -> bool:
        return time.time() - self.log.stat().st_mtime > QUIET_SECONDS

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


def start_session(site: str, folder: Path) -> Session:
    """An Orca that speaks; ends the program as “can't be had” if none comes up."""
    for number in range(STARTS):
        orca = Session(site, folder / f"session-{time.monotonic_ns()}")
        try:
            orca.start()
        except (TimeoutError, subprocess.SubprocessError) as error:
            orca.stop()
            print(f"Start {number + 1} of Orca: {error}", flush=True)
        else:
            return orca
    sys.exit(CANNOT_BE_HAD)


def hear_question(orca: Session) -> str:
    """A question, an answer, the next question after a swap, and Back, which is read too."""
    orca.open("/advisor/")
    orca.tab_to("not selected")
    said = orca.hear("What is your role", ROLE, "not selected")
    orca.press("space")
    orca.hear("selected")
    orca.tab_to("Continue")
    orca.press("Return")
    said += orca.hear("require a specific certification")
    orca.settle()
    orca.press("alt+Left")
    return said + orca.hear("Finished loading", "What is your role")


def hear_error(orca: Session) -> str:
    """Nothing chosen: the summary is read, and its link leads to the first choice."""
    orca.open("/advisor/")
    orca.tab_to("Continue")
    orca.press("Return")
    said = orca.hear("One thing to put right", "nothing was chosen")
    orca.settle()
    orca.press("Tab")
    orca.hear("link")
    orca.settle()
    orca.press("Return")
    return said + orca.hear(ROLE, "not selected")


def hear_result_page(orca: Session) -> str:
    """The result page: the verdict first, then the reasons with what was answered."""
    orca.open(VERDICT)
    said = orca.hear("Finished loading Verdict: Get one certification")
    orca.press("KP_Add")  # which reads all
    return said + orca.hear("You said")


def hear_list(orca: Session) -> str:
    """A filter: the box is ticked, and the new count is said; a step back is read."""
    orca.open("/certifications/")
    orca.tab_to("High signal (")
    orca.press("space")
    said = orca.hear("checked") + orca.hear("High signal: ", "entries")
    orca.settle()
    orca.press("alt+Left")
    return said + orca.hear("Finished loading", "All certifications")


def hear_search(orca: Session) -> str:
    """Suggestions: their number, the one that is reached by an arrow key, and its page."""
    orca.open("/about/")
    orca.tab_to("Find a certification")
    orca.type("pmle")
    said = orca.hear("1 suggestion")
    orca.settle()
    orca.press("Down")
    said += orca.hear(CERTIFICATION)
    orca.settle()
    orca.press("Return")
    return said + orca.hear("Finished loading", CERTIFICATION)


def hear_copied(orca: Session) -> str:
    """A link is copied, and that is said."""
    orca.open("/advisor/?role=builder")
    orca.tab_to("Copy the link")
    orca.press("Return")
    return orca.hear("Copied")


Walk = Callable[[Session], str]
WALKS: tuple[tuple[str, Walk], ...] = (
    ("a question, an answer, the next question, and Back", hear_question),
    ("nothing chosen", hear_error),
    ("the result page", hear_result_page),
    ("the list after a filter, and Back", hear_list),
    ("the search with its suggestions", hear_search),
    ("Copied", hear_copied),
)


def listen(walk: Walk, orca: Session) -> tuple[bool, str]:
    """True and the words spoken, or False and the error."""
    try:
        return True, " ".join(walk(orca).split())[:300]
    except (TimeoutError, subprocess.SubprocessError) as error:
        return False, " ".join(str(error).split())[:900]


def main() -> None:
    """Each walk in the same session, as one person would go; once more in a new one if it fails."""
    promises = Promises()
    with served() as (site, folder):
        orca = start_session(site, folder)
        try:
            for words, walk in WALKS:
                kept, figures = listen(walk, orca)
                if not kept:
                    print(f"once more  {words}\n        {figures}", flush=True)
                    orca.stop()
                    orca = start_session(site, folder)
                    kept, figures = listen(walk, orca)
                promises.check(words, kept=kept, figures=figures)
        finally:
            orca.stop()
    promises.end("Orca")


if __name__ == "__main__":
    main()
