"""Corrections: each beside its statement, and nowhere else."""

import pytest

from catalog.models import Correction, Statement
from tests.catalog.pages import shown
from tests.factories.rows import (
    new_correction,
)
from tests.html import Element

pytestmark = pytest.mark.usefixtures("guide", "today")


def corrections_beside(page: Element, anchor: str) -> list[str]:
    """The notes beside a statement: in its item, in its line, or right after its paragraph."""
    statement = page.find(f"#{anchor}")
    parent = statement.parent
    assert parent is not None
    if statement.tag == "li":
        notes = statement.find_all(".correction")
    elif parent.tag == "dd":
        notes = parent.elements[parent.elements.index(statement) + 1 :][:1]
    else:
        assert parent.tag == "p"
        assert parent.parent is not None
        siblings = parent.parent.elements
        notes = siblings[siblings.index(parent) + 1 :][:1]
    return [
        " ".join(each.text for each in note.find_all("p"))
        for note in notes
        if note.matches("div.correction")
    ]


AI_901 = (
    "Our correction: The guide judged the exam AI-900, which closed on 30 June 2026. Today’s exam, "
    "AI-901, is another: more than half of it is building with Microsoft Foundry, and Python is "
    "expected. 30 November 2026 · medium confidence · source: "
    "A Guide to Cloud: discussion of AI-901 (reports the vendor’s study guide), "
    "What AI certifications engineers can take in 2026, 19 August 2026"
)
NOTED = {
    "free-audit-is-doubtful": "Our correction: The free audit is doubtful: since July 2025 "
    "Coursera has been replacing it with a preview of the first module. 22 November 2026 · "
    "medium confidence · source: Class Central",
    "series-is-taught-by-laurence-moroney": "Our correction: The courses are taught by Laurence "
    "Moroney, not by Andrew Ng. 22 November 2026 · high confidence · source: Coursera: "
    "TensorFlow Developer series",
    "teaching-style-is-laurence-moroneys": "Our correction: The courses are taught by Laurence "
    "Moroney, not by Andrew Ng. 22 November 2026 · high confidence · source: Coursera: "
    "TensorFlow Developer series",
    "exam-it-prepared-for-has-closed": "Our correction: The series prepared for the TensorFlow "
    "Developer Certificate, which has closed: there is no exam left at its end. "
    "22 November 2026 · high confidence · source: TensorFlow course, discussion 645",
    "two-of-three-options-have-closed": "Our correction: Two of these three have closed: AWS ML "
    "Specialty on 31 March 2026, and TensorFlow Developer has not been sold since 1 May 2024. "
    "22 November 2026 · high confidence · source: TensorFlow course, discussion 645, ctaio.dev, "
    "dev.to/mgonzalezo, metaltoad.com, techjacksolutions.com",
    "todays-exam-of-azure-ai-fundamentals-is-another": AI_901,
    "ai-901-asks-for-more-than-a-weekend": AI_901,
    "free-audit-is-doubtful-of-deeplearning-ai": "Our correction: Do not count on auditing it for "
    "free: since July 2025 Coursera has been replacing the free audit with a preview of the first "
    "module. 30 November 2026 · medium confidence · source: Class Central",
}


@pytest.mark.parametrize("slug", NOTED)
def test_correction_stands_beside_its_statement(slug: str) -> None:
    statement = Correction.objects.get(slug=slug).statement
    pages = [shown("/guide/")]
    if statement.certification:
        pages.append(shown(statement.certification.get_absolute_url()))
    expected = [NOTED[slug]]
    found = [corrections_beside(page, statement.anchor) for page in pages]
    sorted_sources = [[_with_sorted_sources(note) for note in notes] for notes in found]
    assert sorted_sources == [[_with_sorted_sources(note) for note in expected]] * len(pages)


def _with_sorted_sources(note: str) -> tuple[str, list[str]]:
    words, _, sources = note.rpartition(" · source: ")
    return words, sorted(sources.split(", "))


def test_corrections_are_only_beside_what_they_correct() -> None:
    assert len(shown("/guide/").find_all(".correction")) == len(NOTED)


def test_correction_of_a_paragraph_follows_it() -> None:
    statement = Statement.objects.get(text="Build competence first.")
    new_correction(statement=statement, slug="of-a-paragraph").save()
    assert corrections_beside(shown("/guide/"), statement.anchor) == [
        (
            "Our correction: It is otherwise. 23 November 2026 · high confidence · "
            "source: no source named"
        )
    ]
