"""Search: what people type finds what they mean, first; what it survives; why it was found."""

import re

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from catalog.listing.search import find
from catalog.listing.search_index import Document, SearchIndex
from catalog.listing.search_marks import found_by, highlight
from catalog.listing.search_words import TypedWord, alternatives_in, stem_of, typed_words, words_of
from tests.catalog.listing.searching import found
from tests.catalog.listing.spellings import SPELLINGS as OTHERS

pytestmark = pytest.mark.usefixtures("guide")

GOOGLE = "google-professional-machine-learning-engineer"
AWS_ML = "aws-certified-machine-learning-specialty"
TENSORFLOW = "tensorflow-developer-certificate"
AI_102 = "microsoft-azure-ai-engineer-associate"
IBM = "ibm-ai-engineering-professional-certificate"
TF_SERIES = "deeplearning-ai-tensorflow-developer-professional-certificate"
AI_PLUS = "ai-plus-individual-certification"
AWS_AI = "aws-certified-ai-practitioner"
AI_900 = "microsoft-azure-ai-fundamentals"
COURSERA = "coursera-edx-professional-certificates"
PROMPT = "prompt-engineering-certificates"
ETHICS = "ai-ethics-certificates"
BOOTCAMP = "bootcamp-certificates-of-completion"
VENDOR = "vendor-ai-specialist-certifications"
MLA = "aws-certified-machine-learning-engineer-associate"
GENAI = "aws-certified-generative-ai-developer-professional"
AI_103 = "microsoft-azure-ai-apps-and-agents-developer-associate"

# What a person types for each, as they know it: the first that is found is the one they mean.
SPELLINGS = {
    GOOGLE: (
        *("PMLE", "gcp pmle", "Google ML engineer", "google machine learning engineer"),
        *("Google Cloud Professional Machine Learning Engineer", "google professional ML"),
        *("professional machine learning enginer", "google machinelearning engineer"),
    ),
    AWS_ML: (
        *("MLS-C01", "mls c01", "mlsc01", "AWS machine learning specialty", "aws ml specialty"),
        *("AWS Certified Machine Learning - Specialty (MLS-C01)", "aws ML specalty"),
        *("machine learning specialty amazon", "AWS specialty certification"),
    ),
    TENSORFLOW: (
        *("tensorflow developer", "tensor flow developer certificate", "tensorflow certification"),
        *("TensorFlow Developer Certification", "tensorflw developer", "tensorflow developers"),
    ),
    AI_102: (
        *("AI-102", "ai102", "ai 102", "azure ai engineer", "Azure AI Engineers"),
        *("Microsoft Certified: Azure AI Engineer Associate (AI-102)", "exam AI-102"),
        *("microsoft azure ai engineer", "azure ai enginer asociate"),
    ),
    IBM: (
        *("IBM AI Engineering", "IBM AI Engineering certificate", "ibm ai engineer"),
        *("IBM certificate", "ibm ai enginering professional certificate"),
    ),
    TF_SERIES: (
        *("deeplearning.ai tensorflow certificate", "DeepLearning AI tensorflow"),
        *(
            "deeplearning.ai tensorflow developer professional certificate",
            "deep learning ai tensorflow",
        ),
    ),
    AI_PLUS: ("AI+", "ai+ certification", "AI+ Individual", "individual certification ai+"),
    AWS_AI: (
        *("AIF-C01", "aifc01", "aif c01", "AWS AI practitioner", "aws ai practioner"),
        *("AWS Certified AI Practitioner (AIF-C01)", "amazon ai practitioner", "ai practitioners"),
        "AWS Certified AI Practitioner (AIF-C02)",
    ),
    AI_900: (
        *("AI-900", "AI-901", "ai900", "azure ai fundamentals", "azure fundamentals"),
        *("Microsoft Certified: Azure AI Fundamentals", "azure ai fundementals"),
    ),
    COURSERA: ("coursera professional certificates", "edX certificate", "coursera certificates"),
    PROMPT: ("prompt engineering", "prompt engineering certification", "prompt engineer course"),
    ETHICS: ("ai ethics", "AI ethics certification", "ethic certificates"),
    BOOTCAMP: ("bootcamp", "boot camp", "ai bootcamp", "bootcamps", "boot-camp certificate"),
    VENDOR: ("vendor specific certs", "ai specialist"),
    MLA: (
        *("MLA-C01", "mla c01", "AWS ML engineer associate", "aws machine learning engineer"),
        "AWS Certified Machine Learning Engineer Associate exam",
    ),
    GENAI: ("AIP-C01", "aws genai developer", "AWS gen ai developer", "generative ai developer"),
    AI_103: ("AI-103", "azure ai apps and agents", "azure agents developer"),
}


def test_spellings_find_what_is_meant_first() -> None:
    typed = [(q, slug) for slug, spellings in SPELLINGS.items() for q in spellings]
    missed = {q: found(q)[:2] for q, slug in typed if found(q)[:1] != [slug]}
    assert len(typed) >= 80
    assert missed == {}


def test_spellings_of_what_the_guide_does_not_name_find_it_first() -> None:
    missed = {}
    for q, meant in OTHERS.items():
        slugs = (meant,) if isinstance(meant, str) else meant
        first = found(q)[:1]
        if not first or first[0] not in slugs:
            missed[q] = first
    assert len(OTHERS) >= 80
    assert missed == {}


@pytest.mark.parametrize(
    "q",
    [
        *("ZZ-999", "ZZ 999", "zz999", "no-such-word", "certificate of zymurgy", "ZCA-QQQQ"),
        *("AB-999", "AB 999", "Ü", "中文 認證"),
        *("", " ", "!!!", "🔴", "\0", "\ud800", "\u0301", '"', "%s"),
        *("is it worth it?", "¿vale la pena?", "https://", "http://example.com", "example.com/"),
    ],
)
def test_what_the_catalogue_does_not_have_finds_nothing(q: str) -> None:
    assert found(q) == []


@given(st.text(max_size=300))
def test_anything_can_be_typed(q: str) -> None:
    assert set(find(INDEX, q).places) <= {*range(len(INDEX.documents))}


@pytest.mark.parametrize(
    "q", ["x" * 5000, "certified machine learning " * 200, "a b c d e f " * 100, "(" * 5000]
)
def test_long_search_is_answered(q: str) -> None:
    assert isinstance(found(q), list)


def document(pk: int, name: str, **texts: object) -> Document:
    return Document(pk, name, kind="Exam certification", **texts)  # type: ignore[arg-type]


INDEX = SearchIndex(
    [
        document(
            *(0, "Plover Frobnicator"),
            provider="Quux Works",
            codes=("PF-200",),
            page_url="https://www.example.org/Plover?x=1",
        ),
        document(1, "Frobnicator Associate", aliases=("Gralt",), sentences=("Wubbles on a zyx.",)),
        document(2, "Wubble Developer Associate", sentences=("Frobnicator it is not.",)),
        document(
            3,
            "Wubblement for QW Users",
            provider_of_kind="Xyzzy",
            sentences=("It asks much.", "Of zyx and grault."),
        ),
    ]
)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("frobnicator", (1, 0, 2)),  # names before sentences
        ("wubble", (2, 3, 1)),  # whole words before parts
        ("pf200", (0,)),
        ("QW", (3, 0)),  # initials of the provider
        ("quux works users", (3,)),  # what a name abbreviates
        ("works quux users", (3,)),  # as other languages put it
        ("xyzzy", (3,)),  # who issues its kind
        ("should i get the plover?", (0,)),  # words to ask with
        ("wubble for developers", (2,)),
        ("is it for", ()),
        ("http://example.org/plover/", (0,)),
        ("plo ver", (0,)),
        ("wub ble ment", (3,)),
        ("zyx grault", (3,)),  # in one sentence
        ("wubble frobnicator", (2, 1)),  # each in its name and a sentence
        ("plover unheardof", (0,)),  # an unknown word does not empty the list
        ("frobnicatr", (1, 0)),
        ("gralt", (1,)),
        ("plover or gralt", (1, 0)),
        ("plover vs. gralt", (1, 0)),
        ("200", (0,)),
    ],
)
def test_order_of_what_is_found(q: str, expected: tuple[int, ...]) -> None:
    assert find(INDEX, q).places == expected


def test_last_word_is_a_beginning_while_it_is_being_typed() -> None:
    assert find(INDEX, "associate fr", is_being_typed=True).places == (1,)
    assert find(INDEX, "fr", is_being_typed=True).places == (1, 0)
    assert find(INDEX, "asks", is_being_typed=True).places == ()  # a sentence names nothing


def test_rare_words_weigh_more_than_common_ones() -> None:
    weights = [INDEX.weight(word) for word in ("plover", "frobnicator", "exam")]
    assert weights == sorted(weights, reverse=True)
    assert INDEX.weight("certification") < 0.1


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Google Cloud", [TypedWord("google"), TypedWord("cloud")]),
        ("(AI-102), ai102", [TypedWord("ai102", is_code=True)]),
        ("1Z0-1122-25", [TypedWord("1z0112225", is_code=True, start="1z01122")]),
        ("exam 2026", [TypedWord("exam"), TypedWord("2026")]),
        ("AB 100", [TypedWord("ab"), TypedWord("100", is_part_of_code=True)]),
        ("Certificado de IA", [TypedWord("certificate"), TypedWord("de"), TypedWord("ai")]),
        ("Google’s C++", [TypedWord("google"), TypedWord("c++")]),
        ('"" -*: \0 🔴', []),
        ("e\u0301lan Élan", [TypedWord("elan")]),
    ],
)
def test_typed_words(q: str, expected: list[TypedWord]) -> None:
    assert typed_words(q) == expected


def test_alternatives() -> None:
    found = [(text, [word.text for word in words]) for text, words in alternatives_in("A1 vs B or")]
    assert found == [("A1", ["a1"]), ("B", ["b"])]


def test_forms_of_a_word_share_a_stem() -> None:
    assert stem_of("engineers") == stem_of("engineer")
    assert stem_of("certification") == stem_of("certificate")
    assert words_of("Straße, Élan & AI+") == ["strasse", "elan", "ai+"]


@pytest.mark.parametrize(
    ("q", "place", "name", "aliases", "codes", "sentence"),
    [
        ("plover", 0, "<mark>Plover</mark> Frobnicator", (), (), None),
        ("PF", 0, "<mark>Plover</mark> <mark>Frobnicator</mark>", (), (), None),
        ("is it for a plover", 0, "<mark>Plover</mark> Frobnicator", (), (), None),
        ("pf-200", 0, "Plover Frobnicator", (), ("<mark>PF-200</mark>",), None),
        ("gralt", 1, "Frobnicator Associate", ("<mark>Gralt</mark>",), (), None),
        (
            "grault zyx",
            3,
            "Wubblement for QW Users",
            (),
            (),
            "Of <mark>zyx</mark> and <mark>grault</mark>.",
        ),
    ],
)
def test_marks_say_why_it_was_found(
    q: str,
    place: int,
    name: str,
    aliases: tuple[str, ...],
    codes: tuple[str, ...],
    sentence: str | None,
) -> None:
    why = found_by(find(INDEX, q).terms, INDEX.documents[place])
    assert (why.name, why.aliases, why.codes, why.sentence) == (name, aliases, codes, sentence)


@given(st.text(), st.text(max_size=60))
def test_highlight_only_adds_marks(text: str, q: str) -> None:
    marked = highlight(text, find(INDEX, q).terms)
    assert isinstance(marked, SafeString)
    assert re.sub("</?mark>", "", marked) == highlight(text, ())
