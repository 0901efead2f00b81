"""People in the admin: an administrator makes editors, but nobody who may do more than that."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from catalog.editorial.admin.permissions import ActionsByRowMixin
from catalog.editorial.admin.safe_keys import SafeKeysMixin

admin.site.unregister([User, Group])


@admin.register(User)
class EditorUserAdmin(ActionsByRowMixin, SafeKeysMixin, UserAdmin[User]):
    """Editors and their roles; superusers are for superusers only."""

    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        ("Role", {"fields": ("groups",), "description": "What the new person may do here."}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Keep the fields that would lift somebody above the roles from those who have one."""
        fields = list(super().get_readonly_fields(request, obj))
        lifts = ["is_superuser", "user_permissions"]
        return fields if request.user.is_superuser else [*fields, *lifts]

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's
    ) -> None:
        """Save; somebody new can sign in here, which accounts are for."""
        obj.is_staff |= not change
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not of a superuser: whoever sets the password can be that person."""
        return super().has_change_permission(request, obj) and _may_manage(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_manage(request, obj)


@admin.register(Group)
class RoleAdmin(ActionsByRowMixin, SafeKeysMixin, GroupAdmin):
    """The roles, as Django has them."""


def _may_manage(request: HttpRequest, person: User | None) -> bool:
    return request.user.is_superuser or not (person and person.is_superuser)
