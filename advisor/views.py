"""The wizard, one question a page with all state in the address, and the verdict."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from advisor.addresses import wizard_url
from advisor.domain.answers import read_answers
from advisor.domain.changes import single_changes
from advisor.domain.evaluation import evaluate
from advisor.loader import current_rulebook
from advisor.presentation import Letter, QuestionPage
from advisor.serialization import incomplete_as_json, verdict_as_json
from catalog.models import Certification

Raw = dict[str, list[str]]


class HtmxHttpRequest(HttpRequest):
    """A request as the htmx middleware leaves it."""

    htmx: HtmxDetails


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def wizard(request: HtmxHttpRequest) -> HttpResponse:
    """The first open question; all answered, the answers to check; with `change`, one question."""
    raw: Raw = dict(request.GET.lists())
    change, submitted = raw.pop("change", [""])[-1], raw.pop("submitted", [""])[-1]
    reading = read_answers(current_rulebook(), raw)
    if submitted in reading.sheet.answers:
        return HttpResponseRedirect(_wizard_as_asked(raw))
    page = QuestionPage.of(reading, change=change, submitted=submitted)
    name = "question" if page.question else "check"
    part = "#wizard" if request.htmx.target == "wizard" else ""
    return render(
        request,
        f"advisor/{name}.html{part}",
        {"page": page, "reading": reading, "problems": page.problems},
    )


@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """The verdict on the answers in the address; an incomplete sheet goes back to the wizard."""
    rulebook, today = current_rulebook(), timezone.localdate()
    raw: Raw = dict(request.GET.lists())
    reading = read_answers(rulebook, raw)
    if reading.missing:
        return HttpResponseRedirect(_wizard_as_asked(raw))
    letter = Letter(
        rulebook=rulebook,
        reading=reading,
        verdict=evaluate(rulebook, reading.sheet, today=today),
        changes=single_changes(rulebook, reading.sheet, today=today),
        certifications=Certification.objects.with_facts().in_bulk(field_name="slug"),
    )
    context = {
        "letter": letter,
        "reading": reading,
        "rulebook": rulebook,
        "problems": reading.problems,
    }
    return render(request, "advisor/result.html", context)


@require_safe
def result_json(request: HttpRequest) -> JsonResponse:
    """The verdict as JSON; 400 for an incomplete sheet or for what can't be understood."""
    rulebook, today = current_rulebook(), timezone.localdate()
    reading = read_answers(rulebook, dict(request.GET.lists()))
    if reading.missing or reading.problems:
        return JsonResponse(incomplete_as_json(reading), status=HTTPStatus.BAD_REQUEST)
    verdict = evaluate(rulebook, reading.sheet, today=today)
    changes = single_changes(rulebook, reading.sheet, today=today)
    return JsonResponse(
        verdict_as_json(rulebook, reading, verdict, changes, today=today),
        json_dumps_params={"ensure_ascii": False},
    )


def _wizard_as_asked(raw: Raw) -> str:
    """The wizard with all that the address had, so that it can say what it dropped or ignored."""
    return wizard_url((key, value) for key, values in raw.items() for value in values)
