"""Documents of the search: the texts by which readers find each certification, from the rows."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from catalog.editorial.content_version import content_version
from catalog.editorial.drafts import published
from catalog.listing.search_index import Document, SearchIndex
from catalog.models import Alias, Certification, Exam, Platform, Statement

Texts = dict[int, tuple[str, ...]]


def current_search_index() -> SearchIndex:
    """Return the index of the content as it stands."""
    return search_index(content_version())


@lru_cache(maxsize=1)
def search_index(version: str) -> SearchIndex:
    """Return the index of what readers see, in the guide's order."""
    texts = _texts(published(Statement.objects.exclude(certification=None)), "text")
    chapters = _texts(published(Statement.objects.exclude(chapter=None)), "text", of="chapter")
    return SearchIndex(documents(texts), map(" ".join, chapters.values()))


def documents(sentences: Texts) -> Iterable[Document]:
    """Yield a document for each published certification."""
    aliases = _texts(Alias.objects.published(), "name")
    codes = _texts(Exam.objects.published().exclude(code=""), "code")
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
            aliases.get(key, ()),
            codes.get(key, ()),
            provider or "",
            provider_of_kind or "",
            platform=f"{clouds[platform]} {platform}" if platform else "",
            kind=f"{kinds[kind]} {noun}",
            sentences=sentences.get(key, ()),
            page_url=page_url or "",
        )


def _texts(rows: QuerySet[Any], column: str, *, of: str = "certification") -> Texts:
    texts: dict[int, list[str]] = defaultdict(list)
    for key, text in rows.order_by(of, "pk").values_list(of, column):
        texts[key].append(text)
    return {key: tuple(of_one) for key, of_one in texts.items()}
