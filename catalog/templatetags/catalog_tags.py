"""Template tags: signal meter, status, words for facts, the guide's sentences, cached parts."""

from collections.abc import Hashable, Iterable
from datetime import date
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from catalog import criteria, fact_words, source_numbers
from catalog.criteria import KnownFact
from catalog.lifecycle import Status
from catalog.listing import search_marks
from catalog.listing.list_page import Listing
from catalog.listing.search_documents import search_index
from catalog.listing.search_marks import FoundBy
from catalog.models import Certification, Chapter, Statement, Tier
from catalog.statement_blocks import arrange
from catalog.structured_data import json_ld
from catalog.url_builder import build_url

register = template.Library()
register.simple_tag(build_url)  # as {% url %}, looked up once
register.filter(fact_words.day_in_words)
register.filter(fact_words.dollars)
register.simple_tag(fact_words.closing_words)
register.simple_tag(fact_words.lifecycle_words)
register.simple_tag(json_ld)
register.simple_tag(Certification.status_on, name="lifecycle_status")
register.filter(criteria.known_of_holding)
register.filter("arranged", arrange)
register.simple_tag(source_numbers.numbered_sources)
register.filter(source_numbers.numbers_of)


@register.simple_tag
@lru_cache(maxsize=5_000, typed=True)  # 1 and 1.0 are equal, but shown otherwise
def cached_include(template: str, **values: Hashable) -> SafeString:
    """An included template that shows these values alone, rendered once for the same values."""
    return render_to_string(template, values)


@register.simple_tag
def cached_includes(template: str, items: Iterable[Hashable]) -> SafeString:
    """The included template for each item, which it has as `item`.

    A loop of the template engine would cost more than the templates, once they are rendered.
    """
    return mark_safe("".join(cached_include(template, item=item) for item in items))  # noqa: S308 - of parts


@register.simple_block_tag
def captured(content: str) -> str:
    """The content of the tag as a variable, for what a page says in its title and in previews."""
    return mark_safe(content.strip())  # noqa: S308 - escaped where it was rendered


@register.simple_tag
def signal(tier: Tier | None, words: str = "") -> SafeString:
    """The signal meter of a tier, with its name or other words beside it."""
    if tier is None:
        words = words or "Not rated by this guide"
        return cached_include("catalog/_signal.html", level="none", words=words)
    return cached_include("catalog/_signal.html", level=tier.bars, words=words or tier.name)


@register.simple_tag
def status(certification: Certification, today: date) -> SafeString:
    """The mark with the lifecycle status on a day; nothing for a category, which has none."""
    if certification.is_category:
        return cached_include("catalog/_status.html", status=None)
    current, words = certification.status_on(today), certification.status_in_words(today)
    return cached_include("catalog/_status.html", status=current, words=words)


@register.simple_tag
def criteria_of(
    certification: Certification, quotations: dict[str, Statement]
) -> list[tuple[Statement | None, list[KnownFact]]]:
    """The lines for each criterion, below the guide's sentence on it."""
    known = criteria.known_under(certification)
    return [(quotations.get(place), lines) for place, lines in known.items()]


@register.simple_tag
def cached_part(template: str, row: Certification | Chapter, today: date) -> SafeString:
    """A part of a page about a certification or chapter, rendered once a day and kept on the row.

    Rows of `catalog.row_cache` live as long as the content version stands; a preview loads rows of
    its own. The template may show nothing but what follows from the row and the day.
    """
    made = row.parts.get(template)
    if made is None or made[0] != today:
        context = {str(row._meta.model_name): row, "today": today}
        made = row.parts[template] = today, render_to_string(template, context)
    return made[1]


@register.simple_tag
def cached_parts(template: str, rows: Iterable[Certification | Chapter], today: date) -> SafeString:
    return mark_safe("".join(cached_part(template, row, today) for row in rows))  # noqa: S308 - of parts


@register.simple_tag
def found_by(certification: Certification, listing: Listing) -> FoundBy:
    """Return what of a certification the search of a list found, with the words marked."""
    index = search_index(listing.index.version)
    document = index.documents[index.place_of[certification.pk]]
    return search_marks.found_by(listing.found.terms, document)


@register.simple_tag(takes_context=True)
def report_url(context: Context, certification: Certification | None = None) -> str:
    """The URL where readers report a mistake, about a certification if there is one.

    It carries the address that leads an editor to the form. Empty without REPORT_URL.
    """
    where: str = settings.REPORT_URL
    if not where or certification is None:
        return where
    name, page = certification.name, certification.get_absolute_url()
    form = f"{reverse('admin:edit')}?{urlencode({'page': page})}"
    form = context["request"].build_absolute_uri(form)
    body = f"On the page {page}:\n\n\n\nFor the editors: {form}"
    about = {"subject": f"Something wrong: {name}", "body": body}
    sent = about if where.startswith("mailto:") else {"entry": page, "edit": form}
    query = urlencode(sent).replace("+", "%20")  # a mail program takes a plus sign for one
    return f"{where}{'&' if '?' in where else '?'}{query}"


@register.filter
def set_bold(statement: Statement) -> SafeString | str:
    """The text of a statement, with the term before the dash bold in a numbered item."""
    term, dash, rest = statement.text.partition(" - ")
    if statement.form != Statement.Form.NUMBERED or not dash:
        return statement.text
    return format_html("<b>{}</b>{}{}", term, dash, rest)


@register.simple_tag
def tally(certifications: list[Certification], today: date) -> str:
    """The number of certifications, and how many are known to be obtainable on a day."""
    obtainable = (Status.OPEN, Status.CLOSING)
    exams = [one for one in certifications if not one.is_category]
    still_open = sum(exam.status_on(today) in obtainable for exam in exams)
    count = "1 entry" if len(certifications) == 1 else f"{len(certifications)} entries"
    return f"{count}, {still_open} known to be open" if exams else f"{count}, all categories"
