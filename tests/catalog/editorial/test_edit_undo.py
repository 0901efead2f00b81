"""Undoing an edit: whole, one row or one field of it; what was changed since stays."""

from datetime import datetime

import pytest

from catalog.editorial.checks import RefusedError
from catalog.editorial.content_version import last_edit_at
from catalog.editorial.edit import edit
from catalog.editorial.edit_undo import changes_of_edit, undo_edit, undo_of
from catalog.models import Price, Provider, Source
from tests.factories.rows import a_certification, a_source, new_price

pytestmark = pytest.mark.usefixtures("guide")


def undo_last(*, only: str = "", moment: datetime | None = None) -> str:
    """Undo the last edit, or that of a moment, or what the key ends with of it."""
    moment = moment or last_edit_at()
    assert moment
    changes = changes_of_edit(moment)
    keys = {f"{each.key}-{field.name}" for each in changes for field in each.fields}
    keys |= {each.key for each in changes}
    with edit():
        return undo_edit(undo_of(changes, {key for key in keys if key.endswith(only)}), moment)


def a_price() -> Price:
    price = new_price(amount=100, currency="USD", period="once")
    with edit():
        price.save()
        price.sources.add(a_source())
    return price


def test_whole_edit_goes_back_rows_links_and_fields_alike() -> None:
    price, gone = a_price(), Provider.objects.create(slug="gone", name="Gone")
    with edit():
        price.amount, price.note = 150, "Dearer."
        price.save()
        price.sources.set([a_source("another", "Another")])
        gone.delete()
        Provider.objects.create(slug="new", name="New")
    undo_last()
    price = Price.objects.get(pk=price.pk)
    found = f"{price}, {price.note}", [each.slug for each in price.sources.all()]
    assert found == ("$100 once, ", ["a-source"])
    slugs = {*Provider.objects.values_list("slug", flat=True)}
    assert ("gone" in slugs, "new" in slugs) == (True, False)
    assert not Source.objects.filter(slug="another").exists()


def test_what_is_gone_since_is_named_and_not_left_out_in_silence() -> None:
    price, provider = a_price(), Provider.objects.create(slug="gone", name="Gone")
    certification = price.certification
    certification.provider = provider
    certification.save()
    with edit():
        price.note = "Dearer."
        price.save()
        price.sources.clear()
    moment = last_edit_at()
    Source.objects.get(slug="a-source").delete()
    said = undo_last(moment=moment)
    assert said == "The source “A source” was deleted since, so it is not linked."
    with edit():
        certification.provider = None
        certification.save()
    moment = last_edit_at()
    provider.delete()
    with pytest.raises(RefusedError, match="The provider “Gone” was deleted since: restore it"):
        undo_last(moment=moment)


def test_one_field_goes_back_and_later_edits_of_others_stay() -> None:
    price = a_price()
    with edit():
        price.amount, price.note = 150, "Dearer."
        price.save()
    moment = last_edit_at()
    assert moment
    price.to_confirm = "The tax."
    price.save()
    (change,) = changes_of_edit(moment)
    with edit():
        undo_edit(undo_of([change], [f"{change.key}-amount"]), moment)
    price.refresh_from_db()
    assert (str(price), price.note, price.to_confirm) == ("$100 once", "Dearer.", "The tax.")


def test_rows_that_changed_places_go_back_to_them() -> None:
    one, two = (a_certification(slug=slug, order=90 + i) for i, slug in enumerate("ab"))
    with edit():
        type(one).objects.park([one.pk])
        one.order, two.order = two.order, one.order
        two.save()
        one.save()
    undo_last()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.order, two.order) == (90, 91)


def test_row_that_others_use_only_by_this_edit_goes_with_it() -> None:
    certification = a_certification()
    with edit():
        certification.provider = Provider.objects.create(slug="new", name="New")
        certification.save()
    undo_last()
    certification.refresh_from_db()
    has_provider = certification.provider_id is not None
    assert (has_provider, Provider.objects.filter(slug="new").exists()) == (False, False)


def test_what_changed_since_is_named_and_nothing_is_undone() -> None:
    price = a_price()
    with edit():
        price.amount, price.note = 150, "Dearer."
        price.save()
    moment = last_edit_at()
    assert moment
    price.amount = 160
    price.save()
    chosen = undo_of(changes_of_edit(moment), {f"catalog.price-{price.pk}-amount"})
    with pytest.raises(RefusedError, match=r"Price .*: Amount was changed since, by"):
        undo_edit(chosen, moment)
    price.refresh_from_db()
    assert price.amount == 160


@pytest.mark.parametrize("what", ["deleted", "there again", "changed"])
def test_row_that_came_or_went_since_is_named(what: str) -> None:
    with edit():
        row = Provider.objects.create(slug="p", name="P")
    key = row.pk
    if what == "there again":
        with edit():
            row.delete()
    moment = last_edit_at()
    assert moment
    with edit():
        if what == "deleted":
            row.delete()
        elif what == "changed":
            row.name = "Q"
            row.save()
        else:
            Provider.objects.create(pk=key, slug="p", name="P")
    changes = changes_of_edit(moment)
    with pytest.raises(RefusedError, match=f"is {what}|was {what} since"):
        undo_edit(undo_of(changes, {each.key for each in changes}), moment)
