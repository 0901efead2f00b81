"""Memberships: the category of the guide that a certification is one of, with the reason why."""

from django.core.exceptions import ValidationError
from django.db import models

from catalog.models.certification import Certification
from catalog.models.sources import Sourced
from catalog.models.statement import Statement
from catalog.models.traits import ConditionField


class Membership(Sourced):
    """The category that a certification is one of; it lends the guide's judgement of its kind."""

    draft_flags = ("certification__is_draft", "category__is_draft")

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="membership"
    )
    category = models.ForeignKey(
        Certification,
        on_delete=models.PROTECT,
        related_name="members",
        limit_choices_to={"kind": Certification.Kind.CATEGORY, "is_draft": False},
        help_text="The category whose judgement holds for it as well, e.g. “Bootcamp certificates "
        "of completion”.",
    )
    reason = models.CharField(
        max_length=300,
        help_text="Why it is one of them, in our words, as readers see it, e.g. “A bootcamp of "
        "twelve weeks that ends with a certificate of completion.”",
    )
    argues_when = ConditionField(
        help_text="When the sentences of its kind argue for it, where the guide says less than for "
        "the whole kind, e.g. “wants-vendor and uses-azure” for that vendor’s products. Empty: as "
        "for its kind.",
    )

    class Meta:
        verbose_name = "kind in the guide"
        verbose_name_plural = "kinds in the guide"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(certification=models.F("category")),
                name="no_certification_is_one_of_itself",
                violation_error_message="An entry can’t be one of itself: choose the category.",
            ),
        ]

    def __str__(self) -> str:
        return f"one of {self.category}"

    @property
    def needs_source(self) -> bool:
        """Nothing is one of a kind without a source that says what it is."""
        return True

    def condition_of(self, statement: Statement) -> str:
        """The condition on which a sentence of the category argues about the certification."""
        if self.argues_when and statement.effect == Statement.Effect.FOR:
            return self.argues_when
        return statement.condition

    def clean(self) -> None:
        super().clean()
        category = Certification.objects.filter(pk=self.category_id).first()
        fault = category and fault_of(self.certification, category)
        if fault:
            raise ValidationError({"category": fault})


def fault_of(certification: Certification, category: Certification) -> str:
    """Return why a certification can't be one of this category, in words; empty if it can."""
    if certification == category:
        return "An entry can’t be one of itself: choose the category."
    if not category.is_category:
        return f"“{category}” is no category: choose an entry of the kind “Category”."
    if category.is_draft:
        return f"“{category}” is a draft: publish it first, or choose another category."
    if certification.is_category:
        return f"“{certification}” is a category itself, and can’t be one of another."
    return ""
