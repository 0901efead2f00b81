"""Words for what a query asks for: a filter's value, and all filters together."""

from decimal import Decimal

from catalog.fact_words import dollars, months_words
from catalog.listing.facet_index import LIMITS, UNKNOWN, Index
from catalog.listing.filters import FACETS
from catalog.listing.list_query import FILTERS, ListQuery

# The facets that have a place of their own in a list's title; others follow after commas.
JOINTS = {"kind": ", ", "provider": " by ", "platform": " on "}


def label_of(name: str, value: str, index: Index) -> str:
    if name == "q":
        return f"“{value}”"
    if name == "cert":
        return index.name_of[value]
    if name in LIMITS and value == UNKNOWN:
        return f"{LIMITS[name].noun} unknown"
    if name == "cost_max":
        return f"up to {dollars(Decimal(value))}"
    if name == "months_max":
        return f"in at most {months_words(Decimal(value))}"
    return next(facet.choices[value] for facet in index.facets if facet.name == name)


def description_of(query: ListQuery, index: Index) -> str:
    """The words for the filters, e.g. “High signal by AWS, open”."""
    said = {}
    for name, values in query.values.items():
        if name in FILTERS:
            said[name] = " or ".join(label_of(name, value, index) for value in values)
    head = said.get("tier", "All certifications")
    for name, joint in JOINTS.items():
        if name in said:
            head += f"{joint}{said[name]}"
    others = [*FACETS, *LIMITS, "q"]
    tail = [said[name] for name in others if name in said.keys() - JOINTS.keys() - {"tier"}]
    if "cert" in said:
        tail.append(f"{len(query.values['cert'])} chosen")
    return ", ".join([head, *tail])
