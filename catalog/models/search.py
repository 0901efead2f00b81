"""What full-text search looks into.

The words of each certification, kept true with every change of it.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from catalog.folding import fold
from catalog.models.certification import Certification, Provider
from catalog.models.statement import Statement

LONGEST = 100  # PostgreSQL keeps no word of more than 2046 bytes


def folded_words(text: str) -> list[str]:
    """The words of a text as they are stored and looked up."""
    return [word[:LONGEST] for word in re.findall(r"[^\W_]+", fold(text))]


class SearchDocument(models.Model):
    """The words in the name, provider and statements of one certification, each once.

    Words are cut and folded here and nowhere else, so both databases find the same. On SQLite
    triggers copy the rows to an FTS5 table; a migration that alters this table has to renew them.
    """

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return f"words of entry {self.pk}"


def documents(
    certifications: models.QuerySet[Certification], said: str = "statements__text"
) -> Iterator[tuple[int, str]]:
    """Primary key and text of each certification's document; it takes a migration's models too."""
    rows = certifications.order_by("pk").values_list("pk", "name", "provider__name", said)
    for pk, group in groupby(rows, key=lambda row: row[0]):
        texts = {text for _, *row in group for text in row if text}
        yield pk, " ".join(sorted({word for text in texts for word in folded_words(text)}))


def write_documents(certifications: models.QuerySet[Certification]) -> None:
    """Write the documents of these certifications.

    To be called after writes that send no signals.
    """
    published = models.FilteredRelation(
        "statements", condition=models.Q(statements__is_draft=False)
    )
    said = certifications.alias(published=published)
    SearchDocument.objects.bulk_create(
        [SearchDocument(pk=pk, text=text) for pk, text in documents(said, "published__text")],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["certification"],
        update_fields=["text"],
    )


def _rewrite_documents(certifications: models.QuerySet[Certification]) -> None:
    # Only those that are there: where a certification is being deleted with its
    # statements, its document may have gone first and must not come back.
    write_documents(certifications.filter(search_document__isnull=False))


@receiver(post_save, sender=Certification)
def write_document_of_certification(instance: Certification, **_: object) -> None:
    """A certification was written."""
    write_documents(Certification.objects.filter(pk=instance.pk))


@receiver(post_save, sender=Provider)
def rewrite_documents_of_provider(instance: Provider, **_: object) -> None:
    """A provider may have a new name."""
    _rewrite_documents(Certification.objects.filter(provider=instance.pk))


@receiver(pre_save, sender=Statement)
def note_certification_before_save(instance: Statement, **_: object) -> None:
    """A statement may be about to leave its certification for another."""
    before = Statement.objects.filter(pk=instance.pk).values_list("certification", flat=True)
    vars(instance)["certification_before_save"] = before.first()


@receiver([post_save, post_delete], sender=Statement)
def rewrite_documents_of_statement(instance: Statement, **_: object) -> None:
    """A statement was written or removed."""
    certifications = {
        instance.certification_id,
        vars(instance).pop("certification_before_save", None),
    } - {None}
    _rewrite_documents(Certification.objects.filter(pk__in=certifications))
