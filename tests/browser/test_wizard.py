"""The wizard and the verdict in a real Chromium: mouse, keyboard, no JavaScript."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.advisor.sheets import AI_PLUS, GOOGLE, READY, SEVERAL, Sheet, answered, query

WIZARD, RESULT = "/advisor/", "/advisor/result/"
# Every question there is, both conditional ones and several answers.
LONG = answered(
    READY,
    mandate="yes",
    required=AI_PLUS,
    goal="production cloud",
    cloud="gcp aws",
    learning="guided",
    coursera="yes",
)

NAME = "AI+ Individual Certification"  # what is typed for the one that is required

Answer = Callable[[Page, str, tuple[str, ...]], None]


def _address(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def _steps(sheet: Sheet) -> list[str]:
    """The addresses of the wizard, answer by answer."""
    keys = list(sheet)
    prefixes = [{key: sheet[key] for key in keys[:n]} for n in range(len(keys) + 1)]
    return [f"{WIZARD}?{query(prefix)}".removesuffix("?") for prefix in prefixes]


def _click(page: Page, key: str, values: tuple[str, ...]) -> None:
    if key == "required":
        page.locator("#required-typed").fill(NAME)
        page.keyboard.press("Escape")  # the suggestions
    else:
        for value in values:
            page.locator(f'input[name="{key}"][value="{value}"]').click()
    page.get_by_role("button", name="Continue").click()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"Tab never reaches {selector}.")


def _type(page: Page, key: str, values: tuple[str, ...]) -> None:
    field = f'input[name="{key}"]'
    if key in SEVERAL:
        for value in values:
            _tab_to(page, f'{field}[value="{value}"]')
            page.keyboard.press("Space")
    elif key == "required":
        _tab_to(page, "#required-typed")
        page.keyboard.type(NAME)
    else:
        _tab_to(page, field)
        page.keyboard.press("Space")
        chosen = page.locator(f'{field}[value="{values[0]}"]')
        for _ in page.locator(field).all():
            if not chosen.is_checked():
                page.keyboard.press("ArrowDown")
        assert chosen.is_checked()
    _tab_to(page, 'button[type="submit"]')
    page.keyboard.press("Enter")


def _walk(page: Page, answer: Answer) -> Iterator[str]:
    """Answer every question, yielding each address once its page is there."""
    page.goto(WIZARD)
    for number, (key, values) in enumerate(LONG.items(), 1):
        expect(page.locator(f'fieldset input[name="{key}"]').first).to_be_attached()
        yield _address(page)
        answer(page, key, values)
        page.wait_for_url(f"**{_steps(LONG)[number]}")
    expect(page.locator("h1")).to_have_text("Check your answers")
    yield _address(page)


def _assert_walks_with_focus(page: Page, answer: Answer) -> None:
    for number, address in enumerate(_walk(page, answer)):
        assert address == _steps(LONG)[number]
        if number:
            # It comes last: a key pressed before it would go nowhere.
            expect(page.locator("h1")).to_be_focused()


def test_whole_wizard_by_mouse(page: Page, faults: list[str]) -> None:
    _assert_walks_with_focus(page, _click)
    page.get_by_role("link", name="See the verdict").click()
    page.wait_for_url(f"**{RESULT}?{query(LONG)}")
    expect(page.locator("h1")).to_contain_text("Get the one your job requires")
    assert faults == []


def test_whole_wizard_without_javascript(page_without_javascript: Page) -> None:
    page = page_without_javascript
    assert list(_walk(page, _click)) == _steps(LONG)
    page.get_by_role("link", name="See the verdict").click()
    page.wait_for_url(f"**{RESULT}?{query(LONG)}")
    expect(page.locator("h1")).to_contain_text("Get the one your job requires")


def test_whole_wizard_by_keyboard(page: Page, faults: list[str]) -> None:
    _assert_walks_with_focus(page, _type)
    _tab_to(page, "a.call")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{RESULT}?{query(LONG)}")
    assert faults == []


def test_back_forward_and_reload_give_the_same_page(page: Page, faults: list[str]) -> None:
    page.goto(WIZARD)
    seen = []
    for key, values in list(READY.items())[:4]:
        expect(page.locator(f'fieldset input[name="{key}"]').first).to_be_attached()
        seen.append((_address(page), page.locator("main").inner_text()))
        _click(page, key, values)
    page.wait_for_url(f"**{_steps(READY)[4]}")
    for go, place in (
        *((page.go_back, place) for place in (3, 2, 1, 0)),
        (page.go_forward, 1),
        (page.reload, 1),
        (page.go_forward, 2),
    ):
        go()
        address, text = seen[place]
        page.wait_for_url(f"**{address}")
        expect(page.locator("main")).to_have_text(text, use_inner_text=True)
    assert faults == []


def test_copy_button_is_there_as_soon_as_the_question(page: Page, faults: list[str]) -> None:
    page.goto(WIZARD)
    page.evaluate(
        """() => addEventListener("htmx:afterSwap", () => {
            window.copyWasThere = document.querySelector(".copy") !== null;
        })"""
    )
    _click(page, "role", READY["role"])
    page.wait_for_url(f"**{_steps(READY)[1]}")
    page.wait_for_function("() => 'copyWasThere' in window")
    assert page.evaluate("window.copyWasThere") is True
    assert faults == []


def test_back_link_and_change_link_fill_in_the_answer(page: Page, faults: list[str]) -> None:
    page.goto(f"{WIZARD}?{query(READY)}")
    page.get_by_role("link", name="Change “Goals”").click()
    expect(page.locator("h1")).to_have_text("What do you want from a certification?")
    assert _address(page) == f"{WIZARD}?{query(READY, change='goal')}"
    expect(page.locator('input[value="production"]')).to_be_checked()
    page.locator("a.back").click()
    expect(page.locator("h1")).to_have_text("Check your answers")
    page.get_by_role("link", name="Change “Budget”").click()
    page.locator('input[value="any"]').click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Check your answers")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("dl")).to_contain_text("No limit")
    assert faults == []


def test_title_changes_with_the_question_when_htmx_swaps(page: Page) -> None:
    # htmx 2 takes a <title> only from the top level of a fragment; ours is inside #wizard.
    page.goto(WIZARD)
    page.locator('input[value="builder"]').click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text(
        "Does an employer, client or contract require a specific certification?"
    )
    expect(page).to_have_title(
        "Does an employer, client or contract require a specific certification? · Advisor · "
        "Signal vs. Noise",
        timeout=1000,
    )


def test_title_says_error_when_htmx_swaps(page: Page) -> None:
    page.goto(WIZARD)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title(
        "Error: What is your role, or the one you are heading for? · Advisor · Signal vs. Noise",
        timeout=1000,
    )


def test_question_is_left_open_by_keyboard(page: Page, faults: list[str]) -> None:
    page.goto(WIZARD)
    _tab_to(page, 'a[href$="role=not-sure"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WIZARD}?role=not-sure")
    expect(page.locator("h1")).to_be_focused()
    assert faults == []


def test_deep_link_opens_at_the_right_question(page: Page, faults: list[str]) -> None:
    page.goto(_steps(READY)[list(READY).index("experience")])
    expect(page.locator("h1")).to_have_text("What practical experience with ML do you have?")
    page.goto(f"{WIZARD}?{query(READY, change='held')}")
    expect(page.locator('input[name="held"][value="0"]')).to_be_checked()
    assert faults == []


@pytest.mark.parametrize("kind_of_page", ["page", "page_without_javascript"])
def test_submitting_nothing_moves_the_focus_to_the_error(
    request: pytest.FixtureRequest, kind_of_page: str
) -> None:
    page: Page = request.getfixturevalue(kind_of_page)
    page.goto(WIZARD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{WIZARD}?submitted=role")
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.locator("#role-1")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{WIZARD}?role=builder")


def test_answer_about_one_certification_comes_as_a_page_of_its_own(page: Page) -> None:
    page.goto(f"{WIZARD}?about={GOOGLE}&mandate=no&cloud=gcp")
    page.get_by_label("Nothing").check()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile(f"{RESULT}.*about={GOOGLE}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^No: .* for you"))
    expect(page.get_by_role("banner")).to_have_count(1)
