"""The numbers of a page's sources: in the order in which it shows them, and of no others."""

import pytest

from catalog.lifecycle import Status
from catalog.models import Certification, Source
from catalog.source_numbers import numbered_sources, numbers_of

pytestmark = pytest.mark.usefixtures("guide", "today")


def numbered(slug: str, status: Status = Status.OPEN) -> dict[str, int]:
    certification = Certification.objects.with_facts().get(slug=slug)
    numbers = numbered_sources(certification, status)
    return {source.slug: number for source, number in numbers.items()}


def test_sources_of_a_succession_count_where_the_page_shows_it() -> None:
    slug = "microsoft-azure-data-scientist-associate"
    (succession,) = Certification.objects.get(slug=slug).successions.all()
    succession.sources.add(Source.objects.get(slug="class-central"))
    assert set(numbered(slug, Status.CLOSED)) - set(numbered(slug)) == {"class-central"}


def test_kind_counts_only_where_the_guide_does_not_name_the_entry() -> None:
    slug = "deeplearning-ai-tensorflow-developer-professional-certificate"
    Certification.objects.get(slug=slug).lifecycle.sources.clear()
    assert numbered(slug) == {"the-guide": 1}
    assert numbered("tripleten-ai-and-machine-learning-bootcamp") == {"tripleten-site": 1}


def test_category_has_none() -> None:
    assert numbered("ai-ethics-certificates") == {}


def test_numbers_of_a_fact_come_in_order() -> None:
    certification = Certification.objects.get(slug="microsoft-azure-ai-fundamentals")
    numbers = numbered_sources(certification, Status.OPEN)
    assert numbers_of(certification.renewal, numbers) == [1, 2]
