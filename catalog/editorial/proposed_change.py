"""Proposed changes: what somebody would change in a published row, until an editor answers."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from catalog.editorial.rows import ContentRow

LONGEST_ANSWER = 300


class ProposedChange(models.Model):
    """The form of a row as somebody would send it, with the reason and what became of it."""

    class State(models.TextChoices):
        """The states of a proposed change, from its proposal to an editor's answer."""

        OPEN = "open", "waits for an editor"
        APPLIED = "applied", "applied"
        RETURNED = "returned", "sent back"
        WITHDRAWN = "withdrawn", "withdrawn"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    label = models.CharField(max_length=100)  # of the model, e.g. “catalog.certification”
    key = models.BigIntegerField()
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=100)
    sent = models.JSONField()  # the fields of the form: names and values
    changes = models.JSONField()  # what would change, as people read it
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def model(self) -> type[ContentRow]:
        model: type[ContentRow] = apps.get_model(self.label)
        return model

    @property
    def row(self) -> ContentRow | None:
        """The row that would change; None if it is gone."""
        return self.model.objects.filter(pk=self.key).first()

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def settle(self, state: str, *, by: Any, answer: str = "") -> None:
        """Note what became of it; what is settled once stays as it is."""
        waiting = ProposedChange.objects.filter(pk=self.pk, state=self.State.OPEN)
        settled = {"answer": answer, "answered_by": by, "answered_at": timezone.now()}
        waiting.update(state=state, **settled)


def pairs_of(sent: QueryDict) -> list[tuple[str, str]]:
    """The fields of a form in the order in which they were sent."""
    return [(name, str(value)) for name, values in sent.lists() for value in values]
