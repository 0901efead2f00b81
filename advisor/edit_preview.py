"""The preview of an edit: whose verdict changes, to be confirmed with a reason."""

import hashlib
from datetime import date
from functools import partial

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator

from advisor.domain.answers import read_answers
from advisor.domain.audit_report import FindingKind
from advisor.domain.evaluation import Verdict, evaluate
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_sets import Answers
from advisor.domain.verdict_diff import VerdictDiff, VerdictShift, compare
from advisor.rulebook_loader import current_rulebook, read_rulebook
from advisor.url_builder import pairs_of, result_url
from catalog.editorial import proposed_change
from catalog.editorial.admin.submission import BACK, REASON, Page, Review
from catalog.editorial.rows import ContentRow
from catalog.editorial.version_diff import RowChange
from catalog.models import ContentVersion
from catalog.models.certification import renamed_slugs

CONFIRMED = "_effect"  # the effect that the editor has seen and wants
SURE = "_sure"  # typed where an effect is severe
SURE_WORD = "change"
SEVERE = 0.05  # the share of all sheets above which an edit has to be confirmed twice
EXAMPLES = 10  # sheets that are shown with both verdicts


def review_effect(request: HttpRequest) -> Review:
    """Note the rulebook before a write; afterwards, ask whether what became of it is wanted."""
    try:
        before = current_rulebook()
    except ContentVersion.DoesNotExist:  # nothing is loaded, so there are no verdicts yet
        return lambda: None

    def review() -> Page | None:
        after, today = read_rulebook("not saved yet"), timezone.localdate()
        # Under a new slug a certification is still the same, and found by the old one.
        renamed = renamed_slugs(before.by_slug.keys() - after.by_slug.keys())
        effect = compare(before.renamed(renamed), after, most_witnesses=EXAMPLES, today=today)
        if effect.sheets and not effect:
            messages.info(request, f"No verdict changes: proven over {effect.sheets:,} sheets.")
        if names_only(effect, before, after):
            messages.info(request, naming_words(before, after))
            return None
        if not effect or (_is_wanted(request, effect) and not effect.breaks_a_promise):
            return None
        return partial(_effect_page, request, effect, (before, after))

    return review


def _is_wanted(request: HttpRequest, effect: VerdictDiff) -> bool:
    """True if the editor has confirmed this very effect, in writing if it is severe."""
    is_seen = request.POST.get(CONFIRMED) == _digest(effect) and BACK not in request.POST
    return is_seen and (not _is_severe(effect) or _is_sure(request))


def _is_severe(effect: VerdictDiff) -> bool:
    """True if many sheets are decided anew, or a rule is left that decides none."""
    is_dead = any(finding.kind is FindingKind.IDLE_RULE for finding in effect.findings)
    return is_dead or effect.decided_anew > SEVERE * effect.sheets


def _is_sure(request: HttpRequest) -> bool:
    return request.POST.get(SURE, "").strip().lower() == SURE_WORD


def names_only(effect: VerdictDiff, before: Rulebook, after: Rulebook) -> bool:
    """True if an edit changes no verdict, but which certifications an answer can name."""
    is_new = not effect.standings and not effect.findings and not effect.decided_anew
    return bool(effect) and is_new and _without_names(before) == _without_names(after)


def _without_names(rulebook: Rulebook) -> list[object]:
    return [
        question.key if question.named_trait else (question.key, question.choices)
        for question in rulebook.questions
    ]


def naming_words(before: Rulebook, after: Rulebook) -> str:
    """The certifications that an answer can name now, and those that it no longer can."""
    old, new = ({c.slug: c.name for c in book.certifications} for book in (before, after))
    named = [f"“{new[slug]}”" for slug in new if slug not in old]
    gone = [f"“{old[slug]}”" for slug in old if slug not in new]
    sentences = [
        f"{', '.join(named)} can now be named as required." if named else "",
        f"{', '.join(gone)} can no longer be named as required." if gone else "",
    ]
    return " ".join(filter(None, ["No verdict changes.", *sentences]))


def _effect_page(
    request: HttpRequest,
    effect: VerdictDiff,
    books: tuple[Rulebook, Rulebook],
    model: type[ContentRow] | None,
    changes: list[RowChange],
) -> HttpResponse:
    """The page with the effect of an edit; its form sends the same input again."""
    before, after = books
    today = timezone.localdate()
    context = {
        **admin.site.each_context(request),
        "title": _title(model, changes),
        "changes": [change for change in changes if change.is_visible],
        "effect": effect,
        "groups": [
            (shifts[0], sum(s.sheets for s in shifts), shifts) for shifts in effect.by_outcomes
        ],
        "digest": _digest(effect),
        "fields": _kept_fields(request),
        "has_form": not {"_selected_action", "post"} & request.POST.keys(),
        "confirmed_field": CONFIRMED,
        "sure_field": SURE,
        "sure_word": SURE_WORD,
        "is_severe": _is_severe(effect),
        "is_unsure": CONFIRMED in request.POST and _is_severe(effect) and not _is_sure(request),
        "back_field": BACK,
        "reason_field": REASON,
        "reason": request.POST.get(REASON, ""),
        "names": {c.slug: c.name for book in books for c in book.certifications},
        "outcomes": {**before.outcomes, **after.outcomes},
        "examples": [_example(*witness, books, today) for witness in effect.witnesses],
        "faults": [finding for finding in effect.findings if finding.kind.breaks_a_promise],
        "doubts": [finding for finding in effect.findings if not finding.kind.breaks_a_promise],
    }
    return render(request, "admin/advisor/effect.html", context)


def _title(model: type[ContentRow] | None, changes: list[RowChange]) -> str:
    """The heading, with the rows that the edit is of but not what hangs on them."""
    names = [change.row for change in changes if change.model is model]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    which = f": {Truncator(names[0]).chars(80)}{more}" if names else ""
    return f"What this edit would do{which}"


def _kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that were sent, to be sent again, without those that this page asks anew."""
    asked_anew = {"csrfmiddlewaretoken", CONFIRMED, SURE, REASON, BACK}
    return [pair for pair in proposed_change.pairs_of(request.POST) if pair[0] not in asked_anew]


def _example(
    shift: VerdictShift, answers: Answers, books: tuple[Rulebook, Rulebook], today: date
) -> dict[str, object]:
    """A sheet that gets another verdict, with the verdict before and after."""
    before, after = (_verdict(rulebook, answers, today) for rulebook in books)
    return {"shift": shift, "url": result_url(pairs_of(answers)), "before": before, "after": after}


def _verdict(rulebook: Rulebook, answers: Answers, today: date) -> Verdict | None:
    reading = read_answers(rulebook, answers)
    is_possible = not reading.missing and not reading.problems
    try:
        return evaluate(reading.sheet, today=today) if is_possible else None
    except LookupError:  # no rule decides it: what the page is there to say
        return None


def _digest(effect: VerdictDiff) -> str:
    """Tells one effect from another, so that what is saved is what was shown."""
    seen = (effect.sheets, effect.shifts, sorted(effect.standings.items()), effect.findings)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
