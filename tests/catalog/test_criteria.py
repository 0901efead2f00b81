"""What is known of a certification under the guide's criteria: facts, or plainly unknown."""

import pytest

from catalog.criteria import known_of_holding, known_under
from catalog.fact_words import UNKNOWN
from catalog.models import Assessment, Certification, Recognition, Renewal, Requirement, Workload
from catalog.models.quotations import Quotation
from tests.factories.rows import a_certification

pytestmark = pytest.mark.usefixtures("guide")

CRITERIA = ["depth", "rigor", "independence", "recognition", "signal"]


def test_nothing_known_is_said_to_be_unknown_under_each_criterion() -> None:
    lines = known_under(a_certification())
    assert list(lines) == CRITERIA
    for known in lines.values():
        assert {line.value for line in known} == {UNKNOWN}
        assert not any(line.is_known or line.fact for line in known)
    assert {line.value for line in known_of_holding(a_certification(slug="b", order=51))} == {
        UNKNOWN
    }


def test_judgement_is_the_tier_of_the_guide() -> None:
    rated = Certification.objects.get(slug="tensorflow-developer-certificate")
    (line,) = known_under(rated)["signal"]
    assert (line.value, line.fact) == ("High signal", None)


def test_every_shipped_fact_is_behind_a_line() -> None:
    facts = (Assessment, Requirement, Workload, Recognition, Renewal)
    held = {(type(row), row.pk) for model in facts for row in model.objects.all()}
    shown = set()
    for certification in Certification.objects.all():
        lines = [line for known in known_under(certification).values() for line in known]
        for line in [*lines, *known_of_holding(certification)]:
            if isinstance(line.fact, facts):
                shown.add((type(line.fact), line.fact.pk))
    assert shown == held


def test_each_place_has_its_sentence_of_the_guide() -> None:
    places = Quotation.objects.by_place()
    assert set(places) == {*CRITERIA, "holding"}
    sentence = places["depth"]
    sentence.is_draft = True
    sentence.save()
    assert "depth" not in Quotation.objects.by_place()
