"""Rows written back as they were in earlier versions, with the same primary keys."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from catalog.editorial.past_states import State, links_at


def write_back(now: State, then: State) -> str:
    """Make what there is what there was, with the same primary keys; returns what to know of it.

    Raises ValidationError or an error of the database; some of it is written then.
    """
    for model, key in reversed([place for place in now if place not in then]):
        model.objects.get(pk=key).delete()  # what hangs on a row goes before it
    changed = {place: version for place, version in then.items() if now.get(place) != version}
    for model, key in changed:
        if hasattr(model, "order"):
            model.objects.park([key])
    return " ".join(
        filter(None, (_write(version, is_new=at not in now) for at, version in changed.items()))
    )


def _write(version: Any, *, is_new: bool) -> str:
    row, notes = version.instance, []
    row._state.adding = is_new
    refuse_gone(row)
    try:
        row.full_clean()
    except ValidationError:
        if not is_new or not hasattr(row, "order"):
            raise
        last = type(row).objects.aggregate(last=Max("order"))["last"] or 0
        notes.append(f"Place {row.order} is taken by now: it stands at {last + 1}.")
        row.order = last + 1
        row.full_clean()
    row.save()
    for name, keys in links_at(version).items():
        notes += link_again(row, name, keys)
    return " ".join(notes)


def link_again(row: Any, name: str, keys: list[int]) -> list[str]:
    """Link a row to those that it was linked to; returns the words for each that is gone."""
    links = getattr(row, name)
    there_now = links.model.objects.filter(pk__in=keys)
    links.set(there_now)
    gone = sorted(set(keys) - {linked.pk for linked in there_now})
    return [f"{_name_of_gone(links.model, key)}, so it is not linked." for key in gone]


def refuse_gone(row: Any) -> None:
    """Raise ValidationError if the row refers to one that was deleted since."""
    for field in row._meta.fields:
        key = getattr(row, field.attname)
        if not field.is_relation or key is None:
            continue
        if not field.related_model._default_manager.filter(pk=key).exists():
            words = f"{_name_of_gone(field.related_model, key)}: restore it first."
            raise ValidationError({field.name: words})


def _name_of_gone(model: Any, key: int) -> str:
    """The words for a row that was deleted, by its last version."""
    last = model.history.filter(id=key).order_by("history_date", "history_id").last()
    name = f" “{last.instance}”" if last else ""
    return f"The {model._meta.verbose_name}{name} was deleted since"
