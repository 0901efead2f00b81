"""The page that confirms facts: one card each, one click an answer, nothing laid to a fact."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.confirm_queue import QueueForm, queue
from catalog.models import Certification, Correction, Exam, Price, Source
from catalog.review_queue import FACTS, owner_of
from tests.factories.people import client_of
from tests.factories.rows import a_certification, new_exam, new_price
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "unreviewed")

ADDRESS = "/admin/confirm/"
NEW_AZURE = "microsoft-azure-ai-apps-and-agents-developer-associate"


@pytest.fixture(autouse=True)
def to_confirm(guide: None) -> None:
    """Something is still to be confirmed of one price, which was checked some days ago."""
    day = timezone.localdate() - timedelta(3)
    price = Price.objects.get(certification__slug=NEW_AZURE)
    Price.objects.filter(pk=price.pk).update(to_confirm="The price of AI-103.", checked_on=day)


@pytest.fixture
def editor() -> Client:
    return client_of("Editor")


def card(client: Client, **filters: str) -> Element:
    return read_page(client.get(ADDRESS, filters).content).find(".confirm")


def place(page: Element) -> str:
    return page.find(".place").find("strong").text


def answer(client: Client, page: Element, said: str, **typed: str) -> Any:
    """Press a button of the card, as a browser without a script does."""
    form = page.find(".card").find("form")
    sent = {
        each.attributes["name"]: each.attributes.get("value", "")
        for each in form.find_all("input")
        if each.attributes["name"] != "csrfmiddlewaretoken"
    }
    return client.post(ADDRESS, {**sent, "answer": said, **typed}, follow=True)


def waiting() -> list[Any]:
    """All facts of which something is to be confirmed."""
    return [fact for model in FACTS for fact in model.objects.still_to_confirm()]


def link(page: Element, key: str) -> str:
    """The address of the link that a key follows."""
    links = {each.attributes.get("data-key"): each for each in page.find_all("a")}
    return links[key].attributes["href"]


def azure_price() -> Price:
    return Price.objects.get(certification__slug=NEW_AZURE)


def test_card_shows_value_wish_sources_and_day(editor: Client) -> None:
    fact = new_exam(code="X-1", minutes_min=60, minutes_max=90, to_confirm="The minutes of X-1.")
    fact.save()
    source = Source.objects.exclude(url="")[0]
    fact.sources.add(source)
    page = card(editor, fact=f"exam-{fact.pk}")
    assert place(page).endswith(f" of {len(waiting())}")
    assert page.find("h2").text == "Exam: X-1; 60-90 minutes"
    assert page.find(".wish").text == "To confirm: The minutes of X-1."
    link_to_source = page.find("dl").find_all("a")[0]
    assert link_to_source.text.startswith(source.name)
    assert link_to_source.attributes["href"] == source.url
    assert link_to_source.attributes["target"] == "_blank"
    assert link_to_source.attributes["rel"] == "noopener"
    assert "22 November 2026" in texts(page, "dd")


def test_still_true_is_one_click_and_takes_the_fact_off_the_queue(editor: Client) -> None:
    fact, count = azure_price(), len(waiting())
    before = [*fact.sources.values_list("pk", flat=True)]
    others = {row.pk: row.checked_on for row in Price.objects.exclude(pk=fact.pk)}
    shown = answer(editor, card(editor, fact=f"price-{fact.pk}"), "still-true")
    fact.refresh_from_db()
    assert (fact.checked_on, fact.to_confirm) == (timezone.localdate(), "")
    assert [*fact.sources.values_list("pk", flat=True)] == before
    assert {row.pk: row.checked_on for row in Price.objects.exclude(pk=fact.pk)} == others
    page = read_page(shown.content)
    assert place(page).endswith(f" of {count - 1}")
    name = "Microsoft Azure AI Apps and Agents Developer Associate"
    assert texts(page, "li.success") == [f"{name}: price is checked today."]
    version = Price.history.filter(id=fact.pk).latest("history_id")
    assert version.history_user.username == "editor"


def test_another_source_goes_to_that_fact_alone(editor: Client) -> None:
    fact, source = azure_price(), Source.objects.get(slug="metaltoad")
    answer(editor, card(editor, fact=f"price-{fact.pk}"), "still-true", source=source.name)
    assert source in fact.sources.all()
    exam = Exam.objects.filter(certification__slug=NEW_AZURE)[0]
    new = "https://www.example.org/exams/ai-103/"
    answer(editor, card(editor, fact=f"exam-{exam.pk}"), "still-true", source=new)
    added = Source.objects.get(url=new)
    assert (added.name, added.slug) == ("example.org/exams/ai-103", "example-org-exams-ai-103")
    assert [*exam.sources.filter(pk=added.pk)] == [added]
    assert added not in fact.sources.all()


def test_text_that_names_no_source_is_refused_and_kept(editor: Client) -> None:
    fact = azure_price()
    page = card(editor, fact=f"price-{fact.pk}")
    shown = read_page(answer(editor, page, "still-true", source="their site").content)
    assert texts(shown.find(".card"), "li") == [
        "There is no source “their site”: choose one by name, or paste its whole address."
    ]
    assert shown.find("#id_source").attributes["value"] == "their site"
    assert azure_price().checked_on == fact.checked_on


def test_fact_without_a_source_asks_for_one(editor: Client) -> None:
    price = new_price(certification=a_certification(slug="bare"), to_confirm="All.")
    price.save()
    shown = answer(editor, card(editor, fact=f"price-{price.pk}"), "still-true")
    assert texts(read_page(shown.content).find(".card"), "li") == [
        "This fact names no source: say where you read it."
    ]


def test_cannot_tell_leads_on_and_keeps_the_fact(editor: Client) -> None:
    first = card(editor)
    shown = read_page(answer(editor, first, "cannot-tell").content)
    assert place(shown) == f"2 of {len(waiting())}"
    fact = azure_price()
    page = card(editor, fact=f"price-{fact.pk}")
    answer(editor, page, "cannot-tell", open_point="Whether AI-103 has a price at all.")
    after = azure_price()
    assert after.to_confirm == "Whether AI-103 has a price at all."
    assert after.checked_on == fact.checked_on
    answer(editor, page, "cannot-tell", open_point="")
    assert azure_price().to_confirm == after.to_confirm


def test_correct_it_leads_to_the_field_and_back(editor: Client) -> None:
    fact = azure_price()
    page = card(editor, fact=f"price-{fact.pk}", provider="microsoft")
    form, _, field = link(page, "c").partition("#")
    assert field == "id_price-0-amount"
    assert read_page(editor.get(form).content).find_all(f"#{field}") != []


def test_every_fact_has_a_card_that_leads_to_its_field(editor: Client) -> None:
    def first(model: Any) -> Any:
        """A fact on the certification that most are known of, if it has one of this kind."""
        rows = model.objects.order_by("-pk")
        is_on_one = any(field.name == "certification" for field in model._meta.fields)
        return (is_on_one and rows.filter(certification__slug=NEW_AZURE).first()) or rows.first()

    facts = [fact for fact in map(first, FACTS) if fact]  # of some kinds nothing is known yet
    assert len(facts) >= 5
    forms: dict[str, Element] = {}
    for fact in facts:
        page = card(editor, fact=f"{fact._meta.model_name}-{fact.pk}")
        form, _, field = link(page, "c").partition("#")
        address = form.partition("?")[0]
        if address not in forms:
            forms[address] = read_page(editor.get(form).content)
        assert forms[address].find_all(f"#{field}") != [], fact


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"provider": "microsoft"},
        {"provider": "microsoft", "confidence": "medium"},
        {"age": "365"},
        {"certification": NEW_AZURE},
    ],
)
def test_filters_stand_in_the_address(editor: Client, filters: dict[str, str]) -> None:
    page, count = card(editor, **filters), 0
    for fact in waiting():
        of: Any = owner_of(fact)
        age = timezone.localdate() - fact.checked_on
        provider = of.provider.slug if of.provider else ""
        count += (
            provider == filters.get("provider", provider)
            and fact.confidence == filters.get("confidence", fact.confidence)
            and of.slug == filters.get("certification", of.slug)
            and ("age" not in filters or age.days >= int(filters["age"]))
        )
    if count:
        assert place(page) == f"1 of {count}"
    else:
        assert page.find_all(".card") == []
    chosen = {
        each.attributes["name"]: option.attributes["value"]
        for each in page.find(".filters").find_all("select")
        for option in each.find_all("option")
        if "selected" in option.attributes and option.attributes["value"]
    }
    assert chosen == {name: value for name, value in filters.items() if name != "certification"}


def test_unknown_filter_shows_nothing_and_says_so(editor: Client) -> None:
    page = card(editor, provider="nobody")
    assert page.find_all(".card") == []
    assert "Nothing is shown: one of the filters is not known. Choose another." in page.text


@pytest.mark.parametrize("key", ["price", "price-x", "price-99999999999999999999", "user-1"])
def test_card_that_is_none_shows_the_first(editor: Client, key: str) -> None:
    assert place(card(editor, fact=key)) == f"1 of {len(waiting())}"


def test_fact_that_changed_after_the_card_was_shown_is_not_called_checked(editor: Client) -> None:
    fact = azure_price()
    page = card(editor, fact=f"price-{fact.pk}")
    fact.note = "Another’s"
    fact.save()
    shown = answer(editor, page, "still-true")
    assert azure_price().checked_on == fact.checked_on
    (warning,) = texts(read_page(shown.content), "li.warning")
    assert warning.startswith("Changed meanwhile")


def test_author_confirms_only_what_readers_do_not_see() -> None:
    author, fact = client_of("Author"), azure_price()
    page = read_page(author.get(ADDRESS).content).find(".confirm")
    assert page.find_all(".card") == []
    words = f"{len(waiting())} more are published: an editor has to confirm them."
    assert words in page.text
    sent = {"fact": f"price-{fact.pk}", "answer": "still-true", "_version": "1"}
    assert author.post(ADDRESS, sent).status_code == 403
    assert azure_price().checked_on == fact.checked_on
    draft = a_certification(slug="draft", is_draft=True)
    price = new_price(certification=draft, to_confirm="All.")
    price.save()
    answer(author, card(author), "still-true", source="metaltoad")
    price.refresh_from_db()
    assert price.checked_on == timezone.localdate()


def test_stranger_to_the_roles_sees_nothing() -> None:
    assert client_of("Nobody").get(ADDRESS).status_code == 403


def test_correction_is_confirmed(editor: Client) -> None:
    row = Correction.objects.all()[0]
    answer(editor, card(editor, fact=f"correction-{row.pk}"), "still-true", source="metaltoad")
    row.refresh_from_db()
    assert row.checked_on == timezone.localdate()


def test_queue_keeps_the_facts_of_one_certification_together() -> None:
    form = QueueForm({"show": "all"})
    assert form.is_valid()
    day = timezone.localdate().replace(year=2030)
    keys = queue(form.cleaned_data, today=day, drafts_only=False)
    assert len(keys) == sum(model.objects.count() for model in FACTS)
    assert Certification.objects.count() < len(keys)
