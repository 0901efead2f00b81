"""The rulebook in the admin: questions with their choices, outcomes, rules with their reasons."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms import TypedChoiceField
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from advisor.diagram_cache import most_questions_by_slug
from advisor.domain.audit import audit
from advisor.models import Choice, Citation, Outcome, Question, Rule
from advisor.rulebook_loader import current_rulebook
from catalog.editorial.admin.content_admin import ContentAdmin
from catalog.editorial.admin.ordering import OrderedFormSet, OrderedInline


class ChoiceFormSet(OrderedFormSet):
    """The answers of a question, one of which at most is the neutral one."""

    def clean(self) -> None:
        super().clean()
        if sum(form.cleaned_data.get("is_neutral", False) for form in self.kept_forms()) > 1:
            raise ValidationError("Only one choice of a question can be the neutral one.")

    def save(self, commit: bool = True) -> list[models.Model]:  # noqa: FBT001, FBT002 - Django's
        """Save the choices; the one that was neutral makes way for the one that will be."""
        changed = [form.instance.pk for form in self.forms_that_give_up("is_neutral")]
        Choice.objects.filter(pk__in=changed).update(is_neutral=False)
        return super().save(commit=commit)


class ChoiceInline(OrderedInline):
    model = Choice
    formset = ChoiceFormSet
    autocomplete_fields = ["traits"]
    fields = [
        ("order", "key", "label"),
        ("said", "hint"),
        "traits",
        ("platform", "limit_usd", "limit_months"),
        ("monthly_usd", "most_held"),
        ("is_exclusive", "is_neutral"),
        "action",
    ]


@admin.register(Question)
class QuestionAdmin(ContentAdmin[Question]):
    list_display = ["text", "draft", "key", "order", "asked_when", "power"]
    list_filter = ["is_draft", "power"]
    search_fields = ["text", "key", "label", "choices__label"]
    autocomplete_fields = ["names_certification"]
    inlines = [ChoiceInline]


@admin.register(Outcome)
class OutcomeAdmin(ContentAdmin[Outcome]):
    list_display = ["slug", "headline", "recommends", "order"]
    list_filter = ["recommends"]
    search_fields = ["slug", "headline", "standfirst"]
    autocomplete_fields = ["trait"]


class ReasonInline(OrderedInline):
    model = Citation
    autocomplete_fields = ["statement"]
    fields = ["order", "statement", "condition", "purpose"]

    def formfield_for_choice_field(
        self,
        db_field: models.Field[Any, Any],
        request: HttpRequest,
        **kwargs: Any,
    ) -> TypedChoiceField | None:
        """Offer only the purpose that a citation of a rule can have: a reason."""
        if db_field.name == "purpose":
            reason = Citation.Purpose.REASON
            kwargs.update(choices=[(reason.value, reason.label)], initial=reason.value)
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Rule)
class RuleAdmin(ContentAdmin[Rule]):
    list_display = ["name", "draft", "order", "outcome", "condition"]
    list_filter = ["is_draft", "outcome"]
    search_fields = ["name", "condition"]
    list_select_related = ["outcome"]
    inlines = [ReasonInline]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.audit_view)
        return [path("audit/", view, name="advisor_rule_audit"), *super().get_urls()]

    def audit_view(self, request: HttpRequest) -> HttpResponse:
        """The page with the findings of the proof, as `manage.py audit` prints them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rulebook, today = current_rulebook(), timezone.localdate()
        context = {
            "title": "The proof over all answer sheets",
            "report": audit(rulebook, today=today),
            "most_questions": most_questions_by_slug(rulebook, today=today),
            "names": {
                certification.slug: certification.name for certification in rulebook.certifications
            },
        }
        return self.show(request, "admin/advisor/audit.html", {**context, "rulebook": rulebook})


@admin.register(Citation)
class CitationAdmin(ContentAdmin[Citation]):
    """Warnings and advice beside every verdict, and the reasons of all rules."""

    ordered_within = ("purpose", "rule")
    list_display = ["statement", "purpose", "rule", "order", "condition"]
    search_fields = ["statement__text", "condition"]
    list_filter = ["purpose", "rule"]
    list_select_related = ["statement", "rule"]
    autocomplete_fields = ["statement"]
