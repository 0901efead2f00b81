"""Defects that were found and not yet mended: each test says what should be so."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.test import Client

from catalog.conditions import ConditionError, parse
from catalog.models import (
    Certification,
    Chapter,
    Correction,
    Guide,
    ShippedRow,
    Source,
    Statement,
    Tier,
)
from catalog.models.keyed import KeyedModel
from catalog.shipping import Report, ShippedEntry, load_shipped
from tests.catalog.markup import read_page, texts
from tests.catalog.rows import (
    a_certification,
    new_certification,
    new_correction,
    new_exam,
    new_lifecycle,
    new_price,
    new_statement,
    new_tier,
)

pytestmark = pytest.mark.usefixtures("guide", "today")


# --- conditions -----------------------------------------------------------------


@pytest.mark.parametrize("text", ["()", "uses-gcp and ()", "not ()"])
def test_condition_with_empty_brackets_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)


@pytest.mark.parametrize("text", ["~" * 499 + "a", "!" * 499 + "a", "~(" * 160 + "a" + ")" * 160])
def test_condition_as_deep_as_the_field_is_long_is_read_or_refused(text: str) -> None:
    assert len(text) <= 500
    try:
        condition = parse(text)
    except ConditionError:
        return
    assert condition.is_met(frozenset()) in (True, False)
    assert condition.grounds(frozenset()) == {"a"}


def test_condition_of_spaces_is_none() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        new_statement(effect="for", condition="  ").save()


# --- constraints: SQL takes "null" for "not violated" -----------------------------

HALF: dict[str, Callable[[], Model]] = {
    "months without the longest": lambda: new_certification(months_min=2),
    "months without the shortest": lambda: new_certification(months_max=2),
    "minutes without the largest": lambda: new_exam(minutes_min=90),
    "minutes without the smallest": lambda: new_exam(minutes_max=90),
    "questions without the largest": lambda: new_exam(questions_min=50),
    "currency and period without an amount": lambda: new_price(currency="USD", period="once"),
    "valid for years, but not how many": lambda: new_lifecycle(validity="years"),
}


@pytest.mark.parametrize("name", HALF)
def test_row_with_half_of_what_belongs_together_is_refused(name: str) -> None:
    row = HALF[name]()
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


WITHOUT_WORDS: dict[str, Callable[[], Model]] = {
    "five bars": lambda: new_tier(bars=5),
    "order taken without a tier": lambda: new_certification(order=1),
    "place taken": lambda: Chapter(slug="x", heading="X", order=50, place_on_home="opening"),
    "second guide": lambda: Guide(id=2, title="Another"),
}


@pytest.mark.parametrize("name", WITHOUT_WORDS)
def test_editor_is_told_in_words_and_not_by_the_name_of_a_constraint(name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        WITHOUT_WORDS[name]().full_clean()
    assert [text for text in caught.value.messages if text.startswith("Constraint")] == []


# --- loading a new version --------------------------------------------------------


def shipped(label: str, /, **fields: Any) -> ShippedEntry:  # noqa: ANN401 - any field
    model = apps.get_model(label)
    assert issubclass(model, KeyedModel)
    return ShippedEntry(model, fields)


def sentence(anchor: str, order: int) -> ShippedEntry:
    return shipped(
        "catalog.statement", anchor=anchor, certification=["exam"], order=order, text=anchor
    )


def exam_entry(**fields: Any) -> ShippedEntry:  # noqa: ANN401 - any field
    return shipped(
        "catalog.certification",
        **{"slug": "exam", "name": "Exam", "kind": "exam", "order": 101, **fields},
    )


def fact(**fields: Any) -> ShippedEntry:  # noqa: ANN401 - any field
    return shipped(
        "catalog.lifecycle",
        certification=["exam"],
        confidence="high",
        checked_on="2026-11-22",
        **fields,
    )


def anchors() -> list[str]:
    statements = Statement.objects.filter(certification__slug="exam").order_by("order")
    return [statement.anchor for statement in statements]


def load(*entries: ShippedEntry) -> Report:
    return load_shipped(list(entries))


@pytest.fixture
def only_what_is_loaded(guide: None) -> None:
    """Take the guide for an editor's work, so that it is not withdrawn."""
    ShippedRow.objects.all().delete()


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_closes_the_gap_of_a_withdrawn_row() -> None:
    load(exam_entry(), sentence("one", 1), sentence("two", 2), sentence("three", 3))
    load(exam_entry(), sentence("one", 1), sentence("three", 2))
    assert anchors() == ["one", "three"]


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_puts_another_row_in_the_place_of_a_withdrawn_one() -> None:
    load(exam_entry(), sentence("one", 1), sentence("typo", 2))
    load(exam_entry(), sentence("one", 1), sentence("mended", 2))
    assert anchors() == ["one", "mended"]


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_empties_a_relation_that_is_no_longer_shipped() -> None:
    source = shipped("catalog.source", slug="s", name="S")
    load(source, exam_entry(), fact(sources=[["s"]]))
    load(source, exam_entry(), fact())
    exam = Certification.objects.get(slug="exam")
    assert list(exam.lifecycle.sources.all()) == []


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_leaves_alone_what_belongs_to_a_row_that_an_editor_deleted() -> None:
    load(exam_entry())
    Certification.objects.get(slug="exam").delete()
    load(exam_entry(), sentence("new", 1), shipped("catalog.source", slug="s", name="S"))
    assert not Certification.objects.filter(slug="exam").exists()
    assert Source.objects.filter(slug="s").exists()


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_goes_on_when_an_editor_has_taken_an_order_number() -> None:
    load(exam_entry(), sentence("one", 1))
    exam = Certification.objects.get(slug="exam")
    Statement.objects.create(certification=exam, order=2, text="The editor's.", anchor="editors")
    load(exam_entry(), sentence("one", 1), sentence("two", 2))
    assert Statement.objects.get(anchor="editors").text == "The editor's."
    assert set(anchors()) >= {"one", "editors"}


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_does_not_withdraw_what_an_editor_has_built_on() -> None:
    load(exam_entry(), sentence("one", 1))
    new_correction(statement=Statement.objects.get(anchor="one"), slug="editors").save()
    load(exam_entry())
    assert Correction.objects.filter(slug="editors").exists()


@pytest.mark.usefixtures("only_what_is_loaded")
def test_load_does_not_stop_at_a_row_that_an_edited_one_needs() -> None:
    provider = shipped("catalog.provider", slug="acme", name="Acme")
    load(provider, exam_entry(provider=["acme"]))
    Certification.objects.filter(slug="exam").update(name="Edited")
    load()
    assert Certification.objects.get(slug="exam").name == "Edited"


# --- pages ------------------------------------------------------------------------


def facts_of(certification: Certification) -> list[str]:
    page = read_page(Client().get(certification.get_absolute_url()).content)
    return [texts(each, "dd")[0] for each in page.find_all(".fact")]


def test_page_of_an_entry_whose_price_nobody_entered_says_unknown() -> None:
    certification = a_certification()
    new_lifecycle(certification=certification, reported="open").save()
    assert facts_of(certification) == ["Open", "unknown", "unknown", "unknown"]


def test_page_of_an_exam_without_facts_does_not_call_it_a_category() -> None:
    certification = a_certification(kind="exam")
    page = read_page(Client().get(certification.get_absolute_url()).content)
    assert "category" not in page.find(".facts").text


def test_page_of_one_that_will_not_be_sold_does_not_say_that_it_is_so_already() -> None:
    certification = a_certification()
    new_lifecycle(
        certification=certification, reported="open", sales_end_on=date(2027, 1, 1)
    ).save()
    page = read_page(Client().get(certification.get_absolute_url()).content)
    (heading,) = texts(page.find(".closure"), "h2")
    assert heading.startswith("Closing: ")
    assert "not sold since" not in heading


def test_page_of_one_that_is_not_sold_any_more_does_not_close_it_in_the_future() -> None:
    certification = a_certification()
    new_lifecycle(
        certification=certification,
        reported="open",
        sales_end_on=date(2026, 11, 1),
        closes_on=date(2027, 3, 31),
    ).save()
    page = read_page(Client().get(certification.get_absolute_url()).content)
    (status,) = texts(page.find(".entry-head"), ".status")
    assert status != "Closed on 31 March 2027"


def test_guide_page_names_an_entry_that_the_guide_does_not_have() -> None:
    a_certification(slug="late", name="Rated later", tier=Tier.objects.get(slug="high"))
    entry = read_page(Client().get("/guide/").content).find("#late")
    assert entry.find("h4").text == "Rated later"


@pytest.mark.parametrize(
    "slug", ["aws-certified-machine-learning-specialty", "microsoft-azure-ai-engineer-associate"]
)
def test_page_has_no_space_before_a_semicolon(slug: str) -> None:
    page = read_page(Client().get(f"/certifications/{slug}/").content)
    assert re.findall(r"\S+ [;,]", page.find("main").text) == []
