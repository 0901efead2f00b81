"""“Something wrong here?”.

Where it leads, with the certification named, and when it is not asked.
"""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide")

PAGE = "/certifications/aws-certified-ai-practitioner/"
QUOTED = PAGE.replace("/", "%2F")
FORM = quote(f"http://testserver/admin/edit/?page={QUOTED}", safe="")


@pytest.mark.parametrize(
    ("where", "link"),
    [
        ("", []),
        (
            "mailto:editors@example.org",
            [
                "mailto:editors@example.org?subject="
                + quote("Something wrong: AWS Certified AI Practitioner")
                + f"&body=On%20the%20page%20{QUOTED}%3A%0A%0A%0A%0AFor%20the%20editors%3A%20{FORM}"
            ],
        ),
        ("https://example.org/report", [f"https://example.org/report?entry={QUOTED}&edit={FORM}"]),
        ("https://example.org/?to=us", [f"https://example.org/?to=us&entry={QUOTED}&edit={FORM}"]),
    ],
    ids=["not set", "mail", "page", "page with a query"],
)
def test_certification_is_named_where_readers_say_what_is_wrong(
    where: str, link: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "REPORT_URL", where)
    cache.clear()
    links = read_page(Client().get(PAGE).content).find_all("a")
    found = [each.attributes["href"] for each in links if each.text == "Something wrong here?"]
    assert found == link
