"""The rulebook in the admin: questions with their choices, outcomes, rules with their reasons."""

from django.contrib import admin

from advisor.models import Choice, Citation, Outcome, Question, Rule
from catalog.ordering import OrderedForm, OrderedFormSet


class ChoiceInline(admin.StackedInline[Choice, Question]):
    """The answers under their question."""

    model = Choice
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    autocomplete_fields = ["traits"]
    fields = [
        ("order", "key", "label"),
        ("said", "hint"),
        "traits",
        ("platform", "limit_usd", "limit_months"),
        ("is_exclusive", "is_neutral"),
        "action",
    ]


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin[Question]):
    """One question with its answers."""

    list_display = ["text", "key", "order", "asked_when", "power"]
    autocomplete_fields = ["names_certification"]
    inlines = [ChoiceInline]


@admin.register(Outcome)
class OutcomeAdmin(admin.ModelAdmin[Outcome]):
    """One overall verdict."""

    list_display = ["slug", "headline", "recommends"]
    autocomplete_fields = ["trait"]


class ReasonInline(admin.StackedInline[Citation, Rule]):
    """The sentences that a rule cites."""

    model = Citation
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    autocomplete_fields = ["statement"]
    fields = ["order", "statement", "condition", "purpose"]


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin[Rule]):
    """One row of the decision, with its reasons."""

    list_display = ["name", "order", "outcome", "condition"]
    list_select_related = ["outcome"]
    inlines = [ReasonInline]


@admin.register(Citation)
class CitationAdmin(admin.ModelAdmin[Citation]):
    """Warnings and advice beside every verdict, and the reasons of all rules."""

    list_display = ["statement", "purpose", "rule", "order", "condition"]
    list_filter = ["purpose", "rule"]
    list_select_related = ["statement", "rule"]
    autocomplete_fields = ["statement"]
