"""The rulebook as data: questions with their choices, outcomes, rules, and what they cite."""

from advisor.models.citations import Citation
from advisor.models.outcomes import Outcome, Rule
from advisor.models.questions import Choice, Question
