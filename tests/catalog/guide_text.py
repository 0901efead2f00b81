"""The guide, line by line: as guide.md has it, as the database has it, and as a page shows it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from catalog.models import Chapter, Guide, Statement
from tests.catalog.markup import Element

AVOID = "Certifications to Actively Avoid"  # a chapter in guide.md, the last tier on the site

SECTIONS = {
    "What it proves:": "proves",
    "What they prove:": "proves",
    "What it does NOT prove:": "does-not-prove",
    "What they do NOT prove:": "does-not-prove",
    "Worth pursuing if:": "worth-it-if",
    "Worth pursuing:": "worth-it-if",
    "Not worth it if:": "not-worth-it-if",
    "Prerequisites:": "prerequisite",
    "Study time:": "study-time",
    "Cost:": "cost",
    "Signal to hiring managers:": "signal",
    "General assessment:": "assessment",
    "Better alternatives:": "better-alternative",
    "Why avoid:": "why-avoid",
    "Why avoid (most):": "why-avoid",
    "Why avoid (generally):": "why-avoid",
    "Reality:": "reality",
    "Exception:": "exception",
}
USUAL = {
    section: label
    for label, section in SECTIONS.items()
    if "they" not in label and "(" not in label and label != "Worth pursuing:"
}
PRACTICAL = ("prerequisite", "study-time", "cost")


@dataclass(frozen=True)
class Line:
    """One line of the guide and where it belongs: under which headings, in which section."""

    form: str
    place: tuple[str, ...]
    text: str
    number: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.form} “{self.text}” in {' / '.join(self.place) or 'the guide'}"


def differences(expected: list[Line], found: list[Line]) -> list[str]:
    """A sentence for each line of the guide that is not found, and for each that is no line."""
    matcher = SequenceMatcher(a=expected, b=found, autojunk=False)
    problems = []
    for what, start, end, start_found, end_found in matcher.get_opcodes():
        if what != "equal":
            problems += [f"line {line.number} is lost: {line}" for line in expected[start:end]]
            problems += [f"not in the guide: {line}" for line in found[start_found:end_found]]
    return problems


# --- guide.md -----------------------------------------------------------------


def lines_of_text(text: str) -> list[Line]:
    """Every line of guide.md but the empty ones and the rules between certifications."""
    reader = _TextReader()
    return [
        reader.read(number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() not in ("", "---")
    ]


class _TextReader:
    def __init__(self) -> None:
        self.place: tuple[str, ...] = ()  # of headings
        self.within: tuple[str, ...] = ()  # of what stands under them
        self.numbered = 0

    def read(self, number: int, line: str) -> Line:
        self.numbered = self.numbered + 1 if line[0].isdigit() else 0
        if line.startswith("#"):
            return self._heading(number, line)
        if bold := re.fullmatch(r"\*\*(.+:)\*\* (.+)", line):
            return Line("practical", self.place, f"{bold[1]} {bold[2]}", number)
        if bold := re.fullmatch(r"\*\*(.+)\*\*", line):
            is_certification = len(self.place) == 2
            self.within = (*self.place, SECTIONS[bold[1]] if is_certification else bold[1])
            return Line("label", self.place, bold[1], number)
        if line.startswith("- "):
            return Line("bullet", self.within, line.removeprefix("- "), number)
        if item := re.fullmatch(r"(\d+)\. \*\*(.+)\*\*( - .+)", line):
            return Line(f"numbered {item[1]}", self.within, item[2] + item[3], number)
        return Line("paragraph", self.within, line, number)

    def _heading(self, number: int, line: str) -> Line:
        marks, text = line.split(" ", maxsplit=1)
        is_tier = text == AVOID or (marks == "###" and self.place[0] != AVOID)
        is_certification = marks == "####" or (marks == "###" and not is_tier)
        place = (self.place[0],) if is_certification else ()
        form = (
            "entry"
            if is_certification
            else "tier"
            if is_tier
            else "title"
            if marks == "#"
            else "chapter"
        )
        self.place = self.within = (*place, text)
        return Line(form, place, text, number)


# --- the database -------------------------------------------------------------


def lines_of_database() -> list[Line]:
    """Every line that the rows of the guide make, in the order that they give."""
    return [Line("title", (), Guide.objects.get().title), *_chapter_lines()]


def _chapter_lines() -> Iterator[Line]:
    for chapter in Chapter.objects.order_by("order"):
        yield Line("chapter", (), chapter.heading)
        yield from _statement_lines(chapter.statements.order_by("order"), (chapter.heading,))
        for tier in chapter.tiers.order_by("order"):
            yield Line("tier", (), tier.heading)
            if tier.meaning:
                yield Line("paragraph", (tier.heading,), tier.meaning)
            for certification in tier.certifications.order_by("order"):
                place = (tier.heading, certification.heading)
                yield Line("entry", place[:1], certification.heading)
                yield from _statement_lines(certification.statements.order_by("order"), place)


def _statement_lines(statements: Iterable[Statement], place: tuple[str, ...]) -> Iterator[Line]:
    for section, group in groupby(statements, key=lambda each: each.section):
        members = list(group)
        if section in PRACTICAL and {each.form for each in members} == {"inline"}:
            label = members[0].heading or USUAL[section]
            yield Line("practical", place, f"{label} {', '.join(each.text for each in members)}")
        else:
            yield from _group_lines(section, members, place)


def _group_lines(
    section: str, statements: list[Statement], place: tuple[str, ...]
) -> Iterator[Line]:
    is_certification = section != "chapter"
    within = (*place, section) if is_certification else place
    numbered = 0
    for index, statement in enumerate(statements):
        label = statement.heading or (USUAL[section] if is_certification and index == 0 else "")
        if label:
            within = (*place, section if is_certification else label)
            yield Line("label", place, label)
        numbered = numbered + 1 if statement.form == "numbered" else 0
        form = f"numbered {numbered}" if numbered else str(statement.form)
        if form == "paragraph":
            yield Line(form, within, _paragraph(statements[index:]))
        elif form != "continued":
            yield Line(form, within, statement.text)


def _paragraph(statements: list[Statement]) -> str:
    sentences = [statements[0].text]
    for statement in statements[1:]:
        if statement.form != "continued":
            break
        sentences.append(statement.text)
    return " ".join(sentences)


# --- a page -------------------------------------------------------------------


def lines_of_guide_page(page: Element) -> list[Line]:
    """Every line that the guide's page shows between its contents and its corrections."""
    reader = _PageReader({"h1": "title", "h2": "chapter", "h4": "entry", "h5": "label"}, ())
    return list(reader.read(page.find("main")))


def lines_of_certification_page(page: Element, place: tuple[str, ...]) -> list[Line]:
    """Every line of the guide that a certification's page shows."""
    reader = _PageReader({"h3": "label"}, place)
    judgement = page.find(".judgement")
    parts = (*judgement.find_all(".sections"), *judgement.find_all(".practical"))
    return [line for part in parts for line in reader.read(part)]


class _PageReader:
    def __init__(self, forms: dict[str, str], place: tuple[str, ...]) -> None:
        self.forms = forms
        self.place = self.within = place

    def read(self, element: Element) -> Iterator[Line]:
        if element.tag == "nav" or {"byline", "correction"} & set(element.classes):
            return
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield self._heading(element)
        elif element.tag == "li":
            yield Line(_item_form(element), self.within, element.text)
        elif element.tag == "p":
            yield Line("paragraph", self.within, element.text)
        elif element.matches("dl.practical"):
            pairs = zip(element.find_all("dt"), element.find_all("dd"), strict=True)
            yield from (Line("practical", self.place, f"{dt.text} {dd.text}") for dt, dd in pairs)
        else:
            for child in element.elements:
                yield from self.read(child)

    def _heading(self, element: Element) -> Line:
        parent = element.parent or element
        form = "tier" if parent.matches("section.tier") else self.forms.get(element.tag, "label")
        if form == "label":
            self.within = (*self.place, parent.attributes.get("data-section", element.text))
            return Line(form, self.place, element.text)
        place = (self.place[0],) if form == "entry" else ()
        self.place = self.within = (*place, element.text)
        return Line(form, place, element.text)


def _item_form(item: Element) -> str:
    siblings = item.parent.elements if item.parent else []
    is_numbered = item.parent is not None and item.parent.tag == "ol"
    return f"numbered {siblings.index(item) + 1}" if is_numbered else "bullet"
