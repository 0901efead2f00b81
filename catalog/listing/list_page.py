"""The page of a list: the certifications that a query selects, counts, links and title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.core.validators import slug_re
from django.http import QueryDict
from django.utils.timezone import localdate

from catalog.fact_words import day_in_words
from catalog.lifecycle import Status
from catalog.listing.choices import Chip, FacetChoice, HiddenByLimits, LimitChoice
from catalog.listing.facet_index import (
    LIMITS,
    UNKNOWN,
    CertificationSet,
    Facet,
    Index,
    current_index,
)
from catalog.listing.list_query import DEFAULTS, FILTERS, ListQuery, read_query
from catalog.listing.query_description import description_of, label_of
from catalog.listing.search import Found, find, find_near
from catalog.listing.search_documents import search_index
from catalog.listing.sort_orders import SORTS
from catalog.models.certification import renamed_slugs
from catalog.url_parameters import AS_OF, Problem, read_past_day

FORMS = ("certifications_json", "certifications_csv", "changes_atom", "closings_ics")
BEST = "best"  # the order of a search, unless another is asked for
PAGE_SIZE = 24
NEAREST = 3


@dataclass(frozen=True)
class Listing:
    """The certifications that a query selects, with everything that a page says about them.

    `view` is the URL name of the page that shows them.
    """

    index: Index
    query: ListQuery
    view: str = "catalog:certification_list"

    @cached_property
    def certifications(self) -> CertificationSet:
        return self.select(self.query)

    @property
    def count(self) -> int:
        return self.certifications.bit_count()

    @cached_property
    def keys(self) -> list[int]:
        """The primary keys of all selected certifications, in order."""
        if self.sort != BEST:
            return self.index.in_order(self.certifications, self.sort)
        return self._of_keys(self.found_keys, self.certifications)

    @property
    def known_keys(self) -> list[int]:
        """The primary keys of those selected certifications whose cost and time are both known."""
        unknown = 0
        for name in LIMITS:
            unknown |= self.index.without_amount(name)
        return self._of_keys(self.keys, self.certifications & ~unknown)

    @property
    def sort(self) -> str:
        """The order of the list, a key of SORTS."""
        return self.query.get("sort") or (BEST if self.search else DEFAULTS["sort"])

    @property
    def sorts(self) -> list[tuple[str, str]]:
        """The orders to choose from, value and label; the one without a value is the default."""
        if self.search:
            return [("", "Best match"), *((sort, order.label) for sort, order in SORTS.items())]
        return [
            ("" if sort == DEFAULTS["sort"] else sort, order.label) for sort, order in SORTS.items()
        ]

    @property
    def search(self) -> str:
        return self.query.get("q")

    @property
    def url(self) -> str:
        return self.query.url(self.view)

    @property
    def dated_url(self) -> str:
        """The URL of this list that remembers today."""
        return self.query.replace(as_of=(self.index.day.isoformat(),)).url()

    @cached_property
    def urls(self) -> dict[str, str]:
        """The URLs of the same certifications in other formats: json, csv, atom and ics."""
        undated = self.query.replace(as_of=())
        return {name.rpartition("_")[2]: undated.url(f"catalog:{name}") for name in FORMS}

    @property
    def for_whom_url(self) -> str:
        return self.query.replace(as_of=()).url("catalog:certification_for_whom")

    @property
    def last_page(self) -> int:
        """The number of the last page; the first is there even if it is empty."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def page(self) -> int:
        return min(int(self.query.get("page") or 1), self.last_page)

    @property
    def page_keys(self) -> list[int]:
        return self.keys[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]

    def page_url(self, page: int) -> str:
        return self.query.replace(page=() if page == 1 else (str(page),)).url(self.view)

    @property
    def previous_url(self) -> str | None:
        return self.page_url(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self.page_url(self.page + 1) if self.page < self.last_page else None

    def select(self, query: ListQuery, *, without: str = "") -> CertificationSet:
        """The set of certifications that a query selects: any value of a filter, every filter.

        The filter `without` is left out.
        """
        selected = self.index.everything
        for name, values in query.values.items():
            if name in FILTERS and name != without:
                selected &= self._any(name, values)
        return selected

    def _any(self, name: str, values: tuple[str, ...]) -> CertificationSet:
        if name == "q":
            return self.index.set_of(self.found_keys)
        union = 0
        for value in values:
            if name not in LIMITS:
                union |= self.index.chosen[name].get(value, 0)  # none if it was not there then
            elif value == UNKNOWN:
                union |= self.index.without_amount(name)
            else:
                union |= self.index.within(name, Decimal(value))
        return union

    @cached_property
    def found(self) -> Found:
        """The certifications that the search found, whatever the filters."""
        return find(search_index(self.index.version), self.search)

    @cached_property
    def found_keys(self) -> list[int]:
        """The primary keys of what the search found, best first."""
        documents = search_index(self.index.version).documents
        return [documents[place].pk for place in self.found.places]

    @property
    def is_not_found(self) -> bool:
        """True if the catalogue has nothing of what was searched for."""
        return bool(self.search) and not self.found.places

    @property
    def facets(self) -> Iterator[tuple[Facet, list[FacetChoice]]]:
        """Each facet with its choices and their counts, which leave out the facet itself."""
        for facet in self.index.facets:
            others = self.select(self.query, without=facet.name)
            chosen = self.query.values.get(facet.name, ())
            choices = []
            for value, label in facet.choices.items():
                count = (others & self.index.chosen[facet.name][value]).bit_count()
                choices.append(FacetChoice(facet.name, value, label, count, value in chosen))
            yield facet, choices

    @property
    def limits(self) -> Iterator[LimitChoice]:
        for name, limit in LIMITS.items():
            values = self.query.values.get(name, ())
            others = self.select(self.query, without=name)
            yield LimitChoice(
                name,
                limit,
                value="".join(value for value in values if value != UNKNOWN),
                has_unknown=UNKNOWN in values,
                unknown_count=(others & self.index.without_amount(name)).bit_count(),
            )

    @property
    def hidden_by_limits(self) -> list[HiddenByLimits]:
        """The certifications that each limit hides, and those that only both together hide."""
        names = []
        for name in LIMITS:
            values = self.query.values.get(name, ())
            if values and UNKNOWN not in values:
                names.append(name)
        alone = [self._hidden([name]) for name in names]
        hidden = [found for found in alone if found.count]
        both = self._hidden(names)
        # Each alone misses certifications of which neither cost nor time is known.
        return [*hidden, both] if both.count > sum(found.count for found in hidden) else hidden

    def _hidden(self, names: Sequence[str]) -> HiddenByLimits:
        with_unknown = {name: (*self.query.values[name], UNKNOWN) for name in names}
        shown = self.query.replace(**with_unknown)
        count = (self.select(shown) & ~self.certifications).bit_count()
        nouns = " or ".join(LIMITS[name].noun for name in names)
        return HiddenByLimits(nouns, count, shown.url())

    @property
    def nearest_keys(self) -> list[int]:
        """If nothing is selected: some certifications that are near; none that is closed.

        Of a search that found nothing, those with a similar name; else those that the removal of
        a single filter brings back.
        """
        if self.count:
            return []
        if self.is_not_found:
            index = search_index(self.index.version)
            near = [index.documents[place].pk for place in find_near(index, self.search)]
        else:
            union = 0
            for chip in self.chips:
                union |= chip.without
            near = self.index.in_order(union, DEFAULTS["sort"])
        closed = self.index.chosen["status"].get(Status.CLOSED, 0)
        return self._of_keys(near, self.index.everything & ~closed)[:NEAREST]

    def _of_keys(self, keys: list[int], certifications: CertificationSet) -> list[int]:
        chosen = {*self.index.in_order(certifications, DEFAULTS["sort"])}
        return [key for key in keys if key in chosen]

    @property
    def has_removal(self) -> bool:
        """True if the removal of a single filter brings certifications back."""
        return any(chip.count_without for chip in self.chips)

    @cached_property
    def chips(self) -> list[Chip]:
        return [self._chip(name, value) for name, value in self.query.pairs if name in FILTERS]

    def _chip(self, name: str, value: str) -> Chip:
        rest = tuple(other for other in self.query.values[name] if other != value)
        without = self.query.replace(**{name: rest})
        return Chip(label_of(name, value, self.index), without.url(), self.select(without))

    @cached_property
    def title(self) -> str:
        """The title of the page, e.g. “High signal: 30 certifications, by name, page 2”."""
        words = [self._choice or f"{self.description}: {self._certifications}"]
        if self.query.get("sort"):
            words.append(f"by {SORTS[self.sort].label.lower()}")
        if since := read_past_day(self.query.get(AS_OF), today=self.index.day):
            words.append(f"compared with {day_in_words(since)}")
        if self.page > 1:
            words.append(f"page {self.page}")
        return ", ".join(words)

    @property
    def _certifications(self) -> str:
        return "1 entry" if self.count == 1 else f"{self.count} entries"

    @property
    def _choice(self) -> str:
        is_choice = {name for name in self.query.values if name in FILTERS} == {"cert"}
        return f"{self._certifications}, chosen" if is_choice else ""

    @cached_property
    def description(self) -> str:
        """The words for the filters, e.g. “High signal by AWS, open”."""
        return self._choice or description_of(self.query, self.index)


def read_listing(parameters: QueryDict) -> tuple[Listing, list[Problem]]:
    """The list that a URL asks for today, and a problem for each parameter not understood."""
    index = current_index(localdate())
    given = {slug.strip() for slug in parameters.getlist("cert")} - index.chosen["cert"].keys()
    # PostgreSQL takes no NUL: only what can be a slug is looked up.
    renamed = renamed_slugs(slug for slug in given if slug_re.fullmatch(slug))
    query, problems = read_query(index, dict(parameters.lists()), renamed=renamed)
    return Listing(index, query), problems
