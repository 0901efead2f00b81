"""Folded texts: what people type finds what is written otherwise."""

import pytest

from catalog.text_folding import fold, fold_name, fold_twins, word_of_two_scripts


def test_fold_leaves_out_case_and_accents_and_nothing_else() -> None:
    assert fold("Élan STRASSE") == fold("elan straße") == "elan strasse"
    assert fold("AI-102") == "ai-102"


@pytest.mark.parametrize("typed", ["ai102", "AI 102", "ai-102", "AI_102", " Ai - 102 "])
def test_name_is_alike_without_blanks_and_dashes(typed: str) -> None:
    assert fold_name(typed) == "ai102"


def test_name_keeps_the_signs_that_tell_names_apart() -> None:
    assert len({fold_name(name) for name in ("C", "C+", "C++", "C#")}) == 4


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\uff21\uff37\uff33", "aws"),
        ("\u0410W\u0405", "aws"),
        ("\u0399\u0392\u039c", "ibm"),
        ("\U0001d400\U0001d416\U0001d412", "aws"),
        ("certi\ufb01ed", "certified"),
        ("IBM\u2122 \u0131", "ibm\u2122 i"),
    ],
)
def test_text_is_folded_to_the_letters_that_it_looks_like(written: str, meant: str) -> None:
    assert fold_twins(written) == meant


def test_word_of_two_scripts_is_found_and_a_word_of_one_is_not() -> None:
    assert word_of_two_scripts("by G\u043e\u043egle") == "G\u043e\u043egle"
    assert word_of_two_scripts("Яндекс Cloud, \u0410\u0412\u0415, \u03bcTorrent, “Élan”") == ""
