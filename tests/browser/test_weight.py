"""No page is heavy: what a first visit brings, compressed, and from nowhere else."""

import re

import brotli
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from tests.browser.test_accessibility import LIST, PAGES

pytestmark = pytest.mark.usefixtures("guide")

KB = 1024
HTML, LISTED, STYLE, SCRIPT, REQUESTS = 14 * KB, 30 * KB, 12 * KB, 17 * KB, 5
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]* (?:href|src)="([^"]+)"')


def packed(file: str) -> int:
    """The bytes of a static file as it is sent to a browser."""
    with staticfiles_storage.open(file.removeprefix("/static/")) as opened:
        return len(brotli.compress(opened.read()))


@pytest.mark.parametrize("name", PAGES)
def test_first_visit_is_light(name: str, client: Client) -> None:
    page = client.get(PAGES[name], headers={"accept-encoding": "br"}, follow=True)
    is_packed = page.headers.get("Content-Encoding") == "br"
    assert is_packed == (page.status_code == 200)  # an error is made and sent as it is
    assert len(page.content) <= (LISTED if PAGES[name].startswith(LIST) else HTML)
    html = brotli.decompress(page.content) if is_packed else page.content
    files = LOADED.findall(html.decode())
    assert [file for file in files if not file.startswith("/static/")] == []
    assert 2 <= 1 + len(set(files)) <= REQUESTS
    assert sum(packed(file) for file in files if file.endswith(".css")) <= STYLE
    assert sum(packed(file) for file in files if file.endswith(".js")) <= SCRIPT
