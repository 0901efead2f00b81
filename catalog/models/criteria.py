"""Facts of a certification under the guide's criteria.

None of it is a score. A fact of which no source says anything has no value, and is shown so.
"""

from typing import Any

from django.db import models

from catalog.fact_words import UNKNOWN, span_words
from catalog.models.certification import Certification
from catalog.models.sources import OrderedFact, Sourced


class Assessment(Sourced):
    """The ways in which a certification is assessed, as far as is known."""

    METHODS = ("multiple_choice", "hands_on_lab", "coding", "graded_project", "attendance")

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="assessment"
    )
    multiple_choice = models.BooleanField(
        default=False, help_text="Questions with given answers, also case studies and quizzes."
    )
    hands_on_lab = models.BooleanField(
        "hands-on lab", default=False, help_text="Tasks done on a real or simulated system."
    )
    coding = models.BooleanField(default=False, help_text="Code is written and judged.")
    graded_project = models.BooleanField(
        default=False, help_text="A project or coursework that somebody or something grades."
    )
    attendance = models.BooleanField(
        default=False, help_text="Being there, or going through the material, is enough."
    )
    proctored = models.BooleanField(
        null=True, blank=True, help_text="Whether somebody watches. Unknown if no source says."
    )

    class Meta:
        verbose_name = "assessment"

    def __str__(self) -> str:
        return ", ".join(self.methods) or UNKNOWN

    @property
    def needs_source(self) -> bool:
        return bool(self.methods) or self.proctored is not None

    @property
    def methods(self) -> list[str]:
        """The ways in which it is assessed, in words; none if that is not known."""
        fields: Any = [self._meta.get_field(name) for name in self.METHODS]
        return [str(field.verbose_name) for field in fields if getattr(self, field.name)]


class Requirement(Sourced):
    """The prerequisites of the issuer for a certification."""

    class Binding(models.TextChoices):
        NOTHING = "nothing", "nothing is required"
        ADVISED = "advised", "advised, not required"
        REQUIRED = "required", "required"
        UNKNOWN = "unknown", "unknown"

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="requirement"
    )
    binding = models.CharField(
        "what is asked", max_length=10, choices=Binding.choices, default=Binding.UNKNOWN
    )
    text = models.CharField(
        "in words",
        max_length=300,
        blank=True,
        help_text="What exactly, in our words, e.g. “Two years of development are advised.”",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(binding="unknown") | models.Q(text=""),
                name="known_requirement_has_binding",
                violation_error_message="Say how strictly it is asked for, beside the words.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_binding_display()

    @property
    def in_words(self) -> str:
        between = "." if self.binding == self.Binding.NOTHING else ":"
        return f"{self.get_binding_display()}{between} {self.text}" if self.text else str(self)

    @property
    def needs_source(self) -> bool:
        return self.binding != self.Binding.UNKNOWN


class Independence(Sourced):
    """The products that a certification is about: its provider's, somebody else's or nobody's."""

    class About(models.TextChoices):
        """The owners of the products."""

        OWN = "own-products", "the products of its provider"
        OTHERS = "others-products", "the products of somebody else"
        NEUTRAL = "vendor-neutral", "vendor-neutral"
        UNKNOWN = "unknown", "unknown"

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="independence"
    )
    about = models.CharField("about", max_length=20, choices=About.choices, default=About.UNKNOWN)
    products = models.CharField(
        max_length=200, blank=True, help_text="Which products, e.g. “Microsoft 365 Copilot”."
    )

    class Meta:
        verbose_name = "independence"
        verbose_name_plural = "independence"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(about__in=("own-products", "others-products"))
                | models.Q(products=""),
                name="products_of_somebody",
                violation_error_message="Name products only where it is about somebody’s.",
            ),
        ]

    def __str__(self) -> str:
        words = self.get_about_display()
        return f"{words}: {self.products}" if self.products else str(words)

    @property
    def needs_source(self) -> bool:
        return self.about != self.About.UNKNOWN


class Workload(Sourced):
    """The hours that a certification takes; the months of study stand with the certification."""

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="workload"
    )
    hours_min = models.PositiveSmallIntegerField("hours, at least", null=True, blank=True)
    hours_max = models.PositiveSmallIntegerField(
        "hours, at most", null=True, blank=True, help_text="Larger where sources differ."
    )

    class Meta:
        verbose_name = "time it takes"
        verbose_name_plural = "time it takes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours_min__isnull=True, hours_max__isnull=True)
                | models.Q(
                    hours_min__isnull=False,
                    hours_min__gte=1,
                    hours_max__isnull=False,
                    hours_max__gte=models.F("hours_min"),
                ),
                name="hours_come_in_order",
                violation_error_message="Give both hours or none, the fewer first.",
            ),
        ]

    def __str__(self) -> str:
        return span_words(self.hours_min, self.hours_max, "hour") or UNKNOWN

    @property
    def needs_source(self) -> bool:
        """True if it says anything of its own or stands behind the months of study."""
        return self.hours_min is not None or self.certification.months_min is not None


class Recognition(OrderedFact):
    """One way in which somebody else recognises a certification, where a source says so."""

    class By(models.TextChoices):
        ACCREDITOR = "accreditor", "accredited"
        UNIVERSITY = "university", "counts at a university"
        REGULATOR = "regulator", "asked for by law or a regulator"
        EMPLOYERS = "employers", "asked for by employers"

    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="recognitions"
    )
    order = models.PositiveSmallIntegerField(help_text="Place in the list, from 1.")
    by = models.CharField("recognised how", max_length=12, choices=By.choices)
    text = models.CharField(
        "in words",
        max_length=300,
        help_text="By whom and how, as the source has it, e.g. “ANAB accredits it under ISO/IEC "
        "17024.”",
    )

    def __str__(self) -> str:
        return self.text

    @property
    def needs_source(self) -> bool:
        """True always: nobody's word but a source's counts."""
        return True
