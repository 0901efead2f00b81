"""Search results, as primary keys and as slugs."""

from catalog.listing.search import find
from catalog.listing.search_documents import current_search_index
from catalog.models import Certification


def found_keys(q: str) -> list[int]:
    """The primary keys of what is found, best first."""
    index = current_search_index()
    return [index.documents[place].pk for place in find(index, q).places]


def found(q: str) -> list[str]:
    """The slugs of what is found, best first."""
    slugs = dict(Certification.objects.values_list("pk", "slug"))
    return [slugs[key] for key in found_keys(q)]
