"""Form fields that refuse primary keys no row can have, where Django fails."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.text import Truncator

from catalog.editorial.admin.permissions import Base
from catalog.editorial.past_states import keys_in


class SafeRowsField(ModelMultipleChoiceField[Any]):
    """Several rows."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not keys_in([key]):
                shown = {"pk": Truncator(key).chars(30)}
                raise ValidationError(self.error_messages["invalid_pk_value"], params=shown)
        return super().clean(value)


class SafeChoicesMixin:
    """The fields of a form in which several rows are chosen."""

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        kwargs["form_class"] = SafeRowsField
        form: Any = super()
        return form.formfield_for_manytomany(db_field, request, **kwargs)


class SafeKeysMixin(SafeChoicesMixin, Base):
    """The list and the forms of rows, whatever is sent."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row with this key; an empty name of a field is none."""
        return super().get_object(request, object_id, from_field or None)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        sent = request.POST.copy()
        keys = keys_in(sent.getlist(ACTION_CHECKBOX_NAME))
        sent.setlist(ACTION_CHECKBOX_NAME, [str(key) for key in keys])
        vars(request)["_post"] = sent
        return super().response_action(request, *args, **kwargs)
