"""The page about the site: its sections, in the editors' words, and the way to report an error."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client, override_settings

from catalog.models import AboutSection
from tests.admin_form import open_form
from tests.catalog.pages import shown
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide")


def test_about_shows_its_sections_in_order_with_their_anchors() -> None:
    page = shown("/about/")
    sections = AboutSection.objects.order_by("order")
    assert [section.attributes["id"] for section in page.find_all(".headed")] == [
        "what-we-judge",
        "judgement-and-facts",
        "how-the-advisor-decides",
        "what-gets-an-entry",
        "how-facts-are-checked",
        "who-pays",
        "report-an-error",
    ]
    assert texts(page.find(".about"), "h2") == [section.heading for section in sections]


def test_about_sets_paragraphs_apart_and_markup_as_text() -> None:
    AboutSection.objects.exclude(slug="who-pays").delete()
    AboutSection.objects.update(text="Nobody.\n\n<b>Really</b> nobody.")
    assert texts(shown("/about/").find(".headed"), "p") == ["Nobody.", "<b>Really</b> nobody."]


def test_about_without_sections_says_where_to_read_on() -> None:
    AboutSection.objects.all().delete()
    (link,) = shown("/about/").find("main").find_all("a")
    assert (link.text, link.attributes["href"]) == ("Read the guide", "/guide/")


def calls() -> list[str]:
    page = read_page(Client().get("/about/").content)
    return [link.attributes["href"] for link in page.find_all("a.call")]


@override_settings(REPORT_URL="mailto:editors@example.org")
def test_about_links_to_where_the_operator_takes_reports() -> None:
    assert calls() == ["mailto:editors@example.org"]


def test_about_has_no_link_to_report_where_nobody_takes_reports() -> None:
    assert calls() == []


def test_every_page_leads_to_about() -> None:
    for path in ("/", "/guide/", "/certifications/", "/advisor/", "/about/"):
        (footer,) = shown(path).find_all("footer")
        assert "/about/" in [link.attributes["href"] for link in footer.find_all("a")]


def test_about_is_edited_in_the_admin_and_its_history_kept(admin_client: Client) -> None:
    section = AboutSection.objects.get(slug="who-pays")
    form = open_form(admin_client, f"/admin/catalog/aboutsection/{section.pk}/change/")
    form.set(text="Nobody at all.")
    assert form.save(admin_client).status_code == 302
    (shown_now,) = [each for each in shown("/about/").find_all("p") if "Nobody" in each.text]
    assert shown_now.text == "Nobody at all."
    assert section.history.count() == 2


@pytest.mark.parametrize(("role", "verbs"), [("Author", 1), ("Editor", 4), ("Administrator", 4)])
def test_about_is_written_by_editors_and_administrators(role: str, verbs: int) -> None:
    user = User.objects.create(username=role)
    user.groups.add(user.groups.model.objects.get(name=role))
    asked = Permission.objects.filter(content_type__model="aboutsection")
    assert sum(user.has_perm(f"catalog.{each.codename}") for each in asked) == verbs
