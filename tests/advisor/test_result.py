"""Properties of the result of every answer sheet, tried on random ones and the shipped rulebook."""

import random
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.answers import read_answers
from advisor.domain.evaluation import evaluate
from advisor.domain.rulebook import Rulebook
from advisor.result import Result
from advisor.result_json import verdict_as_json
from advisor.result_page import STANDINGS
from advisor.undecided_page import MOST_NAMED
from catalog.models import Certification
from tests.advisor.sheets import (
    BY_OUTCOME,
    QUESTIONS,
    RATED,
    STEADY,
    STEADY_PAGES,
    Sheet,
    as_json,
    ask,
    from_json,
    query,
    random_sheets,
)
from tests.fixtures import reference
from tests.html import Element, read_page

GUIDE = (Path(settings.BASE_DIR) / "fixtures/guide.md").read_text().replace("**", "")
ID = re.compile(r' id="([^"]*)"')
WHERE = ("for", "against", "unmet")
STANDING_GROUPS = {standing.value: words for standing, words in STANDINGS.items()}
FIVE_HELD = "If you have five certifications and zero deployed models, you have a problem."
AT_MOST_ONE = (
    "Then, get at most one cloud platform cert if relevant to your work.",
    "Don't collect them like Pokemon",
)


def _verdict(rulebook: Rulebook, sheet: Sheet) -> dict[str, Any]:
    """The verdict as `/advisor/result.json` has it, without the changes."""
    reading, today = read_answers(rulebook, sheet), timezone.localdate()
    found = Result(reading, today, evaluate(reading.sheet, today=today))
    vars(found)["nearest_change"] = None  # dear to find, and not looked at here
    return verdict_as_json(found)


@cache
def _sheets() -> list[Sheet]:
    """Random sheets, the same for each promise of a verdict."""
    found: list[Sheet] = []

    @STEADY
    @given(sheet=random_sheets())
    def collect(sheet: Sheet) -> None:
        found.append(sheet)

    collect()
    return found


@lru_cache(maxsize=1)
def _verdicts(rulebook: Rulebook) -> list[tuple[Sheet, dict[str, Any]]]:
    """The random sheets, each with its verdict."""
    return [(sheet, _verdict(rulebook, sheet)) for sheet in _sheets()]


def _reasons(verdict: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *verdict["outcome"]["reasons"],
        *verdict["warnings"],
        *verdict["instead"],
        *(
            reason
            for certification in verdict["certifications"]
            for where in (*WHERE, "cautions")
            for reason in certification[where]
        ),
    ]


def test_verdict_is_that_of_the_reference(rulebook: Rulebook) -> None:
    for sheet, verdict in _verdicts(rulebook):
        decided_by = [step["rule"] for step in verdict["trace"] if step["matched"]]
        assert verdict["outcome"]["slug"] == reference.outcome(sheet)
        assert verdict["recommended"] == reference.recommended(sheet)
        assert decided_by == [reference.rule(sheet)]
        assert [warning["text"] for warning in verdict["warnings"]] == reference.warnings(sheet)
        assert [each["slug"] for each in verdict["certifications"]] == reference.shown(sheet)
        assert verdict["not_rated"] == len(rulebook.certifications) - len(verdict["certifications"])


def test_every_word_on_a_certification_is_that_of_the_reference(rulebook: Rulebook) -> None:
    spoken = [
        (sheet, each) for sheet, found in _verdicts(rulebook) for each in found["certifications"]
    ]
    for sheet, certification in spoken:
        slug = certification["slug"]
        said = {
            where: [reason["text"] for reason in certification.get(where, ())]
            for where in (*WHERE, "cautions", "notes")
        }
        assert (slug, certification["standing"]) == (slug, reference.standing(slug, sheet))
        assert (slug, said) == (
            slug,
            {
                "for": reference.for_it(slug, sheet),
                "against": reference.facts_against(slug, sheet) + reference.against_it(slug, sheet),
                "unmet": reference.unmet(slug, sheet) + reference.unexpected(slug, sheet),
                "cautions": reference.cautions(slug, sheet),
                "notes": reference.notes(slug, sheet),
            },
        )


@STEADY_PAGES
@given(sheet=random_sheets(), place=st.integers(0, 99))
def test_answer_about_one_certification_is_that_of_the_reference(
    guide: None, client: Client, sheet: Sheet, place: int
) -> None:
    slugs = reference.shown(sheet)
    slug = slugs[place % len(slugs)]
    about = client.get(f"/advisor/result.json?{query(sheet, about=slug)}").json()["about"]
    assert (about["slug"], about["answer"]) == (slug, reference.answer_about(slug, sheet))
    expected = reference.recommended(sheet) if about["answer"] == "another" else None
    assert about["another"] == expected


def test_at_most_one_is_recommended_and_it_can_be(rulebook: Rulebook) -> None:
    for sheet, verdict in _verdicts(rulebook):
        outcome, recommended = verdict["outcome"]["slug"], verdict["recommended"]
        standings = {each["slug"]: each["standing"] for each in verdict["certifications"]}
        assert recommended in {None, *RATED, *sheet.get("required", ())}
        assert standings.get(recommended, "worth-it") in {"worth-it", "required"}
        assert (outcome in {"skip", "not-needed", "none-fits"}) <= (recommended is None)
        assert bool(verdict["nearest"]) is (outcome == "none-fits")


def test_every_reason_is_a_sentence_of_the_guide_or_a_fact_with_a_source(
    rulebook: Rulebook,
) -> None:
    for reason in [each for _, verdict in _verdicts(rulebook) for each in _reasons(verdict)]:
        if reason.get("fact"):
            assert reason["source"]
            assert reason["url"].startswith(("/certifications/", "/guide/#"))
        else:
            assert reason["text"] in GUIDE
            assert reason["url"].startswith("/guide/#")


def test_every_because_is_an_answer_of_the_sheet(rulebook: Rulebook) -> None:
    for sheet, verdict in _verdicts(rulebook):
        for each in (*_reasons(verdict), *verdict["trace"]):
            for answer in each["because"]:
                assert answer["answer"] in sheet[answer["question"]]
            assert len({tuple(a.values()) for a in each["because"]}) == len(each["because"])


def test_every_sentence_about_a_certification_names_an_answer(rulebook: Rulebook) -> None:
    for _, verdict in _verdicts(rulebook):
        for certification in verdict["certifications"]:
            for where in WHERE:
                assert all(r["because"] for r in certification[where] if not r.get("fact"))


def test_every_reason_leads_to_an_anchor_that_exists(
    rulebook: Rulebook, guide: None, client: Client
) -> None:
    sheets = [*BY_OUTCOME.values(), *(s | {"held": ("5",)} for s in BY_OUTCOME.values())]
    anchors: dict[str, set[str]] = {}
    # Besides what these verdicts show, everything that any verdict could show; it is the same kind
    # of place for all that are not rated.
    shown = (*rulebook.rated, *rulebook.certifications[-3:])
    every = [s.url for certification in shown for s in certification.statements]
    every += [c.url for c in (*rulebook.warnings, *rulebook.advice)]
    every += [c.url for rule in rulebook.rules for c in rule.citations]
    every += [
        fact.url
        for certification in shown
        if certification.has_facts
        for fact in (certification.lifecycle, certification.price, certification.study_time)
    ]
    for url in {r["url"] for sheet in sheets for r in _reasons(_verdict(rulebook, sheet))} | {
        *every
    }:
        page, _, anchor = url.partition("#")
        if page not in anchors:
            anchors[page] = set(ID.findall(client.get(page).content.decode()))
        assert anchor in anchors[page], url


def _facts_against(verdict: dict[str, Any], key: str) -> set[str]:
    """The certifications against which a fact speaks because of the answer to one question."""
    return {
        certification["slug"]
        for certification in verdict["certifications"]
        for reason in certification["against"]
        if reason.get("fact") and key in {answer["question"] for answer in reason["because"]}
    }


def _ruled_out(verdict: dict[str, Any]) -> set[str]:
    found = verdict["certifications"]
    return {each["slug"] for each in found if each["standing"] == "ruled-out"}


@pytest.mark.parametrize("key", ["budget", "time"])
def test_higher_limit_alone_never_speaks_against_a_certification_nor_rules_it_out(
    rulebook: Rulebook, key: str
) -> None:
    for sheet in _sheets()[::2]:
        steps = [_verdict(rulebook, sheet | {key: (value,)}) for value in QUESTIONS[key]]
        against = [_facts_against(verdict, key) for verdict in steps]
        ruled_out = [_ruled_out(verdict) for verdict in steps]
        assert all(more <= less for less, more in pairwise(against))
        assert against[-1] == set()
        assert all(more <= less for less, more in pairwise(ruled_out))


def test_number_of_certifications_held_changes_warnings_and_bars_who_never_deployed(
    rulebook: Rulebook,
) -> None:
    for sheet in _sheets()[1::2]:
        _try_each_number_held(rulebook, sheet)


def _try_each_number_held(rulebook: Rulebook, sheet: Sheet) -> None:
    told = {}
    is_deployed = sheet.get("experience") == ("deployed",)
    at_most, no_collection = AT_MOST_ONE
    for held in QUESTIONS["held"]:
        holds = {} if held == "0" else {"holds": ("other",)}
        others = {key: values for key, values in sheet.items() if key not in ("held", "holds")}
        verdict = _verdict(rulebook, others | {"held": (held,)} | holds)
        outcome = verdict["outcome"]["slug"]
        told[held] = (outcome, verdict["recommended"], verdict["certifications"])
        texts = {warning["text"] for warning in verdict["warnings"]}
        assert (FIVE_HELD in texts) is (held == "5" and not is_deployed)
        assert (at_most in texts) is (held != "0" and outcome == "one")
        assert (no_collection in texts) is (held in "35" or (held != "0" and outcome == "one"))
    assert told["1"] == told["3"] == told["0"]
    if is_deployed:
        assert told["5"] == told["0"]
    elif told["5"] != told["0"]:
        assert told["5"][:2] == ("skip", None)


@STEADY_PAGES
@given(sheet=random_sheets(), seed=st.integers(0, 999))
def test_order_and_repetition_of_parameters_do_not_change_the_json(
    guide: None, client: Client, sheet: Sheet, seed: int
) -> None:
    pairs = parse_qsl(query(sheet)) * 2
    random.Random(seed).shuffle(pairs)
    assert client.get(f"/advisor/result.json?{urlencode(pairs)}").json() == ask(client, sheet)


@STEADY_PAGES
@given(sheet=random_sheets())
def test_page_and_json_agree(guide: None, client: Client, sheet: Sheet) -> None:
    verdict = ask(client, sheet)
    page = read_page(client.get(f"/advisor/result/?{query(sheet)}").content)
    names = dict(Certification.objects.values_list("slug", "name"))
    _check_headings(page, verdict, names)
    _check_standings(page, verdict, names)
    _check_what_stands_beside_the_verdict(page, verdict)
    _check_reasons_of_every_certification(page, verdict, names)


def _check_headings(page: Element, verdict: dict[str, Any], names: dict[str, str]) -> None:
    recommended = verdict["recommended"]
    full = verdict["outcome"]["headline"]
    assert full.endswith(f": {names[recommended]}." if recommended else ".")
    assert page.find("h1").text == full
    assert page.find("title").text == f"Verdict: {full} · Signal vs. Noise"
    assert _headings(page, "The one") == ([names[recommended]] if recommended else [])
    assert _headings(page, "What came closest, and what stood in the way") == [
        names[slug] for slug in verdict["nearest"]
    ]


def _check_standings(page: Element, verdict: dict[str, Any], names: dict[str, str]) -> None:
    shown_standings = {
        details.find("summary").text.rpartition(" (")[0]: [
            item.find_all("a")[0].text for item in details.find_all("li")
        ]
        for details in page.find_all("details")
        if details.find_all("ul", class_="standing")
    }
    expected: dict[str, list[str]] = {}
    apart = (verdict["recommended"], verdict["answers"].get("required"))
    for certification in verdict["certifications"]:
        if certification["slug"] not in apart:
            expected.setdefault(STANDING_GROUPS[certification["standing"]], []).append(
                names[certification["slug"]]
            )
    assert shown_standings == expected


def _check_what_stands_beside_the_verdict(page: Element, verdict: dict[str, Any]) -> None:
    for heading, reasons in (
        ("Why", verdict["outcome"]["reasons"]),
        (
            "What else to do" if verdict["recommended"] else "What to do instead",
            verdict["instead"],
        ),
        ("A warning first", verdict["warnings"]),
    ):
        assert _links(page, heading) == [(r["text"], r["url"]) for r in reasons]
    nearest = verdict["nearest_change"]
    shown = [nearest] if nearest and len(nearest["moves"]) > 1 else []
    named = [c for c in verdict["changes"] if c["question"] == "required" and c["to"] != "other"]
    others = [change for change in verdict["changes"] if change not in named]
    links = dict(_links(page, "What would change this verdict"))
    assert ("Name the one required of you" in links) == (len(named) > MOST_NAMED)
    links.pop("Name the one required of you", None)
    assert [*links.values()] == [change["url"] for change in (*shown, *others, *named[:MOST_NAMED])]
    rows = page.find("section", class_="trace").find("tbody").find_all("tr")
    assert [row.attributes["data-result"] for row in rows] == [
        "matched" if step["matched"] else "no match" for step in verdict["trace"]
    ]
    to_share = [a.attributes["href"] for a in page.find_all("a") if "as a list to share" in a.text]
    assert to_share == [url for url in [verdict["list"]] if url]


def _check_reasons_of_every_certification(
    page: Element, verdict: dict[str, Any], names: dict[str, str]
) -> None:
    items = {
        item.find_all("a")[0].text: item.text
        for group in page.find_all("ul", class_="standing")
        for item in group.find_all("li")
    }
    for certification in verdict["certifications"]:
        reasons = [
            reason for where in ("against", "unmet", "for") for reason in certification[where]
        ]
        if certification["slug"] in (verdict["recommended"], verdict["answers"].get("required")):
            is_recommended = certification["slug"] == verdict["recommended"]
            the_one = page.section("The one" if is_recommended else "The one you named")
            assert the_one
            quotes = [quote.find_all("a")[0].text for quote in the_one.find_all("blockquote")]
            assert quotes == [reason["text"] for reason in reasons]
            assert all(caution["text"] in the_one.text for caution in certification["cautions"])
            continue
        for reason in reasons:
            assert reason["text"] in items[names[certification["slug"]]]
            assert reason.get("source", "") in items[names[certification["slug"]]]


@STEADY_PAGES
@given(sheet=random_sheets())
def test_each_change_leads_to_the_verdict_it_promises(
    guide: None, client: Client, sheet: Sheet
) -> None:
    verdict = ask(client, sheet)
    for change in verdict["changes"]:
        pairs = parse_qs(urlsplit(change["url"]).query)
        changed = {key: tuple(values) for key, values in pairs.items()}
        promised = (change["outcome"], change["recommended"])
        assert promised == (reference.outcome(changed), reference.recommended(changed))
        assert promised != (verdict["outcome"]["slug"], verdict["recommended"])
    for change in verdict["changes"][:: max(1, len(verdict["changes"]) // 8)]:
        then = client.get(f"/advisor/result.json?{urlsplit(change['url']).query}").json()
        assert (then["outcome"]["slug"], then["recommended"], then["dropped"]) == (
            change["outcome"],
            change["recommended"],
            [],
        )
        before, after, key = verdict["answers"], then["answers"], change["question"]
        assert (before[key], after[key]) == (change["from"], change["to"])
        assert {k for k in after if k not in before} == set(change["also"])
        kept = [k for k in before if k in after and k != key]
        assert {k: before[k] for k in kept} == {k: after[k] for k in kept}
        assert change["url"] == f"/advisor/result/?{query(from_json(after))}"


@STEADY_PAGES
@given(sheet=random_sheets())
def test_json_repeats_the_answers_in_the_order_of_the_questions(
    guide: None, client: Client, sheet: Sheet
) -> None:
    assert list(ask(client, sheet)["answers"].items()) == list(as_json(sheet).items())


def _headings(page: Element, section: str) -> list[str]:
    found = page.section(section)
    return [heading.text for heading in found.find_all("h3")] if found else []


def _links(page: Element, section: str) -> list[tuple[str, str]]:
    found = page.section(section)
    return [(a.text, a.attributes["href"]) for a in found.find_all("a")] if found else []
