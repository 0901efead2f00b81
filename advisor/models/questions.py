"""Questions of the wizard, with the choices that answer them."""

from django.core.validators import RegexValidator
from django.db import models

from catalog.editorial.rows import ContentRow, Draftable
from catalog.models import ConditionField, Platform, Trait

validate_key = RegexValidator(
    r"^[a-z0-9][a-z0-9-]*\Z", "Use small letters, digits and hyphens, e.g. “hands-on”."
)
RESERVED_KEYS = ("about", "change", "submitted", "filled", "was")


class Question(Draftable):
    """One question of the wizard."""

    later_fields = ("names_as",)

    class Power(models.TextChoices):
        """The power of learners to change the answer themselves."""

        PROGRESS = "progress", "steps to take, from the first choice to the last"
        CHOICE = "choice", "theirs to choose"
        CIRCUMSTANCE = (
            "circumstance",
            "not in their power, or what they want",
        )

    class Names(models.TextChoices):
        """The certifications that the answers name, where they name some."""

        REQUIRED = "required", "the one required: any certification"
        HELD = "held", "those held: what the guide rates by name, no categories"

    key_fields = ("key",)
    reserved_keys = ("about",)

    key = models.CharField(
        max_length=40,
        unique=True,
        validators=[validate_key],
        help_text="Its name in addresses, e.g. “budget”. Shared links use it: do not rename.",
    )
    order = models.PositiveSmallIntegerField(unique=True, help_text="Asked in this order.")
    label = models.CharField(
        "short name", max_length=60, help_text="Short name for lists, e.g. “Budget”."
    )
    text = models.CharField(max_length=200, help_text="As asked, with its question mark.")
    why = models.TextField("why we ask", help_text="Why we ask: what the answer decides.")
    asked_when = ConditionField(
        help_text="A condition over traits from earlier questions, e.g. “not business”. Empty: "
        "always asked."
    )
    is_multiple = models.BooleanField("several answers", default=False)
    power = models.CharField(
        "can learners change it", max_length=12, choices=Power.choices, default=Power.CHOICE
    )
    names_certification = models.ForeignKey(
        Trait,
        verbose_name="trait of the named certification",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="If set, certifications are offered as answers too, and this trait is true for "
        "the one that was named.",
    )
    names_as = models.CharField(
        "certifications that are named",
        max_length=10,
        choices=Names.choices,
        default=Names.REQUIRED,
        help_text="Counts only where a trait of the named certification is set.",
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(key__in=RESERVED_KEYS),
                name="question_key_is_not_reserved",
                violation_error_message="The wizard uses this word itself: choose another.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_multiple=False)
                | models.Q(names_certification__isnull=True)
                | models.Q(names_as="held"),
                name="one_certification_is_required",
                violation_error_message="A question that names the one required takes one answer.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Choice(ContentRow):
    """One possible answer to a question."""

    key_fields = ("question__key", "key")
    reserved_keys = ("not-sure",)  # it leaves a question open
    draft_flags = ("question__is_draft",)
    later_fields = ("monthly_usd", "most_held")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    key = models.CharField(
        max_length=40, validators=[validate_key], help_text="Its name in addresses, e.g. “gcp”."
    )
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200, help_text="As the learner reads it.")
    said = models.CharField(
        "as the verdict repeats it",
        max_length=200,
        help_text="As the verdict repeats it: completes “You said …”, e.g. “you use Google Cloud”.",
    )
    hint = models.CharField(max_length=300, blank=True, help_text="Explains the label.")
    traits = models.ManyToManyField(
        Trait, blank=True, related_name="choices", help_text="What it makes true of the learner."
    )
    platform = models.CharField(
        max_length=10, choices=Platform.choices, blank=True, help_text="The cloud it says is used."
    )
    limit_usd = models.PositiveIntegerField(
        "limit in US dollars",
        null=True,
        blank=True,
        help_text="The most the learner spends, in US dollars in all.",
    )
    limit_months = models.PositiveSmallIntegerField(
        "limit in months", null=True, blank=True, help_text="The most months the learner studies."
    )
    is_exclusive = models.BooleanField(
        "excludes other answers",
        default=False,
        help_text="Can't be combined with other answers, e.g. “none of these”.",
    )
    is_neutral = models.BooleanField(
        "taken for granted",
        default=False,
        help_text="Taken for granted when another answer is changed and this question only then "
        "comes up. One choice of each question that is not always asked.",
    )
    action = models.CharField(
        "what to do for it",
        max_length=200,
        blank=True,
        help_text="What to do to be able to answer so, e.g. “build and deploy a real model”.",
    )
    monthly_usd = models.PositiveSmallIntegerField(
        "US dollars a month",
        null=True,
        blank=True,
        help_text="Price of being able to answer so, e.g. 59 for a subscription. It is advised "
        "only within the learner's budget.",
    )
    most_held = models.PositiveSmallIntegerField(
        "certifications at most",
        null=True,
        blank=True,
        help_text="Where the question asks how many are held: the most that this answer means.",
    )

    class Meta:
        ordering = ["question__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="one_choice_per_key"),
            models.UniqueConstraint(fields=["question", "order"], name="one_choice_per_order"),
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(is_neutral=True),
                name="one_neutral_choice",
                violation_error_message="Only one choice of a question can be the neutral one.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
