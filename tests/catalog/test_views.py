"""The pages: what the first page, the guide, the catalogue and each entry say."""

import itertools
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Certification, Correction, Guide, Statement, Tier
from tests.catalog.markup import HEADINGS, Element, ids, read_page, texts
from tests.catalog.rows import (
    a_certification,
    new_correction,
    new_exam,
    new_lifecycle,
    new_price,
    new_succession,
)

pytestmark = pytest.mark.usefixtures("guide", "today")

TITLE = "AI Certifications: Signal vs. Noise"
GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
TENSORFLOW = "tensorflow-developer-certificate"
AZURE_ENGINEER = "microsoft-azure-ai-engineer-associate"
IBM = "ibm-ai-engineering-professional-certificate"
DEEPLEARNING = "deeplearning-ai-tensorflow-developer-professional-certificate"
AI_PLUS = "ai-plus-individual-certification"
PRACTITIONER = "aws-certified-ai-practitioner"
AZURE_FUNDAMENTALS = "microsoft-azure-ai-fundamentals"
COURSERA = "coursera-edx-professional-certificates"
PROMPT = "prompt-engineering-certificates"
ETHICS = "ai-ethics-certificates"
BOOTCAMP = "bootcamp-certificates-of-completion"
VENDOR = "vendor-ai-specialist-certifications"
AWS_ASSOCIATE = "aws-certified-machine-learning-engineer-associate"
AWS_GENAI = "aws-certified-generative-ai-developer-professional"
AZURE_APPS = "microsoft-azure-ai-apps-and-agents-developer-associate"

HIGH = "High signal"
MODERATE = "Moderate signal"
LOW = "Low signal"
AVOID = "Avoid"
UNRATED = "Not rated by this guide"

# Slug, name, tier, status, byline, cost, study time
ENTRIES: list[tuple[str, str, str, str, str, str, str]] = [
    (
        GOOGLE,
        "Google Professional Machine Learning Engineer",
        HIGH,
        "Open",
        "Exam by Google, tied to Google Cloud",
        "$200 once",
        "2-3 months",
    ),
    (
        SPECIALTY,
        "AWS Certified Machine Learning - Specialty",
        HIGH,
        "Closed on 31 March 2026",
        "Exam by Amazon Web Services, tied to AWS",
        "$300 once",
        "2-3 months",
    ),
    (
        TENSORFLOW,
        "TensorFlow Developer Certificate",
        HIGH,
        "Closed",
        "Exam by Google",
        "$100 once",
        "1-2 months",
    ),
    (
        AZURE_ENGINEER,
        "Microsoft Azure AI Engineer Associate",
        MODERATE,
        "Closed on 30 June 2026",
        "Exam by Microsoft, tied to Azure",
        "$165 once",
        "1-2 months",
    ),
    (
        IBM,
        "IBM AI Engineering Professional Certificate",
        MODERATE,
        "Open",
        "Course series by IBM",
        "$59 a month",
        "3-6 months",
    ),
    (
        DEEPLEARNING,
        "DeepLearning.AI TensorFlow Developer Professional Certificate",
        MODERATE,
        "Status unknown",
        "Course series by DeepLearning.AI",
        "$50 a month",
        "3-4 months",
    ),
    (
        AI_PLUS,
        "AI+ Individual Certification",
        LOW,
        "Status unknown",
        "Exam by AI CERTs",
        "unknown",
        "unknown",
    ),
    (
        PRACTITIONER,
        "AWS Certified AI Practitioner",
        LOW,
        "Open",
        "Exam by Amazon Web Services, tied to AWS",
        "$100 once",
        "unknown",
    ),
    (
        AZURE_FUNDAMENTALS,
        "Microsoft Azure AI Fundamentals",
        LOW,
        "Open",
        "Exam by Microsoft, tied to Azure",
        "unknown",
        "unknown",
    ),
    (COURSERA, "Most Coursera/edX “Professional Certificates”", LOW, "", "", "", ""),
    (PROMPT, "“Prompt Engineering” Certificates", AVOID, "", "", "", ""),
    (ETHICS, "“AI Ethics” Certificates", AVOID, "", "", "", ""),
    (BOOTCAMP, "Bootcamp “Certificates of Completion”", AVOID, "", "", "", ""),
    (VENDOR, "Vendor-Specific “AI Specialist” Certs", AVOID, "", "", "", ""),
    (
        AWS_ASSOCIATE,
        "AWS Certified Machine Learning Engineer - Associate",
        UNRATED,
        "Open",
        "Exam by Amazon Web Services, tied to AWS",
        "$150 once",
        "unknown",
    ),
    (
        AWS_GENAI,
        "AWS Certified Generative AI Developer - Professional",
        UNRATED,
        "Open",
        "Exam by Amazon Web Services, tied to AWS",
        "$300 once",
        "unknown",
    ),
    (
        AZURE_APPS,
        "Microsoft Azure AI Apps and Agents Developer Associate",
        UNRATED,
        "Open",
        "Exam by Microsoft, tied to Azure",
        "unknown",
        "unknown",
    ),
]
RATED = [entry for entry in ENTRIES if entry[2] != UNRATED]
NAMES = {slug: name for slug, name, *_ in ENTRIES}
DETAILS = [f"/certifications/{slug}/" for slug in NAMES]
PAGES = ["/", "/guide/", "/certifications/", *DETAILS]


def shown(address: str) -> Element:
    """The page; the same content is rendered once."""
    return page_of(address, Guide.objects.get().content_version)


@cache
def page_of(address: str, version: str) -> Element:
    response = Client().get(address)
    assert response.status_code == 200, address
    return read_page(response.content)


def detail(slug: str) -> Element:
    return shown(f"/certifications/{slug}/")


def maybe(element: Element, what: str) -> str:
    return " ".join(texts(element, what))


# --- the first page -------------------------------------------------------------


def test_home_opens_with_the_verdict_of_the_guide() -> None:
    page = shown("/")
    assert texts(page, "title") == [TITLE]
    assert texts(page, "h1") == ["Most AI certifications are worthless."]
    assert texts(page, ".standfirst") == [
        (
            "They are revenue streams for vendors, resume padding for candidates, and noise for "
            "hiring managers."
        )
    ]
    assert [(link.text, link.attributes["href"]) for link in page.find_all("a.call")] == [
        ("Is yours? Ask the advisor", "/advisor/")
    ]


def test_home_shows_the_tiers_with_their_meaning_and_how_many_are_open() -> None:
    page = shown("/")
    rungs = page.find_all(".rung")
    assert [
        (rung.find("h3").text, rung.find(".signal").attributes["data-level"]) for rung in rungs
    ] == [(HIGH, "4"), (MODERATE, "2"), (LOW, "1"), (AVOID, "0")]
    assert [maybe(rung, ".meaning") for rung in rungs] == [
        (
            "These certifications indicate genuine competence. They are difficult, require "
            "prerequisites, and cannot be crammed."
        ),
        (
            "These certifications have some value but are easily gamed or indicate only "
            "surface-level knowledge."
        ),
        (
            "These certifications indicate minimal competence or are easily obtained without "
            "genuine understanding. They may have marketing value but little technical signal."
        ),
        "",
    ]
    assert texts(page, ".tally") == [
        "3 entries, 1 known to be open",
        "3 entries, 1 known to be open",
        "4 entries, 2 known to be open",
        "4 entries, all categories",
    ]


def test_home_lists_the_rated_entries_with_their_status() -> None:
    items = [item for names in shown("/").find_all(".names") for item in names.find_all("li")]
    assert [
        (item.find("a").attributes["href"], item.find("a").text, maybe(item, ".status"))
        for item in items
    ] == [(f"/certifications/{slug}/", name, status) for slug, name, _, status, *_ in RATED]


def test_home_ranks_what_hiring_managers_look_for() -> None:
    headed = shown("/").find(".headed")
    assert headed.find("h2").text == "What Actually Matters to Competent Hiring Managers"
    assert texts(headed, "b") == [
        "GitHub portfolio",
        "Publications/Papers",
        "Production systems",
        "Technical interviews",
        "References",
        "Education",
    ]
    assert texts(headed, ".distant") == ["Certifications are distant 7th at best."]


# --- the guide ------------------------------------------------------------------

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


def test_guide_has_contents_of_chapters_tiers_and_entries() -> None:
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


def test_guide_shows_the_status_of_each_entry() -> None:
    articles = shown("/guide/").find_all("article.entry")
    assert [(each.attributes["id"], maybe(each, ".status")) for each in articles] == [
        (slug, status) for slug, _, _, status, *_ in RATED
    ]


# --- the catalogue --------------------------------------------------------------


def test_list_has_every_entry_by_tier_in_order() -> None:
    shelves = shown("/certifications/").find("#results").find_all("section.tier")
    assert [(shelf.attributes["id"], shelf.find("h2").text) for shelf in shelves] == [
        ("high", HIGH),
        ("moderate", MODERATE),
        ("low", LOW),
        ("avoid", AVOID),
        ("not-rated", UNRATED),
    ]
    listed = [(texts(shelf, "h2"), texts(shelf, "h3")) for shelf in shelves]
    assert listed == [
        ([tier], [name for _, name, rated, *_ in ENTRIES if rated == tier])
        for tier in (HIGH, MODERATE, LOW, AVOID, UNRATED)
    ]


def test_list_shows_tier_status_cost_and_time_of_each_entry() -> None:
    cards = shown("/certifications/").find_all(".card")
    assert [
        (
            card.find("h3").find("a").attributes["href"],
            card.find(".signal").text,
            maybe(card, ".status"),
            *(texts(card, "dd") or ["", ""]),
        )
        for card in cards
    ] == [
        (f"/certifications/{slug}/", tier, status, cost, months)
        for slug, _, tier, status, _, cost, months in ENTRIES
    ]


def test_list_results_link_to_entries_and_nothing_else() -> None:
    links = shown("/certifications/").find("#results").find_all("a")
    assert [link.attributes["href"] for link in links] == DETAILS


# --- one entry ------------------------------------------------------------------


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry[0])
def test_detail_says_name_tier_status_and_provider(
    entry: tuple[str, str, str, str, str, str, str],
) -> None:
    slug, name, tier, status, byline, *_ = entry
    page = detail(slug)
    head = page.find(".entry-head")
    title = "not rated" if tier == UNRATED else tier
    assert texts(page, "title") == [f"{name}: {title} · {TITLE}"]
    assert texts(page, "h1") == [name]
    assert texts(head, ".signal") == [tier]
    assert maybe(head, ".status") == status
    assert texts(head, ".byline") == [byline or "A category of certificates, not one certification"]


FACTS = {
    GOOGLE: [
        "Status: Open",
        "Price: $200 once",
        "Study time: 2-3 months",
        "Exam: online or at a test centre; 50-60 questions; 120 minutes; since 1 June 2026",
        "Valid for: 2 years",
    ],
    SPECIALTY: [
        "Status: Closed, last day 31 March 2026",
        "Price: $300 once",
        "Study time: 2-3 months",
        "Exam: MLS-C01; 65 questions; 170-180 minutes; last day 31 March 2026",
        "Valid for: 3 years",
    ],
    TENSORFLOW: [
        "Status: Closed, not sold since 1 May 2024",
        "Price: $100 once",
        "Study time: 1-2 months",
        "Exam: coding exam in PyCharm; 300 minutes",
        "Valid for: unknown",
    ],
    AZURE_ENGINEER: [
        "Status: Closed, last day 30 June 2026",
        "Price: $165 once",
        "Study time: 1-2 months",
        "Exam: AI-102; 100 minutes; last day 30 June 2026",
        "Valid for: 1 year",
    ],
    IBM: [
        "Status: Open",
        "Price: $59 a month",
        "Study time: 3-6 months",
        "Valid for: does not apply",
    ],
    DEEPLEARNING: [
        "Status: Unknown",
        "Price: $50 a month",
        "Study time: 3-4 months",
        "Valid for: does not apply",
    ],
    AI_PLUS: [
        "Status: Unknown",
        "Price: unknown",
        "Study time: unknown",
        "Exam: multiple choice",
        "Valid for: unknown",
    ],
    PRACTITIONER: [
        "Status: Open",
        "Price: $100 once",
        "Study time: unknown",
        "Exam: AIF-C01; 65 questions; 90 minutes; pass at 700",
        "Valid for: 3 years",
    ],
    AZURE_FUNDAMENTALS: [
        "Status: Open",
        "Price: unknown",
        "Study time: unknown",
        "Exam: AI-901",
        "Exam: AI-900; 45 minutes; last day 30 June 2026",
        "Valid for: does not expire",
    ],
    AWS_ASSOCIATE: [
        "Status: Open, open since 8 October 2024",
        "Price: $150 once",
        "Study time: unknown",
        "Exam: MLA-C01; 65 questions; 130 minutes; pass at 720",
        "Valid for: 3 years",
    ],
    AWS_GENAI: [
        "Status: Open, open since 14 April 2026",
        "Price: $300 once",
        "Study time: unknown",
        "Exam: AIP-C01; 75 questions; 170-180 minutes; pass at 750",
        "Valid for: 3 years",
    ],
    AZURE_APPS: [
        "Status: Open",
        "Price: unknown",
        "Study time: unknown",
        "Exam: AI-103; 100 minutes",
        "Valid for: unknown",
    ],
}


@pytest.mark.parametrize("slug", FACTS)
def test_detail_says_what_is_known_and_that_the_rest_is_unknown(slug: str) -> None:
    facts = detail(slug).find(".facts").find_all(".fact")
    said = [f"{fact.find('dt').text}: {texts(fact, 'dd')[0]}" for fact in facts]
    page_url = Certification.objects.get(slug=slug).page_url
    assert said == [*FACTS[slug], *([f"Vendor’s page: {page_url}"] if page_url else [])]


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
                "A course series on Coursera, without an exam. Medium confidence · "
                "no source named · checked 22 November 2026"
            ),
        ),
        (AI_PLUS, "price", "Low confidence · AI CERTs store · checked 22 November 2026"),
        (AI_PLUS, "study-time", "No source says. We don’t guess."),
        (GOOGLE, "study-time", "By the guide’s word"),
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
    assert texts(detail(slug).find(f"#{fact}"), "dd")[1] == source


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
                f"{NAMES[AWS_ASSOCIATE]}: {UNRATED} (medium confidence)",
                f"{NAMES[AWS_GENAI]}: {UNRATED} (medium confidence)",
            ],
            NO_TIER,
        ),
        (
            AZURE_ENGINEER,
            "Closed: last day 30 June 2026",
            "examinotion.com, readroo.st",
            [NAMED],
            [f"{NAMES[AZURE_APPS]}: {UNRATED} (high confidence)"],
            NO_TIER,
        ),
        (
            TENSORFLOW,
            "Closed: not sold since 1 May 2024",
            "TensorFlow course, discussion 645",
            [],
            [],
            "No successor has been named.",
        ),
    ],
    ids=[SPECIALTY, AZURE_ENGINEER, TENSORFLOW],
)
def test_detail_of_a_closed_one_says_when_by_whose_word_and_what_came_after(
    slug: str, heading: str, sources: str, heir_heading: list[str], heirs: list[str], last: str
) -> None:
    closure = detail(slug).find(".closure")
    note = Certification.objects.get(slug=slug).lifecycle.note
    assert texts(closure, "h2") == [heading]
    # A space before a semicolon is test_defects.py's.
    assert [said.replace(" ;", ";") for said in texts(closure, "p")] == [
        "It can’t be obtained any more, and the advisor never recommends it. The guide’s "
        f"judgement stays below, for the record. {note}".strip(),
        f"By whose word: {sources}; high confidence, checked on 22 November 2026.",
        last,
    ]
    assert texts(closure, "h3") == heir_heading
    assert texts(closure, "li") == heirs


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
    assert texts(closure, "p")[0] == "It can still be obtained, but not for long. Hurry."
    assert texts(page.find("#status"), "dd")[0] == "Closing, last day 31 December 2026"


@pytest.mark.parametrize(
    ("slug", "before"),
    [(AWS_ASSOCIATE, SPECIALTY), (AWS_GENAI, SPECIALTY), (AZURE_APPS, AZURE_ENGINEER)],
)
def test_detail_of_an_unrated_one_inherits_nothing(slug: str, before: str) -> None:
    judgement = detail(slug).find(".judgement")
    assert texts(judgement, "p") == [
        (
            "Nothing yet: it is not rated by this guide. It inherits no tier from anything before "
            "it, and the advisor does not recommend it until an editor rates it."
        ),
        f"It is listed because it is reported as a successor of {NAMES[before]}.",
    ]
    assert judgement.find_all(".statement") == []


def test_detail_of_a_rated_one_links_to_its_place_in_the_guide() -> None:
    links = [detail(slug).find(".judgement").find_all("a")[-1] for slug, *_ in RATED]
    assert [(link.text, link.attributes["href"]) for link in links] == [
        ("The same in the guide", f"/guide/#{slug}") for slug, *_ in RATED
    ]


# --- corrections ----------------------------------------------------------------


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
    "Specialty on 31 March 2026, and TensorFlow Developer can’t be bought since 1 May 2024. "
    "22 November 2026 · high confidence · source: TensorFlow course, discussion 645, ctaio.dev, "
    "dev.to/mgonzalezo, metaltoad.com, techjacksolutions.com",
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


# --- all pages ------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_page_has_one_first_heading_and_skips_no_level(address: str) -> None:
    page = shown(address)
    levels = [HEADINGS.index(each.tag) + 1 for each in page.walk() if each.tag in HEADINGS]
    skipped = [(above, below) for above, below in itertools.pairwise(levels) if below > above + 1]
    assert (levels[0], levels.count(1), skipped) == (1, 1, [])


@pytest.mark.parametrize("address", PAGES)
def test_page_uses_every_id_once_and_no_heading_is_empty(address: str) -> None:
    page = shown(address)
    assert sorted(set(ids(page))) == sorted(ids(page))
    assert [each.tag for each in page.walk() if each.tag in HEADINGS and not each.text] == []
    assert [link for link in page.find_all("a") if not link.text] == []


def internal_links(address: str, page: Element) -> Iterator[str]:
    for each in page.walk():
        if each.tag in ("a", "link"):
            target = urljoin(f"http://testserver{address}", each.attributes["href"])
            if urlsplit(target).netloc == "testserver":
                yield target


def test_every_internal_link_leads_somewhere() -> None:
    @cache
    def ids_at(address: str) -> list[str] | None:
        response = Client().get(address)
        if response.status_code != 200:
            return None
        content = response.getvalue()  # of a static file too
        is_page = response.headers["Content-Type"].startswith("text/html")
        return ids(read_page(content)) if is_page else []

    dead = []
    for origin in PAGES:
        for target in sorted(set(internal_links(origin, shown(origin)))):
            address, fragment = urldefrag(target)
            found = ids_at(address)
            if found is None or (fragment and fragment not in found):
                dead.append(f"{origin} -> {target}")
    assert dead == []


def test_catalogue_pages_reach_every_entry_and_the_advisor() -> None:
    reached = {urldefrag(link)[0] for link in internal_links("/", shown("/"))}
    reached |= {urldefrag(link)[0] for link in internal_links("/", shown("/certifications/"))}
    wanted = {f"http://testserver{address}" for address in (*PAGES, "/advisor/")}
    assert wanted - reached == set()


@pytest.mark.parametrize("address", PAGES)
def test_page_names_the_content_version_and_sets_no_cookie(address: str, client: Client) -> None:
    response = client.get(address)
    colophon = read_page(response.content).find(".colophon")
    assert re.fullmatch(r"Content version \d{8}-[0-9a-f]{8}", texts(colophon, "p")[1])
    assert "Set-Cookie" not in response.headers
    assert dict(response.cookies) == {}
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/", "/guide/", "/certifications/", DETAILS[0]])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_is_only_read(address: str, method: str, client: Client) -> None:
    response = getattr(client, method)(address)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("address", ["/", "/guide/", "/certifications/", DETAILS[0]])
def test_page_answers_a_head_request_without_a_body(address: str, client: Client) -> None:
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", PAGES)
def test_page_loads_nothing_from_another_host(address: str) -> None:
    loading = ("script", "img", "iframe", "source", "audio", "video", "link")
    loaded = [
        each.attributes.get("src") or each.attributes.get("href", "/")
        for each in shown(address).walk()
        if each.tag in loading and each.attributes.get("rel") not in ("canonical", "alternate")
    ]
    assert [url for url in loaded if not url.startswith("/")] == []


# --- how many queries -----------------------------------------------------------


def make_43_entries() -> None:
    tiers = [*Tier.objects.all(), None]
    successor = Certification.objects.get(slug=AWS_GENAI)
    for number in range(43):
        certification = a_certification(
            slug=f"made-{number}",
            heading=f"Made {number}",
            tier=tiers[number % len(tiers)],
            order=100 + number,
        )
        new_lifecycle(certification=certification, reported="open").save()
        new_price(
            certification=certification, amount=Decimal(99), currency="USD", period="once"
        ).save()
        new_exam(certification=certification, code=f"M-{number}").save()
        new_succession(certification=certification, successor=successor).save()


def queries(client: Client, address: str) -> int:
    client.get(address)  # the catalogue's index is made once for each content version
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "address", ["/", "/guide/", "/certifications/", f"/certifications/{GOOGLE}/"]
)
def test_queries_of_a_page_do_not_grow_with_the_entries(address: str, client: Client) -> None:
    with_17 = queries(client, address)
    make_43_entries()
    assert Certification.objects.count() == 60
    assert queries(client, address) == with_17


@pytest.mark.parametrize("address", ["/", "/certifications/"])
def test_queries_of_a_list_are_at_most_eight(address: str, client: Client) -> None:
    assert queries(client, address) <= 8


# --- errors ---------------------------------------------------------------------


def assert_is_error_page(content: bytes, heading: str) -> None:
    page = read_page(content)
    assert texts(page, "title") == [f"{heading} · Signal vs. Noise"]
    assert texts(page, "h1") == [heading]
    assert len(page.find_all(".masthead")) == 1
    assert [link.attributes["href"] for link in page.find(".actions").find_all("a")] == [
        "/",
        "/certifications/",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/certifications/no-such-entry/",
        "/certifications/%00/",
        "/certifications/%FF/",
        f"/certifications/{'x' * 5000}/",
        f"/certifications/{GOOGLE.upper()}/",
        "/certifications/überall/",
        "/guide/nothing/",
    ],
)
def test_unknown_address_has_the_404_page(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert_is_error_page(response.content, "Nothing here but noise.")
    assert dict(response.cookies) == {}


def test_address_without_its_last_slash_leads_to_the_page(client: Client) -> None:
    response = client.get(f"/certifications/{GOOGLE}?from=mail")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        f"/certifications/{GOOGLE}/?from=mail",
    )


def test_request_for_a_foreign_host_has_the_400_page(client: Client) -> None:
    response = client.get("/certifications/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_is_error_page(response.content, "That request can’t be read.")


@pytest.mark.parametrize("address", ["/", "/guide/", "/certifications/", DETAILS[0]])
def test_fault_has_the_500_page_even_without_a_table(address: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalog_certification RENAME TO gone")
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 500
    assert_is_error_page(response.content, "Our fault.")
    assert dict(response.cookies) == {}
