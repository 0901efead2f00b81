"""The guide's page: contents, every statement at its anchor, the status of each certification."""

import pytest
from django.test import Client

from catalog.models import Statement, Tier
from tests.catalog.pages import AVOID, HIGH, LOW, MODERATE, NAMES, RATED, maybe, shown
from tests.factories.rows import (
    a_certification,
)
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide", "today")


CHAPTERS = [
    ("the-brutal-truth", "The Brutal Truth"),
    ("evaluation-criteria", "Evaluation Criteria"),
    ("categories", "Categories"),
    (
        "what-actually-matters-to-competent-hiring-managers",
        "What Actually Matters to Competent Hiring Managers",
    ),
    ("the-certification-trap", "The Certification Trap"),
    ("when-certifications-are-appropriate", "When Certifications Are Appropriate"),
    ("when-certifications-are-inappropriate", "When Certifications Are Inappropriate"),
    ("the-honest-recommendation", "The Honest Recommendation"),
    ("final-warning", "Final Warning"),
]
TIERS = [
    ("high", "High Signal (Rare)"),
    ("moderate", "Moderate Signal"),
    ("low", "Low Signal / Resume Padding"),
    ("avoid", "Certifications to Actively Avoid"),
]


def test_guide_has_contents_of_chapters_tiers_and_certifications() -> None:
    contents = shown("/guide/").find(".contents")
    links = [(link.attributes["href"], link.text) for link in contents.find_all("a")]
    tiers = [
        link
        for (tier, heading), name in zip(TIERS, (HIGH, MODERATE, LOW, AVOID), strict=True)
        for link in [
            (f"#{tier}", heading),
            *((f"#{slug}", NAMES[slug]) for slug, _, rated, *_ in RATED if rated == name),
        ]
    ]
    chapters = [(f"#{slug}", heading) for slug, heading in CHAPTERS]
    assert links == [*chapters[:3], *tiers, *chapters[3:]]


def test_guide_has_every_statement_at_its_anchor_once() -> None:
    page = shown("/guide/")
    at_anchor = {each.attributes["id"]: each.text for each in page.find_all(".statement")}
    assert at_anchor == dict(Statement.objects.values_list("anchor", "text"))
    assert len(page.find_all(".statement")) == Statement.objects.count()


def test_guide_shows_the_status_of_each_certification() -> None:
    articles = shown("/guide/").find_all("article.entry")
    assert [(each.attributes["id"], maybe(each, ".status")) for each in articles] == [
        (slug, status) for slug, _, _, status, *_ in RATED
    ]


def test_guide_names_a_certification_that_the_guide_does_not_have() -> None:
    a_certification(slug="late", name="Rated later", tier=Tier.objects.get(slug="high"))
    certification = read_page(Client().get("/guide/").content).find("#late")
    assert certification.find("h4").text == "Rated later"
