"""Answer sheets for tests: the questions of the contract, a few learners, and random sheets."""

from typing import Any
from urllib.parse import urlencode

from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.examples import examples

Sheet = dict[str, tuple[str, ...]]

GOOGLE = "google-professional-machine-learning-engineer"
AWS_ML = "aws-certified-machine-learning-specialty"
TENSORFLOW = "tensorflow-developer-certificate"
AZURE_ENGINEER = "microsoft-azure-ai-engineer-associate"
IBM = "ibm-ai-engineering-professional-certificate"
DEEPLEARNING = "deeplearning-ai-tensorflow-developer-professional-certificate"
AI_PLUS = "ai-plus-individual-certification"
AWS_PRACTITIONER = "aws-certified-ai-practitioner"
AZURE_FUNDAMENTALS = "microsoft-azure-ai-fundamentals"
COURSERA = "coursera-edx-professional-certificates"
PROMPT = "prompt-engineering-certificates"
ETHICS = "ai-ethics-certificates"
BOOTCAMP = "bootcamp-certificates-of-completion"
VENDOR = "vendor-ai-specialist-certifications"
AWS_ENGINEER = "aws-certified-machine-learning-engineer-associate"
AWS_GENERATIVE = "aws-certified-generative-ai-developer-professional"
AZURE_AGENTS = "microsoft-azure-ai-apps-and-agents-developer-associate"
RATED = (
    *(GOOGLE, AWS_ML, TENSORFLOW, AZURE_ENGINEER, IBM, DEEPLEARNING, AI_PLUS),
    *(AWS_PRACTITIONER, AZURE_FUNDAMENTALS, COURSERA, PROMPT, ETHICS, BOOTCAMP, VENDOR),
)
BY_NAME = RATED[:9]  # what the guide rates by name, and no categories
UNRATED = (AWS_ENGINEER, AWS_GENERATIVE, AZURE_AGENTS)

QUESTIONS: Sheet = {
    "role": (
        *("builder", "mlops", "architect", "researcher"),
        *("student", "business", "other-work", "exploring"),
    ),
    "mandate": ("no", "yes"),
    "required": (*BY_NAME, *UNRATED, "other"),
    "goal": (
        *("production", "cloud", "coding", "vendor", "employment", "learn", "explore"),
        *("vocabulary", "theory", "research", "rigor", "shortcut"),
    ),
    "programming": ("none", "basic", "confident"),
    "pillars": ("none", "some", "4", "5"),
    "experience": ("none", "hands-on", "deployed"),
    "portfolio": ("none", "some", "strong"),
    "cloud": ("gcp", "aws", "azure", "other", "none"),
    "framework": ("none", "tensorflow", "pytorch", "jax"),
    "learning": ("textbooks", "guided"),
    "coursera": ("no", "yes"),
    "time": ("1", "3", "6", "any"),
    "budget": ("0", "100", "200", "300", "any"),
    "held": ("0", "1", "3", "5"),
    "holds": (*BY_NAME, "other"),
}
SEVERAL = ("goal", "cloud", "holds")
MOST_HELD = {"1": 2, "3": 4}
TECHNICAL_GOALS = {"production", "cloud", "coding", "theory", "research", "rigor"}


def is_technical(sheet: Sheet) -> bool:
    """True if the role, with the goals, is one that builds or studies AI."""
    role, goals = sheet.get("role", ("",))[0], set(sheet.get("goal", ()))
    if role in {"student", "exploring"}:
        return "vocabulary" not in goals or not goals.isdisjoint(TECHNICAL_GOALS)
    return role not in {"business", "other-work"}


def is_asked(key: str, sheet: Sheet) -> bool:
    """True if a question is asked after these answers to the questions before it."""
    match key:
        case "required":
            return sheet["mandate"] == ("yes",)
        case "pillars" | "experience" | "portfolio":
            return is_technical(sheet)
        case "framework":
            has_practice = sheet.get("experience") in {("hands-on",), ("deployed",)}
            return is_technical(sheet) and has_practice
        case "holds":
            return sheet.get("held") != ("0",)
        case "coursera":
            return sheet["learning"] == ("guided",)
    return True


def is_complete(sheet: Sheet) -> bool:
    """True if every question that is asked has an answer."""
    return all(key in sheet for key in QUESTIONS if is_asked(key, sheet))


def answered(base: Sheet | None = None, /, **changes: str) -> Sheet:
    """A sheet with some answers changed; several answers are written with spaces between them.

    Answers to questions that are then not asked are left out.
    """
    changed = {key: tuple(value.split()) for key, value in changes.items()}
    given = {"holds": ("other",)} | (base or {}) | changed
    sheet: Sheet = {}
    for key in QUESTIONS:
        if key in given and is_asked(key, {**given, **sheet}):
            sheet[key] = given[key]
    return sheet


READY = answered(
    role="builder",
    mandate="no",
    goal="production",
    programming="confident",
    pillars="5",
    experience="deployed",
    portfolio="some",
    cloud="gcp",
    framework="tensorflow",
    learning="textbooks",
    coursera="no",
    time="3",
    budget="200",
    held="0",
)
BEGINNER = answered(
    READY,
    role="exploring",
    goal="learn",
    programming="basic",
    pillars="none",
    experience="none",
    portfolio="none",
    cloud="none",
    learning="guided",
    coursera="no",
    time="6",
)
SALES = answered(
    READY,
    role="business",
    goal="vocabulary",
    programming="none",
    cloud="none",
    time="1",
    budget="any",
)

BY_OUTCOME: dict[str, Sheet] = {
    "one": READY,
    "none-fits": answered(READY, goal="cloud", cloud="aws", budget="any"),
    "structure": BEGINNER,
    "literacy": SALES,
    "mandated": answered(READY, mandate="yes", required=AI_PLUS),
    "not-needed": answered(READY, goal="employment", portfolio="strong"),
    "skip": answered(READY, experience="none"),
}


def query(sheet: Sheet, **more: str) -> str:
    """The answers as the query of an address."""
    return urlencode([(key, value) for key, values in sheet.items() for value in values]) + (
        f"&{urlencode(more)}" if more else ""
    )


def as_json(sheet: Sheet) -> dict[str, str | list[str]]:
    """The answers as the JSON repeats them."""
    return {key: list(v) if key in SEVERAL else v[0] for key, v in sheet.items()}


def from_json(answers: dict[str, Any]) -> Sheet:
    """The sheet that the JSON repeats."""
    return {k: tuple(v) if isinstance(v, list) else (v,) for k, v in answers.items()}


def ask(client: Client, sheet: Sheet) -> dict[str, Any]:
    """The verdict as JSON."""
    response = client.get(f"/advisor/result.json?{query(sheet)}")
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def standing_of(verdict: dict[str, Any], slug: str) -> dict[str, Any]:
    """The part of the JSON verdict about one certification."""
    found: dict[str, Any] = next(c for c in verdict["certifications"] if c["slug"] == slug)
    return found


# The same examples in every run, so that CI is steady.
STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=examples(250),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
STEADY_PAGES = settings(STEADY, max_examples=examples(30))


@st.composite
def random_sheets(draw: st.DrawFn) -> Sheet:
    """Complete sheets of every kind, those without a mandate more often."""
    sheet: Sheet = {}
    for key, values in QUESTIONS.items():
        if not is_asked(key, sheet):
            continue
        if key == "mandate":
            sheet[key] = (draw(st.sampled_from(("no", "no", "no", "yes"))),)
        elif key == "goal":
            chosen = draw(st.sets(st.sampled_from(values), min_size=1, max_size=4))
            sheet[key] = tuple(value for value in values if value in chosen)
        elif key == "cloud":
            chosen = draw(st.sets(st.sampled_from(values[:-1]), max_size=4))
            sheet[key] = tuple(value for value in values if value in chosen) or ("none",)
        elif key == "holds":
            most = MOST_HELD.get(sheet["held"][0], 5)
            chosen = draw(st.sets(st.sampled_from(values), min_size=1, max_size=most))
            sheet[key] = tuple(value for value in values if value in chosen)
        else:
            sheet[key] = (draw(st.sampled_from(values)),)
    return sheet
