"""Publishing: a certification is complete or an editor says why not; a popup publishes nothing."""

from typing import Any

import pytest
from django.test import Client

from catalog.admin.publishing import checklist, missing
from catalog.models import Certification
from tests.admin_form import errors_on, open_form
from tests.editors import address_of
from tests.factories.rows import a_certification, new_lifecycle, new_price, new_statement
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")

GOOGLE = "google-professional-machine-learning-engineer"


def test_checklist_of_a_new_certification_lacks_everything() -> None:
    assert [words for words, is_there in checklist(None) if not is_there] == [
        "a provider",
        "a state",
        "a price",
        "the vendor’s page",
    ]


def test_checklist_of_a_rated_one_asks_for_a_reason_for_and_one_against() -> None:
    google = Certification.objects.get(slug=GOOGLE)
    assert missing(google) == []
    new = a_certification(tier=google.tier, provider=google.provider, page_url="https://x.org/")
    new_lifecycle(certification=new, reported="open").save()
    new_price(certification=new, amount="1", currency="USD", period="once").save()
    new = Certification.objects.get(pk=new.pk)
    assert missing(new) == ["a reason for it", "a reason against it"]
    new_statement(certification=new, order=1, effect="for", condition="uses-gcp").save()
    assert missing(new) == ["a reason against it"]
    new_statement(certification=new, order=2, effect="either", condition="uses-aws").save()
    assert missing(new) == []


def test_category_needs_no_facts() -> None:
    assert checklist(a_certification(kind="category")) == []


def test_form_refuses_to_publish_what_lacks_something(admin_client: Client) -> None:
    row = a_certification(is_draft=True)
    form = open_form(admin_client, address_of(Certification, "change", row.pk))
    del form.fields["is_draft"]
    answer = form.send(admin_client)
    (said,) = errors_on(answer)
    assert said.startswith("“A new one” is not published yet, for it lacks: a provider, a state,")
    assert not Certification.objects.published().filter(pk=row.pk).exists()
    form.fields["_waiver"] = "It starts next week"
    assert form.send(admin_client).status_code == 302
    assert Certification.objects.published().filter(pk=row.pk).exists()
    reason = Certification.history.filter(id=row.pk).latest("history_id").history_change_reason
    assert reason == "It starts next week"


def test_form_of_a_draft_shows_the_checklist(admin_client: Client) -> None:
    row = a_certification(is_draft=True, page_url="https://x.org/")
    page = read_page(admin_client.get(address_of(Certification, "change", row.pk)).content)
    assert texts(page.find(".checklist"), ".there") == ["✓ the vendor’s page: there"]
    google = Certification.objects.get(slug=GOOGLE)
    page = read_page(admin_client.get(address_of(Certification, "change", google.pk)).content)
    assert page.find_all(".checklist") == []


def test_published_one_that_lacks_something_can_be_edited(admin_client: Client) -> None:
    row = a_certification()
    form = open_form(admin_client, address_of(Certification, "change", row.pk))
    form.set(heading="Edited")
    assert form.send(admin_client).status_code == 302


def test_list_publishes_nothing_that_lacks_something(admin_client: Client) -> None:
    row = a_certification(is_draft=True)
    address = address_of(Certification, "changelist")
    sent = {"action": "publish", "_selected_action": [row.pk]}
    answer: Any = admin_client.post(address, sent, follow=True)
    row.refresh_from_db()
    assert row.is_draft
    (warning,) = texts(read_page(answer.content), "li.warning")
    assert warning.startswith("“A new one” is not published yet")


def test_window_asks_for_four_fields_and_saves_a_draft(admin_client: Client) -> None:
    form = open_form(admin_client, f"{address_of(Certification, 'add')}?_popup=1")
    shown = {name for name in form.fields if not name.startswith("_")}
    assert shown == {"name", "kind", "provider", "page_url"}
    form.set(name="From a window", kind="exam")
    assert form.send(admin_client).status_code == 200
    made = Certification.objects.get(name="From a window")
    assert (made.is_draft, made.slug) == (True, "from-a-window")
