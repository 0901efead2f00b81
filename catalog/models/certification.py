"""Certifications, with the tier that the guide gives them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from catalog.editorial.rows import TAKEN, ContentManager, Draftable
from catalog.fact_words import UNKNOWN, months_words, status_words
from catalog.lifecycle import Status
from catalog.models.certification_queries import CertificationQuerySet
from catalog.models.platform import Platform
from catalog.models.provider import Provider
from catalog.models.tier import Tier
from catalog.text_folding import fold_name

if TYPE_CHECKING:
    from catalog.models.lifecycle import Lifecycle
    from catalog.models.membership import Membership
    from catalog.models.price import Price
    from catalog.models.statement import Statement


@cache
def _beginning_of_pages() -> str:
    """The part that the addresses of all certifications begin with; to ask for each takes long."""
    return reverse("catalog:certification_detail", kwargs={"slug": "x"}).removesuffix("x/")


class Rated(models.TextChoices):
    """The ways in which the guide comes to judge a certification."""

    BY_NAME = "by-name", "By name"
    BY_KIND = "by-kind", "By its kind"


class CertificationManager(
    ContentManager["Certification"],
    models.Manager.from_queryset(CertificationQuerySet),  # type: ignore[misc]
):
    """Certifications by natural key and by the named questions."""


class Certification(Draftable):
    """One certification of the catalogue: an exam, a course series or a whole category."""

    class Kind(models.TextChoices):
        EXAM = "exam", "Exam"
        COURSE_SERIES = "course-series", "Course series"
        CATEGORY = "category", "Category"

    # Two answer which certification is required, two are pages beside those of certifications.
    reserved_keys = ("not-sure", "other", "compare", "for-whom")
    later_fields = ("asked_as",)

    slug = models.SlugField(
        max_length=100,
        unique=True,
        help_text="Part of the address, e.g. “aws-certified-ai-practitioner”.",
    )
    name = models.CharField(max_length=200, unique=True, help_text="As readers see it.")
    heading = models.CharField(
        "heading in the guide",
        max_length=200,
        blank=True,
        help_text="As the guide prints it, with its marks, e.g. “🔴 AWS Certified AI "
        "Practitioner”. Empty if the guide does not have it.",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    asked_as = models.CharField(
        "question for its kind",
        max_length=200,
        blank=True,
        help_text="Of a category: what to ask of a certificate that the catalogue does not have, "
        "e.g. “Is it a bootcamp’s certificate?”. Empty: its name is shown.",
    )
    tier = models.ForeignKey(
        Tier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certifications",
        help_text="The guide's judgement. Empty means: not rated by this guide. A successor "
        "inherits nothing.",
    )
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certifications",
        help_text="Empty for a category that many issue.",
    )
    platform = models.CharField(
        max_length=10,
        choices=Platform.choices,
        blank=True,
        help_text="The cloud it is tied to. It is then recommended only to those who use it.",
    )
    order = models.PositiveSmallIntegerField(help_text="Place within its tier.")
    months_min = models.PositiveSmallIntegerField(
        "months, at least",
        null=True,
        blank=True,
        help_text="Shortest study time in months, e.g. 2. Empty: unknown. The learner's limit is "
        "held against this.",
    )
    months_max = models.PositiveSmallIntegerField(
        "months, at most",
        null=True,
        blank=True,
        help_text="Longest study time in months, e.g. 3.",
    )
    page_url = models.URLField(
        "vendor’s page", blank=True, help_text="E.g. “https://example.org/exam”. Empty: unknown."
    )

    objects: ClassVar[CertificationManager] = CertificationManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tier", "order"], name="one_order_per_tier"),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(tier__isnull=True),
                name="one_order_without_tier",
                violation_error_message="Another entry without a tier has this order number.",
            ),
            models.CheckConstraint(
                condition=models.Q(months_min__isnull=True, months_max__isnull=True)
                | models.Q(
                    months_min__isnull=False,
                    months_min__gte=1,
                    months_max__isnull=False,
                    months_max__gte=models.F("months_min"),
                ),
                name="months_come_in_order",
                violation_error_message="Give both months or none, the shorter first.",
            ),
            models.CheckConstraint(
                condition=~models.Q(slug="compare"),
                name="slug_is_no_other_page",
                violation_error_message="At this address entries are compared: choose another.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self._refuse_aliases_of_others()
        had = Certification.history.filter(slug=self.slug, is_draft=False).values("id")
        others = Certification.objects.exclude(pk=self.pk).exclude(slug=self.slug)
        if others.filter(pk__in=had).exists():
            words = "Another entry had this slug, and old links lead there: choose another."
            raise ValidationError({"slug": words})

    def _refuse_aliases_of_others(self) -> None:
        aliases: Any = apps.get_model("catalog", "Alias").objects.exclude(certification=self.pk)
        names = {fold_name(name): name for name in aliases.values_list("name", flat=True)}
        for field in ("name", "slug"):
            alias = names.get(fold_name(getattr(self, field)))
            if alias is not None:
                owner = aliases.get(name=alias).certification
                words = f"“{alias}” is an alias of “{owner}”: choose another {field}."
                raise ValidationError({field: ValidationError(words, code=TAKEN)})

    @property
    def is_category(self) -> bool:
        """True for what many issue: it has no facts of its own."""
        return self.kind == self.Kind.CATEGORY

    def status_in_words(self, today: date) -> str:
        """The status on a day with the last day, e.g. “Closed on 30 June 2026”."""
        lifecycle = self.lifecycle_or_none
        last_day = lifecycle.last_day_on(today) if lifecycle else None
        return status_words(self.status_on(today), last_day)

    def status_on(self, today: date) -> Status:
        """The lifecycle status on a day; unknown where nothing is reported."""
        lifecycle = self.lifecycle_or_none
        return lifecycle.status_on(today) if lifecycle else Status.UNKNOWN

    @property
    def lifecycle_or_none(self) -> Lifecycle | None:
        """Its lifecycle, if one is reported; a category has none."""
        return getattr(self, "lifecycle", None)

    @property
    def price_or_none(self) -> Price | None:
        return getattr(self, "price", None)

    @property
    def membership_or_none(self) -> Membership | None:
        """The kind that it is one of, as readers see it; None if there is none."""
        membership: Membership | None = getattr(self, "membership", None)
        if membership is None or not membership.category_id or membership.category.is_draft:
            return None
        return membership

    @property
    def one_of(self) -> Certification | None:
        membership = self.membership_or_none
        return membership.category if membership else None

    def condition_of(self, statement: Statement) -> str:
        """The condition on which a sentence, its own or of its kind, argues about it."""
        membership = self.membership_or_none
        if membership and statement.certification_id == membership.category_id:
            return membership.condition_of(statement)
        return statement.condition

    @property
    def judged_tier(self) -> Tier | None:
        """The tier that the guide gives it or its kind; None if it judges neither."""
        return self.tier or (self.one_of.tier if self.one_of else None)

    @property
    def rated(self) -> Rated | None:
        """The way in which the guide rates it: by name, by its kind, or None."""
        if self.tier:
            return Rated.BY_NAME
        return Rated.BY_KIND if self.judged_tier else None

    @property
    def checked_on(self) -> date | None:
        """The day on which status and price were checked, the earlier one; None if neither was."""
        facts = (self.lifecycle_or_none, self.price_or_none)
        return min((fact.checked_on for fact in facts if fact), default=None)

    @property
    def total_usd(self) -> Decimal | None:
        """US dollars in all over the shortest study time; None if that can't be known."""
        price = self.price_or_none
        return price.total_usd(months_min=self.months_min) if price else None

    @property
    def most_usd(self) -> Decimal | None:
        """US dollars in all over the longest study time; None if that can't be known."""
        price = self.price_or_none
        return price.total_usd(months_min=self.months_max) if price else None

    @property
    def cost(self) -> str:
        """The price in words, with what it comes to where it is paid by the month."""
        price = self.price_or_none
        months = {"months_min": self.months_min, "months_max": self.months_max}
        return price.in_words(**months) if price else UNKNOWN

    @property
    def study_time(self) -> str:
        """The months of study in words, e.g. “2-3 months”."""
        return months_words(self.months_min, self.months_max)

    def sentences_in(self, section: str) -> list[str]:
        """The texts of its statements in a section, in the order of the guide."""
        return [said.text for said in self.statements.all() if said.section == section]

    @property
    def study_time_statement(self) -> Statement | None:
        """The sentence of the guide that gives this study time; None if an editor gave another."""
        return self.study_time_among(self.statements.all())

    def study_time_among(self, statements: Iterable[Statement]) -> Statement | None:
        """The one of its statements that gives this study time; None if an editor gave another."""
        for statement in statements:
            is_of_time = statement.section == statement.Section.STUDY_TIME
            if is_of_time and statement.text.startswith(self.study_time):
                return statement
        return None

    def get_absolute_url(self) -> str:
        return f"{_beginning_of_pages()}{self.slug}/"


def renamed_slugs(slugs: Iterable[str]) -> dict[str, str]:
    """The slug of today for each of these that none has now.

    Of one in capitals, and of one that a certification had formerly.
    """
    written = {slug: slug.lower() for slug in slugs}
    if not written:
        return {}
    had = Certification.history.filter(slug__in=written.values(), is_draft=False)
    owners = dict(had.order_by("history_date", "history_id").values_list("slug", "id"))
    certifications = Certification.objects.published()
    now = dict(certifications.filter(pk__in=owners.values()).values_list("pk", "slug"))
    found = {slug: now[pk] for slug, pk in owners.items() if pk in now}
    taken = certifications.filter(slug__in=written.values()).values_list("slug", flat=True)
    found |= {slug: slug for slug in taken}
    today = {slug: found[small] for slug, small in written.items() if small in found}
    return {slug: new for slug, new in today.items() if new != slug}
