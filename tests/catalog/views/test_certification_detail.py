"""The page of one certification: judgement, facts, and what closed when."""

import re
from datetime import date

import pytest
from django.test import Client

from catalog.models import Certification, Source
from tests.catalog.pages import (
    AI_PLUS,
    AWS_ASSOCIATE,
    AWS_GENAI,
    AZURE_APPS,
    AZURE_ENGINEER,
    AZURE_FUNDAMENTALS,
    BOOTCAMP,
    CERTIFICATIONS,
    COURSERA,
    DEEPLEARNING,
    ETHICS,
    GOOGLE,
    IBM,
    NAMES,
    PRACTITIONER,
    PROMPT,
    RATED,
    SPECIALTY,
    TENSORFLOW,
    TITLE,
    UNRATED,
    VENDOR,
    detail,
    maybe,
)
from tests.factories.rows import (
    a_certification,
    new_lifecycle,
    new_price,
)
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "today")


@pytest.mark.parametrize(
    "certification", CERTIFICATIONS, ids=lambda certification: certification[0]
)
def test_detail_says_name_tier_status_and_provider(
    certification: tuple[str, str, str, str, str, str, str],
) -> None:
    slug, name, tier, status, byline, *_ = certification
    page = detail(slug)
    head = page.find(".entry-head")
    title = "not rated" if tier == UNRATED else tier
    closed = ", closed" if status.startswith("Closed") else ""
    assert texts(page, "title") == [f"{name}: {title}{closed} · {TITLE}"]
    assert texts(page, "h1") == [name]
    assert texts(head, ".signal") == [tier]
    assert maybe(head, ".status") == status
    assert texts(head, ".byline") == [byline or "A category of certificates, not one certification"]


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        (SPECIALTY, "High signal. Closed, last day 31 March 2026 (as of 23 November 2026). These"),
        (
            "google-ai-professional-certificate",
            "the guide doesn’t name it, its kind is Low signal. Status unknown (as of 23 November",
        ),
    ],
)
def test_description_says_judgement_and_status_of_the_day(slug: str, said: str) -> None:
    page = detail(slug)
    (description,) = page.find_all("meta", name="description")
    name = page.find("h1").text
    assert description.attributes["content"].startswith(f"{name}: {said}")


FACTS = {
    GOOGLE: [
        "Status: Open",
        "Price: $200 once",
        "Study time: 2-3 months",
        "Exam: online or at a test centre; 50-60 questions; 120 minutes; since 1 June 2026",
    ],
    SPECIALTY: [
        "Status: Closed, last day 31 March 2026",
        "Price: $300 once",
        "Study time: 2-3 months",
        "Exam: MLS-C01; 65 questions; 170-180 minutes; last day 31 March 2026",
    ],
    TENSORFLOW: [
        "Status: Closed, not sold since 1 May 2024",
        "Price: $100 once",
        "Study time: 1-2 months",
        "Exam: coding exam in PyCharm; 300 minutes",
    ],
    AZURE_ENGINEER: [
        "Status: Closed, last day 30 June 2026",
        "Price: $165 once",
        "Study time: 1-2 months",
        "Exam: AI-102; 100 minutes; last day 30 June 2026",
    ],
    IBM: [
        "Status: Open",
        "Price: $59 a month, $177 in all, at least",
        "Study time: 3-6 months",
    ],
    DEEPLEARNING: [
        "Status: Unknown",
        "Price: $50 a month, $150 in all, at least",
        "Study time: 3-4 months",
    ],
    AI_PLUS: [
        "Status: Unknown",
        "Price: unknown",
        "Study time: unknown",
        "Exam: multiple choice",
    ],
    PRACTITIONER: [
        "Status: Open",
        "Price: $100 once",
        "Study time: unknown",
        "Exam: AIF-C01; 65 questions; 90 minutes; pass at 700",
    ],
    AZURE_FUNDAMENTALS: [
        "Status: Open",
        "Price: $99 once",
        "Study time: unknown",
        "Exam: AI-901; 45 minutes",
        "Exam: AI-900; 45 minutes; last day 30 June 2026",
        "Expected: AI-901 expects basic Python.",
    ],
    AWS_ASSOCIATE: [
        "Status: Open since 8 October 2024",
        "Price: $75 once",
        "Study time: unknown",
        "Exam: MLA-C02; 85 questions; 170 minutes; since 29 September 2026",
        "Exam: MLA-C01; 65 questions; 130 minutes; pass at 720; last day 28 September 2026",
    ],
    AWS_GENAI: [
        "Status: Open since 14 April 2026",
        "Price: $300 once",
        "Study time: unknown",
        "Exam: AIP-C01; 75 questions; 180 minutes; pass at 750",
    ],
    AZURE_APPS: [
        "Status: Open",
        "Price: $165 once",
        "Study time: unknown",
        "Exam: AI-103; 120 minutes; pass at 700",
    ],
}
VALID_FOR = {
    GOOGLE: "2 years",
    SPECIALTY: "3 years",
    TENSORFLOW: "unknown",
    AZURE_ENGINEER: "1 year",
    IBM: "does not apply",
    DEEPLEARNING: "does not apply",
    AI_PLUS: "unknown",
    PRACTITIONER: "3 years",
    AZURE_FUNDAMENTALS: "does not expire",
    AWS_ASSOCIATE: "3 years",
    AWS_GENAI: "3 years",
    AZURE_APPS: "1 year",
}


@pytest.mark.parametrize("slug", FACTS)
def test_detail_says_what_is_known_and_that_the_rest_is_unknown(slug: str) -> None:
    page = detail(slug)
    facts = page.find(".facts").find_all(".fact")
    said = [f"{fact.find('dt').text}: {texts(fact, 'dd')[0]}" for fact in facts]
    page_url = Certification.objects.get(slug=slug).page_url
    short = page_url.removeprefix("https://")
    assert said == [*FACTS[slug], *([f"Vendor’s page: {short}"] if page_url else [])]
    links = [a.attributes["href"] for fact in page.find_all("#page") for a in fact.find_all("a")]
    assert links == ["#page", page_url] * bool(page_url)


@pytest.mark.parametrize("slug", VALID_FOR)
def test_detail_says_how_long_it_is_valid_for_who_holds_it(slug: str) -> None:
    assert texts(detail(slug).find("#holding").find("#validity"), "dd")[0] == VALID_FOR[slug]


@pytest.mark.parametrize(
    ("slug", "fact", "source"),
    [
        (
            GOOGLE,
            "status",
            (
                "High confidence · Google Cloud certification help, "
                "Google Cloud: Professional Machine Learning Engineer · checked 22 November 2026"
            ),
        ),
        (
            TENSORFLOW,
            "price",
            (
                "The last price before it closed. Medium confidence · The guide · "
                "checked 22 November 2026"
            ),
        ),
        (
            IBM,
            "status",
            (
                "A course series of 13 courses on Coursera, without an exam. Open in October 2026, "
                "as reported. Medium confidence · Coursera: IBM AI Engineering series · "
                "checked 30 November 2026"
            ),
        ),
        (
            AZURE_ENGINEER,
            "validity",
            "High confidence · examinotion.com, readroo.st · checked 22 November 2026",
        ),
        (
            AI_PLUS,
            "status",
            (
                "A family of “AI+” exams, not one exam. Low confidence · AI CERTs store · "
                "checked 22 November 2026"
            ),
        ),
        (GOOGLE, "study-time", "The guide says so"),
        (
            AZURE_FUNDAMENTALS,
            "exam-2",
            (
                "Replaced by AI-901. High confidence · Microsoft Learn: Azure AI Fundamentals · "
                "checked 22 November 2026"
            ),
        ),
    ],
)
def test_detail_says_by_whose_word_a_fact_is_known(slug: str, fact: str, source: str) -> None:
    page = detail(slug)
    assert with_names(page, texts(page.find(f"#{fact}"), "dd")[1]) == source


def with_names(page: Element, text: str) -> str:
    """The text with the numbers of sources replaced by their names in the list of the page."""
    named = re.compile(r"sources? (\d+(?:, \d+)*)")
    return named.sub(lambda found: ", ".join(_names(page, found[1])), text)


def _names(page: Element, numbers: str) -> list[str]:
    return [page.find(f"#source-{number}").text for number in numbers.split(", ")]


def test_detail_lists_each_source_once_with_its_address() -> None:
    page = detail(AZURE_FUNDAMENTALS)
    names = texts(page.find("#sources"), "li")
    assert len(names) == len(set(names)) == 5
    first = page.find("#source-1").find("a")
    (source,) = Source.objects.filter(name=first.text)
    assert first.attributes["href"] == source.url


def test_detail_links_each_number_to_a_source_of_the_list() -> None:
    for slug in (SPECIALTY, DEEPLEARNING, AZURE_APPS, "le-wagon-data-science-and-ai-bootcamp"):
        page = detail(slug)
        links = {a.attributes["href"] for a in page.find("main").find_all("a")}
        numbered = {link.partition("#")[2] for link in links if link.startswith("#source-")}
        assert numbered == {item.attributes["id"] for item in page.find("#sources").find_all("li")}


def test_detail_names_aliases_but_of_a_category() -> None:
    assert texts(detail(AI_PLUS), ".also") == [
        "Also known as AI CERTs certification, AI Certs, AI+ certification"
    ]
    assert texts(detail(BOOTCAMP), ".also") == []


@pytest.mark.parametrize("fact", ["price", "study-time", "validity"])
def test_detail_names_no_source_of_what_is_unknown(fact: str) -> None:
    assert texts(detail(AI_PLUS).find(f"#{fact}"), "dd") == ["unknown"]


def test_detail_names_the_source_of_a_price_that_is_known_by_a_note_alone() -> None:
    page = detail("stanford-artificial-intelligence-graduate-certificate")
    value, word = texts(page.find("#price"), "dd")
    assert (value, with_names(page, word)) == (
        "unknown",
        (
            "$19,500 to $27,600 in all, as reported in September 2026. Medium confidence · "
            "A learner halfway through the Stanford graduate programme, not dated, "
            "Graduate Certificate in AI: a holder explains, not dated · checked 30 November 2026"
        ),
    )


def test_detail_names_the_source_of_a_study_time_that_is_not_the_guides() -> None:
    page = detail("llm-zoomcamp-certificate")
    value, word = texts(page.find("#study-time"), "dd")
    assert (value, with_names(page, word)) == (
        "3 months",
        (
            "High confidence · LLM Zoomcamp README (provider’s text), 7 July 2026 · "
            "checked 30 November 2026"
        ),
    )


@pytest.mark.parametrize("slug", [COURSERA, PROMPT, ETHICS, BOOTCAMP, VENDOR])
def test_detail_of_a_category_has_no_facts(slug: str) -> None:
    facts = detail(slug).find(".facts")
    assert texts(facts, "p") == ["A category has no facts of its own: no price, no exam, no date."]
    assert facts.find_all(".fact") == []


NAMED = "Named as its successor"
NO_TIER = "A successor inherits no tier."
AWS_SOURCES = "ctaio.dev, dev.to/mgonzalezo, metaltoad.com, techjacksolutions.com"


@pytest.mark.parametrize(
    ("slug", "heading", "sources", "heir_heading", "heirs", "last"),
    [
        (
            SPECIALTY,
            "Closed: last day 31 March 2026",
            AWS_SOURCES,
            [f"{NAMED}s"],
            [
                f"{NAMES[AWS_ASSOCIATE]}: {UNRATED} Medium confidence",
                f"{NAMES[AWS_GENAI]}: {UNRATED} Medium confidence",
            ],
            NO_TIER,
        ),
        (
            AZURE_ENGINEER,
            "Closed: last day 30 June 2026",
            "examinotion.com, readroo.st",
            [NAMED],
            [f"{NAMES[AZURE_APPS]}: {UNRATED} High confidence"],
            NO_TIER,
        ),
        (
            TENSORFLOW,
            "Closed: not sold since 1 May 2024",
            "TensorFlow course, discussion 645",
            ["Its successor"],
            [],
            "None has been named.",
        ),
    ],
    ids=[SPECIALTY, AZURE_ENGINEER, TENSORFLOW],
)
def test_detail_of_a_closed_one_says_when_by_whose_word_and_what_came_after(
    slug: str, heading: str, sources: str, heir_heading: list[str], heirs: list[str], last: str
) -> None:
    page = detail(slug)
    closure = page.find(".closure")
    note = Certification.objects.get(slug=slug).lifecycle.note
    assert texts(closure, "h2") == [heading]
    assert [with_names(page, text) for text in texts(closure, "p")] == [
        "It’s no longer available, and the advisor never recommends it. The guide’s "
        f"judgement stays below, for the record. {note}".strip(),
        f"High confidence · {sources} · checked 22 November 2026",
        last,
        f"What {Certification.objects.get(slug=slug).provider} still offers",
    ]
    assert texts(closure, "h3") == heir_heading
    assert [item.partition(" · ")[0] for item in texts(closure, "li")] == heirs


@pytest.mark.parametrize("slug", sorted(set(NAMES) - {SPECIALTY, AZURE_ENGINEER, TENSORFLOW}))
def test_detail_of_one_that_is_not_closed_has_no_banner(slug: str) -> None:
    assert detail(slug).find_all(".closure") == []


def test_detail_of_a_closing_one_says_until_when() -> None:
    certification = a_certification()
    new_lifecycle(
        certification=certification, reported="open", closes_on=date(2026, 12, 31), note="Hurry."
    ).save()
    new_price(certification=certification).save()
    page = detail(certification.slug)
    assert maybe(page.find(".entry-head"), ".status") == "Closing on 31 December 2026"
    closure = page.find(".closure")
    assert texts(closure, "h2") == ["Closing: last day 31 December 2026"]
    assert texts(closure, "p")[0] == "It’s still available, but not for long. Hurry."
    assert texts(page.find("#status"), "dd")[0] == "Closing, last day 31 December 2026"


@pytest.mark.parametrize(
    ("slug", "before"),
    [(AWS_ASSOCIATE, SPECIALTY), (AWS_GENAI, SPECIALTY), (AZURE_APPS, AZURE_ENGINEER)],
)
def test_detail_of_an_unrated_one_inherits_nothing(slug: str, before: str) -> None:
    judgement = detail(slug).find(".judgement")
    assert texts(judgement, "p") == [
        (
            "Nothing yet: it is not rated by this guide, neither by name nor by its kind. It "
            "inherits no tier from anything before it. The advisor does not recommend it until an "
            "editor rates it. What is known of it stands below, under the guide’s own criteria."
        ),
        f"It is listed because it is reported as a successor of {NAMES[before]}.",
        (
            "The guide does judge 5 kinds. No source at hand makes it one of them; if you know "
            "that it is, what the guide says of the kind holds."
        ),
    ]
    kinds = [link.attributes["href"] for link in judgement.find(".kinds").find_all("a")]
    assert kinds == [
        f"/certifications/{category.slug}/"
        for category in Certification.objects.in_guide_order().filter(kind="category")
    ]
    assert judgement.find_all(".statement") == []


def test_detail_of_a_closed_one_leads_to_what_its_provider_still_offers() -> None:
    offers = "/certifications/?provider=google&status=open&status=closing"
    links = {slug: detail(slug).find_all("a") for slug in (GOOGLE, TENSORFLOW)}
    has_link = {
        slug: offers in [link.attributes["href"] for link in found] for slug, found in links.items()
    }
    assert has_link == {GOOGLE: False, TENSORFLOW: True}


def test_detail_of_a_rated_one_links_to_its_place_in_the_guide() -> None:
    links = [detail(slug).find(".judgement").find_all("a")[-1] for slug, *_ in RATED]
    assert [(link.text, link.attributes["href"]) for link in links] == [
        ("The same in the guide", f"/guide/#{slug}") for slug, *_ in RATED
    ]


def facts_of(certification: Certification) -> list[str]:
    page = read_page(Client().get(certification.get_absolute_url()).content)
    return [texts(each, "dd")[0] for each in page.find(".facts").find_all(".fact")]


def test_detail_of_a_certification_whose_price_nobody_entered_says_unknown() -> None:
    certification = a_certification()
    new_lifecycle(certification=certification, reported="open").save()
    assert facts_of(certification) == ["Open", "unknown", "unknown"]
    assert texts(detail(certification.slug).find("#validity"), "dd")[0] == "unknown"


def test_detail_of_an_exam_without_facts_does_not_call_it_a_category() -> None:
    certification = a_certification(kind="exam")
    page = read_page(Client().get(certification.get_absolute_url()).content)
    assert "category" not in page.find(".facts").text


def test_detail_of_one_that_will_not_be_sold_does_not_say_that_it_is_so_already() -> None:
    certification = a_certification()
    new_lifecycle(
        certification=certification, reported="open", sales_end_on=date(2027, 1, 1)
    ).save()
    page = read_page(Client().get(certification.get_absolute_url()).content)
    (heading,) = texts(page.find(".closure"), "h2")
    assert heading.startswith("Closing: ")
    assert "not sold since" not in heading


def test_detail_of_one_that_is_not_sold_any_more_does_not_close_it_in_the_future() -> None:
    certification = a_certification()
    new_lifecycle(
        certification=certification,
        reported="open",
        sales_end_on=date(2026, 11, 1),
        closes_on=date(2027, 3, 31),
    ).save()
    page = read_page(Client().get(certification.get_absolute_url()).content)
    (status,) = texts(page.find(".entry-head"), ".status")
    assert status != "Closed on 31 March 2027"


@pytest.mark.parametrize(
    "slug", ["aws-certified-machine-learning-specialty", "microsoft-azure-ai-engineer-associate"]
)
def test_detail_has_no_space_before_a_semicolon(slug: str) -> None:
    page = read_page(Client().get(f"/certifications/{slug}/").content)
    assert re.findall(r"\S+ [;,]", page.find("main").text) == []


def test_detail_of_one_that_is_not_open_yet_says_when_it_opens() -> None:
    certification = a_certification()
    new_lifecycle(certification=certification, reported="open", opens_on=date(2999, 1, 1)).save()
    page = read_page(Client().get(certification.get_absolute_url()).content)
    assert texts(page.find(".closure"), "h2") == ["Closed: opens on 1 January 2999"]
    assert texts(page.find(".closure"), "p")[0].startswith("It’s not available yet, and")
    assert facts_of(certification)[0] == "Closed, opens on 1 January 2999"
    assert advice(page) == "It’s not available yet. See what fits you instead."


def advice(page: Element) -> str:
    (words,) = texts(page.find_all(".actions")[-1], "span")
    return words


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        (GOOGLE, "Whether it is worth it depends on you."),
        (PRACTITIONER, "Whether it is worth it depends on you."),
        (TENSORFLOW, "It’s no longer available. See what fits you instead."),
        (BOOTCAMP, "The guide says avoid it. See what to do instead."),
        (AWS_GENAI, "The guide has no judgement of it. See what fits you."),
    ],
)
def test_detail_leads_to_the_advisor_in_words_that_fit_the_certification(
    slug: str, words: str
) -> None:
    assert advice(detail(slug)) == words
