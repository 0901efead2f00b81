"""The way back from a public page, fact or sentence to its field in the admin."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate

from advisor.models import Outcome, Question, Rule
from catalog.models import AboutSection, Certification, Chapter, Statement, Tier
from catalog.models.certification import renamed_slugs
from catalog.review_queue import form_of
from catalog.source_numbers import numbered_sources

# Places on the page of a certification: the field of the form.
FIELDS = {
    "study-time": "id_months_min",
    "page": "id_page_url",
    "signal": "id_tier",
    "status": "id_lifecycle-0-reported",
    "validity": "id_lifecycle-0-validity",
    "price": "id_price-0-amount",
    "requirement": "id_requirement-0-binding",
    "assessment": "assessment-group",
    "proctored": "id_assessment-0-proctored",
    "workload": "id_workload-0-hours_min",
    "independence": "id_independence-0-about",
    "recognition": "recognitions-group",
    "pass-mark": "exams-group",
    "renewal": "id_renewal-0-how",
    "renewal-cost": "id_renewal-0-amount",
    "after-closing": "id_renewal-0-after_closing",
    "facts": "lifecycle-group",
    "criteria": "assessment-group",
    "holding": "renewal-group",
}
# Facts of which there are several: the list in the form, and the field with the value.
LISTS = {
    "exam": ("exams", "code"),
    "expectation": ("expectations", "text"),
    "recognition": ("recognitions", "text"),
}
# Places on the page of the rules: the model, and the column that is named after the dash.
RULEBOOK: dict[str, tuple[Any, str]] = {
    "question": (Question, "key"),
    "rule": (Rule, "order"),
    "outcome": (Outcome, "slug"),
}

Place = tuple[dict[str, Any], str, str]  # what the path names, the query, the fragment


def edit(request: HttpRequest) -> HttpResponse:
    """Lead to the form field of a place on a public page, which `page` and maybe `at` name."""
    page, at = request.GET.get("page", "").replace("\0", ""), request.GET.get("at", "")
    found = form_address(page, at)
    if found is None:
        shown = Truncator(page).chars(80)
        messages.warning(request, f"The site has no page “{shown}” that is edited here.")
        return redirect("admin:index")
    return redirect(found)


def form_address(page: str, at: str = "") -> str | None:
    """The address of the form field for a place on a public page; None if there is none."""
    try:
        parts = urlsplit(page.strip())
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    find = PAGES.get(match.view_name)
    return find((match.kwargs, parts.query, at or parts.fragment)) if find else None


def _of_certification(place: Place) -> str | None:
    kwargs, _, fragment = place
    slug = kwargs["slug"]
    slug = renamed_slugs([slug]).get(slug, slug)
    row = Certification.objects.filter(slug=slug).first()
    if row is None:
        return None
    form = form_of(row)
    if fragment == "changes":
        return form.replace("/change/", "/history/")
    if fragment in FIELDS:
        return f"{form}#{FIELDS[fragment]}"
    return _of_list(row, fragment) or _of_source(row, fragment) or _of_sentence(place) or form


def _of_list(row: Certification, fragment: str) -> str | None:
    """The field of one of several facts, such as “exam-2”: its form has its place in the list."""
    kind, _, number = fragment.rpartition("-")
    if kind not in LISTS or not number.isascii() or not number.isdigit():
        return None
    name, field = LISTS[kind]
    orders = [str(order) for order in getattr(row, name).values_list("order", flat=True)]
    at = f"id_{name}-{orders.index(number)}-{field}" if number in orders else f"{name}-group"
    return f"{form_of(row)}#{at}"


def _of_source(row: Certification, fragment: str) -> str | None:
    """The form of a source, such as “source-2” of those that the page numbers."""
    numbers = numbered_sources(row, row.status_on(localdate()))
    places = {f"source-{number}": source for source, number in numbers.items()}
    return form_of(places[fragment]) if fragment in places else None


def _of_sentence(place: Place) -> str | None:
    statement = Statement.objects.filter(anchor=place[2]).first() if place[2] else None
    return f"{form_of(statement)}#id_text" if statement else None


def _of_guide(place: Place) -> str | None:
    """The form of a sentence, or of the chapter, tier or certification that has the fragment."""
    for model in (Chapter, Tier, Certification):
        row = model._default_manager.filter(slug=place[2]).first()
        if row:
            return form_of(row)
    return _of_sentence(place) or _list_of(Chapter)


def _of_about(place: Place) -> str | None:
    section = AboutSection.objects.filter(slug=place[2]).first()
    return form_of(section) if section else _list_of(AboutSection)


def _of_list_page(place: Place) -> str | None:
    searched = parse_qs(place[1]).get("q")
    query = f"?{urlencode({'q': searched[0]})}" if searched else ""
    return _list_of(Certification) + query


def _of_rulebook(place: Place) -> str | None:
    kind, _, name = place[2].partition("-")
    if kind in RULEBOOK:
        model, column = RULEBOOK[kind]
        is_wrong = column == "order" and not name.isdecimal()
        row = None if is_wrong else model.objects.filter(**{column: name}).first()
        if row:
            return form_of(row)
    return _list_of(Rule)


def _list_of(model: Any) -> str:  # noqa: ANN401 - any model
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


PAGES: dict[str, Callable[[Place], str | None]] = {
    "catalog:home": _of_list_page,
    "catalog:certification_list": _of_list_page,
    "catalog:certification_compare": _of_list_page,
    "catalog:certification_detail": _of_certification,
    "catalog:guide": _of_guide,
    "catalog:about": _of_about,
    "advisor:wizard": lambda _: _list_of(Question),
    "advisor:result": _of_rulebook,
    "advisor:how_it_decides": _of_rulebook,
}
