"""Facts under the guide's criteria: in words, and unknown where no source says."""

from decimal import Decimal

import pytest

from catalog.criteria import Place, known_of_holding, known_under
from catalog.editorial.checks import faults
from catalog.fact_words import UNKNOWN
from catalog.models import (
    Assessment,
    Certification,
    Recognition,
    Renewal,
    Requirement,
    Workload,
)
from catalog.models.quotations import Quotation
from tests.catalog.pages import shown
from tests.factories.rows import CHECKED, a_certification
from tests.html import texts

pytestmark = pytest.mark.usefixtures("guide", "today")


def lines(slug: str) -> dict[str, list[tuple[str, str]]]:
    known = known_under(Certification.objects.with_facts().get(slug=slug))
    return {place: [(line.label, line.value) for line in found] for place, found in known.items()}


def test_the_facts_of_an_entry_stand_under_the_guides_criteria() -> None:
    assert lines("nvidia-certified-professional-ai-operations") == {
        Place.DEPTH: [
            ("It asks for", "advised, not required: Practice with Linux, Slurm and Kubernetes."),
            ("Assessed by", "multiple choice, hands-on lab"),
        ],
        Place.RIGOR: [("Supervised", "yes"), ("Passed at", "unknown"), ("It takes", "unknown")],
        Place.INDEPENDENCE: [("It is about", "unknown")],
        Place.RECOGNITION: [("Recognised by", "unknown")],
        Place.SIGNAL: [("The guide", "does not rate it")],
    }


def test_what_no_source_says_is_unknown_throughout() -> None:
    a_certification()
    known = lines("a-new-one")
    assert known.pop(Place.SIGNAL) == [("The guide", "does not rate it")]
    assert {value for found in known.values() for _, value in found} == {"unknown"}


def test_prerequisites_of_the_guide_stand_before_those_of_a_source() -> None:
    google = Certification.objects.get(slug="google-professional-machine-learning-engineer")
    Requirement.objects.create(
        certification=google, binding="nothing", text="It is for all.", note="So.", **CHECKED
    )
    first, second, _ = known_under(Certification.objects.with_facts().get(pk=google.pk))["depth"]
    guide_says = "Solid ML fundamentals, programming competence, cloud systems knowledge"
    assert (first.value, first.said, first.fact) == (guide_says, "The guide says so", None)
    assert (second.value, second.note) == ("nothing is required. It is for all.", "So.")


@pytest.mark.parametrize(
    ("slug", "value", "note"),
    [
        ("istqb-certified-tester-ai-testing", "65 per cent", ""),
        (
            "ibm-certified-watsonx-generative-ai-engineer-associate",
            "44",
            "44 of the 62 answers must be right.",
        ),
        ("claude-certified-architect-foundations", "720", ""),
        ("aws-certified-machine-learning-engineer-associate", "720 (MLA-C01)", ""),
    ],
)
def test_pass_mark_has_what_the_note_says_of_it_and_the_code_of_an_older_exam(
    slug: str, value: str, note: str
) -> None:
    mark = known_under(Certification.objects.get(slug=slug))["rigor"][1]
    assert (mark.label, mark.value, mark.note) == ("Passed at", value, note)


def test_what_never_expires_is_asked_about_no_renewal() -> None:
    series = Certification.objects.get(slug="ibm-ai-engineering-professional-certificate")
    assert [line.label for line in known_of_holding(series)] == ["After it closes"]


def test_a_fact_that_says_something_without_a_source_is_a_fault_of_the_content() -> None:
    before, certification = faults(), a_certification()
    Assessment.objects.create(certification=certification, proctored=False, **CHECKED)
    Workload.objects.create(certification=certification, **CHECKED)
    assert [fault for fault in faults() if fault not in before] == [
        "A new one: assessment: name a source, or say that it is unknown."
    ]


def test_renewal_says_how_and_what_it_costs_and_what_a_closing_does() -> None:
    Renewal.objects.create(
        certification=a_certification(),
        how="retake",
        amount=Decimal(150),
        currency="USD",
        after_closing="kept",
        **CHECKED,
    )
    held = known_of_holding(Certification.objects.with_facts().get(slug="a-new-one"))
    assert [(line.label, line.value) for line in held] == [
        ("Renewed", "by passing an exam again"),
        ("A renewal costs", "$150"),
        ("After it closes", "it stays valid until it expires, and is not renewed"),
    ]


def test_the_page_quotes_the_guide_on_each_criterion_and_on_showing_it() -> None:
    page = shown("/certifications/elements-of-ai/")
    assert [text.partition(" - ")[0] for text in texts(page, ".criterion")] == [
        "Technical depth",
        "Rigor",
        "Independence",
        "Industry recognition",
        "Signal quality",
    ]
    assert page.find("#holding").find("q").text == "Never lead with them on resumes"


def test_the_page_of_one_by_kind_says_what_the_guide_says_of_its_kind_and_why() -> None:
    page = shown("/certifications/le-wagon-data-science-and-ai-bootcamp/")
    judgement = page.find(".judgement").text
    assert (
        "The guide doesn’t name this one. Of its kind it says: "
        "Bootcamp “Certificates of Completion”: Avoid."
    ) in judgement
    assert "It calls itself a bootcamp and gives a certificate at its end." in judgement


def test_sentences_on_a_kind_stand_under_the_headings_of_the_guide() -> None:
    own = shown("/certifications/coursera-edx-professional-certificates/")
    of_its_kind = shown("/certifications/google-ai-professional-certificate/")
    headings = [texts(page.find(".judgement"), "h3") for page in (own, of_its_kind)]
    assert headings[0] == headings[1] != []
    (group,) = of_its_kind.find_all("section", **{"data-section": "does-not-prove"})
    assert "Deep understanding" in texts(group, "li")


CRITERIA = ["depth", "rigor", "independence", "recognition", "signal"]


def test_nothing_known_is_said_to_be_unknown_under_each_criterion() -> None:
    found = known_under(a_certification())
    assert list(found) == CRITERIA
    (judged,) = found.pop("signal")
    assert (judged.value, judged.said) == ("does not rate it", "")
    for known in found.values():
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
        under = [line for known in known_under(certification).values() for line in known]
        for line in [*under, *known_of_holding(certification)]:
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
