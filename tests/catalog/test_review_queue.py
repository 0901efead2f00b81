"""The truth desk: each list names what it should and nothing else, a click from its form."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from catalog.models import Certification, Correction, Lifecycle, LinkCheck, Price, Source
from catalog.review_queue import FACTS, SHOWN, ReviewList, concerns
from tests.factories.drafts import add_drafts
from tests.factories.people import client_of
from tests.factories.rows import a_certification, new_lifecycle, new_price, new_statement
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide")

TODAY = date(2026, 11, 23)
A_CERTIFICATION = "aws-certified-ai-practitioner"


def desk(today: date = TODAY) -> dict[str, ReviewList]:
    return {concern.key: concern for concern in concerns(today)}


def words(key: str, today: date = TODAY) -> list[str]:
    return [said for said, _ in desk(today)[key].items(None)]


def new_on_desk(key: str, act: Callable[[], object]) -> list[str]:
    before = set(words(key))
    act()
    return sorted(set(words(key)) - before)


@pytest.fixture
def editor() -> Client:
    return client_of("Editor")


@pytest.mark.parametrize(("days", "is_old"), [(180, False), (181, True)])
def test_fact_is_old_after_180_days(days: int, *, is_old: bool) -> None:
    for model in FACTS:
        model.objects.update(checked_on=TODAY)
    row = Price.objects.get(certification__slug=A_CERTIFICATION)
    Price.objects.filter(pk=row.pk).update(checked_on=TODAY - timedelta(days))
    day = TODAY - timedelta(days)
    assert (
        words("old")
        == [f"{row.certification}: price, checked on {date_format(day, 'j F Y')}"] * is_old
    )


@pytest.mark.parametrize(("days", "is_ahead"), [(-1, False), (0, True), (180, True), (181, False)])
@pytest.mark.parametrize("field", ["closes_on", "sales_end_on"])
def test_closing_is_ahead_for_180_days(days: int, field: str, *, is_ahead: bool) -> None:
    fields = {field: TODAY + timedelta(days), "certification": a_certification(slug="soon")}
    assert new_on_desk("closing", new_lifecycle(**fields).save) == ["Soon"] * is_ahead


def test_unknown_price_and_state_are_those_without_a_row_or_a_value() -> None:
    one, two = a_certification(slug="one"), a_certification(slug="two", order=51)
    new_price(certification=two).save()
    new_lifecycle(certification=two).save()
    a_certification(slug="all", order=52, kind="category")
    assert {"One", "Two"} < set(words("prices"))
    assert {"One", "Two"} < set(words("states"))
    new_price(certification=one, amount="0", currency="USD", period="once").save()
    Lifecycle.objects.filter(certification=two).update(closes_on=TODAY)
    assert "One" not in words("prices")
    assert not {"Two", "All"} & set(words("states"))


def test_statement_that_argues_without_a_condition_is_on_the_desk() -> None:
    fields = {"effect": "for", "no_condition_reason": "Nobody asks.", "text": "Bare."}
    assert new_on_desk("conditions", new_statement(**fields).save) == [
        "AWS Certified AI Practitioner: “Bare.”"
    ]


def test_rated_certification_of_which_nothing_argues_is_on_the_desk() -> None:
    tier = Certification.objects.get(slug=A_CERTIFICATION).tier
    new = a_certification(slug="mute", tier=tier)
    assert "Mute" in words("conditions")
    new_statement(certification=new, effect="for", condition="uses-gcp").save()
    assert "Mute" not in words("conditions")


def test_broken_link_leads_to_every_row_that_has_it() -> None:
    url, now = "https://example.org/gone", timezone.now()
    Source.objects.create(slug="gone", name="Gone source", url=url)
    a_certification(slug="gone", page_url=url)
    for status, is_broken in ((404, True), (None, True), (403, False), (200, False)):
        LinkCheck.objects.update_or_create(url=url, defaults={"status": status, "checked_at": now})
        assert words("links") == ["Gone source", "Gone"] * is_broken


def test_drafts_of_every_kind_wait() -> None:
    assert words("drafts") == []
    add_drafts()
    assert len(words("drafts")) == desk()["drafts"].count == 5


def test_corrections_are_listed_with_the_sentence_that_each_is_of() -> None:
    assert len(set(words("corrections"))) == Correction.objects.count() == 5
    (chapters,) = (said for said in words("corrections") if "Two of these three" in said)
    assert chapters.startswith("The Honest Recommendation: “Choose high-signal options (Google ML")


def test_what_is_still_to_confirm_comes_first_with_its_words() -> None:
    assert next(concerns(TODAY)).key == "confirm"
    name = "Microsoft Azure AI Apps and Agents Developer Associate"
    assert len(words("confirm")) == 16
    assert f"{name}: price: The price of AI-103." in words("confirm")
    Price.objects.update(to_confirm="")
    assert not [said for said in words("confirm") if ": price: " in said]
    correction = Correction.objects.get(slug="free-audit-is-doubtful")
    correction.to_confirm = "Whether it has ended."
    assert new_on_desk("confirm", correction.save) == [
        "IBM AI Engineering Professional Certificate: correction: Whether it has ended."
    ]


def test_every_item_leads_to_the_form_that_holds_it(editor: Client) -> None:
    add_drafts()
    for concern in concerns(TODAY + timedelta(400)):  # when all facts are old
        for said, address in concern.items():
            page = read_page(editor.get(address).content)
            _, _, part = address.partition("#")
            assert page.find_all(f"#{part}" if part else ".submit-row"), said


def test_start_page_counts_and_says_so_where_there_is_nothing(editor: Client) -> None:
    page = read_page(editor.get("/admin/").content).find(".desk")
    for concern in concerns(timezone.localdate()):
        part = page.find(f"#{concern.key}")
        assert part.find(".count").text == str(concern.count)
        assert len(texts(part, "li")) == min(concern.count, SHOWN)
        assert (texts(part, "p") == [concern.none]) is (concern.count == 0)


def test_long_list_is_shown_whole_when_asked_for(editor: Client) -> None:
    for number in range(SHOWN + 3):
        a_certification(slug=f"more-{number}", order=2000 + number)
    count = desk()["prices"].count
    short = read_page(editor.get("/admin/").content).find("#prices")
    assert (len(texts(short, "li")), texts(short, "p")) == (SHOWN, [f"Show all {count}"])
    whole = read_page(editor.get("/admin/?all=prices").content).find("#prices")
    assert (len(texts(whole, "li")), texts(whole, "p")) == (count, [])


def test_start_page_asks_as_many_queries_for_more_rows(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        a_certification(slug=f"more-{number}", order=2000 + number)
    Price.objects.update(checked_on=date(2020, 1, 1))
    with django_assert_max_num_queries(60):
        editor.get("/admin/")


def test_person_without_a_role_sees_no_list() -> None:
    client = client_of("Nobody")
    assert texts(read_page(client.get("/admin/").content).find(".desk"), "li") == []


# --- checked today -------------------------------------------------------------------


def check(client: Client, model: str, *keys: int) -> Any:
    """Choose rows in the list and the action, and get the page that asks for the source."""
    address = f"/admin/catalog/{model}/"
    sent: dict[str, Any] = {"action": "checked_today", "_selected_action": list(keys)}
    inputs = read_page(client.get(address).content).find_all("input")
    (version,) = {
        each.attributes["value"] for each in inputs if each.attributes.get("name") == "_version"
    }
    return client.post(address, sent | {"_version": version})


def fields_of(answer: Any) -> dict[str, Any]:
    inputs = read_page(answer.content).find(".desk").find_all("input")
    found: dict[str, Any] = {}
    for each in inputs:
        if "name" in each.attributes:
            found.setdefault(each.attributes["name"], []).append(each.attributes["value"])
    return found


def test_facts_of_a_certification_are_checked_today_with_their_source(editor: Client) -> None:
    certification, source = (
        Certification.objects.get(slug=A_CERTIFICATION),
        Source.objects.get(slug="metaltoad"),
    )
    asked = check(editor, "certification", certification.pk)
    assert len(texts(read_page(asked.content).find(".desk"), "li")) == 3
    sent = fields_of(asked)
    assert len(sent["fact"]) == 3
    refused = editor.post("/admin/catalog/certification/", sent | {"source": ""})
    assert texts(read_page(refused.content).find(".errorlist"), "li") == ["This field is required."]
    assert certification.price.checked_on < timezone.localdate()
    editor.post("/admin/catalog/certification/", sent | {"source": source.pk})
    for fact in (
        Price.objects.get(certification=certification),
        Lifecycle.objects.get(certification=certification),
    ):
        assert fact.checked_on == timezone.localdate()
        assert source in fact.sources.all()
        version = type(fact).history.filter(id=fact.pk).latest("history_id")
        assert version.history_user.username == "editor"


def test_each_fact_is_shown_with_its_value_its_source_and_what_is_open(editor: Client) -> None:
    certification = Certification.objects.get(
        slug="aws-certified-generative-ai-developer-professional"
    )
    page = read_page(check(editor, "certification", certification.pk).content).find(".desk")
    source = "source AWS: Certified Generative AI Developer - Professional"
    says = f"({source}; checked on 22 November 2026"
    duration = "The duration of AIP-C01: 170 or 180 minutes."
    assert [item.partition(" Correct it")[0] for item in texts(page, "li")] == [
        (
            "Lifecycle: Open since 14 April 2026; validity: 3 years "
            f"{says}; still to confirm: Anything the vendor has announced since August 2026.)"
        ),
        f"Price: $300 once {says})",
        (
            "Exam: AIP-C01; 75 questions; 170-180 minutes; pass at 750 "
            f"{says}; still to confirm: {duration})"
        ),
    ]


def test_only_what_is_ticked_is_checked_today(editor: Client) -> None:
    certification, source = (
        Certification.objects.get(slug=A_CERTIFICATION),
        Source.objects.get(slug="metaltoad"),
    )
    sent = fields_of(check(editor, "certification", certification.pk))
    sent["fact"] = [f"price-{certification.price.pk}"]
    again = editor.post("/admin/catalog/certification/", sent)
    boxes = read_page(again.content).find(".desk").find_all("label")[:3]
    assert ["checked" in box.find("input").attributes for box in boxes] == [False, True, False]
    editor.post("/admin/catalog/certification/", sent | {"source": source.pk})
    assert Price.objects.get(certification=certification).checked_on == timezone.localdate()
    assert (
        Lifecycle.objects.get(certification=certification).checked_on
        == certification.lifecycle.checked_on
    )
    del sent["fact"]  # nothing is ticked
    editor.post("/admin/catalog/certification/", sent | {"source": source.pk})
    assert (
        Lifecycle.objects.get(certification=certification).checked_on
        == certification.lifecycle.checked_on
    )


def test_correction_is_checked_today(editor: Client) -> None:
    row, source = Correction.objects.all()[0], Source.objects.get(slug="metaltoad")
    sent = fields_of(check(editor, "correction", row.pk)) | {"source": source.pk}
    editor.post("/admin/catalog/correction/", sent)
    row.refresh_from_db()
    assert row.checked_on == timezone.localdate()


def test_fact_that_changed_after_the_page_was_shown_is_not_called_checked(editor: Client) -> None:
    certification, source = (
        Certification.objects.get(slug=A_CERTIFICATION),
        Source.objects.get(slug="metaltoad"),
    )
    sent = fields_of(check(editor, "certification", certification.pk)) | {"source": source.pk}
    price = Price.objects.get(certification=certification)
    price.note = "Another’s"
    price.save()
    editor.post("/admin/catalog/certification/", sent)
    assert Price.objects.get(pk=price.pk).checked_on == price.checked_on < timezone.localdate()
