"""Documents of the search: the texts by which readers find each certification, from the rows."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from catalog.certification_rows import texts_below
from catalog.editorial.content_version import content_version
from catalog.editorial.drafts import published
from catalog.listing.search_index import Document, SearchIndex
from catalog.models import Alias, Certification, Exam, Platform, Statement


def current_search_index() -> SearchIndex:
    """Return the index of the content as it stands."""
    return search_index(content_version())


@lru_cache(maxsize=1)
def search_index(version: str) -> SearchIndex:
    """Return the index of what readers see, in the guide's order."""
    sentences = published(Statement.objects.order_by("pk"))
    of_entries = texts_below(sentences.exclude(certification=None), "text")
    of_chapters = texts_below(sentences.exclude(chapter=None), "text", above="chapter_id")
    return SearchIndex(documents(of_entries), map(" ".join, of_chapters.values()))


def documents(sentences: Mapping[int, Sequence[str]]) -> Iterable[Document]:
    """Yield a document for each published certification."""
    aliases = texts_below(Alias.objects.published().order_by("pk"), "name")
    codes = texts_below(Exam.objects.published().exclude(code="").order_by("pk"), "code")
    rows = Certification.objects.in_guide_order().values_list(
        *("pk", "name", "provider__name", "platform", "kind", "page_url"),
        "membership__category__provider__name",
    )
    kinds, clouds = dict(Certification.Kind.choices), dict(Platform.choices)
    noun = str(Certification._meta.verbose_name)  # what every one of them is
    for key, name, provider, platform, kind, page_url, provider_of_kind in rows:
        yield Document(
            key,
            name,
            tuple(aliases.get(key, ())),
            tuple(codes.get(key, ())),
            provider or "",
            provider_of_kind or "",
            platform=f"{clouds[platform]} {platform}" if platform else "",
            kind=f"{kinds[kind]} {noun}",
            sentences=tuple(sentences.get(key, ())),
            page_url=page_url or "",
        )
