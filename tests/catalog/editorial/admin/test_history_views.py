"""The timeline of a row, its versions, and restoring them."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from catalog.editorial.content_files import export_json
from catalog.editorial.records import content_models
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Correction, Provider, Source, Statement, Succession
from tests.admin_form import open_form
from tests.editors import address_of, open_question, signed_in, timeline
from tests.factories.people import client_of
from tests.factories.rows import a_certification, a_source, new_correction, new_lifecycle
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")

SLUG = "ai-plus-individual-certification"  # no rule cites it
SUCCESSOR = "aws-certified-machine-learning-engineer-associate"


@pytest.fixture
def ann() -> Client:
    return signed_in("ann")


def certification(slug: str = SLUG) -> Certification:
    return Certification.objects.get(slug=slug)


def page_of(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return read_page(response.content)


def version_address(step: Element) -> str:
    return step.find_all("a")[-1].attributes["href"]


def edit(client: Client, row: ContentRow, reason: str = "", **statement: str) -> None:
    form = open_form(client, address_of(type(row), "change", row.pk))
    form.fill("statements-0", **statement)
    form.set(heading="Edited", change_reason=reason)
    assert form.send(client).status_code == 302


def content() -> tuple[str, dict[str, list[int]]]:
    """All content, and the primary keys of its rows."""
    keys = {
        model.__name__: list(model.objects.order_by("pk").values_list("pk", flat=True))
        for model in content_models()
    }
    return export_json(), keys


# --- the timeline -----------------------------------------------------------------


def test_one_edit_of_a_row_and_its_children_is_one_step(ann: Client) -> None:
    row = certification()
    text = row.statements.order_by("order")[0].text
    edit(ann, row, "It reads better.", text=f"{text} Truly.")
    step = timeline(ann, row)[0]
    assert step.find("h2").text.endswith(", ann")
    assert "Why: “It reads better.”" in texts(step, "p")
    changes = step.find("ul").find_all("li")
    assert [each.find("strong").text.split()[0] for each in changes] == [
        "Certification",
        "Statement",
    ]
    assert texts(changes[1], "dt") == ["Text"]
    assert (texts(changes[1], "ins"), texts(changes[1], "del")) == (["Truly."], [])


def test_what_a_command_did_is_named_after_it(ann: Client) -> None:
    first = timeline(ann, certification())[-1]
    assert first.find("h2").text.endswith(", loadguide")
    assert {row.history_change_reason for row in Statement.history.all()} == {"loadguide"}


def test_save_that_changed_nothing_is_no_step(ann: Client) -> None:
    row = certification()
    before = len(timeline(ann, row))
    open_form(ann, address_of(Certification, "change", row.pk)).send(ann)
    assert len(timeline(ann, row)) == before


# --- older versions ---------------------------------------------------------------


def test_older_version_is_restored_with_its_children(ann: Client) -> None:
    row, before = certification(), content()
    first = row.statements.order_by("order")[0]
    form = open_form(ann, address_of(Certification, "change", row.pk))
    form.delete_row("statements-0")
    form.fill("statements-1", text="Edited.", order="1")
    form.add_row("statements", order="60", section="reality", form="bullet", text="New.")
    form.set(heading="Edited")
    assert form.send(ann).status_code == 302
    address = version_address(timeline(ann, row)[1])
    question = open_question(ann, address)
    question.set(change_reason="The old one was right.")
    assert question.send(ann).status_code == 302
    assert content() == before
    last = Statement.history.filter(id=first.pk).latest("history_id")
    assert (last.history_type, last.history_user.username) == ("+", "ann")
    assert "Why: “The old one was right.”" in texts(timeline(ann, row)[0], "p")


def test_restoring_over_what_was_not_seen_is_stopped(ann: Client) -> None:
    row, bea = certification(), signed_in("bea")
    edit(ann, row, text="Ann’s.")
    question = open_question(ann, version_address(timeline(ann, row)[1]))
    edit(bea, row, text="Bea’s.")
    response = question.send(ann)
    shown = page_of(ann, response.headers["Location"]).find(".messagelist").text
    assert shown.startswith("Changed meanwhile, by bea on ")
    assert certification().statements.order_by("order")[0].text == "Bea’s."


def test_what_the_rest_needs_is_not_restored_away(ann: Client) -> None:
    row = Provider.objects.create(slug="a", name="First")
    row.slug, row.name = "b", "Second"
    row.save()
    Provider.objects.create(slug="a", name="Another")
    question = open_question(ann, version_address(timeline(ann, row)[1]))
    response = question.send(ann)
    shown = page_of(ann, response.headers["Location"]).find(".messagelist").text
    assert shown == (
        "Nothing was restored, for this stands in the way: Provider with this Slug already exists."
    )
    assert Provider.objects.get(pk=row.pk).name == "Second"


def test_row_of_what_is_gone_says_what_to_restore_first(ann: Client) -> None:
    gone = Provider.objects.create(slug="gone", name="Gone")
    row = a_certification(slug="n", provider=gone)
    row.provider = None
    row.save()
    gone.delete()
    question = open_question(ann, version_address(timeline(ann, row)[1]))
    response = question.send(ann)
    assert page_of(ann, response.headers["Location"]).find(".messagelist").text == (
        "Nothing was restored, for this stands in the way: The provider “Gone” was deleted since: "
        "restore it first."
    )


def test_link_to_what_is_gone_is_left_out_and_named(ann: Client) -> None:
    gone = a_source(slug="gone", name="Gone")
    row = a_certification(slug="n")
    state = new_lifecycle(certification=row)
    state.save()
    state.sources.add(gone)
    state.sources.clear()
    gone.delete()
    question = open_question(ann, version_address(timeline(ann, row)[1]))
    response = question.send(ann)
    assert page_of(ann, response.headers["Location"]).find(".messagelist").text == (
        f"“{row}” is restored. The source “Gone” was deleted since, so it is not linked."
    )


def test_author_looks_at_what_is_published_but_does_not_restore_it(ann: Client) -> None:
    row, author = certification(), client_of("Author")
    edit(ann, row, text="Ann’s.")
    address = version_address(timeline(author, row)[1])
    assert page_of(author, address).find_all("form")[-1].attributes["id"] == "logout-form"
    assert author.post(address, {}).status_code == 403


# --- what was deleted -------------------------------------------------------------


def test_deleted_certification_is_restored_whole(ann: Client) -> None:
    row = certification()
    statement = row.statements.order_by("order")[0]
    new_correction(statement=statement).save()
    correction = Correction.objects.get(slug="a-correction")
    correction.sources.set(Source.objects.all()[:2])
    Succession.objects.create(
        certification=certification(SUCCESSOR),
        successor=row,
        order=7,
        confidence="high",
        checked_on="2026-11-22",
    )
    before = content()
    versions = {model: model.history.filter(id__isnull=False).count() for model in content_models()}
    question = open_question(ann, address_of(Certification, "delete", row.pk))
    assert question.send(ann).status_code == 302
    assert not Certification.objects.filter(slug=SLUG).exists()
    (link,) = page_of(ann, address_of(Certification, "deleted")).find("#content").find_all("a")
    assert link.text == str(row)
    whole = page_of(ann, link.attributes["href"]).find("#content").find_all("a")[0]
    assert open_question(ann, whole.attributes["href"]).send(ann).status_code == 302
    assert content() == before
    assert all(model.history.count() >= count for model, count in versions.items())
    assert ann.get(row.get_absolute_url()).status_code == 200
    call_command("loadguide", verbosity=0)
    assert content() == before


def test_place_that_is_taken_by_now_is_not_fought_over(ann: Client) -> None:
    row = certification()
    open_question(ann, address_of(Certification, "delete", row.pk)).send(ann)
    heir = Certification.objects.create(
        slug="heir", name="Heir", kind="exam", tier=row.tier, order=row.order
    )
    history = page_of(ann, address_of(Certification, "history", row.pk))
    whole = history.find("#content").find_all("a")[0].attributes["href"]
    last = max(Certification.objects.values_list("order", flat=True))
    assert open_question(ann, whole).send(ann).status_code == 302
    assert (certification().pk, certification().order) == (row.pk, last + 1)
    heir.refresh_from_db()
    assert heir.order == row.order


@pytest.mark.parametrize(
    "page", ["history/", "history/1-2/", "history/x/", "history/9999999999999999999/"]
)
def test_history_of_what_never_was_is_not_found(ann: Client, page: str) -> None:
    for key in ("987654", "x"):
        assert ann.get(f"/admin/catalog/certification/{key}/{page}").status_code == 404


def test_stranger_is_led_to_the_login() -> None:
    for page in (
        "deleted/",
        f"{certification().pk}/history/",
        f"{certification().pk}/history/0-0-0-0-0-0-0-0/",
    ):
        address = f"/admin/catalog/certification/{page}"
        response = Client().get(address)
        assert response.headers["Location"] == f"/admin/login/?next={address}"
    assert User.objects.count() == 0
