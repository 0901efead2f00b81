"""Exams of a certification, and what they are known to expect: facts, each with its source."""

from django.core.exceptions import ValidationError
from django.db import models

from catalog.editorial.rows import TAKEN
from catalog.fact_words import exam_words
from catalog.models.certification import Certification
from catalog.models.sources import OrderedFact
from catalog.models.traits import ConditionField
from catalog.text_folding import fold_name


class Exam(OrderedFact):
    """One exam of a certification; a certification can outlive its exams."""

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="exams")
    order = models.PositiveSmallIntegerField(help_text="The newest first.")
    code = models.CharField(max_length=20, blank=True, help_text="E.g. “AI-901”. Empty: none.")
    format = models.CharField(max_length=200, blank=True, help_text="E.g. “multiple choice”.")
    minutes_min = models.PositiveSmallIntegerField("minutes, at least", null=True, blank=True)
    minutes_max = models.PositiveSmallIntegerField(
        "minutes, at most", null=True, blank=True, help_text="Larger where sources differ."
    )
    questions_min = models.PositiveSmallIntegerField("questions, at least", null=True, blank=True)
    questions_max = models.PositiveSmallIntegerField("questions, at most", null=True, blank=True)
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True, help_text="E.g. 700.")
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)

    class Meta(OrderedFact.Meta):
        constraints = [
            *OrderedFact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="exam_dates_in_order",
                violation_error_message="An exam can't close before it opens: check the dates.",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{what}_min__isnull": True, f"{what}_max__isnull": True})
                    | models.Q(
                        **{
                            f"{what}_min__isnull": False,
                            f"{what}_max__isnull": False,
                            f"{what}_max__gte": models.F(f"{what}_min"),
                        }
                    ),
                    name=f"exam_{what}_in_order",
                    violation_error_message=f"Give both {what} or none, the smaller first.",
                )
                for what in ("minutes", "questions")
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.format or f"exam of {self.certification}"

    def clean(self) -> None:
        super().clean()
        self.code = self.code.strip()
        folded = fold_name(self.code)
        others = Exam.objects.exclude(pk=self.pk).exclude(code="").values_list("pk", "code")
        same = [key for key, code in others if folded and fold_name(code) == folded]
        if same:
            owner = Exam.objects.get(pk=same[0]).certification
            words = f"“{self.code}” is the code of an exam of “{owner}” already."
            raise ValidationError({"code": ValidationError(words, code=TAKEN)})

    @property
    def in_words(self) -> str:
        return exam_words(self)

    @property
    def anchor(self) -> str:
        return f"exam-{self.order}"


class Expectation(OrderedFact):
    """A prerequisite that an exam is known to expect, beside those that the guide names."""

    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="expectations"
    )
    order = models.PositiveSmallIntegerField(help_text="The most important first.")
    text = models.CharField(
        max_length=200, help_text="As readers see it, e.g. “The exam expects Python.”"
    )
    condition = ConditionField(
        blank=False, help_text="Who brings it along, in traits, e.g. “programs”."
    )

    class Meta(OrderedFact.Meta):
        constraints = [
            *OrderedFact.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(condition=""),
                name="expectation_has_a_condition",
                violation_error_message="Say in traits who brings along what the exam expects.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
