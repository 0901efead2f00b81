"""Outcomes, and the ordered rules that decide which one a learner gets."""

from django.db import models

from catalog.editorial.rows import ContentRow, Draftable
from catalog.models import Certification, ConditionField, Tier, Trait


class Outcome(ContentRow):
    """An overall verdict, in our words, and what may be recommended with it."""

    class Recommends(models.TextChoices):
        """The certifications that are candidates for the one recommendation."""

        NOTHING = "nothing", "nothing"
        NAMED = "named", "the certification that the learner named"
        WORTH_IT = "worth-it", "entries worth it for the learner"

    slug = models.SlugField(max_length=40, unique=True, help_text="E.g. “not-needed”.")
    order = models.PositiveSmallIntegerField(unique=True)
    headline = models.CharField(max_length=200, help_text="The verdict in one sentence.")
    headline_without = models.CharField(
        "headline without a recommendation",
        max_length=200,
        blank=True,
        help_text="The sentence if it recommends something in principle and nothing can be.",
    )
    standfirst = models.TextField(
        "text under the headline", help_text="One or two sentences under the headline."
    )
    recommends = models.CharField(
        max_length=10, choices=Recommends.choices, default=Recommends.NOTHING
    )
    kind = models.CharField(
        "kind of candidates",
        max_length=20,
        choices=Certification.Kind.choices,
        blank=True,
        help_text="Candidates are of this kind. Empty: any.",
    )
    tiers = models.ManyToManyField(
        Tier,
        verbose_name="tiers of candidates",
        blank=True,
        related_name="+",
        help_text="Candidates are of these tiers. None: any.",
    )
    needs_platform = models.BooleanField(
        "only for users of the platform",
        default=False,
        help_text="A candidate tied to a platform is one only for those who use it.",
    )
    if_none = models.ForeignKey(
        "self",
        verbose_name="outcome if nothing fits",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The outcome it turns into if nothing can be recommended.",
    )
    trait = models.OneToOneField(
        Trait,
        verbose_name="trait that it makes true",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="True for warnings and advice when this is the outcome.",
    )

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.slug


class Rule(Draftable):
    """One row of the ordered list that decides the outcome: the first match wins."""

    key_fields = ("name",)

    order = models.PositiveSmallIntegerField(unique=True, help_text="Tried in this order.")
    name = models.CharField(
        max_length=100, unique=True, help_text="What it asks, e.g. “An employer requires one”."
    )
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="rules")
    condition = ConditionField(help_text="When it decides. Empty: always, for the last rule.")

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"
