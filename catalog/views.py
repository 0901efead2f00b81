"""Pages of the guide and of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.models import Certification, Chapter


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The guide's view on certifications in one screen, and the way into the advisor."""
    context = {
        "quoted": Chapter.objects.quoted_on_home(),
        "certifications": Certification.objects.in_guide_order().with_card(),
    }
    return render(request, "catalog/home.html", context)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The whole guide, every statement with its anchor."""
    context = {
        "chapters": Chapter.objects.prefetch_related("statements__corrections__sources", "tiers"),
        "certifications": Certification.objects.in_guide_order().rated().with_facts(),
    }
    return render(request, "catalog/guide.html", context)


@require_safe
def certification_list(request: HttpRequest) -> HttpResponse:
    """All entries, by tier."""
    context = {"certifications": Certification.objects.in_guide_order().with_card()}
    return render(request, "catalog/certification_list.html", context)


@require_safe
def certification_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry: the guide's judgement, and the facts apart from it."""
    certification = get_object_or_404(Certification.objects.with_facts(), slug=slug)
    context = {"certification": certification}
    return render(request, "catalog/certification_detail.html", context)
