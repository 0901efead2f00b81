"""Pages of the guide and of the catalogue."""

from dataclasses import replace
from http import HTTPStatus

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.advisor_hooks import most_questions
from catalog.changelog.certification_changes import changed_days
from catalog.changelog.list_changes import list_changes
from catalog.comparison import FEWEST, MOST, compare, title_of
from catalog.editorial.content_version import content_version
from catalog.for_whom import for_whom
from catalog.htmx import HtmxHttpRequest, is_for, vary_on_fragment
from catalog.listing.choices import may_exceed_limits
from catalog.listing.facet_index import current_index
from catalog.listing.filters import NOT_RATED
from catalog.listing.json_and_csv import CSV_HEADERS, list_as_csv, list_as_json
from catalog.listing.list_page import Listing, read_listing
from catalog.listing.list_query import DEFAULTS, ListQuery
from catalog.models import AboutSection, Certification, Rated, Trait
from catalog.models.certification import renamed_slugs
from catalog.not_found import not_found
from catalog.row_cache import (
    cards_by_key,
    certifications_by_slug,
    chapters,
    judged_kinds,
    quotations,
)
from catalog.search_help import search_help
from catalog.signal_map import MAX_POINTS, signal_map
from catalog.suggestions import suggest
from catalog.url_builder import build_url
from catalog.url_parameters import AS_OF, Problem, read_past_day


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The guide's view on certifications in one screen, and the way into the advisor."""
    index = current_index(timezone.localdate())
    rated = index.chosen["rated"]
    certifications = cards_by_key(index.version, index.in_order(rated[Rated.BY_NAME], "signal"))
    context = {
        "quoted": {chapter.place_on_home: chapter for chapter in chapters(index.version)},
        "certifications": [*certifications.values()],
        "count": len(index.rows),
        "by_kind_count": rated[Rated.BY_KIND].bit_count(),
        "not_rated_count": rated[NOT_RATED].bit_count(),
    }
    return render(request, "catalog/home.html", context)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The whole guide, every statement with its anchor."""
    version = content_version()
    rated = Certification.objects.in_guide_order().rated().values_list("slug", flat=True)
    certifications = certifications_by_slug(version, rated)
    context = {"chapters": chapters(version), "certifications": [*certifications.values()]}
    return render(request, "catalog/guide.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The page on how the site judges, checks facts and is paid for, in our own words."""
    return render(request, "catalog/about.html", {"sections": AboutSection.objects.all()})


@require_safe
@vary_on_fragment
def certification_list(request: HtmxHttpRequest) -> HttpResponse:
    """The certifications that the address asks for; a fragment where only the list is replaced."""
    listing, problems = _read_page(request.GET)
    url = listing.query.url()
    is_fragment = is_for(request, "results")
    if not problems and not is_fragment and request.get_full_path() != url:
        return HttpResponseRedirect(url)
    known = listing.known_keys
    drawn = known if len(known) <= MAX_POINTS else []
    as_of = read_past_day(listing.query.get(AS_OF), today=listing.index.day)
    shown = {*drawn, *listing.page_keys, *listing.nearest_keys}
    certifications = cards_by_key(listing.index.version, shown)
    on_page = [certifications[key] for key in listing.page_keys]
    context = {
        "listing": listing,
        "problems": problems,
        "certifications": on_page,
        "over_limits": may_exceed_limits(listing.query, on_page),
        "nearest": [certifications[key] for key in listing.nearest_keys],
        "map": signal_map([certifications[key] for key in drawn], today=listing.index.day),
        "map_limit": MAX_POINTS,
        "known_count": len(known),
        "undrawn_count": listing.count - len(known),
        "since": list_changes(listing, as_of) if as_of else None,
        "typed": request.GET.get("q", ""),
        "not_found": not_found(listing.index.version) if listing.is_not_found else None,
        "help": search_help(listing),
        "is_fragment": is_fragment,
        "content_version": listing.index.version,
    }
    name = "_list_update" if is_fragment else "certification_list"
    response = render(request, f"catalog/{name}.html", context)
    if is_fragment:
        response.headers["HX-Push-Url"] = url
    return response


@require_safe
@vary_on_fragment
def suggestions(request: HtmxHttpRequest) -> HttpResponse:
    """The names that may be meant by what is being typed; without htmx, the list of all found."""
    field = request.GET.get("by", "q")  # the name of the field that is typed into
    typed = request.GET.get(field, "")
    if not request.htmx:
        return HttpResponseRedirect(ListQuery({"q": (typed,)} if typed.strip() else {}).url())
    suggested = suggest(typed)
    return render(request, "catalog/_suggestions.html", {"suggested": suggested, "field": field})


@require_safe
def certifications_json(request: HttpRequest) -> HttpResponse:
    """All certifications that the address asks for, as JSON; 400 for what can't be understood."""
    listing, problems = read_listing(request.GET)
    if problems:
        return _invalid(problems)
    return JsonResponse(list_as_json(listing), json_dumps_params={"ensure_ascii": False})


@require_safe
def certifications_csv(request: HttpRequest) -> HttpResponse:
    """All certifications that the address asks for, as CSV; 400 for what can't be understood."""
    listing, problems = read_listing(request.GET)
    if problems:
        return _invalid(problems)
    site = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(list_as_csv(listing, site=site), headers=CSV_HEADERS)


@require_safe
def certification_compare(request: HttpRequest) -> HttpResponse:
    """Two to four certifications side by side."""
    listing, problems = read_listing(request.GET)
    unused = [name for name in listing.query.values if name != "cert"]
    problems += [Problem(name, "", "A comparison has no such filter.") for name in unused]
    listing = Listing(listing.index, ListQuery({"cert": listing.query.values.get("cert", ())}))
    slugs = listing.query.values.get("cert", ())
    certifications = [*certifications_by_slug(listing.index.version, slugs).values()]
    is_comparable = FEWEST <= len(certifications) <= MOST
    pairs = [("about", certification.slug) for certification in certifications]
    context = {
        "problems": problems,
        "path": listing.query.url("catalog:certification_compare"),
        "certifications": certifications,
        "excess": max(0, len(certifications) - MOST),
        "without_each": [
            (certification, _comparison_without(certification, certifications))
            for certification in certifications
        ],
        "groups": compare(certifications, today=listing.index.day) if is_comparable else [],
        "title": title_of(certifications, today=listing.index.day) if is_comparable else "",
        "ask_url": build_url("advisor:wizard", pairs),
    }
    return render(request, "catalog/certification_compare.html", context)


@require_safe
def certification_for_whom(request: HttpRequest) -> HttpResponse:
    """For whom each certification of a list is, for who chooses for a team or a class."""
    listing, problems = _read_page(request.GET)
    if as_of := listing.query.get(AS_OF):
        problems.append(Problem(AS_OF, as_of, "This page says what holds today."))
    page = listing.query.values.get("page", ())
    query = listing.query.replace(as_of=(), page=page)
    listing = replace(listing, query=query, view="catalog:certification_for_whom")
    if not problems and request.get_full_path() != listing.url:
        return HttpResponseRedirect(listing.url)
    version = listing.index.version
    slugs = [card.slug for card in cards_by_key(version, listing.page_keys).values()]
    certifications = certifications_by_slug(version, slugs).values()
    labels = dict(Trait.objects.values_list("slug", "label"))
    rows = [for_whom(certification, labels) for certification in certifications]
    context = {"listing": listing, "problems": problems, "rows": rows}
    return render(request, "catalog/certification_for_whom.html", context)


@require_safe
def certification_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One certification: the guide's judgement, and the facts apart from it."""
    version = content_version()
    certification = certifications_by_slug(version, [slug]).get(slug)
    if certification is None:
        renamed = renamed_slugs([slug])
        if slug not in renamed:
            raise Http404
        return HttpResponsePermanentRedirect(
            reverse("catalog:certification_detail", kwargs={"slug": renamed[slug]})
        )
    today = timezone.localdate()
    changes = changed_days(certification.pk, version=version, today=today)
    context = {
        "certification": certification,
        "kinds": [] if certification.rated else judged_kinds(version),
        "quotations": quotations(version),
        "changes": changes,
        "most_questions": most_questions(slug, today),
    }
    return render(request, "catalog/certification_detail.html", context)


def _read_page(parameters: QueryDict) -> tuple[Listing, list[Problem]]:
    """The list to show; a page after the last is named, and the last one shown."""
    listing, problems = read_listing(parameters)
    asked, last = listing.query.get("page"), str(listing.last_page)
    if asked and int(asked) > listing.last_page:
        problems.append(Problem("page", asked, f"The last page of this list is {last}."))
        page = () if last == DEFAULTS["page"] else (last,)
        listing = Listing(listing.index, listing.query.replace(page=page))
    return listing, problems


def _comparison_without(certification: Certification, compared: list[Certification]) -> str:
    others = [("cert", other.slug) for other in compared if other != certification]
    return build_url("catalog:certification_compare", others)


def _invalid(problems: list[Problem]) -> JsonResponse:
    invalid = [
        {"parameter": p.parameter[:80], "value": p.value[:80], "reason": p.reason} for p in problems
    ]
    error = "The address has parameters that can’t be understood: see “invalid”."
    return JsonResponse({"error": error, "invalid": invalid}, status=HTTPStatus.BAD_REQUEST)
