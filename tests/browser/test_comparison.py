"""Certifications chosen in the list and compared, in a real Chromium."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_list import LIST, at

GOOGLE = "google-professional-machine-learning-engineer"
AI_PLUS = "ai-plus-individual-certification"
COMPARED = f"{LIST}compare/?cert={GOOGLE}&cert={AI_PLUS}"


def test_certifications_are_compared_from_their_cards(page: Page, faults: list[str]) -> None:
    page.goto(LIST)
    for slug in (AI_PLUS, GOOGLE):
        page.locator(f'#results input[value="{slug}"]').click()
    page.get_by_role("button", name="Compare the chosen entries").click()
    page.wait_for_url(f"**{COMPARED}")
    heads = page.locator("thead a").evaluate_all("all => all.map(a => a.pathname)")
    assert heads == [f"{LIST}{GOOGLE}/", f"{LIST}{AI_PLUS}/"]
    page.evaluate("scrollTo(0, 700)")
    head = page.locator("thead th").first.bounding_box()
    assert head is not None
    assert head["y"] == pytest.approx(0, abs=1)
    assert page.evaluate("scrollY") == 700
    assert faults == []


def test_what_is_chosen_outlives_a_filter_and_stays_out_of_the_address(
    page: Page, faults: list[str]
) -> None:
    page.goto(LIST)
    said = page.locator(".comparing output")
    expect(said).to_have_text("")
    for slug, words in ((AI_PLUS, "1 chosen."), (GOOGLE, "2 chosen.")):
        page.locator(f'#results input[value="{slug}"]').click()
        expect(said).to_have_text(words)
    page.locator("#tier-high").click()
    at(page, "?tier=high")
    expect(said).to_have_text("2 chosen, 1 of them not in this list.")
    expect(page.locator(f'#results input[value="{GOOGLE}"]')).to_be_checked()
    page.locator("#kind-category").click()  # no certification is left to choose
    at(page, "?tier=high&kind=category")
    expect(said).to_have_text("2 chosen, 2 of them not in this list.")
    page.go_back()
    at(page, "?tier=high")
    expect(said).to_have_text("2 chosen, 1 of them not in this list.")
    page.locator(f'#results input[value="{GOOGLE}"]').click()
    expect(said).to_have_text("1 chosen, 1 of them not in this list.")
    page.locator(".chips a", has_text="Clear all filters").click()
    at(page, "")
    expect(said).to_have_text("1 chosen.")
    expect(page.locator("#results input:checked")).to_have_value(AI_PLUS)
    page.locator(f'#results input[value="{GOOGLE}"]').click()
    page.locator("#tier-low").click()
    at(page, "?tier=low")
    page.get_by_role("button", name="Compare the chosen entries").click()
    page.wait_for_url(f"**{COMPARED}")
    assert faults == []


def test_step_back_from_a_comparison_finds_what_was_chosen(page: Page) -> None:
    page.goto(LIST)
    for slug in (AI_PLUS, GOOGLE):
        page.locator(f'#results input[value="{slug}"]').click()
    page.get_by_role("button", name="Compare the chosen entries").click()
    page.wait_for_url(f"**{COMPARED}")
    page.go_back()
    expect(page.locator(".comparing output")).to_have_text("2 chosen.")


def test_comparison_shows_every_certification_on_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(COMPARED)
    row = page.locator("tbody tr", has_text="Cost").first
    assert [text.split(": ") for text in row.locator("td").all_inner_texts()] == [
        ["Google Professional Machine Learning Engineer", "$200 once"],
        ["AI+ Individual Certification", "unknown"],
    ]
    boxes = [each.bounding_box() for each in row.locator("th, td").all()]
    places = [(box["x"], box["y"]) for box in boxes if box]
    assert len({x for x, _ in places}) == 1
    assert [y for _, y in places] == sorted({y for _, y in places})
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".whose").first).to_be_hidden()
