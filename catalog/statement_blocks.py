"""Blocks of statements as the guide prints them: groups, paragraphs, lists and lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.models import Statement

PRACTICAL = (Statement.Section.PREREQUISITE, Statement.Section.STUDY_TIME, Statement.Section.COST)


@dataclass
class Block:
    """Statements printed together: one paragraph, one list or one line."""

    form: str
    statements: list[Statement]


@dataclass
class Group:
    """Blocks under one heading, of one section."""

    section: str
    heading: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def is_practical(self) -> bool:
        """True for the short lines on prerequisites, time and cost."""
        return self.section in PRACTICAL


def arrange(statements: Iterable[Statement]) -> list[Group]:
    """The groups of the statements of one certification or chapter, in the order of the guide."""
    groups: list[Group] = []
    for statement in sorted(statements, key=lambda statement: statement.order):
        if not groups or statement.heading or statement.section != groups[-1].section:
            groups.append(Group(statement.section, statement.group_heading))
        _add(groups[-1].blocks, statement)
    return groups


def _add(blocks: list[Block], statement: Statement) -> None:
    form = Statement.Form
    is_new = statement.form == form.PARAGRAPH or not blocks
    wanted = form.PARAGRAPH if statement.form == form.CONTINUED else statement.form
    if is_new or blocks[-1].form != wanted:
        blocks.append(Block(wanted, [statement]))
    else:
        blocks[-1].statements.append(statement)
