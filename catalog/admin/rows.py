"""What is sent as a row and can be none is passed over, where Django fails."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest

from catalog.admin.versions import keys_in

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


class CheckedRows(Base):
    """The list and the forms of rows, whatever is sent."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:  # noqa: ANN401 - Django's
        """The row with this key; an empty name of a field is none."""
        return super().get_object(request, object_id, from_field or None)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Django's
        """Carry out the action."""
        sent = request.POST.copy()
        keys = keys_in(sent.getlist(ACTION_CHECKBOX_NAME))
        sent.setlist(ACTION_CHECKBOX_NAME, [str(key) for key in keys])
        vars(request)["_post"] = sent
        return super().response_action(request, *args, **kwargs)
