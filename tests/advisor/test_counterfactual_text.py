"""Words for each change that would alter the verdict."""

import pytest
from django.test import Client

from advisor.rulebook_loader import current_rulebook
from tests.advisor.sheets import (
    BY_OUTCOME,
    Sheet,
    query,
)
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")


def _get(client: Client, sheet: Sheet) -> Element:
    response = client.get(f"/advisor/result/?{query(sheet)}")
    assert response.status_code == 200
    return read_page(response.content)


def test_every_step_forward_has_words_for_what_to_do() -> None:
    for question in current_rulebook().questions:
        if question.power == "progress":
            assert [c.key for c in question.choices if not c.action] == [question.choices[0].key]


def test_change_says_what_is_not_known_of_the_one_it_leads_to(client: Client) -> None:
    page = _get(client, BY_OUTCOME["literacy"])
    lines = [li.text for ul in page.find_all("ul", class_="changes") for li in ul.find_all("li")]
    leading = [line for line in lines if "Then: For your role, one entry-level exam" in line]
    assert leading
    assert all(
        ("How long it takes is not known." in line) is ("Azure AI Fundamentals" in line)
        for line in leading
    )
