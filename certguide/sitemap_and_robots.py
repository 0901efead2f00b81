"""The sitemap and robots.txt: the pages for search engines, and those that are not for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from advisor.models import Question
from catalog.editorial.past_states import last_edits
from catalog.listing.list_query import ORDER
from catalog.models import Certification

# They ask for one page each time somebody sends or posts a link to it, and follow none.
SHOWING_PREVIEWS = (
    "Discordbot",
    "facebookexternalhit",
    "LinkedInBot",
    "Mastodon",
    "SkypeUriPreview",
    "Slackbot",
    "Slackbot-LinkExpanding",
    "TelegramBot",
    "Twitterbot",
    "WhatsApp",
)
# A parser without “*” reads “/advisor/?” as “/advisor/”: so the parameters are named as well.
WITHOUT_END = (
    "/advisor/?*",
    "/advisor/result",
    *(f"/certifications/?{name}=" for name in ORDER if name != "page"),
    "/certifications/compare/",
    "/certifications/for-whom/",
    "/certifications.json?*",
    "/certifications.csv?*",
    "/feeds/changes.atom?*",
    "/calendar/closings.ics?*",
)


class PageSitemap(Sitemap[str]):
    """The pages that are always there."""

    def items(self) -> Sequence[str]:
        names = ("home", "guide", "about", "certification_list")
        return [
            *(f"catalog:{name}" for name in names),
            "advisor:wizard",
            "advisor:how_it_decides",
            "data",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class CertificationSitemap(Sitemap[Certification]):
    """The pages of certifications, with the moment of the last edit of what they show."""

    def items(self) -> Sequence[Certification]:
        """All published certifications."""
        self._edits = last_edits(Certification)
        return [*Certification.objects.in_guide_order()]

    def lastmod(self, item: Certification) -> datetime | None:
        """The moment of the last edit; None if its history does not say."""
        return self._edits.get(item.pk)


def sitemaps() -> dict[str, Sitemap[Any]]:
    """All pages that are the same for everybody."""
    return {"pages": PageSitemap(), "certifications": CertificationSitemap()}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The addresses that crawlers may ask for: none of those that are without end.

    Answer sheets and combinations of filters are for people, and for the programs that show a
    preview of a link which somebody was sent.
    """
    questions = Question.objects.published().values_list("key", flat=True)
    lines = [
        *(f"User-agent: {name}" for name in SHOWING_PREVIEWS),
        "Disallow: /admin/",
        "",
        "User-agent: *",
        *(f"Disallow: {path}" for path in WITHOUT_END),
        *(f"Disallow: /advisor/?{key}=" for key in questions),
        "Disallow: /admin/",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
