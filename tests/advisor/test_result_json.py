"""The contract of `/advisor/result.json`: keys, types, errors; every statement both ways."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.editorial.content_version import content_version
from tests.advisor.sheets import (
    AWS_ML,
    BEGINNER,
    BY_NAME,
    BY_OUTCOME,
    DEEPLEARNING,
    GOOGLE,
    IBM,
    QUESTIONS,
    RATED,
    READY,
    SALES,
    SEVERAL,
    TENSORFLOW,
    UNRATED,
    Sheet,
    answered,
    as_json,
    ask,
    is_complete,
    query,
    standing_of,
)
from tests.fixtures import reference
from tests.fixtures.reference_facts import catalogue
from tests.fixtures.reference_sentences import AGAINST, FOR, PREREQUISITES
from tests.html import ids, read_page

VERDICT = {
    *("content_version", "as_of", "answers", "dropped", "outcome", "recommended", "nearest"),
    *("certifications", "warnings", "instead", "changes", "list", "trace"),
    *("open", "nearest_change", "not_rated"),
}
REASON = {"text", "url", "because"}
FACT = REASON | {"fact", "source"}
CERTIFICATION = {"slug", "standing", "for", "against", "unmet", "cautions"}
CHANGE = {"question", "from", "to", "also", "outcome", "recommended", "cost_usd", "url"}
STEP = {"rule", "name", "outcome", "condition", "because", "matched"}
WHERE = ("for", "against", "unmet")


def _check_reason(reason: dict[str, Any]) -> None:
    assert set(reason) == (FACT if "fact" in reason else REASON)
    assert isinstance(reason["text"], str)
    assert reason["text"]
    assert reason["url"].startswith("/")
    assert reason.get("fact", True) is True
    for answer in reason["because"]:
        assert set(answer) == {"question", "answer"}


@pytest.mark.parametrize("slug", BY_OUTCOME)
def test_verdict_has_the_keys_and_types_of_the_contract(
    guide: None, client: Client, slug: str
) -> None:
    sheet = BY_OUTCOME[slug] | {"held": ("3",), "holds": ("other",)}
    verdict = ask(client, sheet)
    assert set(verdict) == VERDICT
    assert verdict["content_version"] == content_version()
    assert verdict["as_of"] == timezone.localdate().isoformat()
    assert (verdict["answers"], verdict["dropped"]) == (as_json(sheet), [])
    assert set(verdict["outcome"]) == {"slug", "headline", "reasons"}
    assert verdict["outcome"]["slug"] == slug
    assert verdict["outcome"]["reasons"]
    assert verdict["recommended"] in {None, *RATED}
    assert set(verdict["nearest"]) <= set(RATED)
    shown = [each["slug"] for each in verdict["certifications"]]
    assert shown[: len(RATED)] == [*RATED] or set(RATED) <= set(shown)
    assert not set(UNRATED) & set(shown)
    assert verdict["not_rated"] >= len(UNRATED)
    for certification in verdict["certifications"]:
        assert set(certification) == CERTIFICATION
        for reason in (r for where in (*WHERE, "cautions") for r in certification[where]):
            _check_reason(reason)
    for reason in (*verdict["outcome"]["reasons"], *verdict["warnings"], *verdict["instead"]):
        _check_reason(reason)
    assert 2 <= len(verdict["instead"]) <= 6
    assert verdict["open"] == []
    assert verdict["list"] is None or verdict["list"].startswith("/certifications/?cert=")


@pytest.mark.parametrize("slug", BY_OUTCOME)
def test_changes_and_trace_have_the_keys_of_the_contract(
    guide: None, client: Client, slug: str
) -> None:
    verdict = ask(client, BY_OUTCOME[slug])
    assert verdict["changes"]
    for change in verdict["changes"]:
        assert set(change) == CHANGE
        assert type(change["from"]) is type(change["to"])
        assert isinstance(change["from"], list) is (change["question"] in SEVERAL)
        assert change["url"].startswith("/advisor/result/?")
    for step in verdict["trace"]:
        assert set(step) == STEP
    assert [step["rule"] for step in verdict["trace"]] == list(range(1, len(verdict["trace"]) + 1))
    assert [step["matched"] for step in verdict["trace"][:-1]] == [False] * (
        len(verdict["trace"]) - 1
    )


def test_several_answers_are_a_list_wherever_the_json_has_them(guide: None, client: Client) -> None:
    changes = ask(client, answered(READY, held="1"))["changes"]
    change = next(c for c in changes if c["question"] == "goal")
    assert isinstance(change["to"], list)
    assert ask(client, answered(READY, held="1"))["answers"]["holds"] == ["other"]


def test_json_says_that_it_is_json_in_utf8(guide: None, client: Client) -> None:
    response = client.get(f"/advisor/result.json?{query(READY)}")
    assert response.headers["Content-Type"] == "application/json"
    assert "’" in response.content.decode()


def test_list_names_the_certifications_left_open(guide: None, client: Client) -> None:
    verdict = ask(client, answered(BEGINNER, pillars="some"))
    assert verdict["list"] == f"/certifications/?cert={IBM}&cert={DEEPLEARNING}"


def test_no_list_where_nothing_is_left_open(guide: None, client: Client) -> None:
    verdict = ask(client, answered(SALES, goal="cloud", role="business", budget="0"))
    left = {"required", "worth-it", "not-yet"}
    standings = {certification["standing"] for certification in verdict["certifications"]}
    assert (verdict["list"] is None) is left.isdisjoint(standings)


# --- Errors ------------------------------------------------------------------------------------


def _refused(client: Client, address: str) -> dict[str, Any]:
    response = client.get(f"/advisor/result.json?{address}")
    assert response.status_code == 400
    found: dict[str, Any] = response.json()
    assert set(found) == {"error", "missing", "invalid"}
    assert found["error"]
    return found


def test_empty_sheet_misses_its_answers(guide: None, client: Client) -> None:
    found = _refused(client, "")
    assert found["missing"][:3] == ["role", "mandate", "goal"]
    assert found["invalid"] == []


@pytest.mark.parametrize("key", READY)
def test_sheet_without_an_answer_names_it(guide: None, client: Client, key: str) -> None:
    found = _refused(client, query({k: v for k, v in READY.items() if k != key}))
    assert key in found["missing"]
    assert set(found["missing"]) <= {key, *(q for q in QUESTIONS if q not in READY)}


@pytest.mark.parametrize(
    ("wrong", "parameter", "value"),
    [
        ("role=zzz", "role", "zzz"),
        ("role=", "role", ""),
        ("role=builder&role=mlops", "role", "builder, mlops"),
        ("cloud=gcp&cloud=none", "cloud", "gcp, none"),
        ("goal=production&goal=zzz", "goal", "zzz"),
        ("required=nothing-of-ours&mandate=yes", "required", "nothing-of-ours"),
        ("role=%00", "role", "\0"),
        ("role=%ff", "role", "�"),
        (f"role={'x' * 5000}", "role", "x" * 80),
        ("utm_source=zzz", "utm_source", "zzz"),
        ("change=role", "change", "role"),
        ("submitted=held", "submitted", "held"),
        ("%ff=1", "�", "1"),
        (f"{'x' * 5000}=1", "x" * 80, "1"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_understood_is_named(
    guide: None, client: Client, wrong: str, parameter: str, value: str
) -> None:
    key = wrong.partition("=")[0]
    rest = {k: v for k, v in READY.items() if k != key and f"{k}=" not in wrong}
    found = _refused(client, f"{query(rest)}&{wrong}")
    assert [(each["parameter"], each["value"]) for each in found["invalid"]] == [(parameter, value)]
    assert all(set(each) == {"parameter", "value", "reason"} for each in found["invalid"])
    assert found["missing"] == ([key] if key in QUESTIONS and key != "mandate" else [])


def test_thousand_parameters_are_named(guide: None, client: Client) -> None:
    wrong = "&".join(f"p{n}=1" for n in range(1000 - len(query(READY).split("&"))))
    found = _refused(client, f"{query(READY)}&{wrong}")
    assert len(found["invalid"]) == len(wrong.split("&"))


def test_thousand_equal_parameters_are_one(guide: None, client: Client) -> None:
    pairs = query(READY).split("&")
    again = ["goal=production"] * (1000 - len(pairs))
    response = client.get(f"/advisor/result.json?{'&'.join([*pairs, *again])}")
    assert response.json() == ask(client, READY)


@pytest.mark.parametrize("count", [1001, 5000])
def test_more_than_a_thousand_parameters_are_answered_in_json(
    guide: None, client: Client, count: int
) -> None:
    response = client.get(f"/advisor/result.json?{'&'.join(['goal=learn'] * count)}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["error"]


@pytest.mark.parametrize(
    ("extra", "dropped"),
    [
        ("required=other", ["required"]),
        ("coursera=yes", ["coursera"]),
        ("coursera=zzz&required=", ["required", "coursera"]),
    ],
)
def test_answer_to_a_question_not_asked_is_dropped_and_named(
    guide: None, client: Client, extra: str, dropped: list[str]
) -> None:
    verdict = client.get(f"/advisor/result.json?{extra}&{query(READY)}").json()
    assert verdict == ask(client, READY) | {"dropped": dropped}


# --- Every statement, where it applies and where it does not ------------------------------------

STATEMENTS = [
    (where, slug, text)
    for where, sentences in (
        ("for", FOR),
        ("against", AGAINST),
        ("unmet", PREREQUISITES),
    )
    for slug, texts in sentences.items()
    for text in texts
]
SHEETS = [
    sheet
    for base in (READY, BEGINNER, SALES)
    for sheet in (
        base,
        *(answered(base, **{key: value}) for key in base for value in QUESTIONS[key]),
        *(answered(base, mandate="yes", required=slug) for slug in BY_NAME),
        *(answered(base, cloud=clouds) for clouds in ("gcp azure", "gcp aws")),
        *(answered(base, goal="vendor", cloud=cloud) for cloud in ("azure", "other")),
        answered(base, coursera="yes", time="any"),
    )
    if is_complete(sheet)
]


@pytest.mark.parametrize("is_listed", [True, False], ids=["applies", "does not"])
@pytest.mark.parametrize(
    ("where", "slug", "text"), STATEMENTS, ids=[f"{s[:20]} {w} {t[:40]}" for w, s, t in STATEMENTS]
)
def test_statement_is_listed_just_where_it_applies(
    guide: None, client: Client, where: str, slug: str, text: str, *, is_listed: bool
) -> None:
    argues = {"for": reference.for_it, "against": reference.against_it, "unmet": reference.unmet}
    sheet = next(each for each in SHEETS if (text in argues[where](slug, each)) is is_listed)
    found = standing_of(ask(client, sheet), slug)
    reason = [r for r in found[where] if r["text"] == text]
    assert len(reason) == is_listed
    assert found["standing"] == reference.standing(slug, sheet)
    for each in reason:
        assert each["because"]
        assert all(a["answer"] in sheet[a["question"]] for a in each["because"])


def test_no_statement_argues_but_those_of_the_reference(guide: None, client: Client) -> None:
    shown = {
        (where, certification["slug"], reason["text"])
        for sheet in SHEETS
        for certification in ask(client, sheet)["certifications"]
        for where in WHERE
        for reason in certification[where]
        if not reason.get("fact")
    }
    of_kind = {
        (where, certification.slug, text)
        for certification in catalogue().values()
        for where, slug, text in STATEMENTS
        if slug == certification.category
    }
    assert shown == {*STATEMENTS} | of_kind


def test_sentence_on_zero_certifications_is_not_told_to_those_who_hold_some(
    guide: None, client: Client
) -> None:
    # A reason is a sentence that applies: "If you have zero certifications ..." with five held.
    verdict = ask(client, answered(READY, goal="employment", portfolio="strong", held="5"))
    assert verdict["outcome"]["slug"] == "not-needed"
    assert (
        "If you have zero certifications and five production systems, you're probably fine."
        not in [reason["text"] for reason in verdict["outcome"]["reasons"]]
    )


# --- Facts -------------------------------------------------------------------------------------


def _facts_against(client: Client, sheet: Sheet, slug: str) -> list[tuple[str, list[str]]]:
    return [
        (reason["text"], [f"{a['question']}={a['answer']}" for a in reason["because"]])
        for reason in standing_of(ask(client, sheet), slug)["against"]
        if reason.get("fact")
    ]


@pytest.mark.parametrize(
    ("sheet", "slug", "facts"),
    [
        (READY, GOOGLE, []),
        (
            answered(READY, budget="100", time="1"),
            GOOGLE,
            [
                ("It costs $200 in all, and you can spend $100.", ["budget=100"]),
                ("It takes at least 2 months, and you have 1 month.", ["time=1"]),
            ],
        ),
        (
            answered(BEGINNER, budget="100"),
            IBM,
            [("It costs $177 in all, and you can spend $100.", ["budget=100"])],
        ),
        (
            answered(BEGINNER, budget="0", coursera="yes", time="1"),
            DEEPLEARNING,
            [("It takes at least 3 months, and you have 1 month.", ["time=1"])],
        ),
        (answered(BEGINNER, time="3"), IBM, []),
        (answered(READY, budget="300"), AWS_ML, [("Its last day was 31 March 2026.", [])]),
        (READY, TENSORFLOW, [("It has not been sold since 1 May 2024.", [])]),
    ],
)
def test_fact_says_what_is_over_the_limit_and_which_answer_set_it(
    guide: None,
    client: Client,
    sheet: Sheet,
    slug: str,
    facts: list[tuple[str, list[str]]],
) -> None:
    assert _facts_against(client, sheet, slug) == facts


def test_source_of_a_fact_says_by_whose_word_and_when_it_was_checked(
    guide: None, client: Client
) -> None:
    (closed, *_) = standing_of(ask(client, BY_OUTCOME["none-fits"]), AWS_ML)["against"]
    assert closed["url"] == f"/certifications/{AWS_ML}/#status"
    assert closed["source"].endswith("high confidence, checked on 22 November 2026")
    assert "metaltoad.com" in closed["source"]
    assert "status" in ids(read_page(client.get(f"/certifications/{AWS_ML}/").content))
