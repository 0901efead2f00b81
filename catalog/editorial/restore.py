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
    row, note = version.instance, ""
    row._state.adding = is_new
    try:
        row.full_clean()
    except ValidationError:
        if not is_new or not hasattr(row, "order"):
            raise
        last = type(row).objects.aggregate(last=Max("order"))["last"] or 0
        row.order, note = last + 1, f"Place {row.order} is taken by now: it stands at {last + 1}."
        row.full_clean()
    row.save()
    for name, keys in links_at(version).items():
        links = getattr(row, name)
        links.set(links.model.objects.filter(pk__in=keys))
    return note
