"""Folded texts: what people type finds what is written otherwise."""

import pytest

from catalog.text_folding import fold, fold_name


def test_fold_leaves_out_case_and_accents_and_nothing_else() -> None:
    assert fold("Élan STRASSE") == fold("elan straße") == "elan strasse"
    assert fold("AI-102") == "ai-102"


@pytest.mark.parametrize("typed", ["ai102", "AI 102", "ai-102", "AI_102", " Ai - 102 "])
def test_name_is_alike_without_blanks_and_dashes(typed: str) -> None:
    assert fold_name(typed) == "ai102"


def test_name_keeps_the_signs_that_tell_names_apart() -> None:
    assert len({fold_name(name) for name in ("C", "C+", "C++", "C#")}) == 4
