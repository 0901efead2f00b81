"""The sitemap and robots.txt: the pages for search engines, and those that are not for them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.models import Certification


class PageSitemap(Sitemap[str]):
    """The pages that are always there."""

    def items(self) -> Sequence[str]:
        """The URL names of the pages."""
        names = ("home", "guide", "about", "certification_list")
        return [*(f"catalog:{name}" for name in names), "advisor:wizard", "advisor:how_it_decides"]

    def location(self, item: str) -> str:
        """The URL of the page with this name."""
        return reverse(item)


def sitemaps() -> dict[str, Sitemap[Any]]:
    """All pages that are the same for everybody."""
    certifications = Certification.objects.in_guide_order()
    return {"pages": PageSitemap(), "certifications": GenericSitemap({"queryset": certifications})}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The robots.txt that keeps robots out of the admin and of the JSON for programs.

    Verdicts are open to them: chats show the title of a link before it is opened.
    """
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /advisor/result.json",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
