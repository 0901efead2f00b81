"""Search: what it finds, what it survives, and that no write leaves its documents behind."""

import re
import unicodedata

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from catalog.listing.search import MOST_TOKENS, highlight, matching, matching_sentence, tokens
from catalog.models import Certification, Provider, Statement
from catalog.models.search import LONGEST

pytestmark = pytest.mark.usefixtures("guide")

MADE = {
    "Élan vital, Straße": "naïve café; İzmir ΣΊΣΥΦΟΣ; e\u0301te\u0301",
    "C++ and .NET <b>NEAR</b>": 'don\'t "quote" snake_case 3.14 *star* not-so OR AND NOT',
    "中文 認證": "한국어 과정 हिन्दी שָׁלוֹם القرآن ½ x² Ⅳ 🔴 👩‍💻",
    "ends with a very long word": "w" * 3000,
}
OPERATORS = [
    *('"', "'", "*", "^", "(", ")", "{", "}", ":", "+", "-", "\\", "%", "_", "&", "|", "!", "<->"),
    *("AND", "OR", "NOT", "NEAR", 'NEAR("a b", 5)', "text:cloud", "{text}: a", "^cloud", "-cloud"),
    *('"cloud', "cloud*", "cl*oud", '""', "cloud AND", "OR cloud", "%s", "{}", "a:*", "'a':*A & b"),
    *("", " ", "\0", "cl\0oud", "\ud800", "\ud800cloud", "\u0301", "e\u0301lan", "🔴", "\u200d"),
    *("a" * 5000, "a " * 2500, '"' * 5000, "(" * 5000, "ﬁ", "ŉ", "ǆ", "؀"),
]


def make_certification(name: str, *texts: str, provider: Provider | None = None) -> Certification:
    order = 1 + max(Certification.objects.values_list("order", flat=True), default=0)
    certification = Certification.objects.create(
        slug=f"made-{order}", name=name, kind="exam", order=order, provider=provider
    )
    for number, text in enumerate(texts):
        Statement.objects.create(
            certification=certification, order=number, section="proves", text=text
        )
    return certification


@pytest.fixture
def made() -> list[Certification]:
    return [make_certification(name, text) for name, text in MADE.items()]


def plain(text: str) -> str:
    """Without case and accents, written anew so that a fault is not made twice."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()


def naive_texts() -> dict[int, str]:
    certifications = Certification.objects.select_related("provider").prefetch_related("statements")
    return {
        certification.pk: plain(
            "\n".join(
                [
                    certification.name,
                    str(certification.provider or ""),
                    *map(str, certification.statements.all()),
                ]
            )
        )
        for certification in certifications
    }


def naive_matching(q: str, texts: dict[int, str]) -> set[int]:
    wanted = list(dict.fromkeys(re.findall(r"[^\W_]+", plain(q))))[:MOST_TOKENS]
    begins = [re.compile(rf"(?<![^\W_]){word}") for word in wanted]
    return {pk for pk, text in texts.items() if wanted and all(r.search(text) for r in begins)}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Google Cloud", ("google", "cloud")),
        ("  AI-102,ai 102_AI ", ("ai", "102")),
        ("Élan e\u0301lan", ("élan", "e\u0301lan")),
        ('"" -*:() \0 🔴', ()),
        ("", ()),
        ("a b c d e f g h i j k l", tuple("abcdefghij")),
    ],
)
def test_tokens(q: str, expected: tuple[str, ...]) -> None:
    assert tokens(q) == expected


@given(st.text())
def test_tokens_of_tokens_are_the_same(q: str) -> None:
    assert tokens(" ".join(tokens(q))) == tokens(q)


def test_every_token_has_to_begin_a_word() -> None:
    provider = Provider.objects.create(slug="made", name="Quuxworks")
    certification = make_certification(
        "Zyxing wubble", "Frobnicates well.", "And grault.", provider=provider
    )
    for q in ("zyx", "ZYXING", "quux zyx", "frob grault wubb quuxworks", "grault zyx!"):
        assert matching(q) == {certification.pk}
    for q in ("yxing", "zyx missing", "zyxingwubble", "zyxings"):
        assert matching(q) == frozenset()


@pytest.mark.parametrize("q", ["elan", "ÉLAN", "e\u0301l", "strasse", "STRASS", "cafe naive ete"])
def test_case_and_accents_do_not_matter(q: str, made: list[Certification]) -> None:
    assert matching(q) == {made[0].pk}


def test_hostile_query_is_only_words(made: list[Certification]) -> None:
    texts = naive_texts()
    assert {q: matching(q) for q in OPERATORS} == {q: naive_matching(q, texts) for q in OPERATORS}


def test_long_word_is_found_by_its_beginning(made: list[Certification]) -> None:
    for length in (1, LONGEST, LONGEST + 1, 3000):
        assert made[3].pk in matching("w" * length)


def test_matching_equals_a_naive_search(made: list[Certification]) -> None:
    texts = naive_texts()
    known = sorted({word for text in texts.values() for word in text.split()})
    beginning = st.builds(lambda word, n: word[:n], st.sampled_from(known), st.integers(1, 8))
    part = st.one_of(beginning, beginning, st.sampled_from(OPERATORS), st.text(max_size=8))

    @settings(max_examples=400, deadline=None)
    @given(st.lists(part, min_size=1, max_size=4), st.sampled_from([" ", "-", '"', ""]))
    def check(parts: list[str], between: str) -> None:
        q = between.join(parts)
        assert matching(q) == naive_matching(q, texts)

    check()


def test_matching_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        matching("machine learning")
    with django_assert_num_queries(0):
        matching('"*')


def test_matching_sentence_takes_none(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    certifications = list(Certification.objects.prefetch_related("statements"))
    with django_assert_num_queries(0):
        assert any(matching_sentence(certification, ["cloud"]) for certification in certifications)


@pytest.mark.parametrize(
    ("text", "q", "expected"),
    [
        ("Cloudy clouds, no icloud", "cloud", "<mark>Cloudy</mark> <mark>clouds</mark>, no icloud"),
        ('<b>"a" & b', "b", "&lt;<mark>b</mark>&gt;&quot;a&quot; &amp; <mark>b</mark>"),
        ("Élan, e\u0301lan", "elan", "<mark>Élan</mark>, <mark>e\u0301lan</mark>"),
        ("amp & lt", "amp", "<mark>amp</mark> &amp; lt"),
        ("nothing <here>", "", "nothing &lt;here&gt;"),
        ("", "a", ""),
    ],
)
def test_highlight(text: str, q: str, expected: str) -> None:
    assert highlight(text, tokens(q)) == expected


@given(st.text(), st.text())
def test_highlight_only_adds_marks(text: str, q: str) -> None:
    marked = highlight(text, tokens(q))
    assert isinstance(marked, SafeString)
    assert re.sub("</?mark>", "", marked) == highlight(text, ())


def test_what_is_found_is_marked(made: list[Certification]) -> None:
    for certification in made:
        for word in tokens(f"{certification.name} {certification.statements.get().text}"):
            assert certification.pk in matching(word)
            texts = (certification.name, certification.statements.get().text)
            assert any("<mark>" in highlight(text, [word]) for text in texts)


def test_matching_sentence_shows_most_of_the_tokens() -> None:
    certification = make_certification(
        "Zyx", "One <alpha>.", "A beta and an alpha.", "An Alpha and a beta."
    )
    assert matching_sentence(certification, ["one"]) == "<mark>One</mark> &lt;alpha&gt;."
    both = "A <mark>beta</mark> and an <mark>alpha</mark>."
    assert matching_sentence(certification, ["alpha", "bet", "zyx"]) == both
    assert matching_sentence(certification, ["zyx"]) is None
    assert matching_sentence(certification, []) is None
