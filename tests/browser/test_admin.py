"""The admin in a real Chromium: the strict policy, autocomplete, keyboard, narrow screens."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Page, expect

from advisor.models import Question
from catalog.models import Certification, ContentVersion, Source
from tests.factories.rows import a_certification, new_price

PASSWORD = "only for the tests of the admin"
WATCH = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", event =>
        window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


@pytest.fixture
def faults(page: Page) -> list[str]:
    """The faults that the browser reports: errors, warnings, failed responses."""
    found: list[str] = []
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: found.append(str(error)))

    def note(line: ConsoleMessage) -> None:
        # Chromium asks once for an icon, which the admin's pages do not name.
        is_of_icon = line.location["url"].endswith("/favicon.ico")
        if line.type in {"error", "warning"} and not is_of_icon:
            found.append(line.text)

    page.on("console", note)
    page.on("response", lambda answer: found.append(answer.url) if answer.status >= 400 else None)
    return found


@pytest.fixture
def editor(page: Page, faults: list[str]) -> Iterator[Page]:
    """A page of a superuser who has signed in; the user and the session go afterwards."""
    User.objects.filter(username="browser").delete()
    user = User.objects.create_superuser("browser", password=PASSWORD)
    page.goto("/admin/")
    page.get_by_label("Username").fill("browser")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text("browser")
    page.wait_for_load_state()  # Firefox goes nowhere else before
    yield page
    Session.objects.all().delete()
    user.delete()


@pytest.fixture
def made(site: str) -> Iterator[Certification]:
    """A certification to write to; it leaves no trace in content, history and version."""
    before = ContentVersion.objects.values("name", "changed_at")[0]
    last = Certification.history.latest("history_id").history_id
    certification = a_certification(slug="made-in-browser", order=90)
    yield certification
    Certification.objects.filter(slug="made-in-browser").delete()
    Certification.history.filter(history_id__gt=last).delete()
    for related in ("statements", "exams", "price"):
        model: Any = Certification._meta.get_field(related).related_model
        model.history.filter(certification_id=certification.pk).delete()
    ContentVersion.objects.update(**before)


def violations(page: Page) -> list[str]:
    return list(page.evaluate("window.violations"))


def certification_address() -> str:
    certification = Certification.objects.get(slug="aws-certified-ai-practitioner")
    return reverse("admin:catalog_certification_change", args=[certification.pk])


def question_address() -> str:
    return reverse("admin:advisor_question_change", args=[Question.objects.get(key="role").pk])


def tab_to(page: Page, selector: str, *, key: str = "Tab") -> None:
    for _ in range(150):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab never reaches {selector}.")


@pytest.mark.parametrize("address_of", [certification_address, question_address])
def test_change_page_keeps_the_policy(
    editor: Page, faults: list[str], address_of: Callable[[], str]
) -> None:
    editor.goto(address_of())
    expect(editor.locator("input[name=_save]").first).to_be_visible()
    for add in editor.locator(":is(.add-row a, .add-sentence):visible").all():
        add.click()
    assert violations(editor) == []
    assert faults == []


def choose(page: Page, field: str, words: str, choice: str) -> None:
    page.locator(f".field-{field.rpartition('-')[2]}:has(#id_{field}) .select2-selection").click()
    page.keyboard.type(words)
    page.locator(".select2-results__option", has_text=choice).first.click()


def test_autocomplete_finds_provider_and_source(editor: Page, faults: list[str]) -> None:
    editor.goto(certification_address())
    choose(editor, "provider", "goog", "Google")
    expect(editor.locator("#select2-id_provider-container")).to_contain_text("Google")
    editor.locator("#lifecycle-0 summary").click()
    choose(editor, "lifecycle-0-sources", "metaltoad", "metaltoad.com")
    sources = editor.locator(".field-sources:has(#id_lifecycle-0-sources)")
    expect(sources.locator(".select2-selection__choice", has_text="metaltoad.com")).to_be_visible()
    assert (violations(editor), faults) == ([], [])


def test_autocomplete_finds_a_trait_of_a_choice(editor: Page, faults: list[str]) -> None:
    editor.goto(question_address())
    choose(editor, "choices-0-traits", "uses-gc", "uses-gcp")
    traits = editor.locator(".field-traits:has(#id_choices-0-traits)")
    expect(traits.locator(".select2-selection__choice", has_text="uses-gcp")).to_be_visible()
    assert (violations(editor), faults) == ([], [])


def test_keyboard_adds_a_statement_and_saves(
    editor: Page, faults: list[str], made: Certification
) -> None:
    editor.goto(reverse("admin:catalog_certification_change", args=[made.pk]))
    tab_to(editor, ".section[data-section=reality] .add-sentence")
    editor.keyboard.press("Enter")
    expect(editor.locator("#id_statements-0-text")).to_be_focused()
    editor.keyboard.type("“Typed” — by keyboard.")
    expect(editor.locator(".form-bar .changes")).to_have_text("1 change")
    tab_to(editor, "input[name=_save]")
    editor.keyboard.press("Enter")
    expect(editor.locator(".messagelist .success")).to_contain_text("was changed successfully")
    (added,) = made.statements.all()
    assert (str(added), added.section) == ("“Typed” — by keyboard.", "reality")
    assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address_of", [certification_address, question_address])
def test_change_page_fits(editor: Page, width: int, address_of: Callable[[], str]) -> None:
    editor.set_viewport_size({"width": width, "height": 800})
    editor.goto(address_of())
    assert editor.evaluate("document.documentElement.scrollWidth") <= width


def test_rows_move_and_traits_complete_by_keyboard(editor: Page, faults: list[str]) -> None:
    editor.goto(certification_address())
    first, second = (editor.locator(f"#id_statements-{n}-order") for n in (0, 1))
    before = first.input_value(), second.input_value()
    line = editor.locator("#statements-0 summary")
    line.press("Alt+ArrowDown")
    assert (second.input_value(), first.input_value()) == before
    expect(line).to_be_focused()
    expect(editor.get_by_role("status").filter(has_text="Moved: number 2")).to_have_count(1)
    line.press("Enter")
    condition = editor.locator("#id_statements-0-condition")
    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url))
    condition.fill("")
    condition.press_sequentially("uses-gc")
    expect(editor.locator("[role=option]")).to_have_count(1)
    condition.press("ArrowDown")
    condition.press("Enter")
    condition.press_sequentially(" and not deployed")
    condition.press("Escape")
    assert condition.input_value() == "uses-gcp and not deployed"
    # Each answer makes the list anew: a second one could come when a trait of the first is marked.
    assert len([url for url in asked if url.endswith("?condition=")]) == 1
    reading = editor.locator("#statements-0 .reading")
    expect(reading).to_contain_text("and is not one who has built and deployed real models.")
    assert (violations(editor), faults) == ([], [])


def test_form_of_21_statements_is_short_and_its_price_is_near(editor: Page) -> None:
    certification = Certification.objects.get(slug="google-professional-machine-learning-engineer")
    editor.set_viewport_size({"width": 1280, "height": 900})
    editor.goto(reverse("admin:catalog_certification_change", args=[certification.pk]))
    expect(editor.locator(".statement .line-tools button").first).to_be_attached()
    assert editor.locator(".statement").count() == 21
    assert editor.evaluate("document.documentElement.scrollHeight") <= 3_000
    heights = editor.locator(".statement").evaluate_all("lines => lines.map(l => l.offsetHeight)")
    assert max(heights) <= 44
    editor.locator("#id_name").focus()
    stops = 0
    while not editor.locator("#id_price-0-amount:focus").count():
        editor.keyboard.press("Tab")
        stops += 1
        if editor.locator("#price-0 summary:focus").count():
            editor.keyboard.press("Enter")
        assert stops <= 40


def test_facts_are_confirmed_by_one_key_each(
    editor: Page, faults: list[str], made: Certification
) -> None:
    price = new_price(certification=made, to_confirm="The price.")
    price.save()
    price.sources.add(Source.objects.get(slug="metaltoad"))
    editor.goto(f"/admin/confirm/?certification={made.slug}")
    expect(editor.locator(".place strong")).to_have_text("1 of 1")
    editor.keyboard.press("y")
    expect(editor.locator(".messagelist .success")).to_contain_text("price is checked today")
    expect(editor.locator(".confirm")).to_contain_text("Nothing is left to confirm here.")
    price.refresh_from_db()
    assert price.checked_on == timezone.localdate()
    editor.goto("/admin/confirm/")
    first = editor.locator(".card h2").inner_text()
    editor.keyboard.press("j")
    expect(editor.locator(".place strong")).to_contain_text("2 of")
    editor.wait_for_load_state()  # its script minds the keys
    editor.keyboard.press("k")
    expect(editor.locator(".card h2")).to_have_text(first)
    assert (violations(editor), faults) == ([], [])
