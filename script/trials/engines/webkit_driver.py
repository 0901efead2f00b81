"""A window of WebKit on the site, driven by WebKitWebDriver."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from script.trials.servers import wait_until

PROGRAM = Path(__file__).with_name("webkit_window")
DRIVER = "/usr/bin/WebKitWebDriver"
SECONDS = 30  # for anything to happen
STARTS = 3  # of an engine that does not come up
IS_COMPLETE = """
return document.readyState === "complete"
  && !document.querySelector(".htmx-swapping, .htmx-added, .htmx-settling")
"""


class Window:
    """A window of WebKit on the site."""

    def __init__(self, site: str, folder: Path, **settings: str) -> None:
        self.site, self.log = site, folder / f"webkit-{time.monotonic_ns()}.log"
        environment = {
            **os.environ,
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it does not run as root otherwise
            "TRIAL_LOG": str(self.log),
            **settings,
        }
        options = Options()
        options.binary_location = str(PROGRAM)
        options.set_capability("browserName", "webkit_window")
        service = Service(DRIVER, env=environment, log_output=subprocess.DEVNULL)
        self.driver = webdriver.WebKitGTK(options=options, service=service)
        self.driver.set_page_load_timeout(SECONDS)

    def resize(self, width: int, height: int = 800) -> None:
        """Make the window as wide as this, in pixels."""
        self.driver.set_window_rect(0, 0, width, height)

    def open(self, path: str) -> None:
        """Open a page of the site."""
        self.driver.get(self.site + path)

    def click(self, css: str) -> None:
        """Click the first element that matches, once it is in the middle of the window."""
        found = self.driver.find_element(By.CSS_SELECTOR, css)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()

    def type(self, css: str, words: str) -> None:
        """Type into the first element that matches, in the place of what it holds."""
        field = self.driver.find_element(By.CSS_SELECTOR, css)
        field.clear()
        field.send_keys(words)

    def ask(self, script: str) -> object:
        """The result of a script."""
        return self.driver.execute_script(script)

    @property
    def path(self) -> str:
        """The address without the site."""
        return self.driver.current_url.removeprefix(self.site)

    @property
    def heading(self) -> str:
        """The text of the first heading."""
        return self.driver.find_element(By.TAG_NAME, "h1").text

    def state(self) -> tuple[str, str, str, object]:
        """The address, title, heading and choices of the page."""
        chosen = "return [...document.querySelectorAll('main :checked')].map(e => e.id || e.value)"
        return self.path, self.driver.title, self.heading, self.ask(chosen)

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Wait until it holds; raises TimeoutError if it does not come to that."""

        def holds() -> bool:
            try:
                return bool(condition())
            except WebDriverException:
                if self.has_died:
                    raise
                return False  # a page is being left

        wait_until(holds, seconds=SECONDS, what=what)

    def go(self, act: Callable[[], object], path: str) -> tuple[str, str, str, object]:
        """Do something that leads to another address; the state there."""
        act()
        self.wait(lambda: self.path == path, f"the address is {path}, not {self.path}")
        self.wait(lambda: self.ask(IS_COMPLETE), f"{path} is there")
        return self.state()

    @property
    def has_died(self) -> bool:
        """True if a page of this window has crashed."""
        return "CRASHED" in self.log.read_text()


@contextmanager
def window(site: str, folder: Path, **settings: str) -> Iterator[Window]:
    """A window that is closed at the end; an engine that does not start is started again."""
    for number in range(STARTS):
        try:
            opened = Window(site, folder, **settings)
            break
        except WebDriverException:
            if number + 1 == STARTS:
                raise
    try:
        yield opened
    finally:
        try:
            opened.driver.quit()
        except WebDriverException:
            opened.driver.service.stop()
