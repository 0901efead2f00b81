"""An edit that changes verdicts is shown to the editor before it is saved."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import Decided
from advisor.domain.verdict_diff import VerdictShift
from advisor.models import Question, Rule
from advisor.rulebook_loader import current_rulebook
from advisor.templatetags.advisor_tags import shifts_words
from advisor.url_builder import pairs_of, result_url
from catalog.editorial.content_version import content_version
from catalog.models import Certification
from tests.admin_form import AdminForm, open_form, read_form
from tests.advisor.sheets import GOOGLE, READY, ask
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "short_form")


def form_of(client: Client, row: Rule | Question | Certification) -> AdminForm:
    page = f"{row._meta.label_lower.replace('.', '_')}_change"
    return open_form(client, reverse(f"admin:{page}", args=[row.pk]))


def mandate() -> Rule:
    return Rule.objects.get(order=1)


def edited(client: Client) -> tuple[AdminForm, Any]:
    """The first rule with another condition, sent, and what the admin answers."""
    form = form_of(client, mandate())
    form.set(condition="mandated and deployed")
    return form, form.send(client)


def test_effect_is_shown_and_nothing_is_saved(admin_client: Client) -> None:
    before = content_version()
    _, page = edited(admin_client)
    effect = page.context["effect"]
    assert page.status_code == 200
    assert (mandate().condition, content_version()) == ("mandated", before)
    assert {shift.before.outcome for shift in effect.shifts} == {"mandated"}
    assert effect.changed == sum(shift.sheets for shift in effect.shifts) > 0
    assert f"{effect.changed:,}" in page.content.decode()
    assert len(page.context["examples"]) == 10


def test_page_names_what_is_edited_and_shows_the_edit(admin_client: Client) -> None:
    _, page = edited(admin_client)
    read = read_page(page.content)
    assert texts(read, "h1") == [f"What this edit would do: {mandate()}"]
    (change,) = read.find(".timeline").find_all("li")
    assert texts(change, "dt") == ["Condition"]
    assert texts(change, "del") == ["mandated"]
    assert texts(change, "ins") == ["mandated and deployed"]


def test_examples_lead_to_sheets_with_the_verdict_of_before(admin_client: Client) -> None:
    _, page = edited(admin_client)
    for example in page.context["examples"]:
        answer = Client().get(example["url"].replace("/result/", "/result.json"))
        assert answer.json()["outcome"]["slug"] == example["shift"].before.outcome
        assert example["before"].outcome.slug == example["shift"].before.outcome
        assert example["after"].outcome.slug == example["shift"].after.outcome


def test_effect_that_was_seen_is_saved_with_its_reason(admin_client: Client) -> None:
    form, page = edited(admin_client)
    form.fields |= {"_effect": page.context["digest"], "change_reason": "Mandates need practice"}
    form.fields["_sure"] = "change"
    assert form.send(admin_client).status_code == 302
    assert mandate().condition == "mandated and deployed"
    assert mandate().history.first().history_change_reason == "Mandates need practice"


def test_large_effect_is_saved_only_where_it_is_typed_that_it_is_wanted(
    admin_client: Client,
) -> None:
    form, page = edited(admin_client)
    assert page.context["is_severe"]
    form.fields |= {"_effect": page.context["digest"], "change_reason": "Everybody must"}
    again = form.send(admin_client)
    assert again.status_code == 200
    notes = texts(read_page(again.content), ".errornote")
    assert notes[-1] == "It is not saved: type “change” if you want it."
    assert mandate().condition == "mandated"


def test_certification_that_can_now_be_named_as_required_asks_nothing(
    admin_client: Client,
) -> None:
    form = open_form(admin_client, reverse("admin:catalog_certification_add"))
    form.set(name="A new one", kind="exam")
    form.fields["_waiver"] = "Announced today"
    answer = form.send(admin_client)
    assert answer.status_code == 302
    page = read_page(admin_client.get("/admin/").content)
    assert "No verdict changes. “A new one” can now be named as required." in texts(
        page.find(".messagelist"), "li"
    )
    assert Certification.objects.get(name="A new one").is_published


def test_effect_of_another_edit_is_shown_again(admin_client: Client) -> None:
    form, page = edited(admin_client)
    form.fields["_effect"] = page.context["digest"]
    form.set(condition="mandated and hands-on")
    assert form.send(admin_client).status_code == 200
    assert mandate().condition == "mandated"


def test_back_leads_to_the_form_with_the_input(admin_client: Client) -> None:
    form, _ = edited(admin_client)
    form.fields["_back"] = "1"
    page = form.send(admin_client)
    assert isinstance(page, HttpResponse)
    assert read_form("", page.content).fields["condition"] == "mandated and deployed"
    assert mandate().condition == "mandated"


def test_edit_that_takes_the_verdict_away_cannot_be_saved(admin_client: Client) -> None:
    question = Question.objects.get(key="time")
    form = form_of(admin_client, question)
    for row in [form.row("choices", key=key) for key in ("1", "3", "6", "any")]:
        form.delete_row(row)
    page: Any = form.send(admin_client)
    assert page.status_code == 200
    assert question.choices.count() == 4
    assert b'name="_effect"' not in page.content


def test_words_alone_are_saved_at_once(admin_client: Client) -> None:
    form = form_of(admin_client, mandate())
    form.set(name="Somebody demands one")
    assert form.send(admin_client).status_code == 302
    assert mandate().name == "Somebody demands one"


def test_fact_that_closes_an_exam_is_shown_with_what_it_does(admin_client: Client) -> None:
    form = form_of(admin_client, Certification.objects.get(slug=GOOGLE))
    form.set(lifecycle__0__reported="closed")
    page: Any = form.send(admin_client)
    (turns,) = page.context["effect"].standings.values()
    assert {after for _, after in turns} == {Standing.CLOSED}
    read = read_page(page.content)
    assert "from “Something in the guide speaks for it” to “Closed” on" in read.text
    # The outcome is another, or the recommendation is: each line says so.
    said = [text.rpartition(":")[0] for text in texts(read, "summary")]
    name = Certification.objects.get(slug=GOOGLE).name
    job, alone = "Get the one your job requires", "Get one certification, and stop there"
    nothing = "Your job decides here, not this guide."
    none_fits = "One certification could make sense for you, but none of them fits today."
    assert said == [
        f"From “{job}: {name}.” to “{nothing}”",
        f"From “{alone}: {name}.” to “{none_fits}”",
    ]
    # It breaks no promise that two sentences fall silent.
    assert [text for text in texts(read, "h2") if text != "Verdicts"][1:3] == [
        "Worth a look",
        "Examples, before and after",
    ]
    silent, *_ = page.context["doubts"]
    assert (silent.words, silent.shown_by) == (
        "No learner would be shown this sentence.",
        "A learner who does not see it",
    )
    link = result_url(pairs_of(silent.witness))
    assert link in [each.attributes.get("href") for each in read.find_all("a")]
    assert ask(Client(), READY)["recommended"] == GOOGLE
    assert form.save(admin_client).status_code == 302
    assert ask(Client(), READY)["recommended"] is None


def test_rule_that_is_deleted_is_shown_with_what_it_does(admin_client: Client) -> None:
    rule = mandate()
    address = reverse("admin:advisor_rule_delete", args=[rule.pk])
    asking: Any = admin_client.get(address)
    sent = {"post": "yes", "_version": asking.context["version"]}
    page: Any = admin_client.post(address, sent)
    assert page.context["effect"].changed > 0
    assert Rule.objects.filter(pk=rule.pk).exists()
    confirmed = {**sent, "_effect": page.context["digest"], "_sure": "change"}
    assert admin_client.post(address, confirmed).status_code == 302
    assert not Rule.objects.filter(pk=rule.pk).exists()


def test_certification_under_another_slug_changes_no_verdict(admin_client: Client) -> None:
    form = form_of(admin_client, Certification.objects.get(slug=GOOGLE))
    form.set(slug="google-ml-engineer")
    assert form.send(admin_client).status_code == 302
    assert ask(Client(), READY)["recommended"] == "google-ml-engineer"


def test_small_effect_is_not_asked_for_twice(admin_client: Client) -> None:
    form = form_of(admin_client, Certification.objects.get(slug=GOOGLE))
    form.set(price__0__amount="450")
    page: Any = form.send(admin_client)
    assert not page.context["is_severe"]
    assert read_page(page.content).find_all("#id_sure") == []


def test_price_that_changes_verdicts_says_that_it_was_not_read_anew(admin_client: Client) -> None:
    form = form_of(admin_client, Certification.objects.get(slug=GOOGLE))
    form.set(price__0__amount="450")
    page: Any = form.send(admin_client)
    (warning,) = texts(read_page(page.content).find(".messagelist"), "li")
    assert "Engineer: Price “$450 once” changed, but it still says that it was checked" in warning
    # It is said again once it is saved.
    form.fields |= {"_effect": page.context["digest"], "_sure": "change"}
    assert form.send(admin_client).status_code == 302
    shown = read_page(admin_client.get("/admin/").content).find(".messagelist")
    assert warning in texts(shown, "li")


def test_outcome_that_stays_says_that_the_recommendation_does_not() -> None:
    book = current_rulebook()
    names = {certification.slug: certification.name for certification in book.certifications}
    one, other = (Decided("one", certification.slug) for certification in book.certifications[:2])
    ways = [VerdictShift(one, other, 2), VerdictShift(other, one, 1)]
    assert shifts_words(ways, book.outcomes, names) == (
        "Still “Get one certification, and stop there.”, with another recommendation or none"
    )
    assert shifts_words(ways[:1], book.outcomes, names) == (
        f"From “Get one certification, and stop there: {names[one.recommended or '']}.” to "
        f"“Get one certification, and stop there: {names[other.recommended or '']}.”"
    )


def test_import_shows_its_effect_and_is_saved_with_a_reason(admin_client: Client) -> None:
    """A price in a spreadsheet asks for what a price in the form asks for."""
    upload = SimpleUploadedFile("some.csv", f"slug,price_amount\n{GOOGLE},450\n".encode())
    page = admin_client.post("/admin/transfer/", {"file": upload})
    for reason in ("", "The price went up"):
        inputs = read_page(page.content).find_all("input")
        found = [each.attributes for each in inputs if each.attributes.get("name") != "_back"]
        fields = {each.get("name", ""): each.get("value", "") for each in found}
        price = Certification.objects.get(slug=GOOGLE).price
        assert price.amount != Decimal(450)
        page = admin_client.post("/admin/transfer/", {**fields, "change_reason": reason})
    price.refresh_from_db()
    assert price.amount == Decimal(450)
    assert price.history.latest().history_change_reason == "The price went up"
