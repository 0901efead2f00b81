"""Submissions of the admin to the content: what was sent, whether it was saved, or why not."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.editorial.checks import RefusedError, without_new_faults
from catalog.editorial.edit import Edit, edit
from catalog.editorial.edit_tokens import FIELD, moment_of
from catalog.editorial.past_states import keys_in, newer, said_by
from catalog.editorial.rows import ContentRow
from catalog.editorial.saved_submission import remember_submission, url_saved_by
from catalog.editorial.version_diff import EDIT_WARNINGS, RowChange, changes_in

REASON = "change_reason"  # the name of the reason for a change in every form
BACK = "_back"  # pressed to get the form with the input again instead of saving it
CSRF = "csrfmiddlewaretoken"

Page = Callable[[type[ContentRow] | None, list[RowChange]], HttpResponse]
Review = Callable[[], Page | None]
# Called before a write; what they return is called after it, and may come with a page to answer
# with instead: then nothing is written. The page is told what the write would change.
reviewers: list[Callable[[HttpRequest], Review]] = []


@dataclass
class Submission:
    """An editor's submitted form, handed to the view that saves it.

    `token` names the version that the page showed, `reason` says why, `refusals` why nothing may be
    saved (None if it may). Whatever saves it sets `is_saved`, and `row` if it was a row's form.
    """

    data: QueryDict
    digest: str
    refusals: Sequence[str] | None = None
    is_saved: bool = False
    row: ContentRow | None = None

    @property
    def token(self) -> str:
        return str(self.data.get(FIELD, ""))

    @property
    def reason(self) -> str:
        return str(self.data.get(REASON, ""))

    def refused(self, *reasons: str, data: QueryDict | None = None) -> "Submission":
        """The same, maybe brought up to date, not to be saved for these reasons."""
        return replace(self, refusals=reasons, data=self.data if data is None else data)

    def stale_words(self, model: type[ContentRow], keys: list[str]) -> str:
        """The refusal for rows that are no longer as the page showed them, or ""."""
        moment = moment_of(self.token)
        versions = newer(model, keys_in(keys), moment) if moment else None
        if versions == []:
            return ""
        changed = f"Changed meanwhile, by {said_by(versions)}. " if versions else ""
        return f"{changed}Nothing was done: look again at what is there now, then decide."


Act = Callable[[Submission], HttpResponse]


def submission_of(request: HttpRequest) -> Submission:
    is_back = BACK in request.POST
    return Submission(request.POST, _digest(request), refusals=() if is_back else None)


def perform(
    request: HttpRequest, *, act: Act, refuse: Act, model: type[ContentRow] | None = None
) -> HttpResponse:
    """Carry out what a POST asks for, and return its answer.

    Every write of the admin to content comes through here: form, inlines, list editing, actions,
    deletion, restoring, import. `act` saves, and says so, or answers with what stands in the way.
    It runs alone, in a transaction that is the outermost one: what a reviewer objects to is undone.
    If it leaves a fault in what readers see, it is undone, and `refuse` answers with the reasons.
    A second click is answered with what the first one saved.
    """
    submission = submission_of(request)
    if submission.refusals is not None:
        return refuse(submission)
    try:
        with edit(reason=submission.reason) as current:
            saved = url_saved_by(submission.digest) if submission.token else None
            if saved:
                return redirect(saved)
            reviews = [reviewer(request) for reviewer in reviewers]
            with without_new_faults():
                answer = act(submission)
            if not submission.is_saved:
                return answer
            page = _objection_to(request, current, reviews, model)
            if page is not None:
                transaction.set_rollback(True)
                return page
            if submission.token and isinstance(answer, HttpResponseRedirect):
                remember_submission(submission.digest, url=answer.url, at=current.at)
            return answer
    except RefusedError as error:
        forget_messages(request)
        return refuse(submission.refused(*error.problems))


def _objection_to(
    request: HttpRequest, current: Edit, reviews: list[Review], model: type[ContentRow] | None
) -> HttpResponse | None:
    """The page to answer with instead of saving; else warnings are told, and it is None."""
    page = next(filter(None, (review() for review in reviews)), None)
    # Without a page to show, only what there may be a warning for is looked up.
    kinds = [ContentRow] if page else [*EDIT_WARNINGS]
    changes = changes_in(current, *kinds)
    if page is not None:
        forget_messages(request)
    for warning in filter(None, (change.warning for change in changes)):
        messages.warning(request, warning)
    return page(model, changes) if page else None


def refuse_in_words(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Lead back to the page that asked, and say there why nothing was done."""
    for reason in submission.refusals or ():
        messages.warning(request, reason)
    return redirect(request.get_full_path())


def seen_words(row: ContentRow) -> SafeString | str:
    """The link to the page on which readers see a row, or that they don't; empty without one."""
    if not row.is_published:
        return "It is a draft, which readers don’t see until an editor publishes it."
    page = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    return format_html('<a href="{}">See it on the site</a>', page) if page else ""


def forget_messages(request: HttpRequest) -> None:
    """Drop what a write that was taken back has said of itself."""
    storage: Any = get_messages(request)
    storage._queued_messages.clear()  # noqa: SLF001 - Django offers no way to take one back


def _digest(request: HttpRequest) -> str:
    """Equal for two clicks on the same button of the same page by the same editor."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != CSRF)
    what = (request.user.pk, request.get_full_path(), sent)
    return hashlib.sha256(repr(what).encode()).hexdigest()
