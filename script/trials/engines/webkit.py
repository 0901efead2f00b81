"""WebKit: the wizard, the answer about a certification, lists, the editor's form; widths and zooms.

A page that dies, whichever it is, ends the trial with 1.
"""

import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from script.trials.engines.site import ABOUT, ANSWER, GOOGLE, LONG_PAGES, PAGES, VERDICT, served
from script.trials.engines.webkit_driver import SECONDS, Window, window
from script.trials.servers import Promises, wait_until
from script.trials.simulated_readers import EDITOR, PASSWORD

ZOOMS = (0.75, 0.85, 1, 1.15, 1.25, 1.5, 1.75, 2, 2.5, 3, 4)
OPEN_FOLDS = "for (const fold of document.querySelectorAll('details')) fold.open = true"


def walk_wizard(page: Window) -> str:
    """Three answers, then Back, Forward and reload: each state comes again."""
    page.open("/advisor/")
    states = [page.state()]
    addresses = (
        "/advisor/?role=builder",
        "/advisor/?role=builder&mandate=no",
        "/advisor/?role=builder&mandate=no&goal=production",
    )
    for path in addresses:
        page.click(".choice input")
        states.append(page.go(lambda: page.click(".asking button"), path))
    back = page.driver.back
    for state in reversed(states[:-1]):
        assert page.go(back, state[0]) == state, (page.state(), state)
    assert page.go(page.driver.forward, states[1][0]) == states[1]
    assert page.go(page.driver.refresh, states[1][0]) == states[1]
    return f"{len(states)} states"


def walk_about(page: Window) -> str:
    """From the page of a certification to the answer about it; Back, Forward, reload."""
    page.open(GOOGLE)
    states = [page.go(lambda: page.click("a.call[href*='about=']"), ABOUT)]
    steps = (
        ("cloud", "gcp", f"{ABOUT}&cloud=gcp"),
        ("budget", "0", f"{ABOUT}&cloud=gcp&budget=0"),
        ("mandate", "no", ANSWER),
    )

    def answer(name: str, value: str, path: str) -> tuple[str, str, str, object]:
        page.click(f".choice [name={name}][value='{value}']")
        return page.go(lambda: page.click(".asking button"), path)

    states += [answer(*step) for step in steps]
    assert states[-1][2].startswith("No: "), states[-1]
    assert page.go(page.driver.back, states[2][0]) == states[2]
    assert answer(*steps[-1]) == states[-1]  # a page that comes out of memory still answers
    for place, act in (
        (2, page.driver.back),
        (1, page.driver.back),
        (2, page.driver.forward),
        (2, page.driver.refresh),
        (3, page.driver.forward),
    ):
        assert page.go(act, states[place][0]) == states[place], (page.state(), states[place])
    return states[-1][2]


def walk_wizard_without_answer(page: Window) -> str:
    """Nothing chosen: the summary has the focus, and its link leads to the first choice."""
    page.open("/advisor/")
    page.click(".asking button")
    page.wait(lambda: page.ask("return document.querySelector('.error-summary') !== null"), "error")
    page.wait(
        lambda: page.ask("return document.activeElement.className === 'error-summary'"), "focus"
    )
    page.click(".error-summary a")
    return str(page.ask("return document.activeElement.id"))


def walk_list(page: Window) -> str:
    """Filters, Back, Forward, reload, a comparison: what is ticked is what the list shows."""
    page.open("/certifications/")
    states = [page.state()]
    high, google = "/certifications/?tier=high", "/certifications/?tier=high&platform=gcp"
    states.append(page.go(lambda: page.click("#tier-high"), high))
    states.append(page.go(lambda: page.click("#platform-gcp"), google))
    assert "tier-high" in str(states[1][3])
    for state in reversed(states[:-1]):
        assert page.go(page.driver.back, state[0]) == state, (page.state(), state)
        assert page.go(page.driver.refresh, state[0]) == state, (page.state(), state)
    assert page.go(page.driver.forward, high) == states[1]
    page.open("/certifications/?platform=gcp&platform=aws&tier=high")
    for number in (1, 2):
        page.click(f".results li:nth-of-type({number}) [name=cert]:not(:checked)")
    page.click(".comparing button")
    page.wait(lambda: page.path.startswith("/certifications/compare/?cert="), "compared")
    page.driver.back()
    page.wait(
        lambda: page.driver.find_element(By.CSS_SELECTOR, ".chosen").text == "2 chosen.",
        "what was chosen is still chosen",
    )
    return f"{len(states)} states"


def walk_editor(page: Window) -> str:
    """An editor signs in, changes a note, gives a reason, and readers see it."""
    page.open("/admin/login/?next=/admin/catalog/provider/")
    page.type("#id_username", EDITOR)
    page.type("#id_password", PASSWORD + Keys.ENTER)
    page.wait(lambda: page.path == "/admin/catalog/provider/", "signed in")
    page.click("#result_list tbody th a")
    page.wait(lambda: page.path.endswith("/change/"), "the form")
    page.type("#id_name", "Named by WebKit")
    page.click("[name=_save]")
    page.wait(lambda: page.path == "/admin/catalog/provider/", "saved")
    page.wait(lambda: "Named by WebKit" in page.driver.page_source, "the new name")
    page.click("#result_list tbody th a")
    page.wait(lambda: page.path.endswith("/change/"), "the form again")
    page.driver.back()
    page.wait(lambda: page.path == "/admin/catalog/provider/", "the list again")
    return "saved"


def walk_without_script(page: Window) -> str:
    """The wizard and the filters without a script."""
    page.open("/advisor/")
    page.click(".choice input")
    page.click(".asking button")
    page.wait(lambda: page.path == "/advisor/?role=builder", "the next question")
    page.open("/certifications/")
    page.click("#tier-high")
    page.click("#filters .call")
    page.wait(lambda: page.path == "/certifications/?tier=high", "the filtered list")
    return page.driver.title


def fit(page: Window, width: int) -> str:
    """No page scrolls sideways."""
    page.resize(width)
    spare = "return document.documentElement.scrollWidth - innerWidth"
    for path in PAGES:
        page.open(path)
        assert page.ask(f"{spare} <= 0"), (path, page.ask(spare))
    return f"{len(PAGES)} pages"


def zoom(page: Window, width: int) -> str:
    """The longest pages at every zoom, with all that is folded open."""
    page.resize(width)
    page.open(LONG_PAGES[0])
    for factor in ZOOMS:
        page.ask(f"webkit.messageHandlers.trial.postMessage('zoom {factor}')")
        for path in LONG_PAGES:
            page.open(path)
            page.ask(OPEN_FOLDS)
            assert page.heading, (path, factor)
    return f"{len(LONG_PAGES)} pages at {len(ZOOMS)} zooms"


def print_pages(page: Window) -> str:
    """Every page comes whole on paper, its address and the foot of the result page too."""
    page.resize(1280)
    counts = []
    for number, path in enumerate(PAGES):
        file = page.log.with_name(f"{number}.pdf")
        page.open(path)
        heading = page.heading
        page.ask(f"webkit.messageHandlers.trial.postMessage('print {file}')")
        wait_until(
            lambda file=file: f"printed {file}" in page.log.read_text() or page.has_died,  # type: ignore[misc]
            seconds=SECONDS, what=f"{path} is printed",
        )  # fmt: skip
        text = subprocess.run(
            ["/usr/bin/pdftotext", file, "-"], check=True, capture_output=True, text=True
        ).stdout
        words = " ".join(text.split())
        assert heading.split()[0] in words, (path, words[:200])
        assert "The address of this page:" in words, (path, words[-200:])
        counts.append(text.count("\f"))
    assert counts[PAGES.index(VERDICT)] <= 2, counts
    return f"{counts} sheets of paper"


Walk = tuple[str, Callable[[Window], str], dict[str, str]]
WALKS: tuple[Walk, ...] = (
    ("the wizard, Back, Forward, reload", walk_wizard, {}),
    ("the answer about a certification, Back, Forward, reload", walk_about, {}),
    ("the wizard without an answer", walk_wizard_without_answer, {}),
    ("the list, Back, Forward, reload, a comparison", walk_list, {}),
    ("the editor's form", walk_editor, {}),
    ("without a script", walk_without_script, {"TRIAL_SCRIPT": "0"}),
    ("320 px", lambda page: fit(page, 320), {}),
    ("text twice as large", lambda page: fit(page, 640), {"TRIAL_FONT": "32"}),
    ("zooms at 1280 px", lambda page: zoom(page, 1280), {}),
    ("zooms at 390 px", lambda page: zoom(page, 390), {}),
    ("in print", print_pages, {}),
)


def _line(error: Exception) -> str:
    """The line of a walk that failed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.name != "main"]
    ours = [frame.line or "" for frame in frames if frame.filename == __file__]
    return f"at “{ours[0]}”" if ours else ""


def _walked(walk: Callable[[Window], str], page: Window) -> tuple[bool, str]:
    """True and the figures of a walk, or False and where it stopped; a dead page ends it too."""
    try:
        figures = walk(page)
    except (AssertionError, TimeoutError, WebDriverException) as error:
        kept, figures = False, f"{type(error).__name__} {_line(error)}: {error}"[:400]
    else:
        kept = True
    return kept and not page.has_died, figures + " A page died." * page.has_died


def _start_or_end(site: str, folder: Path) -> None:
    """End with 77 where WebKit is installed and does not come up."""
    try:
        with window(site, folder):
            return
    except WebDriverException as error:
        print(f"WebKit does not start here: {error}", file=sys.stderr)
        sys.exit(77)


def main() -> None:
    """Each walk in a window of its own; once more, but for a page that died, if it fails."""
    promises = Promises()
    with served() as (site, folder):
        _start_or_end(site, folder)
        for words, walk, settings in WALKS:
            with window(site, folder, **settings) as page:
                kept, figures = _walked(walk, page)
                has_died = page.has_died
            if not kept and not has_died:
                print(f"once more  {words}\n        {figures}", flush=True)
                with window(site, folder, **settings) as page:
                    kept, figures = _walked(walk, page)
            promises.check(words, kept=kept, figures=figures)
    promises.end("WebKit")


if __name__ == "__main__":
    main()
