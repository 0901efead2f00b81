"""Two editors in two browsers: the second is stopped, sees both versions, and saves by keyboard."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from catalog.models import ContentVersion, Provider
from tests.editors import address_of

WATCH = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", event =>
        window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""
SLUG = "made-by-two"


@pytest.fixture
def row(site: str) -> Iterator[Provider]:
    """A provider to fight over; it leaves no trace in content, history and version."""
    before = ContentVersion.objects.values("name", "changed_at")[0]
    row = Provider.objects.create(slug=SLUG, name="As it was")
    yield row
    Provider.objects.filter(slug=SLUG).delete()
    Provider.history.filter(id=row.pk).delete()
    ContentVersion.objects.update(**before)


@pytest.fixture
def pages(browser: Browser, site: str) -> Iterator[list[Page]]:
    """A page of each of two editors, in browsers of their own."""
    contexts: list[BrowserContext] = []
    users = [User.objects.create_superuser(name) for name in ("ann", "bea")]
    for user in users:
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=site)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
        )
        context.add_init_script(WATCH)
        contexts.append(context)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()
    Session.objects.all().delete()
    User.objects.filter(pk__in=[user.pk for user in users]).delete()


def faults(page: Page) -> list[str]:
    """The faults of a page at 320 and 1280 px, light and dark: axe, the policy, its width."""
    found = list(page.evaluate("window.violations"))
    page.evaluate(Axe().axe_script)
    for scheme, width in (("light", 1280), ("dark", 320)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.getAnimations().forEach(each => each.finish())")  # fading colours
        results = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            f"{scheme} {each['id']}: {node['html']}"
            for each in results["violations"]
            for node in each["nodes"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def go_on(page: Page, address: str) -> None:
    """Open an address once the page before is whole: Firefox goes nowhere else until then."""
    page.wait_for_load_state()
    page.goto(address)


def delete_and_restore(page: Page, row: Provider) -> None:
    """Delete a row and bring it back from the list of those deleted, by keyboard alone."""
    go_on(page, address_of(Provider, "delete", row.pk))
    assert "\n".join(faults(page)) == ""
    page.get_by_role("button", name="Yes, delete").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="Deleted providers").press("Enter")
    page.get_by_role("link", name="Ann’s “name”").press("Enter")
    expect(page.get_by_text("It was deleted.")).to_be_visible()
    page.get_by_role("link", name="restore it").press("Enter")
    page.get_by_role("button", name="Restore this version").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("is restored")


def test_two_editors_in_two_browsers(row: Provider, pages: list[Page]) -> None:
    address = address_of(Provider, "change", row.pk)
    ann, bea = pages
    for page in pages:
        page.goto(address)
    ann.get_by_label("Name:").fill("Ann’s “name”")
    ann.get_by_label("Why?").fill("They were renamed.")
    ann.keyboard.press("Enter")
    expect(ann.locator(".messagelist .success")).to_be_visible()

    bea.get_by_label("Name:").fill("Bea’s name")
    bea.keyboard.press("Enter")
    conflict = bea.locator(".conflict")
    expect(conflict).to_contain_text("Changed by ann on")
    expect(conflict.locator("td")).to_have_text(["As it was", "Ann’s “name”", "Bea’s name"])
    expect(bea.get_by_label("Name:")).to_have_value("Bea’s name")
    assert Provider.objects.get(pk=row.pk).name == "Ann’s “name”"
    assert "\n".join(faults(bea)) == ""

    bea.get_by_label("Name:").focus()
    bea.keyboard.press("Enter")
    expect(bea.locator(".messagelist .success")).to_be_visible()
    assert Provider.objects.get(pk=row.pk).name == "Bea’s name"

    go_on(bea, address_of(Provider, "history", row.pk))
    expect(bea.locator(".timeline > li")).to_have_count(3)
    assert "\n".join(faults(bea)) == ""
    bea.locator(".timeline > li").nth(1).get_by_role("link").press("Enter")
    expect(bea.get_by_role("button", name="Restore this version")).to_be_visible()
    assert "\n".join(faults(bea)) == ""
    bea.get_by_role("button", name="Restore this version").press("Enter")
    expect(bea.locator(".messagelist .success")).to_contain_text("is restored")
    assert Provider.objects.get(pk=row.pk).name == "Ann’s “name”"
    delete_and_restore(bea, row)
    assert Provider.objects.get(slug=SLUG).pk == row.pk
