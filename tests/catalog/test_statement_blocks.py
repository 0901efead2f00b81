"""The arrangement of statements: groups, paragraphs, lists and lines."""

from catalog.models import Statement
from catalog.statement_blocks import Group, arrange


def statement(order: int, text: str, form: str, section: str, heading: str = "") -> Statement:
    return Statement(order=order, text=text, form=form, section=section, heading=heading)


def shape(groups: list[Group]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (
            group.heading,
            [(block.form, [each.text for each in block.statements]) for block in group.blocks],
        )
        for group in groups
    ]


def test_arrange_nothing() -> None:
    assert arrange([]) == []


def test_arrange_orders_by_number_and_groups_by_section() -> None:
    rows = [
        statement(3, "c", "bullet", "does-not-prove"),
        statement(1, "a", "bullet", "proves"),
        statement(2, "b", "bullet", "proves"),
    ]
    assert shape(arrange(rows)) == [
        ("What it proves:", [("bullet", ["a", "b"])]),
        ("What it does NOT prove:", [("bullet", ["c"])]),
    ]


def test_arrange_opens_a_group_at_a_heading() -> None:
    rows = [
        statement(1, "a", "paragraph", "chapter", "Scenario 1: Employer Mandate"),
        statement(2, "b", "continued", "chapter"),
        statement(3, "c", "paragraph", "chapter", "Scenario 2: Structured Learning Aid"),
    ]
    assert shape(arrange(rows)) == [
        ("Scenario 1: Employer Mandate", [("paragraph", ["a", "b"])]),
        ("Scenario 2: Structured Learning Aid", [("paragraph", ["c"])]),
    ]


def test_arrange_prefers_the_heading_of_the_guide() -> None:
    rows = [
        statement(1, "a", "bullet", "why-avoid", "Why avoid (most):"),
        statement(2, "b", "bullet", "why-avoid"),
    ]
    assert shape(arrange(rows)) == [("Why avoid (most):", [("bullet", ["a", "b"])])]


def test_arrange_starts_a_paragraph_anew_and_continues_it() -> None:
    rows = [
        statement(1, "a", "paragraph", "chapter"),
        statement(2, "b", "continued", "chapter"),
        statement(3, "c", "paragraph", "chapter"),
        statement(4, "d", "bullet", "chapter"),
        statement(5, "e", "numbered", "chapter"),
        statement(6, "f", "numbered", "chapter"),
        statement(7, "g", "paragraph", "chapter"),
    ]
    assert shape(arrange(rows)) == [
        (
            "",
            [
                ("paragraph", ["a", "b"]),
                ("paragraph", ["c"]),
                ("bullet", ["d"]),
                ("numbered", ["e", "f"]),
                ("paragraph", ["g"]),
            ],
        )
    ]


def test_arrange_never_drops_a_statement_that_continues_nothing() -> None:
    rows = [
        statement(1, "a", "continued", "reality"),
        statement(2, "b", "bullet", "reality"),
        statement(3, "c", "continued", "reality"),
    ]
    assert shape(arrange(rows)) == [
        ("Reality:", [("paragraph", ["a"]), ("bullet", ["b"]), ("paragraph", ["c"])])
    ]


def test_practical_sections_are_prerequisites_time_and_cost() -> None:
    sections = [section for section in Statement.Section if Group(section, "").is_practical]
    assert sections == ["prerequisite", "study-time", "cost"]
