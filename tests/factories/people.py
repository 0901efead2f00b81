"""People with the roles that the migration makes."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client

ROLES = ("Author", "Editor", "Administrator")
STRANGER, READER, SUPERUSER = "Stranger", "Reader", "Superuser"


def person(role: str) -> User | None:
    """A person with a role; nobody is signed in for a stranger, and a reader is no staff."""
    if role == STRANGER:
        return None
    if not Group.objects.exists():  # a test with transactions has emptied the tables
        import_module("advisor.migrations.0004_roles").make_roles(apps, None)
        import_module("advisor.migrations.0006_about_role").extend_roles(apps, None)
    user, _ = User.objects.get_or_create(
        username=role.lower(), is_staff=role != READER, is_superuser=role == SUPERUSER
    )
    user.groups.set(Group.objects.filter(name=role))
    return user


def client_of(role: str) -> Client:
    client, user = Client(), person(role)
    if user:
        client.force_login(user)
    return client
