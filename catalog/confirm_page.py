"""The page on which editors confirm facts: one card a fact, one click an answer."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from catalog.confirm_queue import QueueForm, fact_with_key, neighbours, queue
from catalog.editorial.admin.permissions import may_publish
from catalog.editorial.admin.submission import Submission, perform, refuse_in_words
from catalog.editorial.edit_tokens import token_of_now
from catalog.fact_summary import kind_of, value_of
from catalog.models import Correction, Source
from catalog.review_queue import day_of, field_address, form_of, owner_of
from catalog.source_lookup import source_of

LOOK = "catalog.view_certification"
LONGEST_WISH = 300


class AnswerForm(forms.Form):
    """The answer to a card; both texts may stay empty."""

    source = forms.CharField(
        label="Also read at",
        required=False,
        max_length=300,
        help_text="Only if you read this fact somewhere else too: the source’s name or its "
        "address. It is added to this fact alone.",
    )
    open_point = forms.CharField(
        label="What stays open",
        required=False,
        max_length=LONGEST_WISH,
        help_text="For the next editor, if you can’t tell.",
    )

    def clean_source(self) -> Source | None:
        """The source with this slug, name or address; a new one, not saved, for a new address."""
        text = self.cleaned_data["source"].strip()
        return source_of(text) if text else None


def confirm(request: HttpRequest) -> HttpResponse:
    """The next card of the queue, or what became of an answer."""
    if not request.user.has_perm(LOOK):
        raise PermissionDenied
    filters, token = QueueForm(request.GET), token_of_now()
    if not filters.is_valid():
        return _show(request, {"filters": filters})
    today, is_author = timezone.localdate(), not may_publish(request)
    everything = queue(filters.cleaned_data, today=today, drafts_only=False)
    drafts = queue(filters.cleaned_data, today=today, drafts_only=True) if is_author else []
    keys = drafts if is_author else everything
    answer = AnswerForm(request.POST or None)
    if request.method == "POST" and answer.is_valid():
        response = _carry_out(request, answer, keys, filters)
        if response is not None:
            return response
    key = request.POST.get("fact") or request.GET.get("fact", "")
    fact = fact_with_key(key)
    if fact is None and keys:
        key, fact = keys[0], fact_with_key(keys[0])
    before, after = neighbours(keys, key)
    context = {
        "filters": filters,
        "kept": filters.pairs(),
        "count": len(keys),
        "place": keys.index(key) + 1 if key in keys else None,
        "card": _card(request, key, fact, filters) if fact else None,
        "answer": answer,
        "before": before and _address(filters, before),
        "after": after and _address(filters, after),
        "version": token,
        "sources": Source.objects.values_list("name", flat=True) if fact else (),
        "left": len(everything) - len(keys),  # which an author can't confirm
    }
    return _show(request, context)


def _show(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    common = {**admin.site.each_context(request), "title": "Confirm facts"}
    return TemplateResponse(request, "admin/confirm.html", {**common, **context})


def _address(filters: QueueForm, key: str) -> str:
    pairs = [*filters.pairs(), *([("fact", key)] if key else [])]
    return f"{reverse('admin:confirm')}{'?' if pairs else ''}{urlencode(pairs)}"


def _card(request: HttpRequest, key: str, fact: Any, filters: QueueForm) -> dict[str, Any]:
    owner: Any = owner_of(fact)
    form, _, field = field_address(fact).partition("#")
    back = urlencode({"next": _address(filters, key)})
    return {
        "key": key,
        "fact": fact,
        "owner": owner,
        "form": form_of(owner),
        "page": owner.get_absolute_url() if getattr(owner, "is_published", False) else "",
        "vendor": getattr(owner, "page_url", ""),
        "value": value_of(fact),
        "day": day_of(fact),
        "sources": fact.sources.all(),
        "correct": f"{form}?{back}#{field}",
        "may_answer": _may_answer(request, fact),
    }


def _edited_row(fact: Any) -> Any:
    """The row whose form holds a fact: the correction itself, else the certification."""
    return fact if isinstance(fact, Correction) else fact.certification


def _may_answer(request: HttpRequest, fact: Any) -> bool:
    row, model = _edited_row(fact), type(fact)._meta.model_name
    model_admin = admin.site.get_model_admin(type(row))
    may_change = model_admin.has_change_permission(request, row)
    return may_change and request.user.has_perm(f"catalog.change_{model}")


def _carry_out(
    request: HttpRequest, answer: AnswerForm, keys: list[str], filters: QueueForm
) -> HttpResponse | None:
    """Write an answer and lead to the next card; None if the card is to be shown with errors."""
    key = request.POST.get("fact", "")
    fact = fact_with_key(key)
    if fact is None:
        messages.warning(request, "This fact was deleted meanwhile.")
        return redirect(_address(filters, ""))
    if not _may_answer(request, fact):
        raise PermissionDenied
    source, wish = answer.cleaned_data["source"], answer.cleaned_data["open_point"]
    is_true = request.POST.get("answer") == "still-true"
    if is_true and (error := _source_error(request, fact, source)):
        answer.add_error("source", error)
        return None
    following = neighbours(keys, key)[1]
    if not is_true and wish in ("", fact.to_confirm):
        return redirect(_address(filters, following))
    row = _edited_row(fact)

    def write(submission: Submission) -> HttpResponse:
        stale = submission.stale_words(type(row), [str(row.pk)])
        if stale:
            return refuse(submission.refused(stale))
        fact.refresh_from_db()
        _save_answer(request, fact, source, None if is_true else wish)
        submission.is_saved = True
        return redirect(_address(filters, following))

    def refuse(submission: Submission) -> HttpResponse:
        refuse_in_words(request, submission)
        return redirect(_address(filters, key))

    return perform(request, act=write, refuse=refuse, model=type(row))


def _save_answer(request: HttpRequest, fact: Any, source: Source | None, wish: str | None) -> None:
    """Save that a fact still holds, or what stays to be confirmed of it, and say so."""
    if wish is None:
        _mark_checked(fact, source)
    else:
        fact.to_confirm = wish
    fact.save()
    said = "is checked today" if wish is None else "stays to be confirmed"
    words = f"{owner_of(fact)}: {kind_of(fact)} {said}."
    row = _edited_row(fact)
    admin.site.get_model_admin(type(row)).log_change(request, row, capfirst(words))
    messages.success(request, words)


def _source_error(request: HttpRequest, fact: Any, source: Source | None) -> str:
    if source is None and not fact.sources.exists():
        return "This fact names no source: say where you read it."
    if source and not source.pk and not request.user.has_perm("catalog.add_source"):
        return "You may not add a source: choose one by name."
    return ""


def _mark_checked(fact: Any, source: Source | None) -> None:
    """Note that somebody read today, at its own sources and maybe one more, that a fact holds."""
    fact.checked_on, fact.to_confirm = timezone.localdate(), ""
    if source:
        if not source.pk:
            source.save()
        fact.sources.add(source)
