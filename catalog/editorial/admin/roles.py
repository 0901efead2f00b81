"""The roles: what authors, editors and administrators may do, given to their groups.

They are applied after every `migrate`, so that a new kind of row needs no migration of its own.
"""

from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from catalog.editorial.drafts import PUBLISH
from catalog.editorial.records import content_models
from catalog.editorial.rows import ContentRow, Draftable

VERBS = ("view", "add", "change", "delete")
PEOPLE = ("user", "group")  # of django.contrib.auth

Rights = set[tuple[str, str]]  # app label and codename


def rights_of_roles() -> dict[str, Rights]:
    """The rights of each role; that an author's are to drafts only, the admin sees to."""
    app_label, codename = PUBLISH.split(".")
    editor = {*_rights_to_content(only_authors=False), (app_label, codename)}
    people = {("auth", f"{verb}_{name}") for verb in VERBS for name in PEOPLE}
    return {
        "Author": {*_rights_to_content(only_authors=True)},
        "Editor": editor,
        "Administrator": editor | people,
    }


def author_verbs(model: type[ContentRow]) -> tuple[str, ...]:
    """The verbs that authors have for rows of a model: most for drafts, all for rows under them."""
    if model.author_may:
        return model.author_may
    if issubclass(model, Draftable):
        return ("view", "add", "change")
    return VERBS if model.draft_flags else ("view",)


def _rights_to_content(*, only_authors: bool) -> Iterator[tuple[str, str]]:
    for model in content_models():
        options = model._meta
        for verb in author_verbs(model) if only_authors else VERBS:
            yield options.app_label, f"{verb}_{options.model_name}"


def apply_roles(sender: AppConfig, **_: object) -> None:
    """Make the roles, or add to their groups the rights that they lack.

    A receiver of post_migrate; it waits for the last app that a role has rights in.
    """
    if sender.label != "auth":
        return
    roles = rights_of_roles()
    for label in sorted({label for rights in roles.values() for label, _ in rights}):
        # Django makes them in a receiver of its own, which may be called after this one.
        create_permissions(apps.get_app_config(label), verbosity=0)
    for role, rights in roles.items():
        group, _created = Group.objects.get_or_create(name=role)
        wanted = [Q(content_type__app_label=label, codename=name) for label, name in rights]
        group.permissions.add(*Permission.objects.filter(Q(*wanted, _connector=Q.OR)))
