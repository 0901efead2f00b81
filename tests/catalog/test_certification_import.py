"""The table of certifications as spreadsheet programs and people write it."""

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from catalog.certification_import import TABLE
from catalog.certification_spreadsheet import columns, export_csv, template_xlsx
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import read_file
from catalog.editorial.import_plan import Plan, bring_in
from catalog.models import Certification, Exam, Price, Provider, Source, Succession
from tests.factories.rows import a_certification, new_price

pytestmark = pytest.mark.usefixtures("guide", "unreviewed")

GOOGLE = "google-professional-machine-learning-engineer"
IBM = "ibm-ai-engineering-professional-certificate"
STATE = "lifecycle_confidence,lifecycle_checked_on,lifecycle_reported,lifecycle_sources"
HEADINGS = ["slug", "name", "kind", "order"]
SAVE_AS = "save it as “CSV UTF-8” or as .xlsx, and try again."
TWICE = '{"format": "certguide content 1", "rows": [{"model": "x", "model": "x"}]}'
PLAIN = "slug,name,kind,order\nn-1,One,exam,31000\nn-2,Two,exam,31001\n"


def run(data: str | bytes) -> Plan:
    sent = data if isinstance(data, bytes) else data.encode()
    return bring_in(read_file(sent, TABLE), reason="a test")


def refused(data: str | bytes) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        run(data)
    return list(caught.value.problems)


def xlsx(*rows: list[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "|").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        b"\xef\xbb\xbfsep=;\r\n" + PLAIN.replace(",", ";").encode(),
        PLAIN.replace("\n", ",,,\n").encode() + b",,,\n" * 40 + b" \n",
        b"\n\n" + PLAIN.encode(),
        PLAIN.replace("slug", " Slug").encode(),
        xlsx(
            HEADINGS, ["n-1", "One", "exam", 31000.0], [], ["n-2", "Two", "exam", 31001], [None] * 9
        ),
    ],
    ids=[
        *("16", "16le", "16be", "semicolons", "bars", "tabs", "sep", "ghosts", "blank", "capital"),
        "xlsx",
    ],
)
def test_table_is_read_as_programs_write_it(data: bytes) -> None:
    assert run(data).words == "2 added, 0 changed, 0 left"
    found = Certification.objects.filter(slug__in=("n-1", "n-2")).values_list("name", "order")
    assert list(found.order_by("order")) == [("One", 31000), ("Two", 31001)]


def test_formula_that_nobody_worked_out_is_no_empty_cell() -> None:
    words = "has a formula without a result: write the value itself, and try again."
    assert refused(xlsx(["slug", "price_amount"], [GOOGLE, "=50*2"])) == [
        f"Row 2: column B {words}"
    ]


def test_blank_lines_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.editorial.spreadsheets.MOST_LINES", 9)
    assert refused("\n" * 10 + "slug") == ["The file has more than 9 lines: no sheet has."]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "The file is empty: there is no row with headings."),
        ("slug,name\n,\n", "There is nothing in the file but its headings: no row to import."),
        ("slug,name,name\na,b,c\n", "Row 1: the heading “name” stands 2 times: keep one."),
        ("slug,,name\na,b,c\n", "Row 1: the heading of column B is empty: name it."),
        ("\n\nslug,order\n\na,x\n", "Row 5, order: “x” is no number: write it like 150 or 99.50."),
        ("sep=:\nslug|name\n", "The file says that “:” separates its cells: " + SAVE_AS),
        (b"PK\x03\x04broken", "The file is no .xlsx that can be read: " + SAVE_AS),
        (
            b"\xd0\xcf\x11\xe0old",
            "The file is of an old Excel (.xls), or has a password: " + SAVE_AS,
        ),
        (TWICE, "The file says “model” twice in one place: keep one."),
        ('{"format": "x", "rows": [NaN]}', "The file has NaN for a value: write a number or text."),
        (
            '{"format": "certguide content 1", "rows": []}',
            "There is nothing in the file: it has no “rows” to import.",
        ),
        (
            "slug,name\na,#REF!\n",
            "Row 2, name: “#REF!” is an error of the spreadsheet program, and no value.",
        ),
    ],
    ids=[
        *("empty", "header", "twice", "nameless", "numbers", "sep", "zip", "xls", "doubled", "nan"),
        *("no rows", "error"),
    ],
)
def test_file_that_is_no_table_is_refused_in_words(data: str | bytes, why: str) -> None:
    assert refused(data) == [why]


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("is_draft", "waar", "“waar” is neither TRUE nor FALSE: write one of them."),
        ("price_checked_on", "3/4/27", "“3/4/27” is no day: write it like 2026-11-30."),
        (
            "lifecycle_closes_on",
            "03/04/2027",
            "“03/04/2027” can be two days: write 2027-04-03 or 2027-03-04.",
        ),
        ("lifecycle_closes_on", "30.13.2027", "“30.13.2027” is no day: write it like 2026-11-30."),
        ("platform", "ibm", "“ibm” is none of the choices: gcp, aws, azure."),
        ("price_sources", "here", "There is no source “here”: give its address, then it is made."),
    ],
)
def test_cell_that_was_not_understood_is_refused(column: str, cell: str, why: str) -> None:
    rows = f"slug,{column}\n{GOOGLE},{cell}\n{IBM},{cell}\n"
    assert refused(rows) == [f"Rows 2 and 3, {column}: {why}"]


@pytest.mark.parametrize(
    "day", ["30.6.2027", "30/06/2027", "06/30/2027", "30 June 2027", "2027/06/30"]
)
def test_day_that_can_be_only_one_is_read(day: str) -> None:
    run(f"slug,lifecycle_closes_on\n{GOOGLE},{day}\n")
    assert f"{Certification.objects.get(slug=GOOGLE).lifecycle.closes_on}" == "2027-06-30"


def test_empty_cell_keeps_and_a_word_erases() -> None:
    before = Certification.objects.get(slug=GOOGLE)
    run(f"slug,is_draft,tier,months_min,price_note\n{GOOGLE},FALSE,,,\n")
    after = Certification.objects.get(slug=GOOGLE)
    assert (after.is_draft, after.tier, after.months_min) == (False, before.tier, before.months_min)
    new_price(certification=a_certification(slug="odd"), note="A note").save()
    run("slug,price_note,platform\nodd,(empty),none\n")
    assert Price.objects.get(certification__slug="odd").note == ""


def test_names_and_addresses_do_where_slugs_are_wanted() -> None:
    provider, source = Provider.objects.all()[0], Source.objects.exclude(url="")[0]
    fact = f"low,2026-11-20,open,{source.url} ; https://www.example.org/new/page"
    plan = run(f"name,kind,provider,{STATE}\nA New One,Exam,{provider.name},{fact}\n")
    row = Certification.objects.get(slug="a-new-one")
    assert row.provider == provider
    (made,) = [step.incoming.fields for step in plan.missing]
    assert made == {
        "slug": "example-org-new-page",
        "name": "example.org/new/page",
        "url": "https://www.example.org/new/page",
    }
    assert set(row.lifecycle.sources.values_list("slug", flat=True)) == {source.slug, made["slug"]}


def test_codes_aliases_and_successors_are_added_and_kept() -> None:
    rows = (
        f"slug,name,kind,order,aliases,exam_codes,successors,{STATE}\n"
        "n-1,One,exam,31000,One Certificate; N1X,ZZ-101; ZZ-100,n-2,low,2026-11-20,open,the-guide\n"
        "n-2,Two,exam,31001,,,,low,2026-11-20,open,the-guide\n"
    )
    run(rows)
    row = Certification.objects.get(slug="n-1")
    assert list(row.aliases.values_list("name", flat=True)) == ["N1X", "One Certificate"]
    exams = Exam.objects.filter(certification=row).order_by("order").values_list("code", "order")
    assert list(exams) == [("ZZ-101", 1), ("ZZ-100", 2)]
    assert Succession.objects.get(certification=row).successor.slug == "n-2"
    assert {step.action for step in run(rows).steps} == {"left"}
    assert {step.action for step in run(export_csv()).steps} == {"left"}


def test_only_the_first_cause_is_told() -> None:
    rows = "slug,name,kind,order,price_confidence,price_checked_on\n" + "".join(
        f"n-{number},N {number},,{number},low,2026-11-20\n" for number in range(31000, 31005)
    )
    (problem,) = refused(rows)
    assert problem == "Rows 2, 3, 4, 5 and 6, kind: This field cannot be blank."


def test_all_that_is_wrong_with_a_new_row_is_told_at_once() -> None:
    taken = Certification.objects.filter(tier=None)[0].order
    rows = f"slug,name,kind,order,price_confidence,price_checked_on,price_amount\nn,N,exam,{taken},"
    order, price = refused(rows + "low,2026-11-20,-150\n")
    assert order == "Row 2: Another entry without a tier has this order number."
    assert price.startswith("Row 2, price_amount: A price is not below zero: write 0 for what")


@pytest.mark.parametrize(
    ("provider", "why"),
    [
        ("A.C.M.E.", "There is no provider “A.C.M.E.”, and another has its slug, “acme”"),
        ("Яндекс", "There is no provider “Яндекс”, and its name makes no slug"),
    ],
)
def test_provider_that_is_not_there_takes_no_place_of_another(provider: str, why: str) -> None:
    Provider.objects.create(slug="acme", name="Acme")
    assert refused(f"name,kind,provider\nOne,exam,{provider}\n") == [
        f"Row 2, provider: {why}: add it first."
    ]
    run("name,kind,order,provider\nOne,exam,31000,\uff21\u0421\u041c\u0415\n")  # it looks like Acme
    assert Certification.objects.get(slug="one").provider == Provider.objects.get(name="Acme")


def test_addresses_that_differ_in_their_query_are_two_sources() -> None:
    urls = "https://x.example/a?id=1;https://x.example/a?id=2"
    plan = run(f"name,kind,order,{STATE}\nOne,exam,31000,low,2026-11-20,open,{urls}\n")
    made = {step.incoming.fields["slug"]: step.incoming.fields["url"] for step in plan.missing}
    assert made == dict(zip(["x-example-a", "x-example-a-2"], urls.split(";"), strict=True))


def test_row_is_found_by_a_slug_in_capitals_with_its_codes() -> None:
    exam = Exam.objects.exclude(code="")[0]
    rows = f"slug,exam_codes\n{exam.certification.slug.upper()},{exam.code}\n"
    assert {step.action for step in run(rows).steps} == {"left"}


def test_preview_says_what_is_free_and_what_is_no_draft() -> None:
    row = a_certification(slug="odd", is_draft=True)
    new_price(certification=row, amount=150, currency="USD", period="once").save()
    plan = run("slug,is_draft,price_amount\nodd,FALSE,-0\n")
    assert [change for step in plan.changed for change in step.said] == [
        ("is_draft", "True", "False"),
        ("price_amount", "150.00", "0"),
    ]
    assert str(Price.objects.get(certification=row)) == "free"


@pytest.mark.parametrize(
    "name", ["'Tis the Season", "''Quoted'' Course", "'+Plus", "+Plus", "=SUM(A1)"]
)
def test_name_with_apostrophes_comes_back_as_it_was(name: str) -> None:
    row = a_certification(slug="odd", name=name)
    exported = export_csv()
    Certification.objects.filter(pk=row.pk).update(name="x")
    run(exported)
    assert (Certification.objects.get(pk=row.pk).name, export_csv()) == (name, exported)


def test_template_has_every_column_and_choices_as_lists() -> None:
    book: Any = load_workbook(io.BytesIO(template_xlsx()))
    sheet, meaning = book.worksheets
    assert [cell.value for cell in sheet[1]] == list(columns())
    lists = [each.formula1 for each in sheet.data_validations.dataValidation]
    assert '"TRUE,FALSE"' in lists
    assert '"exam,course-series,category"' in lists
    assert meaning.max_row == len(columns()) + 1
