"""Words for each change that would alter the verdict."""

import pytest
from django.test import Client

from advisor.rulebook_loader import current_rulebook
from tests.advisor import pages
from tests.advisor.sheets import (
    BY_OUTCOME,
    Sheet,
    query,
)

pytestmark = pytest.mark.usefixtures("guide")


def _get(client: Client, sheet: Sheet) -> pages.Element:
    response = client.get(f"/advisor/result/?{query(sheet)}")
    assert response.status_code == 200
    return pages.read(response.content)


def test_every_step_forward_has_words_for_what_to_do() -> None:
    for question in current_rulebook().questions:
        if question.power == "progress":
            assert [c.key for c in question.choices if not c.action] == [question.choices[0].key]


def test_change_says_what_is_not_known_of_the_one_it_leads_to(client: Client) -> None:
    page = _get(client, BY_OUTCOME["literacy"])
    lines = [li.text for ul in page.all("ul", class_="changes") for li in ul.all("li")]
    leading = [line for line in lines if "Then: For your role, one entry-level exam" in line]
    assert leading
    assert all(
        ("What it costs in all is not known" in line) is ("Azure AI Fundamentals" in line)
        for line in leading
    )
