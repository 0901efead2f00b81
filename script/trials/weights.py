"""Compressed size of a first visit to each kind of page: python -m script.trials.weights."""

import re
import sys
from urllib.request import Request, urlopen

from script.trials.screenshots import SHEET

PAGES = {
    "home": "/",
    "guide": "/guide/",
    "about": "/about/",
    "catalogue": "/certifications/",
    "catalogue, filtered": "/certifications/?status=open",
    "entry": "/certifications/google-professional-machine-learning-engineer/",
    "compared, two": (
        "/certifications/compare/?cert=google-professional-machine-learning-engineer"
        "&cert=ai-plus-individual-certification"
    ),
    "question": "/advisor/",
    "check your answers": f"/advisor/{SHEET}",
    "verdict": f"/advisor/result/{SHEET}",
    "how it decides": "/advisor/how-it-decides/",
}
FILE = re.compile(r'(?:href|src)="([^"]+\.(css|js|svg))"')


def weigh(address: str) -> tuple[int, str]:
    """The number of bytes transferred, and their content encoding."""
    request = Request(address, headers={"Accept-Encoding": "br"})
    with urlopen(request) as response:
        return len(response.read()), response.headers.get("Content-Encoding", "none")


def main(site: str = "http://127.0.0.1:8000") -> None:
    """Print a line for each kind of page: bytes of HTML, style, script, picture; requests."""
    site = site.rstrip("/")
    print("| page | HTML | style | script | icon | together | requests |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, address in PAGES.items():
        html, coding = weigh(site + address)
        if coding != "br":
            raise SystemExit(f"{address} came as {coding}, not as brotli.")
        with urlopen(site + address) as response:
            files = sorted(set(FILE.findall(response.read().decode())))
        sizes = dict.fromkeys(("css", "js", "svg"), 0)
        for file, kind in files:
            sizes[kind] += weigh(site + file)[0]
        cells = [html, *sizes.values(), html + sum(sizes.values()), 1 + len(files)]
        print(f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
