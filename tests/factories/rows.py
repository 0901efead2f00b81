"""Rows for tests: the smallest valid one of each kind, any field given by name."""

from datetime import date
from typing import Any

from catalog.models import (
    Certification,
    Chapter,
    Correction,
    Exam,
    Lifecycle,
    Price,
    Source,
    Statement,
    Succession,
    Tier,
    Trait,
)

CHECKED: dict[str, Any] = {"confidence": "high", "checked_on": date(2026, 11, 22)}


def new_tier(**fields: Any) -> Tier:
    chapter = fields.pop("chapter", None) or Chapter.objects.get(slug="categories")
    defaults = {"slug": "odd", "name": "Odd signal", "heading": "Odd", "order": 50, "bars": 3}
    return Tier(chapter=chapter, **{**defaults, **fields})


def new_certification(**fields: Any) -> Certification:
    slug = fields.setdefault("slug", "a-new-one")
    defaults = {"name": slug.replace("-", " ").capitalize(), "kind": "exam", "order": 50}
    return Certification(**{**defaults, **fields})


def a_certification(**fields: Any) -> Certification:
    """A saved one, not rated."""
    certification = new_certification(**fields)
    certification.save()
    return certification


def new_statement(**fields: Any) -> Statement:
    if not {"certification", "chapter"} & set(fields):
        fields["certification"] = Certification.objects.get(slug="aws-certified-ai-practitioner")
    defaults = {"order": 50, "section": "reality", "text": "It is what it is."}
    return Statement(**{**defaults, **fields})


def new_lifecycle(**fields: Any) -> Lifecycle:
    fields["certification"] = fields.get("certification") or a_certification()
    return Lifecycle(**{**CHECKED, **fields})


def new_price(**fields: Any) -> Price:
    fields["certification"] = fields.get("certification") or a_certification()
    return Price(**{**CHECKED, **fields})


def new_exam(**fields: Any) -> Exam:
    fields["certification"] = fields.get("certification") or a_certification()
    return Exam(**{**CHECKED, "order": 1, **fields})


def new_succession(**fields: Any) -> Succession:
    return Succession(**{**CHECKED, "order": 1, **fields})


def new_correction(**fields: Any) -> Correction:
    defaults = {"slug": "a-correction", "text": "It is otherwise."}
    return Correction(**{**CHECKED, **defaults, **fields})


def a_source(slug: str = "a-source", name: str = "A source") -> Source:
    return Source.objects.create(slug=slug, name=name)


def a_trait(slug: str) -> Trait:
    return Trait.objects.create(slug=slug, label=f"is {slug}")
