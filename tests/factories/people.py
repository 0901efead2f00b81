"""People with the roles that a migrate gives."""

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client

from catalog.editorial.admin.roles import apply_roles

ROLES = ("Author", "Editor", "Administrator")
STRANGER, READER, SUPERUSER = "Stranger", "Reader", "Superuser"


def person(role: str) -> User | None:
    """A person with a role; nobody is signed in for a stranger, and a reader is no staff."""
    if role == STRANGER:
        return None
    if not Group.objects.exists():  # a test with transactions has emptied the tables
        apply_roles(apps.get_app_config("auth"))
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
