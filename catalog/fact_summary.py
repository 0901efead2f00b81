"""The value of a fact of any kind in words, as the lists and forms of editors show it."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from catalog.fact_words import lifecycle_words
from catalog.models import Exam, Lifecycle, Membership, Recognition, Succession


def kind_of(row: Any) -> str:
    """The kind of a row, e.g. “price”."""
    return str(row._meta.verbose_name)


def words_of(fact: Any) -> str:
    """The value of a fact, e.g. “$100 once”."""
    if isinstance(fact, Lifecycle):
        status = lifecycle_words(fact, timezone.localdate())
        return f"{status}; validity: {fact.validity_in_words}"
    if isinstance(fact, Exam):
        return fact.in_words
    if isinstance(fact, Succession):
        return str(fact.successor)
    if isinstance(fact, Membership):
        return f"{fact}: {fact.reason}"
    return f"{fact.by}: {fact}" if isinstance(fact, Recognition) and fact.by else str(fact)


def value_of(fact: Any) -> str:
    """The value of a fact with its kind, e.g. “Price: $100 once”."""
    return f"{capfirst(kind_of(fact))}: {words_of(fact)}"
