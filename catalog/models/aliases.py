"""Aliases: the other names by which people look for a certification."""

from django.core.exceptions import ValidationError
from django.db import models

from catalog.editorial.rows import TAKEN, ContentRow
from catalog.models.certification import Certification
from catalog.models.exams import Exam
from catalog.text_folding import fold_name


class Alias(ContentRow):
    """Another name of a certification: official, former or short; exam codes need none."""

    key_fields = ("name",)
    draft_flags = ("certification__is_draft",)

    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(
        max_length=200,
        unique=True,
        help_text="As people write it, e.g. “PMLE” or a former title. The codes of its exams are "
        "found without.",
    )

    class Meta:
        ordering = ["certification", "name"]
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.name

    def refuse_names_of_others(self) -> None:
        self.name = " ".join(self.name.split())
        folded = fold_name(self.name)
        if not folded:
            raise ValidationError({"name": "Give a name of letters or digits."})
        owner = owner_of(folded, without=self.certification_id)
        if owner:
            words = f"“{self.name}” is the name, slug, alias or exam code of “{owner}” already."
            raise ValidationError({"name": ValidationError(words, code=TAKEN)})


def owner_of(folded: str, *, without: int | None) -> Certification | None:
    """Return the certification that has a folded name, slug, alias or exam code, but for one."""
    certifications = Certification.objects.exclude(pk__in=filter(None, [without]))
    names = (
        certifications.values_list("pk", "name"),
        certifications.values_list("pk", "slug"),
        Alias.objects.exclude(certification=without).values_list("certification", "name"),
        Exam.objects.exclude(certification=without).values_list("certification", "code"),
    )
    for pairs in names:
        for key, name in pairs:
            if fold_name(name) == folded:
                return Certification.objects.get(pk=key)
    return None
