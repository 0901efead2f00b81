"""Traits, the words that conditions are written in, and the field that holds a condition."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from catalog.conditions import TRAIT, ConditionError, parse, parse_known
from catalog.editorial.rows import ContentRow


class Trait(ContentRow):
    """Something that can be true of a learner."""

    author_may = ("view", "add")

    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="The word used in conditions, e.g. “uses-gcp”. Renaming it means rewriting every "
        "condition that names it.",
    )
    label = models.CharField(
        max_length=200,
        help_text="Completes “true of a learner who …”, e.g. “uses or plans to use Google Cloud”.",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        super().clean()
        try:
            is_word = TRAIT.fullmatch(self.slug) is not None
            can_be_held = is_word and parse(self.slug).traits == {self.slug}
        except ConditionError:
            can_be_held = False
        if not can_be_held:
            words = (
                "No condition can hold this word. Begin with a letter, go on with letters, digits "
                "and hyphens, and take none of and, or, not, true, false, none."
            )
            raise ValidationError({"slug": words})

    def conditions(self) -> list[str]:
        """Every condition that names it, wherever it stands."""
        return [
            text
            for model, name in condition_fields()
            for text in model._default_manager.values_list(name, flat=True)
            if self.slug in parse(text).traits
        ]


def validate_condition(text: str) -> None:
    """Raise ValidationError unless `text` parses and names only traits that exist."""
    try:
        parse_known(text, frozenset(Trait.objects.values_list("slug", flat=True)))
    except ConditionError as error:
        raise ValidationError(str(error), code="condition") from error


class ConditionField(models.CharField[str, str]):
    """A condition over traits, checked as it is validated and as it is saved."""

    default_validators = [validate_condition]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django calls it so
        text = self.to_python(super().pre_save(model_instance, add))
        if isinstance(model_instance, ContentRow):  # not its history, which nobody evaluates
            validate_condition(text)
            setattr(model_instance, self.attname, text)
        return text

    def to_python(self, value: object) -> str:
        """The text with single spaces: blanks alone are no condition."""
        return " ".join(str(super().to_python(value) or "").split())


def condition_fields() -> list[tuple[type[ContentRow], str]]:
    """Every model that has conditions, and the field; the history may name traits that are gone."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if issubclass(model, ContentRow)
        for field in model._meta.fields
        if isinstance(field, ConditionField)
    ]


@receiver(pre_delete, sender=Trait)
def refuse_to_delete_a_trait_in_use(instance: Trait, **_: object) -> None:
    """A condition must never name a trait that does not exist."""
    if instance.conditions():
        raise models.ProtectedError(f"A condition names the trait “{instance}”.", {instance})
