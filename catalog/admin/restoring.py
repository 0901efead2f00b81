"""Restoring: a row, with what hangs on it, becomes what it was."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from catalog.admin.versions import State, links_at, state_at
from catalog.models.keyed import KeyedModel


def now_and_then(model: type[KeyedModel], key: int, moment: datetime) -> tuple[State, State]:
    """What there is of a row today, and what there was at a moment.

    Links to it from rows of others belong to it only where it is gone: they went with it.
    """
    now = state_at(model, [key], datetime.max.replace(tzinfo=UTC))
    return now, state_at(model, [key], moment, own=(model, key) in now)


def restore(now: State, then: State) -> str:
    """Make what there is what there was, with the same primary keys; returns what to know of it.

    Raises ValidationError or an error of the database; some of it is written then.
    """
    for model, key in reversed([place for place in now if place not in then]):
        model.objects.get(pk=key).delete()  # what hangs on a row goes before it
    changed = {place: each for place, each in then.items() if now.get(place) != each}
    for model, key in changed:
        if hasattr(model, "order"):
            model.objects.park([key])
    return " ".join(
        filter(None, (_write(each, is_new=at not in now) for at, each in changed.items()))
    )


def _write(version: Any, *, is_new: bool) -> str:  # noqa: ANN401 - simple_history has no types
    row, note = version.instance, ""
    row._state.adding = is_new  # noqa: SLF001 - public name
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
