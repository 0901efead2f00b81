"""The facts that wait for an editor to read their sources again, in the order of reading."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from catalog.editorial.drafts import hidden
from catalog.editorial.past_states import keys_in
from catalog.models import Certification, Confidence, Correction, Provider, Sourced
from catalog.review_queue import FACTS

AGES = (30, 90, 180, 365)
ANY = [("", "any")]
BY_NAME = {model._meta.model_name: model for model in FACTS}


class QueueForm(forms.Form):
    """The filters of the queue, as they stand in its address."""

    show = forms.ChoiceField(
        choices=[("", "still to confirm"), ("all", "all that nobody checked today")],
        required=False,
        label="Facts",
    )
    provider = forms.ModelChoiceField(
        Provider.objects.all(), to_field_name="slug", required=False, empty_label="any"
    )
    age = forms.TypedChoiceField(
        choices=[*ANY, *((days, f"{days} days or more") for days in AGES)],
        coerce=int,
        required=False,
        label="Not checked for",
    )
    confidence = forms.ChoiceField(
        choices=[*ANY, *((value, value.label.partition(":")[0]) for value in Confidence)],
        required=False,
    )
    certification = forms.ModelMultipleChoiceField(
        Certification.objects.all(), to_field_name="slug", required=False
    )

    def pairs(self) -> list[tuple[str, str]]:
        """The filters that are set, as they stand in the address."""
        sent: Any = self.data
        return [(name, value) for name in self.fields for value in sent.getlist(name) if value]


def queue(filters: dict[str, Any], *, today: date, drafts_only: bool) -> list[str]:
    """The keys, e.g. “price-12”, of the facts that pass the filters of a `QueueForm`."""
    found: list[tuple[str, str, int, int]] = []
    for kind, model in enumerate(FACTS):
        of = owner_path(model)
        columns = (f"{of}__provider__name", f"{of}__name", "pk")
        rows = _filtered(model, filters, today, drafts_only=drafts_only)
        for provider, name, key in rows.values_list(*columns):
            found.append((provider or "", name or "", kind, key))
    # Sorted so, the facts that one page tells of stand together.
    return [f"{FACTS[kind]._meta.model_name}-{key}" for *_, kind, key in sorted(found)]


def owner_path(model: type[Sourced]) -> str:
    """The look-up that leads from a fact to its certification."""
    return "statement__certification" if model is Correction else "certification"


def fact_with_key(key: str) -> Any:
    """The fact with a key such as “price-12”, or None."""
    name, _, number = key.rpartition("-")
    keys = keys_in([number])
    return BY_NAME[name].objects.filter(pk=keys[0]).first() if keys and name in BY_NAME else None


def _filtered(
    model: type[Sourced], filters: dict[str, Any], today: date, *, drafts_only: bool
) -> QuerySet[Any]:
    of, rows = owner_path(model), model.objects.order_by()
    if filters["show"] == "all":
        rows = rows.filter(checked_on__lt=today)
    else:
        rows = rows.exclude(to_confirm="")
    if filters["provider"]:
        rows = rows.filter(**{f"{of}__provider": filters["provider"]})
    if filters["age"]:
        rows = rows.filter(checked_on__lte=today - timedelta(filters["age"]))
    if filters["confidence"]:
        rows = rows.filter(confidence=filters["confidence"])
    if filters["certification"]:
        rows = rows.filter(**{f"{of}__in": filters["certification"]})
    if drafts_only:
        rows = rows.filter(hidden(model) if model is Correction else Q(**{f"{of}__is_draft": True}))
    return rows


def neighbours(keys: list[str], key: str) -> tuple[str, str]:
    """The keys before and after one in the queue, which goes round; empty where it is alone."""
    if not [other for other in keys if other != key]:
        return "", ""
    if key not in keys:
        return keys[-1], keys[0]
    place = keys.index(key)
    return keys[place - 1], keys[(place + 1) % len(keys)]
