"""Sets of answer sheets: what can be laid out, counted, searched and quantified."""

from dataclasses import replace

from advisor.domain.sheet_diagram import ALL, NONE
from advisor.domain.sheet_sets import SheetSpace, Slot, free, keeping
from advisor.domain.symbolic_verdicts import SymbolicVerdicts
from catalog.conditions import parse
from tests.advisor.domain.hand_made import CLOUD, MEMBER, TODAY, WANTS, rulebook

BOOK = rulebook(questions=(WANTS, CLOUD, MEMBER))


def test_count_is_that_of_the_sheets_by_hand() -> None:
    verdicts = SymbolicVerdicts(BOOK, today=TODAY)
    clouds = 3 + 1  # each, both; or none
    assert verdicts.space.count(verdicts.sheets) == (1 + 2) * clouds


def test_answer_that_is_not_offered_is_on_no_sheet() -> None:
    space = SheetSpace(BOOK)
    assert space.said("wants", "perhaps") == space.said("nothing", "yes") == NONE


def test_question_without_choices_is_left_unanswered_by_all() -> None:
    bare = rulebook(questions=(replace(WANTS, choices=()), replace(CLOUD, choices=())))
    space = SheetSpace(bare)
    assert space.unanswered("wants") == space.unanswered("cloud") == ALL


def test_several_answers_are_kept_together_or_not_asked_for_at_all() -> None:
    gated = replace(CLOUD, asked_when=parse("wants"))
    verdicts = SymbolicVerdicts(rulebook(questions=(WANTS, gated)), today=TODAY)
    space, keep = verdicts.space, keeping({"cloud": ("gcp", "aws")})
    with_gcp_alone = space.both(
        verdicts.sheets, space.both(space.said("cloud", "gcp"), -space.said("cloud", "aws"))
    )
    assert not space.has(with_gcp_alone, keep)
    assert space.cheapest(space.both(verdicts.sheets, space.said("wants", "yes")), keep) == (
        0,
        {"wants": ("yes",), "cloud": ("gcp", "aws")},
    )
    assert space.cheapest(verdicts.sheets, keep) == (0, {"wants": ("no",)})


def test_cheapest_sheet_is_the_cheapest() -> None:
    verdicts = SymbolicVerdicts(BOOK, today=TODAY)
    prices = {"gcp": 3, "aws": 2, "none": 6, "yes": 1}

    def cost(_slot: Slot, option: str) -> int | None:
        return prices.get(option, 0)

    assert verdicts.space.cheapest(verdicts.sheets, cost) == (
        2,
        {"wants": ("no",), "cloud": ("aws",)},
    )
    both = verdicts.space.all_of(verdicts.space.said("cloud", each) for each in ("gcp", "aws"))
    found = verdicts.space.cheapest(verdicts.space.both(verdicts.sheets, both), cost)
    assert found == (5, {"wants": ("no",), "cloud": ("gcp", "aws")})
    assert verdicts.space.cheapest(NONE, free) is None


def test_apart_from_a_question_forgets_its_answer_alone() -> None:
    space = SheetSpace(BOOK)
    both = space.both(space.said("wants", "yes"), space.said("cloud", "gcp"))
    assert space.apart_from("cloud", both) == space.said("wants", "yes")
    assert space.looks_at(both) == {"wants", "cloud"}
    assert space.looks_at(space.apart_from("wants", both)) == {"cloud"}


def test_question_that_takes_several_answers_in_one_rulebook_takes_one_in_the_other() -> None:
    one = rulebook(questions=(replace(CLOUD, is_multiple=False),))
    for books in ((BOOK, one), (one, BOOK)):
        verdicts = SymbolicVerdicts(one, today=TODAY, space=SheetSpace(*books))
        space, cloud = verdicts.space, one.questions[0]
        both = space.both(space.said("cloud", "gcp"), space.said("cloud", "aws"))
        assert space.both(both, verdicts.answered(cloud)) == NONE
        assert (
            space.both(both, SymbolicVerdicts(BOOK, today=TODAY, space=space).answered(CLOUD))
            != NONE
        )
