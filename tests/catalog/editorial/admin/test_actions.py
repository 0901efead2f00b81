"""Actions of the lists: every one, on every list, asks for the right on the very row."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client, RequestFactory

from catalog.editorial.admin.permissions import _may_act
from catalog.editorial.content_version import content_version
from catalog.editorial.records import fields_of
from catalog.editorial.rows import ContentRow, Draftable
from catalog.models import Certification, Correction, Guide, Source, Statement, Trait
from tests.database import stored_content
from tests.editors import address_of
from tests.factories.drafts import add_drafts
from tests.factories.people import READER, ROLES, STRANGER, SUPERUSER, client_of, person

pytestmark = pytest.mark.usefixtures("guide", "unreviewed")

CONTENT = [model for model in admin.site._registry if issubclass(model, ContentRow)]


def actions_of(model: type[Model], role: str) -> list[str]:
    request = RequestFactory().get("/")
    request.user = person(role)  # type: ignore[assignment]
    return [name for name in admin.site._registry[model].get_actions(request) if name]


def run(client: Client, row: Model, action: str) -> list[str]:
    """Choose an action for a row, with all that any of them asks for; the messages."""
    sent: dict[str, Any] = {"action": action, "_selected_action": row.pk, "post": "yes"}
    sent |= {"source": Source.objects.all()[0].pk, "_version": ""}
    response = client.post(address_of(type(row), "changelist"), sent)
    assert response.status_code in (200, 302, 403)
    return [str(each) for each in get_messages(response.wsgi_request)]


def written(row: ContentRow) -> tuple[str, dict[str, Any]]:
    """The version of all content, and the row as the database has it."""
    return content_version(), fields_of(type(row).objects.get(pk=row.pk))


@pytest.mark.parametrize("role", ["Reader", *ROLES, SUPERUSER])
def test_no_action_changes_what_is_published_for_who_may_not_publish(role: str) -> None:
    add_drafts()
    client, before = client_of(role), stored_content()
    for model in CONTENT:
        published: Any = model.objects.published().first()
        may_publish, unchanged = role not in ("Reader", "Author"), written(published)
        for action in actions_of(model, SUPERUSER):
            if may_publish:  # what it does is its own tests' business
                assert action in actions_of(model, role)
            else:
                run(client, published, action)
                assert written(published) == unchanged, (model, action)
    assert stored_content() == before


def rows_of(model: Any) -> list[Any]:
    """A row that readers see and, if there can be one, a draft."""
    if model is Trait:
        return [Trait.objects.get(slug="uses-gcp")]  # in use
    is_draftable = issubclass(model, Draftable)
    draft = model.objects.filter(is_draft=True).first() if is_draftable else None
    return [row for row in (model.objects.published().first(), draft) if row]


def may_do(action: str, row: Any) -> set[str]:
    """The roles that may do something to a row."""
    publishers = {*ROLES, SUPERUSER} - {"Author"}
    if action == "delete_selected":
        authors = {"Author"} if isinstance(row, Statement) and not row.is_published else set()
        return set() if isinstance(row, Guide | Trait) else publishers | authors
    if action in ("publish", "make_draft"):
        return publishers if isinstance(row, Draftable) else set()
    return publishers if hasattr(row, "order") else set()


def test_every_role_may_do_to_every_row_what_it_may_and_no_more() -> None:
    add_drafts()
    found, wanted = {}, {}
    rows = [row for model in CONTENT for row in rows_of(model)]
    for role in (STRANGER, READER, *ROLES, SUPERUSER):
        request = RequestFactory().get("/")
        request.user = person(role) or AnonymousUser()
        for row in rows:
            model_admin = admin.site._registry[type(row)]
            offered: dict[str, Any] = dict(model_admin.get_actions(request))
            for action in actions_of(type(row), SUPERUSER):
                may = action in offered and _may_act(
                    offered[action][0].__wrapped__, model_admin, request, row
                )
                found[role, str(row), action] = may
                wanted[role, str(row), action] = role in may_do(action, row)
    assert found == wanted
    assert len(found) > 300


def test_refusal_names_the_rows_and_leaves_the_drafts_beside_them() -> None:
    add_drafts()
    before = stored_content()
    published, draft = (
        Statement.objects.published()[0],
        Statement.objects.filter(is_draft=True)[0],
    )
    sent = {
        "action": "delete_selected",
        "_selected_action": [published.pk, draft.pk],
        "post": "yes",
    }
    response = client_of("Author").post(address_of(Statement, "changelist"), sent)
    (said,) = [str(each) for each in get_messages(response.wsgi_request)]
    assert said == f"Nothing was done, for you may not do this to “{published}”."
    assert stored_content() == before


@pytest.mark.parametrize("model", [Certification, Correction])
def test_author_may_act_on_own_drafts(model: type[Model]) -> None:
    add_drafts()
    draft = model._default_manager.filter(is_draft=True)[0]
    for action in actions_of(model, "Author"):
        assert not any(
            "may not do this" in said for said in run(client_of("Author"), draft, action)
        )
