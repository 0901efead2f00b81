"""Citations: the statements of the guide that are shown with a verdict."""

from django.db import models

from advisor.models.outcomes import Rule
from catalog.editorial.rows import ContentRow
from catalog.models import ConditionField, Statement


class Citation(ContentRow):
    """A statement of the guide that is shown with a verdict."""

    class Purpose(models.TextChoices):
        """The purposes for which a citation is shown."""

        REASON = "reason", "a reason for the rule"
        WARNING = "warning", "a warning, whatever the outcome"
        INSTEAD = "instead", "what to do instead; those whose condition holds come first"
        HELD = "held", "beside a certification that the learner holds"
        CAUTION = "caution", "a caution beside another sentence, which it pulls apart from"

    key_fields = ("purpose", "rule__name", "statement__anchor")
    draft_flags = ("rule__is_draft", "statement__is_draft", "statement__certification__is_draft")
    later_fields = ("beside", "possible_when")

    purpose = models.CharField("shown as", max_length=10, choices=Purpose.choices)
    order = models.PositiveSmallIntegerField(
        help_text="Place among the reasons of its rule, or among those of its purpose."
    )
    rule = models.ForeignKey(
        Rule, on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="citations")
    condition = ConditionField(
        help_text="When it is shown (advice: when it fits). Empty: always, and for a reason it is "
        "explained by the rule's own condition."
    )
    possible_when = ConditionField(
        "possible when",
        help_text="Advice only: left out for learners who do not meet it, e.g. “programs”. Empty: "
        "anybody can do it.",
    )
    beside = models.ForeignKey(
        Statement,
        verbose_name="pulls apart from",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cautions",
        help_text="Cautions only: the sentence on a certification that this one pulls apart from. "
        "Where that one speaks, both are shown.",
    )

    class Meta:
        ordering = ["purpose", "order"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "order"], name="one_citation_order_per_rule"),
            models.UniqueConstraint(
                fields=["purpose", "order"],
                condition=models.Q(rule__isnull=True),
                name="one_citation_order_per_purpose",
            ),
            models.UniqueConstraint(
                fields=["purpose", "rule", "statement"], name="statement_cited_once_by_a_rule"
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="reason", rule__isnull=False)
                | (~models.Q(purpose="reason") & models.Q(rule__isnull=True)),
                name="reason_belongs_to_a_rule",
                violation_error_message="A reason belongs to a rule; what is shown as something "
                "else does not.",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="caution", beside__isnull=False)
                | (~models.Q(purpose="caution") & models.Q(beside__isnull=True)),
                name="caution_is_beside_a_sentence",
                violation_error_message="A caution, and nothing else, names the sentence that it "
                "pulls apart from.",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="instead") | models.Q(possible_when=""),
                name="only_advice_can_be_impossible",
                violation_error_message="Only advice is left out where it is not possible.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.statement)

    @classmethod
    def in_order(cls) -> models.QuerySet["Citation"]:
        """The published citations in their order, each with its statement and its place."""
        published = cls.objects.published().order_by("order")
        return published.select_related("statement__chapter", "statement__certification")
