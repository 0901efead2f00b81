"""No page has a barrier: axe in two widths, light and dark; targets, focus, large text."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from advisor.models import Question, Rule
from catalog.models import Certification
from tests.advisor.sheets import (
    AI_PLUS,
    AWS_ML,
    BOOTCAMP,
    BY_OUTCOME,
    GOOGLE,
    READY,
    TENSORFLOW,
    answered,
    query,
)

pytestmark = pytest.mark.slow

LIST, WIZARD, RESULT = "/certifications/", "/advisor/", "/advisor/result/"
FOUR = (GOOGLE, TENSORFLOW, AI_PLUS, BOOTCAMP)
OPEN = ("not-sure",)
SETTLED = {k: v for k, v in BY_OUTCOME["skip"].items() if k not in {"time", "budget", "held"}}
LONG = answered(READY, mandate="yes", required=AI_PLUS, learning="guided", coursera="yes")
PAGES = {
    "home": "/",
    "guide": "/guide/",
    "about": "/about/",
    "list": LIST,
    "filtered": f"{LIST}?tier=high&platform=aws&cost_max=250&q=cloud",
    "empty": f"{LIST}?tier=high&kind=category",
    "problems": f"{LIST}?tier=high&tier=HIGH&utm_source=x&as_of=2026-01-01",
    "rated": f"{LIST}{GOOGLE}/",
    "not rated": f"{LIST}aws-certified-generative-ai-developer-professional/",
    "closed": f"{LIST}{TENSORFLOW}/",
    "category": f"{LIST}{BOOTCAMP}/",
    "compared": f"{LIST}compare/?cert={GOOGLE}&cert={AI_PLUS}",
    "four compared": f"{LIST}compare/?{'&'.join(f'cert={slug}' for slug in FOUR)}",
    "not compared": f"{LIST}compare/",
    "for whom": f"{LIST}for-whom/",
    "too many": f"{LIST}compare/?{'&'.join(f'cert={slug}' for slug in (*FOUR, AWS_ML))}",
    "question": WIZARD,
    "several answers": f"{WIZARD}?role=builder&mandate=no",
    "long question": f"{WIZARD}?role=builder&mandate=yes",
    "nothing chosen": f"{WIZARD}?submitted=role",
    "error": f"{WIZARD}?submitted=cloud&{query(READY | {'cloud': ('gcp', 'none')})}",
    "notice": f"{WIZARD}?{query(READY | {'role': ('business',)})}&utm_source=x",
    "filled and settled": f"{WIZARD}?{query(SETTLED)}&filled=role",
    "check": f"{WIZARD}?{query(LONG | {'time': OPEN})}&filled=role&filled=goal",
    **{slug: f"{RESULT}?{query(s | {'held': ('5',)})}" for slug, s in BY_OUTCOME.items()},
    "required but closed": f"{RESULT}?{query(answered(READY, mandate='yes', required=TENSORFLOW))}",
    "left open": f"{RESULT}?{query(BY_OUTCOME['skip'] | {'time': OPEN})}",
    "no verdict": f"{RESULT}?{query(READY | {'cloud': OPEN})}&as_of=2026-11-22&was=skip",
    "shared": f"{RESULT}?{query(READY)}&as_of=2026-11-22&was=skip",
    "about a kind": f"{RESULT}?about={BOOTCAMP}",
    "map": "/advisor/how-it-decides/",
    "not found": "/nothing/",
}
# What is folded looks alike on most pages: it is opened, which takes long, on some.
OPENED = ("filtered", "one", "none-fits", "filled and settled", "map", "closed")
JOURNEY = (
    *("home", "filtered", "rated", "four compared"),
    *("several answers", "error", "check", "one", "map"),
)
# Everything once; what depends on colours again in the dark.
RULES = {
    "light": "{rules: {'target-size': {enabled: true}}, resultTypes: ['violations']}",
    "dark": "{runOnly: ['color-contrast', 'link-in-text-block'], resultTypes: ['violations']}",
}
# Links that stand in no sentence and are lower or narrower than 24 px.
SMALL = """() => [...document.querySelectorAll("body :is(a, button, summary)")].filter(each => {
  const {width, height} = each.getBoundingClientRect();
  const block = each.closest("p, li, dd, td, th, small, figcaption") ?? each.parentElement;
  const isInline = getComputedStyle(each).display === "inline"
    && block.textContent.trim().length > each.textContent.trim().length + 2;
  return width && !isInline && !each.closest("svg") && Math.min(width, height) < 23.9;
}).map(each => each.outerHTML)"""
# What has the focus, if no outline shows it or something lies over it.
HIDDEN_FOCUS = """() => {
  const each = document.activeElement;
  if (each === document.body) return [];
  const box = (each.closest(".choice") ?? each).getBoundingClientRect();
  const shown = [each, each.closest(".choice")].some(
    part => part && getComputedStyle(part).outlineStyle !== "none");
  const middle = box.height < innerHeight ? box.y + box.height / 2
    : (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const [x, y] = [box.x + Math.min(box.width, 40) / 2, middle];
  const over = document.elementFromPoint(x, y);
  const isClear = over && (each.contains(over) || over.contains(each));
  return shown && isClear ? [] : [each.outerHTML.slice(0, 200)];
}"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter(each =>
  getComputedStyle(each).overflowX === "hidden" && each.scrollWidth > each.clientWidth + 1
  && !each.matches(".visually-hidden")).map(each => each.outerHTML.slice(0, 200))"""


@pytest.fixture
def editor(page: Page, site: str) -> Iterator[Page]:
    """A page of a superuser who has signed in; the user and the session go afterwards."""
    user = User.objects.create_superuser("accessible")
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    yield page
    Session.objects.all().delete()
    user.delete()


def barriers(page: Page) -> list[str]:
    """The violations that axe finds, and the widths at which the page scrolls sideways."""
    page.evaluate(Axe().axe_script)
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.evaluate("document.getAnimations().forEach(each => each.finish())")
            results = page.evaluate(f"axe.run({rules})")
            found += [
                f"{width} {scheme} {each['id']}: {node['html']}"
                for each in results["violations"]
                for node in each["nodes"]
            ]
    return found


def too_wide_at_twice_the_size(page: Page) -> list[str]:
    """The elements that do not fit in 640 pixels with text of twice the size."""
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '34px'")
    found: list[str] = page.evaluate(TOO_WIDE)
    if page.evaluate("document.documentElement.scrollWidth") > 640:
        found.append("the page")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_barrier(page: Page, name: str) -> None:
    page.goto(PAGES[name])
    assert too_wide_at_twice_the_size(page) == []
    if name in OPENED:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert barriers(page) == []
    assert page.evaluate(SMALL) == []


def test_list_has_no_barrier_after_a_swap(page: Page) -> None:
    page.goto(LIST)
    for field in ("tier-high", "kind-category"):
        page.locator(f"#{field}").click()
        page.wait_for_url(f"**{field.replace('-', '=', 1)}*")
        expect(page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)
    assert barriers(page) == []


def test_question_has_no_barrier_after_a_swap(page: Page) -> None:
    page.goto(WIZARD)
    page.locator('input[value="builder"]').click()
    for focused in ("h1", ".error-summary"):
        page.get_by_role("button", name="Continue").click()
        expect(page.locator(focused)).to_be_focused()
        assert barriers(page) == []


def lost_focus(page: Page, key: str, times: int) -> list[str]:
    """The elements that get the focus by so many presses of a key, and do not show the focus."""
    found = []
    for _ in range(times):
        page.keyboard.press(key)
        found += page.evaluate(HIDDEN_FOCUS)
    return found


@pytest.mark.parametrize("name", JOURNEY)
def test_focus_is_visible_on_the_whole_way(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    page.emulate_media(reduced_motion="reduce")
    page.goto(PAGES[name])
    assert [lost_focus(page, key, 40) for key in ("Tab", "Shift+Tab")] == [[], []]
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    page.goto(PAGES[name])
    assert lost_focus(page, "Tab", 40) == []


def test_focus_is_never_under_the_bar_that_compares(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    page.goto(LIST)
    for chosen in page.locator('.card input[value$="-certificates"]').all()[:2]:
        chosen.check()
    said = page.locator(".comparing output")
    for words in ("2 chosen.", "2 chosen, 2 of them not in this list."):
        expect(said).to_have_text(words)
        page.locator(".colophon a").last.focus()
        assert lost_focus(page, "Shift+Tab", 30) == []
        bar = page.locator(".comparing").bounding_box()
        assert bar is not None
        assert (bar["y"], page.evaluate("scrollY") > 500) == (0, True)
        page.locator("#kind-exam").evaluate("each => each.click()")


def test_editors_pages_have_no_barrier(editor: Page) -> None:
    certification = Certification.objects.get(slug=GOOGLE)
    names = ("change", "history", "preview", "delete")
    found = {}
    for address in (
        *(
            "/admin/",
            "/admin/transfer/",
            "/admin/changes/",
            "/admin/search/?q=google",
            reverse("admin:advisor_rule_audit"),
        ),
        reverse("admin:catalog_certification_changelist"),
        reverse("admin:catalog_certification_deleted"),
        *(
            reverse(f"admin:catalog_certification_{name}", args=[certification.pk])
            for name in names
        ),
        reverse("admin:advisor_question_change", args=[Question.objects.get(key="role").pk]),
    ):
        editor.goto(address)
        found[address] = barriers(editor)
    assert {address: each for address, each in found.items() if each} == {}


def test_effect_of_an_edit_has_no_barrier(editor: Page) -> None:
    rule = Rule.objects.get(order=1)
    editor.goto(reverse("admin:advisor_rule_change", args=[rule.pk]))
    editor.locator("#id_condition").fill("mandated and deployed")
    editor.locator("input[name=_save]").first.click()
    expect(editor.locator(".effect")).to_be_visible()
    assert barriers(editor) == []


def test_form_with_errors_has_no_barrier(editor: Page) -> None:
    certification = Certification.objects.get(slug=GOOGLE)
    editor.goto(reverse("admin:catalog_certification_change", args=[certification.pk]))
    editor.locator("#price-0 summary").click()
    editor.locator("#id_price-0-checked_on").fill("today")
    editor.locator("input[name=_save]").first.click()
    editor.locator(".problems a").click()
    expect(editor.locator("#id_price-0-checked_on")).to_be_in_viewport()
    assert barriers(editor) == []


def test_page_that_confirms_facts_has_no_barrier(editor: Page) -> None:
    editor.goto("/admin/confirm/")
    editor.locator(".card summary").click()
    assert barriers(editor) == []


def test_login_has_no_barrier(page: Page) -> None:
    page.goto("/admin/login/")
    assert barriers(page) == []
