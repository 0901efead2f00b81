"""Random states of the catalogue's list, sound and hostile.

And its certifications by a second way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from urllib.parse import urlencode

from django.http import QueryDict

from catalog.listing.facet_index import Index
from catalog.listing.list_page import Listing
from catalog.listing.list_query import ListQuery, read_query
from catalog.models import Certification, Tier
from tests.catalog.listing.searching import found_keys

TODAY = date(2026, 11, 23)
Pair = tuple[str, str]

SINGLE: dict[str, list[str]] = {
    "q": ["cloud", "machine learning", "AWS", "ethics", "number 7", "no-such-word", "Ü"],
    "cost_max": ["0", "100", "250", "250.5", "300", "9999999"],
    "months_max": ["1", "2", "2.5", "3", "6"],
    "sort": ["cost", "time", "name"],
    "page": ["2", "3"],
    "as_of": ["2026-11-22", "2026-01-01"],
}
AMOUNTS = ("cost_max", "months_max")
NOT_NUMBERS = [
    *("1_000", "٣٠٠", "-5", "+5", "1e3", "1,000", "12345678", "9" * 5000, "250.123", "NaN"),
    *("Infinity", "0x10", "$250", "250 USD", ".5", "5.", "UNKNOWN", "2026-11-23", "\uff13", "\x00"),
]
NOT_CHOICES = [
    *("HIGH", "High", "nothing", "0", "-1", "9" * 5000, "x" * 5000, "\x00", "high,low", "\uff11"),
    *("' OR 1=1 --", "<script>alert(1)</script>", "%s", "../../etc", "null", "\u202e", "🔴"),
]
BAD: dict[str, list[str]] = {
    **dict.fromkeys(("tier", "provider", "platform", "kind"), NOT_CHOICES),
    **dict.fromkeys(("rated", "status", "cert"), NOT_CHOICES),
    **dict.fromkeys(AMOUNTS, NOT_NUMBERS),
    "q": ["?" * 150, "!!!", "\x00", "🔴", '"*"'],
    "sort": ["SIGNAL", "-name", "tier", "1", "\x00", "x" * 5000],
    "page": ["0", "-1", "1.5", "1e3", "1_0", "٢", "01", "9999999", "last", "\x00"],
    "as_of": [
        "2999-01-01",
        "yesterday",
        "2026-13-40",
        "20261122",
        "2026-1-1",
        "2026-01-\u0660\u0661",
    ],
}
UNKNOWN_NAMES = [
    *("utm_source", "Tier", "tier[]", "tier ", "page_size", "__proto__", "\x00", "x" * 5000, "ﬁ"),
    *("cost_min", "order", "limit", "🔴", "<b>", "q__contains"),
]


def pick_pairs(random: Random, index: Index) -> list[Pair]:
    """Parameters that are all understood, in canonical form but for their order."""
    pairs: list[Pair] = []
    for name, choices in index.chosen.items():
        if random.random() < (0.12 if name == "cert" else 0.3):
            values = random.sample(list(choices), min(len(choices), random.randint(1, 4)))
            pairs += [(name, value) for value in values]
    for name, values in SINGLE.items():
        if random.random() < (0.08 if name == "q" else 0.2):
            pairs.append((name, random.choice(values)))
        if name in AMOUNTS and random.random() < 0.1:
            pairs.append((name, "unknown"))
    random.shuffle(pairs)
    return pairs


def mess_up(random: Random, pairs: Sequence[Pair]) -> list[Pair]:
    """The same state as somebody else may write it: duplicates, defaults, blanks, spaces, zeros."""
    names = {name for name, _ in pairs}
    messy = [*pairs, *random.choices(pairs, k=random.randint(0, 3) if pairs else 0)]
    messy += [("sort", "signal")] if not names & {"sort", "q"} and random.random() < 0.3 else []
    messy += [("page", "1")] if "page" not in names and random.random() < 0.3 else []
    messy += [
        (name, random.choice(["", " ", "\t"])) for name in random.sample([*SINGLE, "tier"], 2)
    ]
    messy = [(name, _otherwise(random, name, value)) for name, value in messy]
    random.shuffle(messy)
    return messy


def _otherwise(random: Random, name: str, value: str) -> str:
    if (
        name in AMOUNTS
        and value.strip()
        and value not in {"unknown", "9999999"}
        and random.random() < 0.5
    ):
        return f"0{value}" if "." in value else random.choice([f"{value}.0", f"{value}.00"])
    return f" {value} " if random.random() < 0.3 else value


@dataclass(frozen=True)
class Hostile:
    """A query that can't be understood in full: what of it can be, and what can't."""

    text: str
    sound: list[Pair]
    bad: list[Pair]


def pick_hostile(random: Random, index: Index) -> Hostile:
    """A state with unknown parameters, wrong values, and single values given twice."""
    sound = pick_pairs(random, index)
    bad: list[Pair] = []
    for _ in range(random.randint(1, 5)):
        name = random.choice([*BAD, "?", "twice"])
        if name == "?":
            bad.append((random.choice(UNKNOWN_NAMES), random.choice(["", "1", "x" * 5000])))
        elif name == "twice":
            again = random.choice(list(SINGLE))
            sound = [pair for pair in sound if pair[0] != again or pair[1] == "unknown"]
            bad += [(again, value) for value in random.sample(SINGLE[again], 2)]
        else:
            bad.append((name, random.choice(BAD[name])))
    doubled = [n for n in SINGLE if len({v for m, v in bad if m == n and v in SINGLE[n]}) > 1]
    sound = [pair for pair in sound if pair[0] not in doubled or pair[1] == "unknown"]
    pairs = [*sound, *bad]
    random.shuffle(pairs)
    text = urlencode(pairs)
    if random.random() < 0.1:
        bad.append(("tier", "\ufffd"))
        text += "&tier=%ff"
    return Hostile(text, sound, bad)


def read(index: Index, pairs: Sequence[Pair]) -> Listing:
    """The list of parameters that are all understood."""
    raw: dict[str, list[str]] = {}
    for name, value in pairs:
        raw.setdefault(name, []).append(value)
    query, problems = read_query(index, raw, renamed={})
    assert problems == []
    return Listing(index, query)


def follow(index: Index, url: str) -> Listing:
    """The list behind a link; every link of ours is understood in full, and canonical."""
    query, problems = read_query(index, dict(QueryDict(url.partition("?")[2]).lists()), renamed={})
    assert problems == []
    assert query.url() == url
    return Listing(index, query)


Facts = Mapping[str, object]


def facts_by_key(today: date = TODAY) -> dict[int, Facts]:
    """The facts of each certification on a day, by primary key in the guide's order.

    Without any index.
    """
    certifications = sorted(Certification.objects.with_card(), key=_place)
    return {certification.pk: _facts(certification, today) for certification in certifications}


def _judgement(certification: Certification) -> tuple[Tier | None, str]:
    """The tier that it has itself or else its category, and whose that is."""
    membership = getattr(certification, "membership", None)
    if certification.tier:
        return certification.tier, "by-name"
    if membership and membership.category and membership.category.tier:
        return membership.category.tier, "by-kind"
    return None, "no"


def _place(certification: Certification) -> tuple[int, bool, int, str]:
    tier, rated = _judgement(certification)
    return (
        tier.order if tier else 99,
        rated != "by-name",
        certification.order,
        certification.name,
    )


def _facts(certification: Certification, today: date) -> Facts:
    price = certification.price_or_none
    tier, rated = _judgement(certification)
    return {
        "cert": certification.slug,
        "name": certification.name,
        "tier": tier.slug if tier else "none",
        "rated": rated,
        "provider": certification.provider.slug if certification.provider else "none",
        "platform": certification.platform or "none",
        "kind": certification.kind,
        "status": certification.status_on(today).value,
        "cost_max": price.total_usd(months_min=certification.months_min) if price else None,
        "months_max": certification.months_min,
    }


def select(facts: Mapping[int, Facts], query: ListQuery) -> list[int]:
    """The certifications that a query selects, one by one, in order."""
    found = found_keys(query.get("q")) if query.get("q") else list(facts)
    in_order = found if query.get("q") and not query.get("sort") else facts
    keys = [
        key
        for key in in_order
        if key in found
        and all(
            _is_chosen(facts[key][name], name, values)
            for name, values in query.values.items()
            if name in facts[key]
        )
    ]
    column = {"cost": "cost_max", "time": "months_max"}.get(query.get("sort"))
    if column:
        known = [key for key in keys if facts[key][column] is not None]
        known.sort(key=lambda key: Decimal(str(facts[key][column])))
        return [*known, *(key for key in keys if facts[key][column] is None)]
    if query.get("sort") == "name":
        keys.sort(key=lambda key: str(facts[key]["name"]).casefold().lstrip("“"))
    return keys


def _is_chosen(fact: object, name: str, values: Sequence[str]) -> bool:
    if name not in AMOUNTS:
        return fact in values
    limits = [Decimal(value) for value in values if value != "unknown"]
    return "unknown" in values if fact is None else any(Decimal(str(fact)) <= x for x in limits)
