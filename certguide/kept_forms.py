"""Forms that can't be saved just now: carried through a sign-in, sent again with a new token."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.editorial.proposed_change import pairs_of

FIELD = "kept_form"
SALT = "certguide.kept_forms"
LONGEST_SECONDS = 24 * 60 * 60  # a form that lay longer is refused
ASKED_ANEW = {"csrfmiddlewaretoken", FIELD}


@dataclass(frozen=True)
class KeptForm:
    """The address that a form was sent to, and its fields."""

    address: str
    fields: list[tuple[str, str]]

    def packed(self) -> str:
        """The form as a text that nobody else can make."""
        return signing.dumps([self.address, self.fields], salt=SALT, compress=True)


def kept_form(request: HttpRequest) -> KeptForm | None:
    """The form of a POST; None if it has files or passwords, which no page may carry on."""
    is_secret = any("password" in name for name in request.POST)
    if request.method != "POST" or request.FILES or is_secret:
        return unpacked(request.POST.get(FIELD, ""))
    fields = [pair for pair in pairs_of(request.POST) if pair[0] not in ASKED_ANEW]
    return KeptForm(request.get_full_path(), fields)


def unpacked(text: str) -> KeptForm | None:
    """The form that a page of ours has carried; None for anything else."""
    try:
        address, fields = signing.loads(text, salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    return KeptForm(str(address), [(str(name), str(value)) for name, value in fields])


def is_from_this_site(request: HttpRequest) -> bool:
    """True if the browser says that a page of this site sent the request.

    Only then may the form be offered again with a new token: else a stranger's page could fill it
    in, and an editor's press would send it.
    """
    origin: str = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER", "")
    try:
        host = urlsplit(origin).netloc
    except ValueError:  # “http://[”
        return False
    return bool(host == request.get_host())


def page_with(
    request: HttpRequest, form: KeptForm | None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page that holds the form and sends it again, with a new token, on a press."""
    named = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}
    shown = {"kept": form, **named, **context}
    return render(request, "admin/kept_form.html", shown, status=status)
