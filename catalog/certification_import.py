"""Rows of the certifications' table, read as people write them: names, addresses, lists."""

import re
from collections.abc import Iterator
from itertools import chain, count
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils.text import slugify

from catalog.cell_values import read_choice, read_day, read_list, read_number, read_truth
from catalog.certification_spreadsheet import (
    CERTIFICATION,
    ERASED,
    PARTS,
    column_help,
    columns,
    export_csv,
    export_xlsx,
    template_xlsx,
)
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import Table
from catalog.editorial.import_plan import grouped
from catalog.editorial.normalized_text import normalized
from catalog.editorial.records import Record, content_fields, fields_of
from catalog.editorial.rows import ContentRow
from catalog.editorial.spreadsheets import Row, read_sheet
from catalog.models import Alias, Certification, Exam, Lifecycle, Provider, Source, Succession
from catalog.text_folding import look_of

CHECKED = ("confidence", "checked_on", "sources")  # what exams and successors take from the state


def read_table(data: bytes, most: int | None = None) -> list[Record]:
    """The rows that a table stands for, those that it needs and nobody has first.

    Raises RefusedError with every cell that can't be read, or for more than `most` rows.
    """
    reader = _TableReader()
    records: list[Record] = []
    for row in read_sheet(data, columns(), most=most):
        records.extend(reader.records(row))
    if reader.problems:
        raise RefusedError(*grouped(reader.problems))
    return [*reader.missing.values(), *records]


class _TableReader:
    """The state of reading a table: names, numbers given, problems, missing rows."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.missing: dict[tuple[str, str], Record] = {}
        self.slugs: dict[type[models.Model], dict[str, str]] = {}
        self.last_order = Certification.objects.aggregate(last=Max("order"))["last"] or 0

    def records(self, row: Row) -> Iterator[Record]:
        """The rows of content that a row of the table stands for."""
        slug = self._slug(row)
        if not slug:
            name = row.cells.get("name", "").strip()
            why = f"the name “{name}” makes no slug: give one" if name else "give a slug or a name"
            self.problems.append(f"Row {row.number}: {why}.")
            return
        state: dict[str, Any] = {}
        for prefix, model in PARTS.items():
            fields = self._fields(row, prefix, model)
            if prefix == "lifecycle_":
                state = fields
            if not prefix:
                yield Record(model, self._with_defaults(slug, fields), row.number)
            elif fields:
                yield Record(model, {CERTIFICATION: [slug], **fields}, row.number, prefix)
        yield from self._lists(row, slug, state)

    def _slug(self, row: Row) -> str:
        cells = (row.cells.get(column, "") for column in ("slug", "name"))
        given, name = (normalized(cell, is_one_line=True) for cell in cells)
        found = given.lower() or self._known(Certification).get(_key(name), "")
        return found or slugify(name)[:100]

    def _with_defaults(self, slug: str, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields of a certification; a new one without a place stands last."""
        is_new = _key(slug) not in self._known(Certification)
        if is_new and "order" not in fields:
            self.last_order += 1
            fields["order"] = self.last_order
        return {**fields, "slug": slug}

    def _fields(self, row: Row, prefix: str, model: type[ContentRow]) -> dict[str, Any]:
        fields = {}
        for field in content_fields(model):
            cell = row.cells.get(f"{prefix}{field.name}", "")
            if field.name == CERTIFICATION or not cell.strip():  # an empty cell keeps what there is
                continue
            try:
                fields[field.name] = self._value(field, cell, row.number)
            except ValidationError as error:
                where = f"Row {row.number}, {prefix}{field.name}"
                self.problems += [f"{where}: {words}" for words in error.messages]
        return fields

    def _value(self, field: Any, cell: str, number: int) -> Any:  # noqa: ANN401 - any field
        if cell.strip().lower() == ERASED and not isinstance(field, models.BooleanField):
            return [] if field.many_to_many else None if field.null else ""
        if field.many_to_many:
            return [[self._found(field.related_model, part, number)] for part in read_list(cell)]
        if field.is_relation:
            return [self._found(field.related_model, cell.strip(), number)]
        return _plain_value(field, cell)

    def _known(self, model: type[models.Model]) -> dict[str, str]:
        """The slug of every row of a model, by slug, name, label and address."""
        if model not in self.slugs:
            names = {field.name for field in model._meta.fields} & {"name", "label", "url"}
            rows: Any = model._default_manager.values_list("slug", *names)
            self.slugs[model] = {
                _key(text): slug for slug, *texts in rows for text in texts if text
            } | {_key(slug): slug for slug, *_ in rows}
        return self.slugs[model]

    def _found(self, model: type[ContentRow], text: str, number: int) -> str:
        """The slug of the row that a text names; of one to be made, if it may be made."""
        known = self._known(model).get(_key(text))
        if known:
            return known
        if model is Provider:
            return self._made(text, model, slugify(text)[:60], {"name": text}, number)
        if model is Source and re.match("https?://", text, re.IGNORECASE):
            parts = urlsplit(text)
            name = f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")[:200]
            return self._made(
                text,
                model,
                slugify(name.replace("/", "-").replace(".", "-"))[:100],
                {"name": name, "url": text},
                number,
            )
        if model is Source:
            raise ValidationError(
                f"There is no source “{text}”: give its address, then it is made."
            )
        return text  # it may stand in another row

    def _made(
        self, text: str, model: type[ContentRow], slug: str, fields: dict[str, Any], number: int
    ) -> str:
        known = self._known(model)
        taken = {*known.values()}
        if not slug or (model is Provider and slug in taken):
            why = f"and another has its slug, “{slug}”" if slug else "and its name makes no slug"
            words = f"There is no {model._meta.verbose_name} “{text}”, {why}: add it first."
            raise ValidationError(words)
        slugs = chain([slug], (f"{slug[:95]}-{n}" for n in count(2)))
        free = next(slug for slug in slugs if slug not in taken)
        record = Record(model, {"slug": free, **fields}, number, is_missing=True)
        known[_key(text)] = free
        self.missing[record.label, free] = record
        return free

    def _lists(self, row: Row, slug: str, state: dict[str, Any]) -> Iterator[Record]:
        """The aliases, exams and successors of a row that are not there yet."""
        of = {CERTIFICATION: [slug]}
        certification = Certification.objects.filter(slug=slug).first()
        for name in read_list(row.cells.get("aliases", ""), spaces=False):
            yield Record(Alias, {**of, "name": name}, row.number, "aliases: ")
        codes = dict(Exam.objects.filter(certification=certification).values_list("code", "order"))
        for code in read_list(row.cells.get("exam_codes", ""), spaces=False):
            if code not in codes:
                codes[code] = max(codes.values(), default=0) + 1
                fields = {"order": codes[code], "code": code}
                yield from self._checked(Exam, of | fields, row, certification, state)
        found = Succession.objects.filter(certification=certification)
        known = dict(found.values_list("successor__slug", "order"))
        for text in read_list(row.cells.get("successors", ""), spaces=False):
            successor = self._found(Certification, text, row.number)
            if successor not in known:
                known[successor] = max(known.values(), default=0) + 1
                fields = {"successor": [successor], "order": known[successor]}
                yield from self._checked(Succession, of | fields, row, certification, state)

    def _checked(
        self,
        model: type[ContentRow],
        fields: dict[str, Any],
        row: Row,
        certification: Certification | None,
        state: dict[str, Any],
    ) -> Iterator[Record]:
        """A fact with the confidence, day and sources of the state, in the row or as it is."""
        column = "exam_codes" if model is Exam else "successors"
        there = Lifecycle.objects.filter(certification=certification).first()
        checked = {**(fields_of(there) if there and certification else {}), **state}
        if not checked.get("confidence") or not checked.get("checked_on"):
            self.problems.append(
                f"Row {row.number}, {column}: say in lifecycle_confidence, lifecycle_checked_on "
                "and lifecycle_sources how it is known."
            )
            return
        beside = {name: checked[name] for name in CHECKED if name in checked}
        yield Record(model, {**fields, **beside}, row.number, f"{column}: ")


def _key(text: str) -> str:
    """The key by which a name, slug or address is found, whichever way it is written."""
    return look_of(normalized(text, is_one_line=True)).rstrip("/")


def _plain_value(field: Any, cell: str) -> Any:  # noqa: ANN401 - any field
    word = cell.strip()
    if isinstance(field, models.BooleanField):
        return read_truth(word)
    if isinstance(field, models.DateField):
        return read_day(word)
    if isinstance(field, models.DecimalField | models.IntegerField):
        return read_number(word)
    return read_choice(word, dict(field.flatchoices)) if field.choices else cell


TABLE = Table(
    {
        "certifications.csv": export_csv,
        "certifications.xlsx": export_xlsx,
        "certifications-template.xlsx": template_xlsx,
    },
    read=read_table,
    explain=column_help,
)
