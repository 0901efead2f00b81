"""The verdict: rules in order, outcomes, the one recommendation, and what explains them."""

import pytest

from advisor.domain.answers import read_answers
from advisor.domain.certifications import Certification, Citation, Effect
from advisor.domain.decision import decide
from advisor.domain.evaluation import ExplainedStanding, Verdict, evaluate
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.questions import Answer
from advisor.domain.reasons import answers_behind
from advisor.domain.rulebook import Rulebook
from catalog.conditions import parse
from tests.advisor.domain.hand_made import TODAY, certification, outcome, rulebook, sheet, statement
from tests.advisor.sheets import BEGINNER, BY_OUTCOME, READY, SALES, Sheet, answered
from tests.fixtures import reference

NEVER = statement("never", Effect.FOR, "nothing")
AGAINST = statement("against", Effect.AGAINST, "wants")
ONE = outcome("one", Recommends.WORTH_IT, if_none="none-fits", trait="outcome-one")
NONE_FITS = outcome("none-fits")
NAMED = outcome("mandated", Recommends.NAMED, headline_without="none of ours")


def _evaluate(book: Rulebook, **answers: str) -> Verdict:
    return evaluate(sheet(book, **answers), today=TODAY)


def _recommended(
    *certifications: Certification, of: Outcome | None = None, **answers: str
) -> str | None:
    outcomes = (of or outcome("best", Recommends.WORTH_IT),)
    return _evaluate(rulebook(*certifications, outcomes=outcomes), **answers).recommended


def _standing(verdict: Verdict, slug: str) -> ExplainedStanding:
    return next(each for each in verdict.standings if each.slug == slug)


# --- The shipped rules, each met, not met and at its boundary ---------------------------------

RULES: list[tuple[int, str, Sheet]] = [
    (1, "mandate", answered(READY, mandate="yes", required="other")),
    (1, "mandate before literacy", answered(SALES, mandate="yes", required="other")),
    (1, "mandate before shortcut", answered(BEGINNER, mandate="yes", required="other")),
    (3, "business", SALES),
    (3, "business, to be hired", answered(SALES, goal="employment")),
    (3, "business, vendor", answered(SALES, goal="vendor")),
    (2, "shortcut before business", answered(SALES, goal="shortcut")),
    (3, "business before structure", answered(BEGINNER, role="business")),
    (4, "business for research", answered(SALES, goal="research")),
    (4, "researcher", answered(READY, role="researcher")),
    (4, "research goal", answered(READY, goal="research")),
    (2, "shortcut before research", answered(READY, goal="research shortcut")),
    (2, "shortcut", answered(READY, goal="shortcut")),
    (2, "shortcut before structure", answered(BEGINNER, goal="learn shortcut")),
    (6, "structure to learn", BEGINNER),
    (6, "structure to explore, some pillars", answered(BEGINNER, goal="explore", pillars="some")),
    (7, "beginner from textbooks", answered(BEGINNER, learning="textbooks")),
    (7, "beginner to be hired", answered(BEGINNER, goal="employment")),
    (7, "some pillars in production", answered(READY, pillars="some")),
    (7, "business for production", answered(SALES, goal="production")),
    (7, "business for cloud", answered(SALES, goal="cloud vocabulary")),
    (7, "business for coding", answered(SALES, goal="coding")),
    (7, "business for theory", answered(SALES, goal="theory")),
    (7, "business for rigor", answered(SALES, goal="rigor")),
    (8, "no practice", answered(READY, experience="none")),
    (8, "no practice with guidance and Pillars 1-4", answered(BEGINNER, pillars="4")),
    (9, "work speaks", answered(READY, goal="employment", portfolio="strong")),
    (9, "work speaks, for theory", answered(READY, goal="theory", portfolio="strong")),
    (10, "work speaks but production", answered(READY, portfolio="strong")),
    (10, "work speaks but cloud", answered(READY, goal="cloud", portfolio="strong")),
    (10, "work speaks but coding", answered(READY, goal="coding", portfolio="strong")),
    (10, "work speaks but vendor", answered(READY, goal="vendor", portfolio="strong")),
    (10, "work speaks but rigor", answered(READY, goal="rigor", portfolio="strong")),
    (10, "some portfolio", answered(READY, goal="employment")),
    (10, "not deployed", answered(READY, goal="learn", portfolio="strong", experience="hands-on")),
    (10, "gcp", answered(READY, framework="none")),
    (10, "aws", answered(READY, framework="none", cloud="aws")),
    (10, "azure", answered(READY, framework="none", cloud="azure")),
    (10, "TensorFlow and Pillars 1-5", answered(READY, cloud="none")),
    (11, "TensorFlow and Pillars 1-4", answered(READY, cloud="none", pillars="4")),
    (11, "PyTorch and Pillars 1-5", answered(READY, cloud="none", framework="pytorch")),
    (11, "another cloud", answered(READY, cloud="other", framework="jax")),
    (3, "other work, to be hired", answered(SALES, role="other-work", goal="employment")),
    (3, "student, for the vocabulary", answered(SALES, role="student")),
    (3, "exploring, for vocabulary and structure", answered(BEGINNER, goal="learn vocabulary")),
    (5, "five held", answered(READY, held="5", experience="hands-on")),
    (5, "five held, not asked for practice", answered(SALES, goal="production", held="5")),
    (6, "student who wants structure", answered(BEGINNER, role="student")),
    (7, "other work for production", answered(SALES, role="other-work", goal="production")),
    (7, "student for vocabulary and rigor", answered(BEGINNER, goal="vocabulary rigor")),
    (10, "five held, deployed", answered(READY, held="5")),
    (10, "three held", answered(READY, held="3", experience="hands-on")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "sheet"), [(n, s) for n, _, s in RULES], ids=[f"{n} {who}" for n, who, _ in RULES]
)
def test_rule_decides(rulebook: Rulebook, number: int, sheet: Sheet) -> None:
    verdict = evaluate(read_answers(rulebook, sheet).sheet, today=TODAY)
    assert [step.rule.order for step in verdict.trace] == list(range(1, number + 1))
    assert [step.is_matched for step in verdict.trace] == [False] * (number - 1) + [True]
    assert reference.rule(sheet) == number
    assert verdict.outcome.slug == reference.outcome(sheet)


@pytest.mark.parametrize("slug", BY_OUTCOME)
def test_outcome_is_reached(rulebook: Rulebook, slug: str) -> None:
    decision = decide(read_answers(rulebook, BY_OUTCOME[slug]).sheet, today=TODAY)
    assert decision.outcome.slug == slug


def test_outcomes_are_those_of_the_design(rulebook: Rulebook) -> None:
    assert set(rulebook.outcomes) == set(BY_OUTCOME)


# --- Rules in hand-made rulebooks --------------------------------------------------------------


def test_first_rule_that_matches_wins() -> None:
    book = rulebook(
        outcomes=(outcome("a"), outcome("b"), outcome("c")),
        rules=(("wants and uses-gcp", "a"), ("wants", "b"), ("", "c")),
    )
    assert _evaluate(book, wants="yes", cloud="gcp").outcome.slug == "a"
    assert _evaluate(book, wants="yes").outcome.slug == "b"
    assert _evaluate(book).outcome.slug == "c"


def test_no_rule_that_matches_is_an_error() -> None:
    book = rulebook(outcomes=(outcome("a"),), rules=(("wants", "a"),))
    with pytest.raises(LookupError, match="the last rule must always apply"):
        _evaluate(book)


def test_trace_ends_with_the_rule_that_decides_and_names_the_answers() -> None:
    book = rulebook(
        outcomes=(outcome("a"), outcome("b")),
        rules=(("wants or uses-gcp", "a"), ("uses-aws and not member", "b"), ("", "a")),
    )
    assert [
        (step.rule.order, step.is_matched, step.because)
        for step in _evaluate(book, cloud="aws").trace
    ] == [
        (1, False, (Answer("wants", "no"), Answer("cloud", "aws"))),
        (2, True, (Answer("wants", "no"), Answer("cloud", "aws"))),
    ]


# --- Which certification is recommended --------------------------------------------------


# --- What an employer requires -----------------------------------------------------------------


def test_required_certification_is_recommended_though_it_is_ruled_out() -> None:
    made = (certification("a", AGAINST, tier="avoid", tier_order=4), certification("b"))
    assert _recommended(*made, of=NAMED, required="a", wants="yes", budget="0") == "a"


def test_required_certification_that_is_closed_is_not_recommended() -> None:
    made = certification("a", reported="closed")
    verdict = _evaluate(rulebook(made, certification("b"), outcomes=(NAMED,)), required="a")
    assert (verdict.recommended, verdict.headline) == (None, "none of ours")


def test_required_certification_that_is_not_rated_is_recommended_and_says_so() -> None:
    made = certification("a", tier=None)
    verdict = _evaluate(rulebook(made, certification("b"), outcomes=(NAMED,)), required="a")
    assert verdict.recommended == "a"
    assert verdict.headline.endswith(" The guide does not rate it.")


def test_what_is_rated_by_kind_is_never_recommended_of_our_own_accord() -> None:
    by_kind = certification("a", is_rated_by_kind=True)
    book = rulebook(by_kind, certification("b", tier_order=9))
    assert _evaluate(book).recommended == "b"
    required = rulebook(by_kind, outcomes=(NAMED,))
    assert _evaluate(required, required="a").recommended == "a"


def test_what_is_not_rated_is_left_out_but_for_the_one_required() -> None:
    book = rulebook(
        certification("a"), certification("b", tier=None), certification("c", tier=None)
    )
    verdict = _evaluate(book, required="c")
    assert [each.slug for each in verdict.standings] == ["a", "c"]
    assert verdict.not_rated == 1


def test_advice_that_can_not_be_followed_is_left_out() -> None:
    possible = Citation("possible", "/guide/#possible", parse(""), possible_when=parse("wants"))
    book = rulebook(certification("a"), advice=(possible,))
    assert [a.reason.text for a in _evaluate(book, wants="yes").instead] == ["possible"]
    assert _evaluate(book, wants="no").instead == ()


def test_other_required_certification_leaves_nothing_to_recommend() -> None:
    assert _recommended(certification("a"), of=NAMED, required="other") is None


def test_required_certification_is_recommended_only_by_the_outcome_of_a_mandate() -> None:
    assert _recommended(certification("a"), certification("b", tier_order=2), required="a") == "b"


# --- None fits ---------------------------------------------------------------------------------


def test_outcome_turns_into_another_when_nothing_can_be_recommended() -> None:
    made = (certification("a", AGAINST, NEVER), certification("b", reported="closed", tier_order=2))
    book = rulebook(*made, outcomes=(ONE, NONE_FITS))
    verdict = _evaluate(book, wants="yes")
    assert (verdict.outcome.slug, verdict.recommended) == ("none-fits", None)
    assert verdict.trace[-1].rule.outcome.slug == "one"
    assert verdict.nearest == ("b",)  # it alone is argued for
    assert _evaluate(rulebook(certification("a"), outcomes=(ONE, NONE_FITS))).nearest == ()


def test_every_candidate_is_nearest_when_none_is_argued_for() -> None:
    made = (certification("a", NEVER, tier_order=2), certification("b", NEVER))
    assert _evaluate(rulebook(*made, outcomes=(ONE, NONE_FITS))).nearest == ("b", "a")


def test_headline_says_so_when_an_outcome_has_nothing_to_recommend() -> None:
    made = outcome("x", Recommends.WORTH_IT, headline_without="without")
    assert _evaluate(rulebook(certification("a"), outcomes=(made,))).headline == "x: a."
    assert _evaluate(rulebook(certification("a", NEVER), outcomes=(made,))).headline == "without"


# --- What explains the verdict -----------------------------------------------------------------


def _citation(text: str, condition: str = "") -> Citation:
    return Citation(text=text, url=f"/guide/#{text}", condition=parse(condition))


def test_reason_of_an_outcome_is_explained_by_its_own_condition_or_the_rules() -> None:
    book = rulebook(
        outcomes=(outcome("a"),),
        rules=(("wants or uses-gcp", "a"), ("", "a")),
        citations=(_citation("rule"), _citation("own", "uses-gcp"), _citation("not", "uses-aws")),
    )
    assert [(r.text, r.because) for r in _evaluate(book, wants="yes", cloud="gcp").reasons] == [
        ("rule", (Answer("wants", "yes"), Answer("cloud", "gcp"))),
        ("own", (Answer("cloud", "gcp"),)),
    ]


def test_warning_is_shown_when_its_condition_is_met_whatever_the_outcome() -> None:
    book = rulebook(
        certification("a", AGAINST),
        outcomes=(ONE, NONE_FITS),
        warnings=(_citation("wants", "wants"), _citation("one", "outcome-one and uses-gcp")),
    )
    assert [w.text for w in _evaluate(book, wants="yes", cloud="gcp").warnings] == ["wants"]
    assert [w.text for w in _evaluate(book).warnings] == []
    taken = rulebook(certification("a"), outcomes=(ONE, NONE_FITS), warnings=book.warnings)
    assert [(w.text, w.because) for w in _evaluate(taken, cloud="gcp").warnings] == [
        ("one", (Answer("cloud", "gcp"),))
    ]


def test_advice_that_fits_comes_first_and_all_of_it_comes() -> None:
    book = rulebook(
        outcomes=(outcome("a"),),
        advice=(_citation("first", "wants"), _citation("second", "uses-gcp"), _citation("third")),
    )
    assert [
        (advice.reason.text, advice.is_fitting, advice.reason.because)
        for advice in _evaluate(book, cloud="gcp").instead
    ] == [
        ("second", True, (Answer("cloud", "gcp"),)),
        ("third", True, ()),
        ("first", False, ()),
    ]


def test_answers_behind_a_condition_met_are_those_that_make_it_so() -> None:
    book = rulebook(certification("a"))
    read = sheet(book, wants="yes", cloud="gcp aws")
    found = answers_behind(read, parse("uses-gcp or uses-aws or member"), read.traits)
    assert found == (Answer("cloud", "gcp"), Answer("cloud", "aws"))


def test_answers_behind_a_condition_not_met_are_what_was_said_instead() -> None:
    book = rulebook(certification("a"))
    read = sheet(book, wants="yes", cloud="none", member="no")
    found = answers_behind(read, parse("uses-gcp or member"), read.traits)
    assert found == (Answer("cloud", "none"), Answer("member", "no"))


def test_answer_behind_a_question_not_asked_is_what_kept_it_from_being_asked() -> None:
    book = rulebook(certification("a"))
    read = sheet(book, wants="no")
    found = answers_behind(read, parse("member"), read.traits)
    assert found == (Answer("wants", "no"),)


def test_standings_come_for_every_certification_with_obstacles_before_sentences() -> None:
    book = rulebook(certification("a", AGAINST), certification("b", tier=None))
    verdict = _evaluate(book, wants="yes", budget="0")
    assert [each.slug for each in verdict.standings] == ["a"]
    assert [(r.text, r.source, r.because) for r in _standing(verdict, "a").reasons_against] == [
        (
            "It costs $100 in all, and you can spend $0.",
            "price source",
            (Answer("budget", "0"),),
        ),
        ("against", None, (Answer("wants", "yes"),)),
    ]


def test_left_open_are_the_required_the_worth_it_and_the_not_yet() -> None:
    need = statement("need", Effect.PREREQUISITE, "x")
    book = rulebook(
        certification("closed", reported="closed"),
        certification("required", AGAINST),
        certification("unrated", tier=None),
        certification("dear", total_usd=999),
        certification("not-yet", statement("for", Effect.FOR, ""), need),
        certification("worth-it"),
        certification("no-reason", NEVER),
    )
    verdict = _evaluate(book, required="required", wants="yes", budget="100")
    assert verdict.left_open == ("required", "not-yet", "worth-it")
