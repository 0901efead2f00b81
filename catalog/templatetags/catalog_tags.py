"""The marks that recur on pages (signal meter, status), and how the guide's sentences are set."""

import json
from collections.abc import Hashable, Iterable
from datetime import date
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from catalog import fact_words
from catalog.lifecycle import Status
from catalog.listing import search as search_index
from catalog.models import Certification, Chapter, Statement, Tier
from catalog.statement_blocks import Group, arrange
from catalog.url_builder import address

register = template.Library()
register.simple_tag(address, name="address")  # as {% url %}, looked up once
register.filter(fact_words.day_in_words)
register.filter(fact_words.dollars)
register.simple_tag(fact_words.closing_words)
register.simple_tag(fact_words.exam_words)
register.simple_tag(fact_words.lifecycle_words)
register.simple_tag(fact_words.validity_words)


@register.simple_tag
@lru_cache(maxsize=5_000, typed=True)  # 1 and 1.0 are equal, but shown otherwise
def rendered(template: str, **values: Hashable) -> SafeString:
    """A template that shows these values and nothing else, made once for the same values."""
    return render_to_string(template, values)


@register.simple_tag
def rendered_each(template: str, items: Iterable[Hashable]) -> SafeString:
    """The same of a template that shows one item, for each of some."""
    return mark_safe("".join(rendered(template, item=item) for item in items))  # noqa: S308 - of parts


@register.simple_tag
def signal(tier: Tier | None, words: str = "") -> SafeString:
    """The signal meter of a tier, with its name or other words beside it."""
    if tier is None:
        words = words or "Not rated by this guide"
        return rendered("catalog/_signal.html", level="none", words=words)
    return rendered("catalog/_signal.html", level=tier.bars, words=words or tier.name)


@register.simple_tag
def status(certification: Certification, today: date) -> SafeString:
    """The lifecycle status of a certification on a day; nothing for a category, which has none."""
    if certification.kind == Certification.Kind.CATEGORY:
        return rendered("catalog/_status.html", status=None)
    lifecycle = certification.lifecycle_or_none
    last_day = lifecycle.last_day_on(today) if lifecycle else None
    current = certification.status_on(today)
    words = fact_words.status_words(current, last_day)
    return rendered("catalog/_status.html", status=current, words=words)


@register.simple_tag
def kept(template: str, row: Certification | Chapter, today: date) -> SafeString:
    """Part of a page on a certification or chapter, made once a day while that row is in memory.

    On the shelf that is as long as the content version stands; what a preview loads is its own.
    Besides the row and the day, the part may only show what follows from them.
    """
    made = row.parts.get(template)
    if made is None or made[0] != today:
        context = {str(row._meta.model_name): row, "today": today}
        made = row.parts[template] = today, render_to_string(template, context)
    return made[1]


@register.simple_tag
def kept_each(template: str, rows: Iterable[Certification | Chapter], today: date) -> SafeString:
    """The same part of each of these certifications or chapters."""
    return mark_safe("".join(kept(template, row, today) for row in rows))  # noqa: S308 - of parts


@register.simple_tag
def matching_sentence(certification: Certification, search: str) -> SafeString | None:
    """The sentence of a certification that shows best what was searched for.

    With the words marked.
    """
    return search_index.matching_sentence(certification, search_index.tokens(search))


@register.simple_tag
def report_address(certification: Certification | None = None) -> str:
    """Where readers say what is wrong, with the certification if it is of one.

    Empty if nobody asks.
    """
    where: str = settings.REPORT_URL
    if not where or certification is None:
        return where
    name, page = certification.name, certification.get_absolute_url()
    about = {"subject": f"Something wrong: {name}", "body": f"On the page {page}:\n\n"}
    # A mail program takes a plus sign for one.
    query = urlencode(about if where.startswith("mailto:") else {"entry": page}).replace("+", "%20")
    return f"{where}{'&' if '?' in where else '?'}{query}"


@register.simple_tag
def json_ld(certification: Certification, url: str) -> SafeString:
    """The certification as search engines read it, without our judgement."""
    provider = certification.provider
    data = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "name": certification.name,
        "url": url,
        "credentialCategory": certification.get_kind_display(),
        "recognizedBy": {"@type": "Organization", "name": provider.name} if provider else None,
    }
    text = json.dumps({key: value for key, value in data.items() if value})
    # Nothing in it can end the element: the three characters that could are escaped.
    safe = text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))  # noqa: S308


@register.filter
def arranged(statements: Iterable[Statement]) -> list[Group]:
    """Statements in the groups, paragraphs and lists in which the guide prints them."""
    return arrange(statements)


@register.filter
def set_bold(statement: Statement) -> SafeString | str:
    """The text; of a numbered item, the term before the dash is bold, as in the guide."""
    term, dash, rest = statement.text.partition(" - ")
    if statement.form != Statement.Form.NUMBERED or not dash:
        return statement.text
    return format_html("<b>{}</b>{}{}", term, dash, rest)


@register.simple_tag
def tally(certifications: list[Certification], today: date) -> str:
    """The number of certifications, and how many are known to be obtainable on a day."""
    obtainable = (Status.OPEN, Status.CLOSING)
    exams = [each for each in certifications if each.kind != Certification.Kind.CATEGORY]
    still_open = sum(each.status_on(today) in obtainable for each in exams)
    count = "1 entry" if len(certifications) == 1 else f"{len(certifications)} entries"
    return f"{count}, {still_open} known to be open" if exams else f"{count}, all categories"


@register.simple_tag
def lifecycle_status(certification: Certification, today: date) -> Status:
    """The status of a certification on a day."""
    return certification.status_on(today)
