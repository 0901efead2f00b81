"""Responses about the certifications that an address asks about."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from advisor.about_certification_page import AboutPage, AskedCertifications
from advisor.result_json import about_as_json, incomplete_as_json
from advisor.shared_links import Stamp
from advisor.url_builder import wizard_url
from catalog.editorial.content_version import content_version
from catalog.lifecycle import Status
from catalog.listing.list_page import NEAREST
from catalog.not_found import not_found
from catalog.suggestions import suggest
from catalog.url_parameters import Problem


def about_unknown(request: HttpRequest, unknown: Sequence[str]) -> HttpResponse:
    """A page that names what is no certification here, with the search; status 404."""
    words, today = unknown[0].replace("-", " "), timezone.localdate()
    near = [suggestion.certification for suggestion in suggest(words)]
    context = {
        "unknown": unknown,
        "words": words,
        "not_found": not_found(content_version()),
        "nearest": [one for one in near if one.status_on(today) != Status.CLOSED][:NEAREST],
    }
    return render(
        request, "advisor/about_certification_unknown.html", context, status=HTTPStatus.NOT_FOUND
    )


def about_result(
    request: HttpRequest,
    about: AskedCertifications,
    stamp: Stamp | None,
    problems: Sequence[Problem],
) -> HttpResponse:
    """The answers, or the way to the question that has to be answered first."""
    if about.next_question:
        return HttpResponseRedirect(wizard_url(about.reading.pairs))
    context: dict[str, Any] = {
        "reading": about.reading,
        "problems": (*about.reading.problems, *problems),
        "content_version": about.reading.rulebook.version,
    }
    if not about.is_settled:  # what it depends on was left open
        context["about"] = about
        return render(request, "advisor/about_certification_undecided.html", context)
    context["page"] = AboutPage.of(about, stamp)
    return render(request, "advisor/about_certification.html", context)


def about_json(about: AskedCertifications, problems: Sequence[Problem]) -> JsonResponse:
    """The answers as JSON; 400 while a question can change one, or for what isn't understood."""
    if about.reading.problems or problems or not about.is_settled:
        content = incomplete_as_json(about.reading, problems) | {"missing": about.missing}
        return JsonResponse(content, status=HTTPStatus.BAD_REQUEST)
    content = about_as_json(AboutPage.of(about, stamp=None))
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
