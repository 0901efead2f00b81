"""The widget of a condition: read out in plain words, and completed for staff."""

from typing import Any

import pytest
from django.test import Client

from catalog.admin.condition_widget import reading_of
from catalog.models import Statement
from tests.editors import change_address
from tests.factories.people import client_of
from tests.html import read_page, texts

LABELS = {"uses-gcp": "uses Google Cloud", "uses-aws": "uses AWS"}


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("", ""),
        ("uses-gcp", "True of a learner who uses Google Cloud."),
        ("uses-gpc", "There is no trait “uses-gpc”. Did you mean “uses-gcp”?"),
    ],
)
def test_condition_is_read_out(text: str, reading: str) -> None:
    assert reading_of(text, LABELS) == reading


def test_condition_that_is_none_says_how_to_write_one() -> None:
    assert reading_of("uses-gcp and", LABELS).startswith("“uses-gcp and” can't be read")


def test_form_reads_its_condition_out(guide: None) -> None:
    sentence = Statement.objects.filter(condition="wants-coding")[0]
    page = read_page(client_of("Editor").get(change_address(sentence)).content)
    assert texts(page, "p.reading") == [
        "True of a learner who wants to prove hands-on deep learning in a coding assessment."
    ]


def test_words_are_offered_to_staff_only(guide: None, client: Client) -> None:
    address = "/admin/catalog/trait/words/?condition=not+uses-gcp"
    answer: Any = client_of("Author").get(address).json()
    assert answer["reading"] == (
        "True of a learner who is not one who uses or plans to use Google Cloud."
    )
    assert ["uses-gcp", "uses or plans to use Google Cloud"] in answer["traits"]
    assert client.get(address).status_code == 302
