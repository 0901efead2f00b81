"""The way from a page of the site to its form: any page, fact and sentence."""

import pytest
from django.urls import reverse

from advisor.models import Question, Rule
from catalog.models import AboutSection, Certification, Chapter, Source, Statement, Tier
from certguide.form_addresses import form_address
from tests.editors import address_of, change_address
from tests.factories.people import client_of
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide")

SLUG = "google-professional-machine-learning-engineer"
PAGE = f"/certifications/{SLUG}/"


def certification() -> Certification:
    return Certification.objects.get(slug=SLUG)


def test_every_place_of_a_page_leads_to_a_place_in_its_form() -> None:
    client = client_of("Editor")
    page = read_page(client.get(PAGE).content)
    places = [each.attributes["id"] for each in page.find("main").walk() if "id" in each.attributes]
    form = change_address(certification())
    ids = {e.attributes.get("id") for e in read_page(client.get(form).content).walk()}
    found = {place: form_address(f"https://example.org{PAGE}#{place}") for place in places}
    facts = {place: each for place, each in found.items() if each and each.startswith(form)}
    lost = {place for place, each in facts.items() if each.partition("#")[2] not in ids | {""}}
    assert lost == set()
    assert facts["price"] == f"{form}#id_price-0-amount"
    assert facts["exam-1"] == f"{form}#id_exams-0-code"
    whole = {place for place, each in found.items() if each == form}
    assert whole <= {"main", "content", "judgement", "prerequisites", "sources"}
    first = read_page(client.get(PAGE).content).find("#source-1").find_all("a")[0]
    source = Source.objects.get(url=first.attributes["href"])
    assert found["source-1"] == change_address(source)
    sentence = certification().statements.all()[0]
    assert found[sentence.anchor] == f"{change_address(sentence)}#id_text"


def test_other_pages_lead_to_their_rows_or_lists() -> None:
    sentence = Statement.objects.filter(chapter__isnull=False)[0]
    chapter, tier, section = (
        Chapter.objects.all()[0],
        Tier.objects.all()[0],
        AboutSection.objects.all()[0],
    )
    question, rule = Question.objects.all()[0], Rule.objects.all()[1]
    certifications = address_of(Certification, "changelist")
    pages = {
        "/": certifications,
        "/certifications/?q=azure+ai&tier=high": f"{certifications}?q=azure+ai",
        "/certifications/compare/?cert=a&cert=b": certifications,
        f"/guide/#{sentence.anchor}": f"{change_address(sentence)}#id_text",
        f"/guide/#{chapter.slug}": change_address(chapter),
        f"/guide/#{tier.slug}": change_address(tier),
        "/guide/": address_of(Chapter, "changelist"),
        f"/about/#{section.slug}": change_address(section),
        f"/advisor/how-it-decides/#question-{question.key}": change_address(question),
        f"/advisor/how-it-decides/#rule-{rule.order}": change_address(rule),
        "/advisor/how-it-decides/#rule-x": address_of(Rule, "changelist"),
        "/advisor/?role=builder": address_of(Question, "changelist"),
        f"{PAGE}#changes": address_of(Certification, "history", certification().pk),
        f"{PAGE}#exam-99": f"{change_address(certification())}#exams-group",
    }
    assert {page: form_address(page) for page in pages} == pages


@pytest.mark.parametrize(
    "page", ["", "x", "/nothing/", "/certifications/none/", "http://[", "/admin/", "%00"]
)
def test_page_that_is_not_edited_is_named(page: str) -> None:
    assert form_address(page) is None
    response = client_of("Editor").get("/admin/edit/", {"page": page}, follow=True)
    (message,) = response.context["messages"]
    assert str(message).startswith("The site has no page")


def test_address_in_the_search_leads_on() -> None:
    client = client_of("Author")
    for typed in (f"{PAGE}#price", f"http://testserver{PAGE}#price"):
        response = client.get("/admin/search/", {"q": typed}, follow=True)
        way = [address for address, _ in response.redirect_chain]
        assert way[-1] == f"{change_address(certification())}#id_price-0-amount"
    other = client.get("/admin/search/", {"q": "https://cloud.google.com/"})
    assert other.status_code == 200


def test_readers_get_no_way_in() -> None:
    response = client_of("Stranger").get(reverse("admin:edit"), {"page": PAGE})
    assert response.headers["Location"].startswith("/admin/login/")
