"""The query string of a list: read, checked, and written in one canonical way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from catalog.listing.facet_index import LIMITS, UNKNOWN, Index
from catalog.listing.filters import FACETS
from catalog.listing.search_words import typed_words
from catalog.listing.sort_orders import SORTS
from catalog.url_builder import build_url
from catalog.url_parameters import AS_OF, PAST_DAY_EXPECTED, Problem, read_past_day

LONGEST_SEARCH = 200
FILTERS = ("q", *FACETS, *LIMITS, "cert")
ORDER = (*FILTERS, "sort", "page", AS_OF)
DEFAULTS = {"sort": "signal", "page": "1"}
TOO_LONG = f"We searched for its first {LONGEST_SEARCH} characters only: names are shorter."
EXPECTED = {
    "q": "There is no letter and no digit in it: type a name, a code or an abbreviation.",
    "cost_max": f"Give US dollars in digits, such as 250, or “{UNKNOWN}”.",
    "months_max": f"Give months in digits, such as 3, or “{UNKNOWN}”.",
    "sort": f"Sort by {', '.join(SORTS)}.",
    "page": "Give the number of a page, such as 2.",
    AS_OF: PAST_DAY_EXPECTED,
}
AMOUNT = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")
PAGE = re.compile(r"[1-9][0-9]{0,5}")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class ListQuery:
    """The parameters of a list: canonical values in canonical order, defaults left out."""

    values: Mapping[str, tuple[str, ...]]

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters with one value each, ready for a URL."""
        return [(name, value) for name in ORDER for value in self.values.get(name, ())]

    def get(self, name: str) -> str:
        """The value of a parameter that has one at most; empty if it was not given."""
        return self.values.get(name, ("",))[0]

    def replace(self, **values: tuple[str, ...]) -> "ListQuery":
        """The same query with other values, on its first page."""
        return ListQuery(_without_defaults({**self.values, "page": (), **values}))

    def url(self, name: str = "catalog:certification_list") -> str:
        return build_url(name, self.pairs)


def read_query(
    index: Index, raw: Mapping[str, Sequence[str]], *, renamed: Mapping[str, str]
) -> tuple[ListQuery, list[Problem]]:
    """The query of a URL's parameters, and a problem for each that can't be understood.

    Those are left out of the query. `renamed` has the new slug for each former one.
    """
    problems = [
        Problem(name, "", "The catalogue has no such filter.") for name in raw if name not in ORDER
    ]
    values: dict[str, tuple[str, ...]] = {}
    for name in ORDER:
        given = [value.strip() for value in raw.get(name, ()) if value.strip()]
        if name == "cert":
            given = [renamed.get(value, value) for value in given]
        if name == "q":
            problems += [Problem(name, v, TOO_LONG) for v in given if len(v) > LONGEST_SEARCH]
            given = [value[:LONGEST_SEARCH] for value in given]
        if given:
            read, wrong = _read_parameter(index, name, list(dict.fromkeys(given)))
            problems.extend(wrong)
            values |= {name: read} if read else {}
    return ListQuery(_without_defaults(values)), problems


def _without_defaults(values: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    # A search is sorted by how well it is met: then “signal” is asked for, and no default.
    defaults = {
        name: (value,) for name, value in DEFAULTS.items() if name != "sort" or not values.get("q")
    }
    return {name: value for name, value in values.items() if value and value != defaults.get(name)}


def _read_parameter(
    index: Index, name: str, given: list[str]
) -> tuple[tuple[str, ...], list[Problem]]:
    if name in index.chosen:
        choices = index.chosen[name]
        wrong = [Problem(name, v, "There is no such choice.") for v in given if v not in choices]
        return tuple(value for value in choices if value in given), wrong
    written = {value: _canonical(index, name, value) for value in given}
    wrong = [Problem(name, value, EXPECTED[name]) for value, good in written.items() if not good]
    read = sorted(set(written.values()) - {""})
    single = [value for value in read if value != UNKNOWN or name not in LIMITS]
    if len(single) > 1:
        wrong.append(Problem(name, ", ".join(single), "Only one value is possible; give one."))
        read = [value for value in read if value not in single]
    return tuple(read), wrong


def _canonical(index: Index, name: str, value: str) -> str:
    """The one way to write a value; empty if it can't be understood."""
    if name == "q":
        words = " ".join(CONTROLS.sub(" ", value).split())
        return words if typed_words(words) else ""
    if name in LIMITS:
        if value == UNKNOWN:
            return value
        return f"{Decimal(value).normalize():f}" if AMOUNT.fullmatch(value) else ""
    if name == "sort":
        return value if value in SORTS else ""
    if name == "page":
        return value if PAGE.fullmatch(value) else ""
    return value if read_past_day(value, today=index.day) else ""
