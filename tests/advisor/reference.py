"""The decision of the design written a second time, by hand, to hold the shipped one against.

Read from the guide's sentences and not from the fixtures: statements by certification, each with
the answers that make it apply. It knows the facts as they are after 30 June 2026.
"""

from collections.abc import Callable

from tests.advisor.sheets import (
    AI_PLUS,
    AWS_ENGINEER,
    AWS_GENERATIVE,
    AWS_ML,
    AWS_PRACTITIONER,
    AZURE_ENGINEER,
    AZURE_FUNDAMENTALS,
    DEEPLEARNING,
    GOOGLE,
    IBM,
    TENSORFLOW,
    UNRATED,
    VENDOR,
    Sheet,
)

Holds = Callable[[Sheet], bool]

CLOSED = (AWS_ML, TENSORFLOW, AZURE_ENGINEER)
TOTAL_USD = {
    GOOGLE: 200,
    AWS_ML: 300,
    TENSORFLOW: 100,
    AZURE_ENGINEER: 165,
    AWS_PRACTITIONER: 100,
    IBM: 3 * 59,
    DEEPLEARNING: 3 * 50,
    AWS_ENGINEER: 150,
    AWS_GENERATIVE: 300,
}
MONTHS = {GOOGLE: 2, AWS_ML: 2, TENSORFLOW: 1, AZURE_ENGINEER: 1, IBM: 3, DEEPLEARNING: 3}
ON_COURSERA = (IBM, DEEPLEARNING)


def said(key: str, *values: str) -> Holds:
    """One of these answers was given."""
    return lambda sheet: not set(values).isdisjoint(sheet.get(key, ()))


def both(*conditions: Holds) -> Holds:
    """All conditions hold."""
    return lambda sheet: all(holds(sheet) for holds in conditions)


def clouds(sheet: Sheet) -> set[str]:
    """The clouds in use."""
    return set(sheet.get("cloud", ())) - {"none"}


def only_other_clouds_than(cloud: str) -> Holds:
    """A cloud is in use, and not this one."""
    return lambda sheet: bool(clouds(sheet)) and cloud not in clouds(sheet)


def requires(slug: str) -> Holds:
    """Whether it is the certification that is required."""
    return said("required", slug)


ML = said("pillars", "4", "5")
DL = said("pillars", "5")
SOME = said("pillars", "some", "4", "5")
NOT_DONE = said("pillars", "none", "some")
TECHNICAL_GOALS = ("production", "cloud", "coding", "theory", "research", "rigor")

FOR: dict[str, dict[str, Holds]] = {
    GOOGLE: {
        "You already have ML fundamentals (Pillars 1-4)": ML,
        "You work or plan to work with GCP": said("cloud", "gcp"),
        "You need to demonstrate production ML experience": said("goal", "production"),
        "You have built and deployed real models": said("experience", "deployed"),
    },
    AWS_ML: {
        "You work in AWS environments": said("cloud", "aws"),
        "You need to demonstrate cloud ML capability": said("goal", "cloud"),
        "You already understand ML fundamentals": ML,
        "You're in a DevOps/MLOps role": said("role", "mlops"),
    },
    TENSORFLOW: {
        "You work extensively with TensorFlow": said("framework", "tensorflow"),
        "You need to demonstrate hands-on DL capability": said("goal", "coding"),
        "You've completed Pillars 1-5": DL,
        "You want a practical coding assessment": said("goal", "coding"),
    },
    AZURE_ENGINEER: {
        "Your organization mandates it": requires(AZURE_ENGINEER),
        "You work exclusively in Azure": lambda sheet: clouds(sheet) == {"azure"},
        "You need vendor-specific credentials": said("goal", "vendor"),
        "You're in a solutions architect role": said("role", "architect"),
    },
    IBM: {
        "You're a complete beginner needing structure": both(
            said("pillars", "none"), said("learning", "guided")
        ),
        "You have abundant free time (Coursera Plus)": both(
            said("time", "6", "any"), said("coursera", "yes")
        ),
        "You need guided learning": said("learning", "guided"),
        "You're exploring whether AI interests you": said("goal", "explore"),
    },
    DEEPLEARNING: {
        "You're a beginner wanting structure from a respected teacher": both(
            NOT_DONE, said("learning", "guided")
        ),
        "You need introductory material": NOT_DONE,
        "You have Coursera Plus access": said("coursera", "yes"),
    },
    AI_PLUS: {"Never, unless mandated by employer": requires(AI_PLUS)},
    AWS_PRACTITIONER: {
        "Only if employer mandates it": requires(AWS_PRACTITIONER),
        "If you're in sales/business roles needing AI vocabulary": both(
            said("role", "business"), said("goal", "vocabulary")
        ),
    },
    AZURE_FUNDAMENTALS: {
        "Only for non-technical roles requiring AI literacy": both(
            said("role", "business", "exploring"), said("goal", "vocabulary")
        ),
        "Sales, marketing, business analyst positions": said("role", "business"),
    },
    VENDOR: {
        "If you're already using that vendor's products extensively, vendor certs may help with "
        "internal mobility or contract work, but they're still weak technical signals.": both(
            said("goal", "vendor"), lambda sheet: bool(clouds(sheet))
        ),
    },
}

AGAINST: dict[str, dict[str, Holds]] = {
    GOOGLE: {
        "You're using it to avoid learning fundamentals": said("goal", "shortcut"),
        "You have no practical ML experience": said("experience", "none"),
        "You're seeking theoretical depth": said("goal", "theory"),
        "You work exclusively with other cloud providers": only_other_clouds_than("gcp"),
    },
    AWS_ML: {
        "You're avoiding fundamentals": said("goal", "shortcut"),
        "You work exclusively with other clouds": only_other_clouds_than("aws"),
        "You're seeking theoretical depth": said("goal", "theory"),
        "You have no hands-on ML experience": said("experience", "none"),
    },
    TENSORFLOW: {
        "You're using it to skip fundamentals": said("goal", "shortcut"),
        "You work primarily with PyTorch or JAX": said("framework", "pytorch", "jax"),
        "You're focused on research": lambda sheet: (
            said("role", "researcher")(sheet) or said("goal", "research")(sheet)
        ),
        "You have strong GitHub portfolio already": said("portfolio", "strong"),
    },
    AZURE_ENGINEER: {
        "You're seeking technical depth": said("goal", "theory", "rigor"),
        "You want to demonstrate research ability": said("goal", "research"),
        "You work in multi-cloud environments": lambda sheet: len(clouds(sheet)) > 1,
        "You can demonstrate competence through projects": said("portfolio", "strong"),
    },
    IBM: {
        "You can learn from textbooks": said("learning", "textbooks"),
        "You want rigorous technical credentials": said("goal", "rigor"),
        "You're seeking employment signal": said("goal", "employment"),
        "You have time constraints": said("time", "1"),
    },
    DEEPLEARNING: {
        "You already understand DL fundamentals": DL,
        "You can learn from textbooks/papers": said("learning", "textbooks"),
        "You're seeking rigorous credentials": said("goal", "rigor"),
        "You want vendor-neutral knowledge": said("goal", "rigor"),
    },
    AI_PLUS: {"Never, unless mandated by employer": lambda sheet: not requires(AI_PLUS)(sheet)},
    AWS_PRACTITIONER: {"Never for technical credibility": said("goal", *TECHNICAL_GOALS)},
    AZURE_FUNDAMENTALS: {
        "Never for engineering positions": said("role", "builder", "mlops", "architect")
    },
}

PREREQUISITES: dict[str, dict[str, Holds]] = {
    GOOGLE: {
        "Solid ML fundamentals": ML,
        "cloud systems knowledge": lambda sheet: bool(clouds(sheet)),
    },
    AWS_ML: {
        "ML fundamentals": ML,
        "AWS knowledge": said("cloud", "aws"),
        "practical experience": said("experience", "hands-on", "deployed"),
    },
    TENSORFLOW: {"Deep learning fundamentals": DL},
    AZURE_ENGINEER: {
        "Basic AI/ML knowledge": SOME,
        "Azure familiarity": said("cloud", "azure"),
    },
    DEEPLEARNING: {"basic ML understanding": SOME},
}


def for_it(slug: str, sheet: Sheet) -> list[str]:
    """The sentences that argue for a certification."""
    return [text for text, holds in FOR.get(slug, {}).items() if holds(sheet)]


def against_it(slug: str, sheet: Sheet) -> list[str]:
    """The sentences that argue against a certification."""
    return [text for text, holds in AGAINST.get(slug, {}).items() if holds(sheet)]


def unmet(slug: str, sheet: Sheet) -> list[str]:
    """The prerequisites that are missing."""
    return [text for text, holds in PREREQUISITES.get(slug, {}).items() if not holds(sheet)]


def is_over_a_limit(slug: str, sheet: Sheet) -> bool:
    """Whether price or shortest study time is over the learner's limit."""
    is_free = slug in ON_COURSERA and said("coursera", "yes")(sheet)
    usd = 0 if is_free else TOTAL_USD.get(slug, 0)
    most_usd, most_months = sheet["budget"][0], sheet["time"][0]
    return (most_usd != "any" and usd > int(most_usd)) or (
        most_months != "any" and MONTHS.get(slug, 0) > int(most_months)
    )


def standing(slug: str, sheet: Sheet) -> str:
    """The standing of a certification: the first that holds."""
    is_argued = bool(for_it(slug, sheet))
    steps = (
        ("closed", slug in CLOSED),
        ("required", requires(slug)(sheet)),
        ("not-rated", slug in UNRATED),
        ("ruled-out", bool(against_it(slug, sheet)) or is_over_a_limit(slug, sheet)),
        ("not-yet", is_argued and bool(unmet(slug, sheet))),
        ("worth-it", is_argued),
    )
    return next((name for name, holds in steps if holds), "no-reason")


RULES: tuple[tuple[str, Holds], ...] = (
    ("mandated", said("mandate", "yes")),
    (
        "literacy",
        lambda sheet: said("role", "business")(sheet) and not said("goal", *TECHNICAL_GOALS)(sheet),
    ),
    (
        "not-needed",
        lambda sheet: said("role", "researcher")(sheet) or said("goal", "research")(sheet),
    ),
    ("skip", said("goal", "shortcut")),
    ("structure", both(NOT_DONE, said("learning", "guided"), said("goal", "learn", "explore"))),
    ("skip", lambda sheet: NOT_DONE(sheet) or said("role", "business")(sheet)),
    ("skip", said("experience", "none")),
    (
        "not-needed",
        lambda sheet: (
            said("experience", "deployed")(sheet)
            and said("portfolio", "strong")(sheet)
            and not said("goal", "production", "cloud", "coding", "vendor", "rigor")(sheet)
        ),
    ),
    (
        "one",
        lambda sheet: (
            said("cloud", "gcp", "aws", "azure")(sheet)
            or both(DL, said("framework", "tensorflow"))(sheet)
        ),
    ),
    ("skip", lambda _: True),
)


def rule(sheet: Sheet) -> int:
    """The number of the rule that decides."""
    return next(n for n, (_, holds) in enumerate(RULES, 1) if holds(sheet))


def recommended(sheet: Sheet) -> str | None:
    """The recommendation.

    Of the rated certifications that the outcome allows, the first that is right.
    """
    outcome = RULES[rule(sheet) - 1][0]
    if outcome == "mandated":
        slug = sheet["required"][0]
        return slug if slug not in (*CLOSED, *UNRATED, "other") else None
    candidates = {
        "structure": (IBM, DEEPLEARNING),  # the one that is known to be open first
        "literacy": (AWS_PRACTITIONER, AZURE_FUNDAMENTALS),  # the one with a known price first
        "one": (GOOGLE,) if "gcp" in clouds(sheet) else (),  # the others have closed
    }
    return next((s for s in candidates.get(outcome, ()) if standing(s, sheet) == "worth-it"), None)


def outcome(sheet: Sheet) -> str:
    """The outcome: that of the first rule that matches; `one` without any is `none-fits`."""
    found = RULES[rule(sheet) - 1][0]
    return "none-fits" if found == "one" and recommended(sheet) is None else found
