"""Normalised text: what looks the same is stored the same, by a form's way and by a file's."""

import pytest
from django.core.exceptions import ValidationError

from catalog.editorial.normalized_text import normalized
from catalog.editorial.records import Record
from catalog.models import Certification, Provider, Tier, Trait


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("AWS\u200b ML", "AWS ML"),
        ("\ufeffAWS\u00ad ML\u2060", "AWS ML"),
        ("A \u00a0 B\t C\u3000", "A B C"),
        ("e\u0301", "\u00e9"),
        ("\u202eLMA\u202c", "LMA"),
        ("a\u200cb\u200d", "ab"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),  # a joiner that shapes the word
        ("\U0001f469\u200d\U0001f4bb", None),
        ("日本語", None),
        ("A\u3164\ufe0fB\u2800C\U000e0041", "AB C"),
        ("1\ufe0f\u20e3 \u2764\ufe0f", None),
        ("one\r\ntwo\x07", "one two"),
    ],
)
def test_line_has_nothing_that_nobody_sees(given: str, stored: str | None) -> None:
    assert normalized(given, is_one_line=True) == (given if stored is None else stored)


def test_text_keeps_its_lines() -> None:
    given = " one  two \r\n\r\n\u200bthree\u2028four\n"
    assert normalized(given, is_one_line=False) == "one two\n\nthree\nfour"


def test_row_is_normalised_before_it_is_validated(db: None) -> None:
    Provider.objects.create(slug="acme", name="Acme Ltd")
    row = Provider(slug="ACME", name="Acme\u00a0\u200b Ltd")
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert sorted(caught.value.message_dict) == ["name", "slug"]
    assert (row.slug, row.name) == ("acme", "Acme Ltd")


@pytest.mark.parametrize("name", ["ACME ltd", "\uff21cme Ltd", "\u0410\u0421\u041c\u0395 Ltd"])
def test_name_that_looks_like_another_is_refused(db: None, name: str) -> None:
    row = Provider.objects.create(slug="acme", name="Acme Ltd")
    with pytest.raises(ValidationError) as caught:
        Provider(slug="other", name=name).full_clean()
    assert caught.value.message_dict == {
        "name": ["It looks like “Acme Ltd”, another’s name: choose another name."]
    }
    row.name = "ACME Ltd"
    row.full_clean()  # its own capitals may change


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Provider(slug="new", name="Exampl\u0435"), "name"),
        (Certification(slug="new", page_url="https://ex\u0430mple.org/"), "page_url"),
    ],
)
def test_word_of_two_scripts_is_refused(db: None, row: Provider, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    (message,) = caught.value.message_dict[field]
    assert message.endswith("has letters of two scripts that look alike: type the word anew.")


def test_record_of_a_file_finds_the_row_that_looks_the_same(db: None) -> None:
    row = Provider.objects.create(slug="acme", name="Acme Ltd")
    record = Record(Provider, {"slug": " ACME\u200b", "name": "Acme  Ltd"})
    assert record.row() == row
    assert record.changes(row) == {}


@pytest.mark.parametrize(
    "slug", ["not", "and", "or", "NOT", "1", "-", "true", "none", "_", "a_b", "1-a"]
)
def test_trait_that_no_condition_can_hold_is_refused(db: None, slug: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Trait(slug=slug, label="is so").full_clean()
    (message,) = caught.value.message_dict["slug"]
    assert message.startswith("No condition can hold this word.")


@pytest.mark.parametrize(
    ("model", "slug"),
    [
        *(
            (Tier, "none"),
            (Provider, "None"),
            (Certification, "not-sure"),
            (Certification, "other"),
        ),
        *((Certification, "compare"), (Certification, "for-whom")),
    ],
)
def test_word_that_addresses_use_themselves_is_refused(
    db: None, model: type[Provider], slug: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        model(slug=slug).full_clean()
    words = "The site uses this word itself in addresses: choose another."
    assert caught.value.message_dict["slug"] == [words]
