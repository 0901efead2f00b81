"""The preview: the page with the row in it, drafts included, as readers will see it."""

import re
from typing import Any

import pytest

from catalog.models import Certification, Correction
from tests.editors import carry_out, change_address
from tests.factories.drafts import WORD, add_drafts, fill_gaps
from tests.factories.people import STRANGER, client_of

pytestmark = pytest.mark.usefixtures("guide", "short_form")


def words_of(page: str) -> list[str]:
    """The words of a page, but for what comes with being published: changes and questions."""
    told = re.sub(r'<section class="changes".*?</section>', "", page, flags=re.DOTALL)
    told = re.sub(r"(Is it for you\?) \d+ questions? at most", r"\1 ", told)
    return told.split("</main>", maxsplit=1)[0].split()


def test_preview_is_the_page_with_drafts_in_it(guide: None) -> None:
    certification, client = add_drafts(), client_of("Author")
    fill_gaps(certification)
    response = client.get(change_address(certification).replace("change", "preview"))
    page = response.content.decode()
    assert (f"No {WORD} says so." in page, "Preview of a draft." in page) == (True, True)
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    carry_out(Certification, "publish", certification)
    seen = client_of(STRANGER).get(certification.get_absolute_url()).content.decode()
    article = page.split("Back to the form</a>")[1].split("</p>", 1)[1]
    assert words_of(article) == words_of(seen.split('class="certification">')[1])


def test_preview_of_a_correction_is_its_place_on_the_page(guide: None) -> None:
    add_drafts()
    correction, client = Correction.objects.get(slug=WORD), client_of("Author")
    response: Any = client.get(change_address(correction).replace("change", "preview"), follow=True)
    address, _ = response.redirect_chain[-1]
    assert address.endswith(f"preview/#{correction.statement.anchor}")
    assert f"A {WORD} corrects." in response.content.decode()
