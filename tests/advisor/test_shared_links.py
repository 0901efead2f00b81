"""A link to a verdict that remembers its day and what was decided."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from advisor.models import Choice, Question
from catalog.changelog.tracked_edits import TRACKED
from catalog.models import Certification, Price
from tests.advisor.sheets import (
    AI_PLUS,
    BY_OUTCOME,
    GOOGLE,
    READY,
    Sheet,
    answered,
    ask,
    query,
)
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")

RESULT = "/advisor/result/"
SAME = f"one.{GOOGLE}"


def _today() -> str:
    return timezone.localdate().isoformat()


def _get(client: Client, sheet: Sheet, *, was: str, as_of: str | None = None) -> Element:
    address = f"{RESULT}?{query(sheet, as_of=as_of or _today(), was=was)}"
    response = client.get(address)
    assert response.status_code == 200
    return read_page(response.content)


def _notices(page: Element) -> list[Element]:
    return [each for each in page.find_all("div", class_="notice") if each.find_all("h2")]


def _shift_history(days: int) -> None:
    for model in TRACKED:
        for version in model.history.all():
            version.history_date -= timedelta(days=days)
            version.save()


@pytest.fixture
def dearer(db: None) -> str:
    """The exam costs more since today; the address has yesterday."""
    _shift_history(9)
    price = Price.objects.get(certification__slug=GOOGLE)
    price.amount = Decimal(250)
    price.save()
    return (timezone.localdate() - timedelta(days=1)).isoformat()


@pytest.mark.parametrize("slug", BY_OUTCOME)
def test_result_page_offers_a_link_that_remembers_its_day_and_verdict(
    client: Client, slug: str
) -> None:
    page = read_page(client.get(f"{RESULT}?{query(BY_OUTCOME[slug])}").content)
    (address,) = [
        a.attributes["href"]
        for a in page.find_all("a")
        if a.text == "Share a link that remembers today"
    ]
    assert f"&as_of={_today()}&was={slug}" in address
    assert [a.attributes["href"] for a in page.find_all("a") if "data-copy" in a.attributes] == [
        address
    ]
    again = read_page(client.get(address).content)
    assert _notices(again) == []
    stamp = next(p.text for p in again.find_all("p", class_="stamp") if "Decided on" in p.text)
    assert stamp.endswith("; still the same.")
    assert again.find("link", rel="canonical").attributes["href"] == (
        f"http://testserver{RESULT}?{query(BY_OUTCOME[slug])}"
    )


def test_result_page_says_what_changed_though_the_verdict_is_the_same(
    client: Client, dearer: str
) -> None:
    sheet = READY | {"budget": ("any",)}
    (notice,) = _notices(_get(client, sheet, was=SAME, as_of=dearer))
    assert notice.find("h2").text.startswith("Still the same verdict since ")
    (item,) = notice.find_all("li")
    assert item.text.endswith("Learning Engineer. Price: $250 once, before $200 once")
    assert item.find("a").attributes["href"] == f"/certifications/{GOOGLE}/"


def test_result_page_says_that_the_verdict_is_another_and_what_changed(
    client: Client, dearer: str
) -> None:
    (notice,) = _notices(_get(client, READY, was=SAME, as_of=dearer))
    assert notice.find("h2").text.startswith("Another verdict since ")
    assert notice.find("q").text == (
        "Get one certification, and stop there: Google Professional Machine Learning Engineer."
    )
    assert [li.text.rpartition(". ")[2] for li in notice.find_all("li")] == [
        "Price: $250 once, before $200 once"
    ]


def test_another_verdict_without_a_changed_certification_is_put_down_to_the_rules(
    client: Client,
) -> None:
    (notice,) = _notices(_get(client, READY, was="skip"))
    assert notice.find("q").text == "Skip certifications for now."
    assert notice.find_all("p")[-1].text == (
        "None of the certifications concerned has changed: the questions or the rules have. "
        "See how it decides now."
    )


def test_question_added_since_is_left_open(client: Client) -> None:
    question = Question.objects.create(
        key="country", order=99, label="Country", text="Where do you live?", why="To say hello."
    )
    for order, key in enumerate(("here", "there"), 1):
        Choice.objects.create(question=question, key=key, order=order, label=key, said=key)
    page = _get(client, READY, was=SAME)
    assert page.find("h1").text.startswith("Get one certification")
    left = page.section("What you left open")
    assert left
    assert [a.text for a in left.find_all("a")] == ["Where do you live?"]
    assert client.get(f"{RESULT}?{query(READY)}").status_code == 302


def test_certification_that_was_renamed_since_is_still_the_same(client: Client) -> None:
    certification = Certification.objects.get(slug=GOOGLE)
    certification.slug = "google-ml-engineer"
    certification.save()
    assert _notices(_get(client, READY, was=SAME)) == []


def test_page_without_a_verdict_says_what_it_was(client: Client) -> None:
    (notice,) = _notices(_get(client, READY | {"cloud": ("not-sure",)}, was=SAME))
    assert notice.find("h2").text.startswith("Another verdict since ")


@pytest.mark.parametrize(
    ("stamp", "named"),
    [
        ({"as_of": "2026-02-30", "was": SAME}, ["as_of=2026-02-30"]),
        ({"as_of": "9999-01-01", "was": SAME}, ["as_of=9999-01-01"]),
        ({"as_of": "soon", "was": SAME}, ["as_of=soon"]),
        ({"as_of": "2026-11-01", "was": "zzz"}, ["was=zzz"]),
        ({"as_of": "2026-11-01", "was": f"zzz.{GOOGLE}"}, [f"was=zzz.{GOOGLE}"]),
        ({"as_of": "2026-11-01", "was": "one.zzz"}, ["was=one.zzz"]),
        ({"as_of": "2026-11-01"}, ["was"]),
        ({"was": SAME}, ["as_of"]),
        ({"as_of": "\0", "was": "\0"}, ["as_of=\0", "was=\0"]),
        # An answer about a certification is no verdict where none is asked about.
        ({"as_of": "2026-11-01", "was": "get-it", "about": ""}, ["was=get-it"]),
    ],
    ids=str,
)
def test_stamp_that_cannot_be_understood_is_named(
    client: Client, stamp: dict[str, str], named: list[str]
) -> None:
    page = read_page(client.get(f"{RESULT}?{query(READY, **stamp)}").content)
    (notice,) = _notices(page)
    assert notice.find("h2").text == "We could not use all of the address"
    assert [b.text for b in notice.find_all("b")] == named


def test_incomplete_sheet_with_a_wrong_stamp_goes_back_to_the_wizard(client: Client) -> None:
    response = client.get(f"{RESULT}?role=builder&as_of=soon&was=skip")
    assert response.headers["Location"] == "/advisor/?role=builder"


def test_title_says_the_verdict_and_no_answer(client: Client) -> None:
    page = read_page(client.get(f"{RESULT}?{query(BY_OUTCOME['skip'])}").content)
    shown = {
        each.attributes["property"]: each.attributes["content"]
        for each in page.find_all("meta")
        if "property" in each.attributes
    }
    assert page.find("title").text == "Verdict: Skip certifications for now. · Signal vs. Noise"
    assert shown["og:title"] == "Verdict: Skip certifications for now."
    description = page.find("meta", name="description").attributes["content"]
    assert shown["og:description"] == description
    assert description.startswith("No certification is worth your money today.")


# --- Slugs of before ----------------------------------------------------------------------------


@pytest.fixture
def renamed(db: None) -> Sheet:
    """A sheet that names a certification by the slug that it had before today."""
    certification = Certification.objects.get(slug=AI_PLUS)
    certification.slug = "ai-plus"
    certification.save()
    return answered(READY, mandate="yes", required=AI_PLUS)


def test_json_finds_a_renamed_certification_by_its_old_slug(client: Client, renamed: Sheet) -> None:
    found = ask(client, renamed)
    assert (found["recommended"], found["answers"]["required"]) == ("ai-plus", "ai-plus")


def test_result_page_finds_a_renamed_certification_by_its_old_slug(
    client: Client, renamed: Sheet
) -> None:
    response = client.get(f"{RESULT}?{query(renamed)}")
    assert response.status_code == 200
    (link,) = read_page(response.content).find_all("link", rel="canonical")
    assert link.attributes["href"].endswith(f"?{query(renamed | {'required': ('ai-plus',)})}")


def test_wizard_finds_a_renamed_certification_by_its_old_slug(
    client: Client, renamed: Sheet
) -> None:
    page = read_page(client.get(f"/advisor/?{query(renamed)}").content)
    assert page.find_all("div", class_="notice") == []
    assert page.find("h1").text == "Check your answers"


@pytest.mark.parametrize("slug", ["no-such", "ai plus", "\x00", "x" * 5_000])
def test_certification_that_never_was_is_no_answer(
    client: Client, renamed: Sheet, slug: str
) -> None:
    response = client.get(f"/advisor/result.json?{query(renamed | {'required': (slug,)})}")
    assert response.status_code == 400
    assert [each["parameter"] for each in response.json()["invalid"]] == ["required"]


# --- A stamp on the address of the JSON ---------------------------------------------------------


def test_json_takes_the_address_of_a_verdict_that_remembers_its_day(client: Client) -> None:
    plain = ask(client, READY)
    address = f"/advisor/result.json?{query(READY, as_of=_today(), was=SAME)}"
    assert client.get(address).json() == plain


def test_json_names_a_stamp_that_cannot_be_read(client: Client) -> None:
    response = client.get(f"/advisor/result.json?{query(READY, as_of='soon', was=SAME)}")
    assert response.status_code == 400
    assert [each["parameter"] for each in response.json()["invalid"]] == ["as_of"]
