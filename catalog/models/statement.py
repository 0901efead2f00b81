"""Statements, the guide's own sentences, and the corrections that stand beside them."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from catalog.editorial.rows import Draftable
from catalog.models.certification import Certification
from catalog.models.guide import Chapter
from catalog.models.sources import Sourced
from catalog.models.traits import ConditionField


@cache
def _guide_page() -> str:
    return reverse("catalog:guide")


class Statement(Draftable):
    """One sentence of the guide, verbatim, in one section of a certification or of a chapter."""

    class Section(models.TextChoices):
        """The sections of a certification; the labels are the guide's usual headings."""

        PROVES = "proves", "What it proves:"
        DOES_NOT_PROVE = "does-not-prove", "What it does NOT prove:"
        WORTH_IT_IF = "worth-it-if", "Worth pursuing if:"
        NOT_WORTH_IT_IF = "not-worth-it-if", "Not worth it if:"
        PREREQUISITE = "prerequisite", "Prerequisites:"
        STUDY_TIME = "study-time", "Study time:"
        COST = "cost", "Cost:"
        WHY_AVOID = "why-avoid", "Why avoid:"
        REALITY = "reality", "Reality:"
        EXCEPTION = "exception", "Exception:"
        SIGNAL = "signal", "Signal to hiring managers:"
        ASSESSMENT = "assessment", "General assessment:"
        ALTERNATIVE = "better-alternative", "Better alternatives:"
        CHAPTER = "chapter", "Chapter"

    class Form(models.TextChoices):
        PARAGRAPH = "paragraph", "starts a paragraph"
        CONTINUED = "continued", "continues the paragraph above"
        BULLET = "bullet", "bullet"
        NUMBERED = "numbered", "numbered item"
        INLINE = "inline", "part of a line, joined by commas"

    class Effect(models.TextChoices):
        """The effects of a statement whose condition holds for a learner."""

        NONE = "", "informs only"
        FOR = "for", "argues for the entry"
        AGAINST = "against", "argues against the entry"
        EITHER = "either", "argues for it when the condition holds, against it when not"
        PREREQUISITE = "prerequisite", "must hold first"
        CAUTION = "caution", "warns those for whom the condition holds, and argues neither way"

    # The sections that judge an entry whoever asks, where a sentence has no condition.
    JUDGING = (Section.WHY_AVOID, Section.REALITY, Section.EXCEPTION, Section.ASSESSMENT)

    key_fields = ("anchor",)
    draft_flags = ("is_draft", "certification__is_draft")
    author_may = ("view", "add", "change", "delete")

    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, null=True, blank=True, related_name="statements"
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.CASCADE, null=True, blank=True, related_name="statements"
    )
    order = models.PositiveSmallIntegerField(help_text="Place within the entry or chapter.")
    section = models.CharField(max_length=20, choices=Section.choices, default=Section.CHAPTER)
    heading = models.CharField(
        max_length=200,
        blank=True,
        help_text="Where this statement opens a group and the guide prints another heading than "
        "usual, e.g. “What they prove:” or “Scenario 1: Employer Mandate”.",
    )
    form = models.CharField("printed as", max_length=12, choices=Form.choices, default=Form.BULLET)
    text = models.TextField(help_text="One sentence of the guide, word for word.")
    effect = models.CharField(
        max_length=12, choices=Effect.choices, default=Effect.NONE, blank=True
    )
    condition = ConditionField(
        help_text="When it speaks, in traits, e.g. “uses-gcp” or “(uses-aws or uses-azure) and "
        "not uses-gcp”. Required where it argues, unless a reason is written beside."
    )
    no_condition_reason = models.CharField(
        "why there is no condition",
        max_length=300,
        blank=True,
        help_text="Why there is no condition, e.g. “No question asks about programming.”",
    )
    anchor = models.SlugField(
        max_length=160,
        unique=True,
        blank=True,
        help_text="Its place in the guide's page; links use it, so it never changes. Made from "
        "the text when left empty.",
    )

    class Meta:
        ordering = ["chapter__order", "certification__tier__order", "certification__order", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "order"], name="one_statement_order_per_certification"
            ),
            models.UniqueConstraint(
                fields=["chapter", "order"], name="one_statement_order_per_chapter"
            ),
            models.CheckConstraint(
                condition=models.Q(certification__isnull=False, chapter__isnull=True)
                | models.Q(certification__isnull=True, chapter__isnull=False),
                name="statement_has_one_parent",
                violation_error_message="A statement belongs to one certification or one chapter.",
            ),
            models.CheckConstraint(
                condition=models.Q(effect="")
                | models.Q(condition__gt="", no_condition_reason="")
                | models.Q(condition="", no_condition_reason__gt=""),
                name="arguing_statement_has_condition_or_reason",
                violation_error_message="A statement that argues needs a condition, or a written "
                "reason why it has none (not both).",
            ),
            models.CheckConstraint(
                condition=~models.Q(effect="") | models.Q(condition=""),
                name="informing_statement_has_no_condition",
                violation_error_message="A condition has an effect: choose what the statement "
                "does when it holds.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.anchor:
            self.anchor = self._free_anchor()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return f"{_guide_page()}#{self.anchor}"

    @property
    def place(self) -> str:
        """The heading under which the guide has it: the chapter's, or that of `place_under`."""
        return self.place_under(self.certification) if self.certification else str(self.chapter)

    def place_under(self, certification: Certification) -> str:
        """The heading under which the guide has it on this certification."""
        section = self.Section(self.section).label.rstrip(":")
        return f"{certification.name}: {section[0].lower()}{section[1:]}"

    @property
    def group_heading(self) -> str:
        """The heading of the group it opens: the guide's own, else the section's usual one."""
        if self.heading or self.section == self.Section.CHAPTER:
            return self.heading
        return self.Section(self.section).label

    def _free_anchor(self) -> str:
        parent = self.certification or self.chapter
        if parent is None:
            raise ValidationError("A statement belongs to one certification or one chapter.")
        stem = f"{parent.slug[:90]}--{slugify(self.text)[:48].strip('-') or 'statement'}"
        taken = set(
            Statement.objects.filter(anchor__startswith=stem).values_list("anchor", flat=True)
        )
        candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
        return next(anchor for anchor in candidates if anchor not in taken)


class Correction(Draftable, Sourced):
    """A dated, sourced note beside a statement that the world has overtaken or that is wrong."""

    key_fields = ("slug",)
    draft_flags = ("is_draft", "statement__is_draft", "statement__certification__is_draft")

    slug = models.SlugField(max_length=100, unique=True, help_text="E.g. “free-audit-has-ended”.")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="corrections")
    noted_on = models.DateField(default=timezone.localdate, help_text="When the note was written.")
    text = models.TextField(
        help_text="What is so instead, in our words; the guide's sentence stays as it is."
    )

    class Meta:
        ordering = ["-noted_on", "slug"]

    def __str__(self) -> str:
        return self.text


# The effect that is proposed for a new sentence of a section; of others it informs only.
USUAL_EFFECTS = {
    Statement.Section.WORTH_IT_IF: Statement.Effect.FOR,
    Statement.Section.NOT_WORTH_IT_IF: Statement.Effect.AGAINST,
    Statement.Section.PREREQUISITE: Statement.Effect.PREREQUISITE,
    Statement.Section.EXCEPTION: Statement.Effect.FOR,
}
