"""`script/screenshots`: the pictures of the README, each as small as its page allows."""

import os
import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

FOLDER = Path("docs/screenshots")
DEBIAN_CHROMIUM = Path("/usr/bin/chromium")
WIDE, NARROW = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=800)
SHEET = (
    "?role=builder&mandate=no&goal=production&programming=confident&pillars=4&experience=deployed&portfolio=some"
    "&cloud=gcp&framework=pytorch&learning=textbooks&time=6&budget=300&held=0"
)
PICTURES = {
    "home": ("/", WIDE),
    "question": ("/advisor/", NARROW),
    "verdict": (f"/advisor/result/{SHEET}", WIDE),
    "catalogue": ("/certifications/?status=open", WIDE),
    "entry": ("/certifications/google-professional-machine-learning-engineer/", WIDE),
}


def main(site: str = "http://127.0.0.1:8000") -> None:
    """Take every picture anew; a page that is not there ends it."""
    FOLDER.mkdir(exist_ok=True)
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    program = DEBIAN_CHROMIUM if DEBIAN_CHROMIUM.exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        for name, (address, viewport) in PICTURES.items():
            page = browser.new_page(viewport=viewport)
            response = page.goto(site.rstrip("/") + address)
            if response is None or not response.ok:
                raise SystemExit(f"{site}{address} is not there: start the site, then try again.")
            file = FOLDER / f"{name}.jpg"
            page.screenshot(path=file, type="jpeg", quality=70)
            print(f"{file}: {file.stat().st_size // 1000} KB")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
