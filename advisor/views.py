"""The wizard, one question a page with all state in the address, and the verdict."""

from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from advisor.about_certification_page import AskedCertifications
from advisor.about_certification_views import about_json, about_result, about_unknown
from advisor.decision_map import DecisionMap
from advisor.domain.answers import ABOUT, leave_rest_open
from advisor.domain.audit import audit
from advisor.domain.possible_verdicts import PossibleVerdicts
from advisor.named_certification import name_field, take_typed_name
from advisor.question_page import EarlyVerdict, QuestionPage
from advisor.result import find_result
from advisor.result_json import (
    incomplete_as_json,
    undecided_as_json,
    unknown_as_json,
    verdict_as_json,
)
from advisor.result_page import ResultPage, read_result_page
from advisor.rulebook_loader import current_rulebook
from advisor.shared_links import Raw, read_link, take_about, take_stamp
from advisor.url_builder import pairs_of, result_url, wizard_url
from catalog.htmx import HtmxHttpRequest, is_for, vary_on_fragment
from catalog.models import Tier, Trait


@require_safe
@vary_on_fragment
def wizard(request: HtmxHttpRequest) -> HttpResponse:
    """The first open question; all answered, the answers to check; with `change`, one question."""
    rulebook, today = current_rulebook(), timezone.localdate()
    raw: Raw = dict(request.GET.lists())
    change, submitted = raw.pop("change", [""])[-1], raw.pop("submitted", [""])[-1]
    filled = raw.pop("filled", [])
    slugs, unknown = take_about(raw, rulebook)
    if unknown:
        return about_unknown(request, unknown)
    raw = take_typed_name(rulebook, raw)
    reading = read_link(rulebook, raw, slugs)
    if submitted in {question.key for question in reading.replied}:
        filled = [key for key in filled if key != submitted]
        return HttpResponseRedirect(_wizard_as_asked(raw, slugs, filled))
    about = AskedCertifications.of(reading, today=today) if slugs else None
    is_over = about and not (about.next_question or change or submitted or reading.problems)
    if is_over:
        url = result_url(reading.pairs)
        # htmx would put the whole page of the answer into the element of the question.
        is_part = is_for(request, "wizard")
        return HttpResponseClientRedirect(url) if is_part else HttpResponseRedirect(url)
    page = QuestionPage.of(
        reading,
        change=change,
        submitted=submitted,
        filled=filled,
        early=None if about else EarlyVerdict.of(reading, today=today),
        about=about,
    )
    return _question_page(request, page, raw)


@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """The verdict on the answers in the address; an incomplete sheet goes back to the wizard."""
    rulebook, today = current_rulebook(), timezone.localdate()
    raw: Raw = dict(request.GET.lists())
    slugs, unknown = take_about(raw, rulebook)
    stamp, problems = take_stamp(raw, rulebook, is_about=bool(slugs), today=today)
    if unknown:
        return about_unknown(request, unknown)
    reading = read_link(rulebook, raw, slugs)
    if slugs:
        return about_result(request, AskedCertifications.of(reading, today=today), stamp, problems)
    if stamp and reading.missing:  # a question that has come up since the link was shared
        reading = leave_rest_open(reading)
    if reading.missing:
        return HttpResponseRedirect(_wizard_as_asked(raw, slugs))
    page = read_result_page(reading, stamp, today=today)
    context = {
        "page": page,
        "reading": reading,
        "content_version": rulebook.version,
        "problems": (*reading.problems, *problems),
    }
    name = "result" if isinstance(page, ResultPage) else "undecided"
    return render(request, f"advisor/{name}.html", context)


@require_safe
def result_json(request: HttpRequest) -> JsonResponse:
    """The verdict as JSON; 400 if there is none, or for what can't be understood."""
    rulebook, today = current_rulebook(), timezone.localdate()
    raw: Raw = dict(request.GET.lists())
    slugs, unknown = take_about(raw, rulebook)
    # Of a link that remembers its day, the day counts for the page alone.
    _, problems = take_stamp(raw, rulebook, is_about=bool(slugs), today=today)
    if unknown:
        return JsonResponse(unknown_as_json(unknown), status=HTTPStatus.BAD_REQUEST)
    reading = read_link(rulebook, raw, slugs)
    if slugs:
        return about_json(AskedCertifications.of(reading, today=today), problems)
    if reading.missing or reading.problems or problems:
        content = incomplete_as_json(reading, problems)
        return JsonResponse(content, status=HTTPStatus.BAD_REQUEST)
    found = find_result(reading, today=today)
    if isinstance(found, PossibleVerdicts):
        return JsonResponse(undecided_as_json(reading, found), status=HTTPStatus.BAD_REQUEST)
    return JsonResponse(verdict_as_json(found), json_dumps_params={"ensure_ascii": False})


@require_safe
def how_it_decides(request: HttpRequest) -> HttpResponse:
    """The map of the decision, the whole rulebook in words, and what the proof found."""
    rulebook, today = current_rulebook(), timezone.localdate()
    chart = DecisionMap(
        rulebook=rulebook,
        report=audit(rulebook, today=today),
        labels=dict(Trait.objects.values_list("slug", "label")),
        tiers=dict(Tier.objects.values_list("slug", "name")),
    )
    context = {"map": chart, "rulebook": rulebook, "content_version": rulebook.version}
    return render(request, "advisor/how_it_decides.html", context)


def _question_page(request: HtmxHttpRequest, page: QuestionPage, raw: Raw) -> HttpResponse:
    """The page of the wizard, or of it only what a step replaces."""
    rulebook, named = page.reading.rulebook, None
    if page.question and page.question is rulebook.naming:
        given = raw.get(page.question.key, ())
        named = name_field(page.question, rulebook.by_slug, given, page.chosen)
    context = {
        "page": replace(page, error=named.problem) if named and named.problem else page,
        "named": named,
        "reading": page.reading,
        "problems": page.problems,
        "content_version": rulebook.version,
    }
    name = "question" if page.question else "check"
    part = "#wizard" if is_for(request, "wizard") else ""
    return render(request, f"advisor/{name}.html{part}", context)


def _wizard_as_asked(raw: Raw, about: Iterable[str], filled: Iterable[str] = ()) -> str:
    """The wizard with all that the address had, so that it can say what it dropped or ignored."""
    return wizard_url([*((ABOUT, slug) for slug in about), *pairs_of(raw)], filled=filled)
