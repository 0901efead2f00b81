"""Forms that fill in what nobody wants to type: slugs, order numbers, names of sources."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms import ModelForm

from catalog.models import Source
from catalog.source_lookup import free_slug, name_from


class DefaultsForm(ModelForm[Any]):
    """A row whose slug is made from its name where none is typed, and whose order is the last."""

    slug_from = "name"
    ordered_within: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("slug", "order"):
            if name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("slug") == "" and data.get(self.slug_from):
            data["slug"] = free_slug(type(self.instance), data[self.slug_from])
        if "order" in self.fields and "order" not in self.errors and self._needs_order(data):
            data["order"] = self._last_order(data)
        if self.instance.pk is None:
            self._fill_in_what_is_not_asked(data)
        return data

    def _fill_in_what_is_not_asked(self, data: dict[str, Any]) -> None:
        names = {field.name for field in self.instance._meta.concrete_fields}
        if "slug" in names - {*self.fields} and data.get(self.slug_from):
            self.instance.slug = free_slug(type(self.instance), data[self.slug_from])
        if "order" in names - {*self.fields}:
            self.instance.order = self._last_order(data)

    def _needs_order(self, data: dict[str, Any]) -> bool:
        is_elsewhere = {*self.ordered_within} & {*self.changed_data}
        return data.get("order") is None or bool(is_elsewhere and "order" not in self.changed_data)

    def _last_order(self, data: dict[str, Any]) -> int:
        same = {name: data.get(name) for name in self.ordered_within}
        beside = type(self.instance).objects.filter(**same)
        last: int | None = beside.exclude(pk=self.instance.pk).aggregate(m=Max("order"))["m"]
        return (last or 0) + 1


class CertificationForm(DefaultsForm):
    """A certification, the last of its tier unless somebody says otherwise."""

    ordered_within = ("tier",)


class TraitForm(DefaultsForm):
    """A trait, whose slug comes from its label."""

    slug_from = "label"


class CorrectionForm(DefaultsForm):
    """A correction, whose slug comes from its text."""

    slug_from = "text"


class SourceForm(DefaultsForm):
    """A source, which can be no more than its pasted address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        url, name = self.cleaned_data.get("url"), self.cleaned_data.get("name")
        same = Source.objects.filter(url=url).exclude(pk=self.instance.pk).first() if url else None
        if same and "url" in self.changed_data:
            self.add_error("url", f"There is a source with this address: “{same}”.")
        elif url and not name:
            self.cleaned_data["name"] = name_from(url)
        elif "name" in self.fields and not name and "url" not in self.errors:
            self.add_error("name", ValidationError("Give its name, or at least its address."))
        return super().clean()
