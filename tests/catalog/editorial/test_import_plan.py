"""Bringing rows in: what is said before, what is refused and how, what the history keeps."""

import csv
import io
import json
from typing import Any

import pytest

from catalog.certification_import import TABLE
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import export_json, read_file
from catalog.editorial.import_plan import Plan, bring_in
from catalog.models import Certification, Provider, Statement
from tests.database import stored_content
from tests.factories.rows import a_certification

pytestmark = pytest.mark.usefixtures("guide")

NAMES = ["slug", "name", "kind", "order", "provider", "months_min", "months_max", "price_amount"]


def as_csv(*rows: dict[str, Any]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, NAMES)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def certification(number: int, **fields: object) -> dict[str, object]:
    return {"slug": f"n-{number}", "name": f"N {number}", "kind": "exam", "order": number, **fields}


def run(data: bytes, **options: Any) -> Plan:
    return bring_in(read_file(data, TABLE), **{"reason": "a test", **options})


def refused(data: bytes, **options: Any) -> list[str]:
    before = stored_content()
    with pytest.raises(RefusedError) as caught:
        run(data, **options)
    assert stored_content() == before
    return list(caught.value.problems)


def rows_of(model: str, *rows: dict[str, Any]) -> bytes:
    found = [{"model": model, "fields": fields} for fields in rows]
    return json.dumps({"format": "certguide content 1", "rows": found}).encode()


def test_file_that_would_write_too_many_rows_is_refused_before_any_is_written() -> None:
    data = as_csv(certification(31000), certification(31001))
    (problem,) = refused(data, most=1, is_rehearsal=True)
    assert problem.startswith("The file would write 2 rows of content, and 1 at most are brought")
    assert run(data, most=2).words == "2 added, 0 changed, 0 left"
    assert run(data, most=0).words == "0 added, 0 changed, 2 left"


def test_rehearsal_says_row_by_row_what_would_happen_and_writes_nothing() -> None:
    a_certification(slug="n-31000", name="N 31000", order=31000)
    a_certification(slug="n-31001", name="Old", order=31001)
    before = stored_content()
    data = as_csv(
        certification(31000), certification(31001, months_min=1, months_max=2), certification(31002)
    )
    plan = run(data, is_rehearsal=True)
    assert [(step.incoming.number, step.action, step.incoming.words) for step in plan.steps] == [
        (2, "left", "certification n-31000"),
        (3, "changed", "certification n-31001"),
        (4, "added", "certification n-31002"),
    ]
    assert plan.steps[1].said == [
        ("name", "Old", "N 31001"),
        ("months_min", "", "1"),
        ("months_max", "", "2"),
    ]
    assert plan.words == "1 added, 1 changed, 1 left"
    assert stored_content() == before


def test_one_bad_row_in_a_thousand_writes_nothing_and_is_named() -> None:
    rows = [certification(number) for number in range(31000, 32000)]
    rows[612] |= {"months_min": "soon"}
    assert refused(as_csv(*rows)) == [
        "Row 614, months_min: “soon” is no number: write it like 150 or 99.50."
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"kind": "diploma"}, "Row 2, kind: “diploma” is none of the choices: exam, course-"),
        ({"slug": "", "name": ""}, "Row 2: give a slug or a name."),
        ({"name": "x" * 201}, "Row 2, name: Ensure this value has at most 200 characters"),
        ({"months_min": "3", "months_max": "2"}, "Row 2: Give both months or none, the shorter"),
        ({"order": "9" * 40}, "Row 2, order: Give a number up to 32,767."),
        ({"name": "AWS Certified AI Practitioner"}, "Row 2, name: Certification with this Name"),
        ({"months_max": "32768"}, "Row 2, months_max: Give a number up to 32,767."),
        ({"price_amount": "5"}, "Row 2, price_confidence: This field cannot be blank."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_bad_row_is_named_with_its_column(row: dict[str, Any], why: str) -> None:
    found = refused(as_csv(certification(31000, **row)))
    assert [each[: len(why)] for each in found][:1] == [why]


def test_every_bad_row_is_named() -> None:
    data = as_csv(
        certification(31000, order="x"), certification(31001), certification(31002, months_min="y")
    )
    assert [each.split(":")[0] for each in refused(data)] == [
        "Row 2, order",
        "Row 4, months_min",
    ]


def test_same_row_twice_is_refused() -> None:
    assert refused(as_csv(certification(31000), certification(31000))) == [
        "Row 3: row 2 is the same row."
    ]


@pytest.mark.parametrize(
    ("model", "fields", "why"),
    [
        ("catalog.trait", {"slug": "odd", "label": "x", "colour": "red"}, "colour: There is no"),
        ("catalog.trait", {"slug": ["odd"], "label": "x"}, "slug: ['odd'] can’t be read here."),
        ("catalog.tier", {"slug": "odd", "chapter": "categories"}, "chapter: 'categories' can’t"),
        ("catalog.price", {"certification": []}, "certification: [] can’t be read here."),
        ("catalog.trait", {"slug": "odd", "label": {"a": 1}}, "label: {'a': 1} can’t be read"),
        ("catalog.trait", {"slug": "odd", "label": True}, "label: True can’t be read here."),
        ("catalog.provider", {"slug": "odd", "name": None}, "name: This field cannot be null."),
        ("catalog.certification", {"slug": "odd", "is_draft": "t"}, "is_draft: 't' can’t be"),
        ("catalog.certification", {"slug": "odd", "months_min": 2.5}, "months_min: 2.5 can’t be"),
    ],
    ids=["unknown", "list", "text", "empty", "dict", "truth", "null", "letter", "half"],
)
def test_field_of_the_wrong_shape_is_refused(model: str, fields: dict[str, Any], why: str) -> None:
    (found,) = refused(rows_of(model, fields))
    assert found.startswith(f"Row 1, {why}")


def test_rows_exchange_their_places() -> None:
    statements = Statement.objects.filter(certification__slug="aws-certified-ai-practitioner")
    first, second = statements.order_by("order")[:2]
    rows = [
        {"anchor": each.anchor, "order": order}
        for each, order in ((first, second.order), (second, first.order))
    ]
    run(rows_of("catalog.statement", *rows))
    assert list(statements.order_by("order")[:2]) == [second, first]


def test_import_is_refused_if_a_row_changed_after_the_rehearsal() -> None:
    a_certification(slug="n-31000", name="Old", order=31000)
    data = as_csv(certification(31000))
    shown = run(data, is_rehearsal=True).digest
    Certification.objects.filter(slug="n-31000").update(name="Another’s")
    (why,) = refused(data, expected=shown)
    assert why.startswith("Somebody changed one of these rows meanwhile")
    run(data, expected=run(data, is_rehearsal=True).digest)
    assert Certification.objects.get(slug="n-31000").name == "N 31000"


def test_import_is_not_stopped_by_a_change_elsewhere() -> None:
    data = as_csv(certification(31000))
    shown = run(data, is_rehearsal=True).digest
    Provider.objects.create(slug="elsewhere", name="Elsewhere")
    run(data, expected=shown)
    assert Certification.objects.get(slug="n-31000").name == "N 31000"


def test_import_leaves_a_version_of_each_row_with_its_reason() -> None:
    run(as_csv(certification(31000)))
    run(as_csv(certification(31000, name="New")))
    versions = Certification.history.filter(slug="n-31000").order_by("history_id")
    assert [(v.name, v.history_type, v.history_change_reason) for v in versions] == [
        ("N 31000", "+", "a test"),
        ("New", "~", "a test"),
    ]


def test_import_that_leaves_sheets_without_a_verdict_is_refused() -> None:
    rows = json.loads(export_json())["rows"]
    rules = [row["fields"] for row in rows if row["model"] == "advisor.rule"]
    last = max(rules, key=lambda fields: int(fields["order"]))
    found = refused(rows_of("advisor.rule", {"name": last["name"], "condition": "uses-gcp"}))
    assert len(found) == 1
