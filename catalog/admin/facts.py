"""The facts in the form of a certification: one line each, unfolded where one edits."""

from typing import Any

from django.contrib import admin
from django.forms.models import construct_instance

from catalog.editorial.admin.ordering import OrderedInline, WholeForm
from catalog.editorial.admin.widgets import ContentFormMixin
from catalog.models import (
    Alias,
    Assessment,
    Certification,
    Exam,
    Expectation,
    Independence,
    Lifecycle,
    Membership,
    Price,
    Recognition,
    Renewal,
    Requirement,
    Succession,
    Workload,
)

# What stands beside the value of a fact (`BESIDE_THE_VALUE`), line by line.
READING = (("confidence", "checked_on", "sources"), ("note", "to_confirm"))


class SourcedForm(WholeForm):
    """A fact that is refused without a source."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data.get("DELETE"):
            self.instance = construct_instance(self, self.instance, self._meta.fields)
            if self.instance.needs_source and not self.cleaned_data["sources"]:
                self.add_error("sources", "Name the source that says so, or say it is unknown.")
        return cleaned


class FactInline(ContentFormMixin, admin.StackedInline[Any, Certification]):
    """A fact that a certification has once at most."""

    template = "admin/facts_inline.html"
    helps_place = "facts"
    autocomplete_fields = ["sources"]


class SourcedInline(FactInline):
    form = SourcedForm


class FactsInline(FactInline, OrderedInline):
    """Facts of one kind, in an order."""


class AliasInline(FactInline):
    autocomplete_fields = []
    model = Alias
    extra = 0
    fields = ["name"]


class MembershipInline(SourcedInline):
    """The kind that the guide judges, and why it is one of it."""

    model = Membership
    fk_name = "certification"
    fields = [("category", "reason"), "argues_when", *READING]


class LifecycleInline(FactInline):
    model = Lifecycle
    fields = [
        ("reported", "opens_on", "sales_end_on", "closes_on", "validity", "valid_years"),
        *READING,
    ]


class PriceInline(FactInline):
    model = Price
    autocomplete_fields = ["sources", "free_with"]
    fields = [("amount", "currency", "period", "free_with"), *READING]


class ExamInline(FactsInline):
    model = Exam
    fields = [
        ("code", "format", "opens_on", "closes_on", "order"),
        ("minutes_min", "minutes_max", "questions_min", "questions_max", "pass_mark"),
        *READING,
    ]


class AssessmentInline(SourcedInline):
    model = Assessment
    fields = [(*Assessment.METHODS, "proctored"), *READING]


class RequirementInline(SourcedInline):
    model = Requirement
    fields = [("binding", "text"), *READING]


class IndependenceInline(SourcedInline):
    model = Independence
    fields = [("about", "products"), *READING]


class WorkloadInline(SourcedInline):
    model = Workload
    fields = [("hours_min", "hours_max"), *READING]


class RecognitionInline(FactsInline):
    model = Recognition
    form = SourcedForm
    fields = [("by", "text", "order"), *READING]


class RenewalInline(SourcedInline):
    model = Renewal
    fields = [("how", "amount", "currency", "after_closing"), *READING]


class ExpectationInline(FactsInline):
    model = Expectation
    fields = [("text", "condition", "order"), *READING]


class SuccessionInline(FactsInline):
    model = Succession
    fk_name = "certification"
    autocomplete_fields = ["successor", "sources"]
    fields = [("successor", "order"), *READING]


# In the order in which readers meet them.
FACT_INLINES: list[Any] = [
    LifecycleInline,
    PriceInline,
    ExamInline,
    SuccessionInline,
    MembershipInline,
    AssessmentInline,
    RequirementInline,
    ExpectationInline,
    WorkloadInline,
    IndependenceInline,
    RecognitionInline,
    RenewalInline,
    AliasInline,
]
