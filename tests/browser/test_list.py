"""The list in a real Chromium: filters, Back, focus, no JavaScript."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

LIST = "/certifications/"


@dataclass(frozen=True)
class State:
    """A list as a reader sees it, and its address."""

    address: str
    title: str
    said: str
    certifications: list[str]
    filters: str
    checked: list[str]
    chips: list[str]
    typed: str


Do = Callable[[Page], None]


def check(field: str) -> tuple[str, Do]:
    return field, lambda page: page.locator(f"#{field}").click()


def remove(label: str) -> tuple[str, Do]:
    return "", lambda page: page.locator(".chips a", has_text=label).click()


def choose(value: str) -> tuple[str, Do]:
    def act(page: Page) -> None:
        page.locator("#sort").focus()
        page.locator("#sort").select_option(value)

    return "sort", act


def enter(field: str, value: str) -> tuple[str, Do]:
    def act(page: Page) -> None:
        page.locator(f"#{field}").fill(value)
        page.locator(f"#{field}").press("Enter")

    return field, act


# What is done (which control, and how), and the parameters that the address then has.
WALK: list[tuple[tuple[str, Do], str]] = [
    (check("tier-high"), "?tier=high"),
    (check("tier-moderate"), "?tier=high&tier=moderate"),
    (choose("cost"), "?tier=high&tier=moderate&sort=cost"),
    (check("platform-aws"), "?tier=high&tier=moderate&platform=aws&sort=cost"),
    (enter("cost_max", "250"), "?tier=high&tier=moderate&platform=aws&cost_max=250&sort=cost"),
    (remove("AWS"), "?tier=high&tier=moderate&cost_max=250&sort=cost"),
    (
        check("cost_max-unknown"),
        "?tier=high&tier=moderate&cost_max=250&cost_max=unknown&sort=cost",
    ),
    (check("tier-high"), "?tier=moderate&cost_max=250&cost_max=unknown&sort=cost"),
    (
        enter("q", "tensorflow"),
        "?q=tensorflow&tier=moderate&cost_max=250&cost_max=unknown&sort=cost",
    ),
    (remove("Clear all filters"), ""),
]


def seen(page: Page) -> State:
    """The state that the page shows."""
    links = page.locator("#results a").evaluate_all("all => all.map(a => a.pathname)")
    fields = "all => all.filter(e => e.checked).map(e => e.id)"
    return State(
        address="/" + page.url.split("/", 3)[3],
        title=page.title(),
        said=page.locator("#count").inner_text(),
        certifications=links,
        filters=page.locator("#filters").inner_text(),
        checked=page.locator("#filters input").evaluate_all(fields)
        + page.locator("#filters :is(input:not([type=checkbox]), select)").evaluate_all(
            "all => all.map(e => `${e.name}=${e.value}`)"
        ),
        chips=page.locator(".chips a").all_inner_texts(),
        typed=page.locator("#q").input_value(),
    )


def at(page: Page, query: str) -> State:
    """The state once the address is there and the page is the one of this address."""
    page.wait_for_url(f"**{LIST}{query}")
    path = LIST + page.url.partition(LIST)[2]  # asked of no page: it may be loading still
    expect(page.locator("[data-copy]")).to_have_attribute("href", path)
    expect(page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)
    return seen(page)


def walk(page: Page) -> list[State]:
    """Every step of the walk, the start included."""
    page.goto(LIST)
    states = [at(page, "")]
    for (control, act), query in WALK:
        act(page)
        states.append(at(page, query))
        if control:
            expect(page.locator(f"#{control}")).to_be_focused()
    return states


# --- The walk ----------------------------------------------------------------------


def test_walk_back_and_reload_give_every_state_again(page: Page, faults: list[str]) -> None:
    states = walk(page)
    assert [state.address for state in states] == [LIST, *(f"{LIST}{query}" for _, query in WALK)]
    assert len({tuple(state.certifications) for state in states}) > 5
    for state in states:
        assert state.title == f"{state.said} · Signal vs. Noise"
    for state in reversed(states[:-1]):
        page.go_back()
        assert at(page, state.address.removeprefix(LIST)) == state
    for place in (1, 2):
        page.go_forward()
        assert at(page, WALK[place - 1][1]) == states[place]
    page.reload()
    assert at(page, WALK[1][1]) == states[2]
    assert faults == []


def test_stranger_and_reader_without_javascript_see_the_same_states(
    page_without_javascript: Page, page: Page
) -> None:
    # Of two pages only the one that was opened last has the focus in Firefox.
    states = walk(page)
    plain = page_without_javascript
    plain.goto(LIST)
    for (control, act), state in zip([step for step, _ in WALK], states[1:], strict=True):
        act(plain)
        if control not in {"", "q", "cost_max"}:
            plain.get_by_role("button", name="Apply the filters").click()
        plain.wait_for_url(f"**{state.address}")
        assert seen(plain) == state
        assert plain.locator(".copy").count() == 0


def test_live_region_is_there_before_and_says_the_count(page: Page, faults: list[str]) -> None:
    page.goto(LIST)
    page.evaluate(
        """() => {
          window.region = document.querySelector('#count');
          window.said = [];
          new MutationObserver(() => window.said.push(window.region.innerText))
            .observe(window.region, {childList: true, characterData: true, subtree: true});
        }"""
    )
    page.locator("#tier-high").click()
    said = at(page, "?tier=high").said
    assert page.evaluate("window.region === document.querySelector('#count')")
    assert page.evaluate("window.said.at(-1)") == said
    assert page.locator("#count").get_attribute("role") == "status"
    assert said.startswith("High signal: ")
    assert faults == []


def test_focus_stays_in_the_list_when_a_chip_is_removed(page: Page) -> None:
    page.goto(f"{LIST}?tier=high&platform=gcp")
    for label, query in (("Google Cloud", "?tier=high"), ("High signal", "")):
        page.locator(".chips a", has_text=label).focus()
        page.keyboard.press("Enter")
        at(page, query)
        expect(page.locator("#applied :focus, #applied:focus")).to_have_count(1)


def test_quick_clicks_end_in_the_last_state(page: Page, faults: list[str]) -> None:
    page.goto(LIST)
    page.evaluate(
        "['tier-high', 'tier-low', 'kind-exam'].forEach(i => document.getElementById(i).click())"
    )
    state = at(page, "?tier=high&tier=low&kind=exam")
    page.reload()
    assert at(page, "?tier=high&tier=low&kind=exam") == state
    page.go_back()
    at(page, "")
    # htmx logs each request that a later one replaces; nothing else may be said.
    assert all("Abort" in each or "afterRequest" in each for each in faults)


def test_restored_tab_and_way_back_from_a_certification_give_the_whole_page(page: Page) -> None:
    page.goto(LIST)
    page.locator("#tier-high").click()
    state = at(page, "?tier=high")
    page.locator("#results a").first.click()
    page.wait_for_url("**/certifications/*/")
    page.go_back()
    assert at(page, "?tier=high") == state
    assert page.locator("header.masthead").count() == 1
    page.go_back()
    assert at(page, "").address == LIST


# --- Sharing -----------------------------------------------------------------------


def test_copy_button_copies_the_address_of_the_list_as_it_is(
    page: Page, site: str, faults: list[str]
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(LIST)
    page.locator("#tier-high").click()
    at(page, "?tier=high")
    for query in ("?tier=high", "?tier=high&platform=gcp"):
        button = page.locator(".copy")
        expect(button).to_be_visible()
        button.click()
        expect(button).to_have_text("Copied")
        expect(page.locator("#said[role=status]")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == f"{site}{LIST}{query}"
        if query == "?tier=high":
            page.locator("#platform-gcp").click()
            at(page, "?tier=high&platform=gcp")
    page.go_back()
    at(page, "?tier=high")
    expect(page.locator(".copy")).to_be_visible()
    assert faults == []


# --- Narrow screens ---------------------------------------------------------------


def test_filters_fold_on_a_narrow_screen_and_stay_open_while_used(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(LIST)
    expect(page.locator("#tier-high")).to_be_hidden()
    expect(page.locator("#results a").first).to_be_visible()
    page.locator(".filter-panel > summary").click()
    page.locator("#tier-high").click()
    at(page, "?tier=high")
    expect(page.locator("#tier-high")).to_be_visible()
    expect(page.locator("#tier-high")).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(LIST)
    expect(page.locator(".filter-panel > summary")).to_be_hidden()
    expect(page.locator("#tier-high")).to_be_visible()
