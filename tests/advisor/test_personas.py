"""The learners that the guide speaks to, and what each is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.advisor.personas import PERSONAS, Persona
from tests.advisor.sheets import Sheet, answered, ask, standing_of

SAMPLES = json.loads((Path(__file__).parent / "personas.json").read_text())["personas"]
GUIDE = (Path(settings.BASE_DIR) / "fixtures/guide.md").read_text().replace("**", "")


def sheet_of(sample: dict[str, Any]) -> Sheet:
    """The answers of a sample learner."""
    lists = {k: v if isinstance(v, list) else [v] for k, v in sample["answers"].items()}
    return answered(**{key: " ".join(values) for key, values in lists.items()})


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_sample_learner(guide: None, client: Client, sample: dict[str, Any]) -> None:
    verdict = ask(client, sheet_of(sample))
    assert verdict["answers"] == sample["answers"]
    assert verdict["outcome"]["slug"] == sample["outcome"]
    assert verdict["recommended"] in (sample.get("recommended", [verdict["recommended"]]) or [None])
    standings = sample.get("standing", {})
    assert {slug: standing_of(verdict, slug)["standing"] for slug in standings} == standings


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_learner_of_a_sentence(guide: None, client: Client, persona: Persona) -> None:
    verdict = ask(client, persona.sheet)
    assert (verdict["outcome"]["slug"], verdict["recommended"]) == (
        persona.outcome,
        persona.recommended,
    )
    assert {
        slug: standing_of(verdict, slug)["standing"] for slug in persona.standings
    } == persona.standings
    if persona.shown:
        reason = next(r for r in _shown(verdict, *persona.shown) if r["text"] == persona.sentence)
        answers = {f"{each['question']}={each['answer']}" for each in reason["because"]}
        assert answers == set(persona.because or answers)  # named where the sentence names them


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_sentence_of_a_learner_is_in_the_guide(persona: Persona) -> None:
    assert persona.sentence in GUIDE


def test_learners_are_many_and_reach_every_outcome() -> None:
    assert len({persona.sentence for persona in PERSONAS}) >= 25
    assert {persona.outcome for persona in PERSONAS} == {
        *("mandated", "literacy", "not-needed", "skip", "structure", "one", "none-fits")
    }


def _shown(verdict: dict[str, Any], place: str, where: str = "") -> list[dict[str, Any]]:
    if where:
        reasons: list[dict[str, Any]] = standing_of(verdict, place)[where]
        return reasons
    found: list[dict[str, Any]] = (
        verdict["outcome"]["reasons"] if place == "outcome" else verdict[place]
    )
    return found
