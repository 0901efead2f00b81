"""The advisor about one certification: what it asks, answers, remembers and refuses."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client

from advisor.diagram_cache import about_questions
from advisor.domain.about_certification import AnswerKind
from advisor.domain.about_certification_explained import explain
from advisor.domain.answers import read_answers
from advisor.domain.rulebook import Rulebook
from advisor.rulebook_loader import current_rulebook
from catalog.models import Certification, Quotation, Statement
from tests.advisor.domain.hand_made import TODAY
from tests.advisor.sheets import (
    AWS_ENGINEER,
    AWS_ML,
    AWS_PRACTITIONER,
    BOOTCAMP,
    BY_OUTCOME,
    COURSERA,
    ETHICS,
    GOOGLE,
    IBM,
    PROMPT,
    RATED,
    READY,
    Sheet,
    answered,
    ask,
    query,
    standing_of,
)
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")

WIZARD, RESULT, JSON = "/advisor/", "/advisor/result/", "/advisor/result.json"


def numbers_of(page: Element) -> tuple[int, int]:
    """The number of the question, and of those that there are at most."""
    words = page.find("p", class_="progress").text
    number, most = re.findall(r"Question ([0-9]+) of ([0-9]+) at most$", words)[0]
    return int(number), int(most)


def walk(client: Client, about: str, sheet: Sheet) -> tuple[list[str], str]:
    """The questions that a learner is asked about a certification, and the address at the end."""
    address, asked = f"{WIZARD}?{urlencode({'about': about})}", list[str]()
    most_before = about_questions(current_rulebook(), about, today=TODAY).most
    while True:
        response = client.get(address)
        if response.status_code == 302:
            address = response["Location"]
            if address.startswith(RESULT):
                return asked, address
            continue
        page = read_page(response.content)
        form = page.find("#wizard")
        number, most = numbers_of(page)
        assert number == len(asked) + 1
        assert number <= most <= most_before
        assert form.find_all("p", class_="notice") == []  # nothing was answered elsewhere
        most_before = most
        hidden = [
            (field.attributes["name"], field.attributes["value"])
            for field in form.find_all("input", type="hidden")
        ]
        key = dict(hidden)["submitted"]
        asked.append(key)
        given = [*hidden, *((key, value) for value in sheet[key])]
        address = f"{WIZARD}?{urlencode(given)}"


def answer_about(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address.replace(RESULT, JSON, 1))
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()["about"]
    return found


def expected(verdict: dict[str, Any], slug: str) -> tuple[str, str | None]:
    """The answer that follows from the whole verdict."""
    if verdict["recommended"] == slug:
        return "get-it", None
    standing = standing_of(verdict, slug)["standing"]
    if standing != "worth-it":
        return standing, None
    return ("another", verdict["recommended"]) if verdict["recommended"] else ("not-now", None)


@pytest.mark.parametrize("outcome", BY_OUTCOME)
def test_walk_about_each_certification_ends_on_the_answer_of_the_whole_verdict(
    client: Client, outcome: str
) -> None:
    sheet = BY_OUTCOME[outcome]
    verdict = ask(client, sheet)
    for slug in RATED:
        asked, address = walk(client, slug, sheet)
        assert len(asked) == len(set(asked))
        assert set(asked) <= set(sheet)
        found = answer_about(client, address)
        assert (found["answer"], found["another"]) == expected(verdict, slug)
        given = dict.fromkeys(key for key, _ in parse_qsl(urlsplit(address).query))
        for reason in found["reasons"]:
            assert {because["question"] for because in reason["because"]} <= set(given)


def test_closed_certification_needs_no_question_and_is_answered_at_once(client: Client) -> None:
    response = client.get(f"{WIZARD}?about={AWS_ML}")
    assert (response.status_code, response["Location"]) == (302, f"{RESULT}?about={AWS_ML}")
    assert answer_about(client, f"{RESULT}?about={AWS_ML}")["answer"] == "closed"
    page = read_page(client.get(f"{RESULT}?about={AWS_ML}").content)
    name = Certification.objects.get(slug=AWS_ML).name
    assert page.find("h1").text == f"No: {name} can’t be had."


def test_answer_is_given_as_soon_as_it_is_settled(client: Client) -> None:
    asked, address = walk(client, GOOGLE, answered(READY, budget="100"))
    assert len(asked) <= 3
    assert answer_about(client, address)["answer"] == "ruled-out"


def test_answers_from_elsewhere_are_kept_and_named(client: Client) -> None:
    page = read_page(client.get(f"{WIZARD}?about={GOOGLE}&learning=guided&coursera=no").content)
    assert page.find("p", class_="notice").text.startswith("Your other answers are kept.")


def test_back_from_the_first_question_leads_to_what_it_is_about(client: Client) -> None:
    backs = [
        read_page(client.get(f"{WIZARD}?{urlencode(pairs)}").content).find("a", class_="back")
        for pairs in ([("about", IBM)], [("about", IBM), ("about", GOOGLE)], [])
    ]
    assert [back.attributes["href"] for back in backs] == [
        f"/certifications/{IBM}/",
        f"/certifications/compare/?cert={IBM}&cert={GOOGLE}",
        "/",
    ]


def test_answers_that_were_not_asked_for_are_taken_as_given(client: Client) -> None:
    _, address = walk(client, GOOGLE, READY)
    response = client.get(f"{JSON}?{query(READY)}&about={GOOGLE}").json()
    found = answer_about(client, address)
    assert response["about"]["headline"] == found["headline"]
    urls = [reason["url"] for reason in response["about"]["reasons"]]
    assert {reason["url"] for reason in found["reasons"]} <= set(urls)
    assert response["answers"].keys() == READY.keys()
    assert response["outcome"]["slug"] == "one"


def test_every_answer_quotes_the_guide_or_says_that_the_guide_does_not_judge(
    rulebook: Rulebook,
) -> None:
    # To decide, what is not rated differs in nothing but its name, status, cost and time.
    one_of_each = {(c.rated, c.kind, c.reported, c.total_usd): c for c in rulebook.certifications}
    chosen = {c.slug: c for c in (*rulebook.rated, *one_of_each.values())}
    sheets = [read_answers(rulebook, given).sheet for given in ({}, READY)]
    for slug in chosen:
        about = about_questions(rulebook, slug, today=TODAY)
        for sheet in sheets:
            found = explain(about, sheet, today=TODAY)
            if found is None:
                assert sheet is sheets[0]
                continue
            said = [*found.reasons, *found.would_need]
            assert said
            by_guide = [reason for reason in said if reason.url.startswith("/guide/#")]
            by_fact = found.answer.kind in (AnswerKind.CLOSED, AnswerKind.RULED_OUT)
            assert by_guide or by_fact, slug


@pytest.mark.parametrize("slug", [PROMPT, ETHICS, BOOTCAMP])
def test_kind_that_only_informs_is_answered_with_its_own_sentences(
    client: Client, slug: str
) -> None:
    found = answer_about(client, f"{RESULT}?about={slug}")
    judging = Statement.objects.filter(certification__slug=slug).order_by("order")
    urls = [statement.get_absolute_url() for statement in judging]
    assert [reason["url"] for reason in found["reasons"]] == urls
    page = read_page(client.get(f"{RESULT}?about={slug}").content)
    links = [link.attributes["href"] for link in page.find("ul", class_="reasons").find_all("a")]
    assert links == urls


def test_what_the_guide_does_not_rate_is_answered_with_its_criteria(client: Client) -> None:
    found = answer_about(client, f"{RESULT}?{query(READY)}&about={AWS_ENGINEER}")
    criteria = Quotation.objects.by_place()
    assert [reason["url"] for reason in found["reasons"]] == [
        f"/certifications/{AWS_ENGINEER}/#status",
        *(criteria[place].get_absolute_url() for place in Quotation.CRITERIA),
    ]


def test_missing_names_only_what_can_change_the_answer(client: Client) -> None:
    response = client.get(f"{JSON}?about={AWS_PRACTITIONER}")
    assert response.status_code == 400
    missing = response.json()["missing"]
    assert "mandate" in missing
    assert "framework" not in missing


def test_last_step_within_a_page_leads_to_the_page_of_the_answer(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "wizard"}
    response = client.get(f"{WIZARD}?about={AWS_ML}", headers=headers)
    assert (response.status_code, response["HX-Redirect"]) == (200, f"{RESULT}?about={AWS_ML}")
    assert response.content == b""


def test_reason_of_the_answer_is_said_once(client: Client) -> None:
    for address in (f"{RESULT}?about={AWS_ML}", f"{RESULT}?about={BOOTCAMP}"):
        main = read_page(client.get(address).content).find("main")
        said = [link.attributes["href"] for link in main.find_all("blockquote")[0].find_all("a")]
        links = [link.attributes["href"] for link in main.find_all("a")]
        assert [links.count(href) for href in said] == [1] * len(said)


def test_result_with_a_question_left_to_ask_leads_back_to_it(client: Client) -> None:
    response = client.get(f"{RESULT}?about={IBM}&mandate=no")
    assert response["Location"] == f"{WIZARD}?about={IBM}&mandate=no"


@pytest.mark.parametrize("slug", ["nope", "no such/one", "x" * 300, "\x00"])
def test_unknown_certification_is_named_with_the_search(client: Client, slug: str) -> None:
    for address in (WIZARD, RESULT):
        response = client.get(address, {"about": slug})
        assert response.status_code == 404
        field = read_page(response.content).find("#unknown-q")
        assert field.attributes["value"][:199] == slug.strip().replace("-", " ")[:199]
    response = client.get(JSON, {"about": slug})
    assert response.status_code == 400
    (invalid,) = response.json()["invalid"]
    assert (invalid["parameter"], invalid["value"]) == ("about", slug.strip()[:80])


@pytest.mark.parametrize(
    ("name", "slug", "is_offered"), [("pmle", GOOGLE, True), ("mls-c01", AWS_ML, False)]
)
def test_name_instead_of_a_slug_leads_to_what_is_meant_if_it_can_be_had(
    client: Client, name: str, slug: str, is_offered: bool
) -> None:
    page = read_page(client.get(f"{WIZARD}?about={name}").content).find(".not-found")
    links = [link.attributes["href"] for link in page.find_all("a")]
    assert (f"/certifications/{slug}/" in links) == is_offered


def test_draft_is_unknown(client: Client) -> None:
    Certification.objects.filter(slug=COURSERA).update(is_draft=True)
    certification = Certification.objects.get(slug=COURSERA)
    certification.save()
    assert client.get(WIZARD, {"about": COURSERA}).status_code == 404


def test_renamed_certification_is_found_by_its_old_slug(client: Client) -> None:
    certification = Certification.objects.get(slug=AWS_ML)
    certification.slug = "renamed"
    certification.save()
    response = client.get(f"{WIZARD}?about={AWS_ML}")
    assert response["Location"] == f"{RESULT}?about=renamed"


def test_certification_named_twice_is_asked_about_once(client: Client) -> None:
    response = client.get(f"{WIZARD}?about={AWS_ML}&about={AWS_ML}")
    assert response["Location"] == f"{RESULT}?about={AWS_ML}"


def test_more_than_can_be_compared_are_named_and_left_out(client: Client) -> None:
    slugs = (AWS_ML, PROMPT, ETHICS, BOOTCAMP, COURSERA, GOOGLE)
    address = "?" + urlencode([("about", slug) for slug in slugs])
    response = client.get(f"{JSON}{address}")
    assert response.status_code == 400
    assert [each["value"] for each in response.json()["invalid"]] == [COURSERA, GOOGLE]
    page = read_page(client.get(f"{RESULT}{address}").content)
    assert len(page.find("tbody").find_all("tr")) == 4
    notice = page.find("div.notice")
    assert [each.text for each in notice.find_all("b")] == [f"about={COURSERA}", f"about={GOOGLE}"]


def test_link_with_answers_filled_in_asks_about_the_same(client: Client) -> None:
    page = read_page(client.get(f"{WIZARD}?about={AWS_PRACTITIONER}&goal=vocabulary").content)
    links = [link.attributes["href"] for link in page.find_all("a")]
    assert f"{WIZARD}?about={AWS_PRACTITIONER}&goal=vocabulary&filled=goal" in links


def test_blank_about_asks_about_none(client: Client) -> None:
    page = read_page(client.get(f"{WIZARD}?about=").content)
    assert page.find("h1").text == read_page(client.get(WIZARD).content).find("h1").text


def test_question_says_what_it_is_asked_for(client: Client) -> None:
    page = read_page(client.get(f"{WIZARD}?about={GOOGLE}").content)
    name = Certification.objects.get(slug=GOOGLE).name
    said = f"Is {name} worth it for you?"
    assert page.find("p", class_="progress").text == f"{said} Question 1 of 12 at most"
    assert page.find("title").text == f"{page.find('h1').text} · {said} · Signal vs. Noise"
    page = read_page(client.get(f"{WIZARD}?about={GOOGLE}&about={IBM}").content)
    assert numbers_of(page)[0] == 1
    assert page.find("p", class_="progress").text.startswith(f"{name} or ")


def test_several_certifications_are_asked_about_at_once(client: Client) -> None:
    both = f"about={GOOGLE}&about={AWS_ML}"
    response = client.get(f"{JSON}?{query(READY)}&{both}").json()
    assert [found["slug"] for found in response["about"]] == [GOOGLE, AWS_ML]
    assert [found["answer"] for found in response["about"]] == ["get-it", "closed"]
    page = read_page(client.get(f"{RESULT}?{query(READY)}&{both}").content)
    assert [row.find("td").text for row in page.find("tbody").find_all("tr")] == [
        found["headline"] for found in response["about"]
    ]


def test_question_left_open_that_can_change_the_answer_leaves_it_undecided(client: Client) -> None:
    address = f"{RESULT}?{query(READY)}&about={GOOGLE}".replace("budget=200", "budget=not-sure")
    page = read_page(client.get(address).content)
    assert page.find("h1").text == "No answer yet: it depends."
    response = client.get(address.replace(RESULT, JSON))
    assert (response.status_code, response.json()["missing"]) == (400, ["budget"])


def test_link_that_remembers_says_whether_the_answer_is_still_the_same(client: Client) -> None:
    address = f"{RESULT}?about={AWS_ML}"
    share = read_page(client.get(address).content).find("p", class_="share").find("a")
    stamped = share.attributes["href"]
    assert dict(parse_qsl(urlsplit(stamped).query))["was"] == "closed"
    same = read_page(client.get(stamped).content)
    assert same.find_all("div", role="status") == []
    other = read_page(client.get(stamped.replace("was=closed", "was=get-it")).content)
    (notice,) = other.find_all("div", role="status")
    assert notice.find("h2").text.startswith("Another answer since")


def test_change_leads_to_the_answer_that_it_says(client: Client) -> None:
    _, address = walk(client, GOOGLE, answered(READY, experience="hands-on"))
    response = client.get(address.replace(RESULT, JSON)).json()
    for change in response["changes"]:
        if change["answer"]:
            found = answer_about(client, change["url"])
            assert found["answer"] == change["answer"]
