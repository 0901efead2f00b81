"""A page as a tree of elements: enough of HTML to say what the page shows, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

# Django's templates and ours write tags in small letters and values in double quotes, and escape
# "<". The parser of Python's library reads anything, and takes four times as long.
ATTRIBUTES = r"""((?:\s+[^\s=>"'/]+(?:="[^"]*"|='[^']*')?)*)\s*"""
TOKEN = re.compile(
    rf"<(script|style){ATTRIBUTES}>(.*?)</\1>"
    rf"|<([a-z][a-z0-9]*){ATTRIBUTES}(/?)>|</([a-z][a-z0-9]*)>"
    r"|<!--.*?-->|<!(?i:doctype)[^>]*>|<\?[^>]*>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:="([^"]*)"|='([^']*)')?""")
VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "wbr"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(eq=False)
class Element:
    """One element, with its children in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """The text of the element, without corrections, with single spaces."""
        return " ".join("".join(self._pieces()).split())

    def walk(self) -> Iterator[Element]:
        """The element and all elements below it, in the order of the page."""
        return iter(self._walked)

    @cached_property
    def _walked(self) -> list[Element]:
        walked, waiting = [], [self]
        while waiting:
            element = waiting.pop()
            walked.append(element)
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]
        return walked

    def find_all(self, what: str, **attributes: str) -> list[Element]:
        """Return the elements below it that match `tag`, `.class`, `tag.class` or `#id`.

        And that have these attributes: `class_` is `class`, `aria_label` is `aria-label`.
        """
        wanted = {name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()}
        found = [element for element in self.walk() if element.matches(what)]
        return [e for e in found if e is not self and wanted.items() <= e.attributes.items()]

    def find(self, what: str, **attributes: str) -> Element:
        """Return the only element below it that matches."""
        (found,) = self.find_all(what, **attributes)
        return found

    def section(self, heading: str) -> Element | None:
        """Return the section with this heading of the second level, if there is one."""
        sections = self.find_all("section")
        return next((s for s in sections if texts(s, "h2") == [heading]), None)

    def matches(self, what: str) -> bool:
        """True if the element matches `tag`, `.class`, `tag.class` or `#id`."""
        if what[0] == "#":
            return self.attributes.get("id") == what[1:]
        tag, _, cls = what.partition(".")
        if tag and tag != self.tag:
            return False
        return not cls or cls in self.classes

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif "correction" not in child.classes:
                yield from child._pieces()


def read_page(content: bytes) -> Element:
    """The tree of a page; raises ValueError if its tags are not balanced."""
    page, end = content.decode(), 0
    root = at = Element("", {})
    for token in TOKEN.finditer(page):
        _add_text(at, page[end : token.start()])
        end = token.end()
        raw, raw_attributes, script, tag, attributes, closes, closed = token.groups()
        if raw:
            at.children.append(Element(raw, _attributes(raw_attributes), at, [script]))
        elif tag:
            element = Element(tag, _attributes(attributes), at)
            at.children.append(element)
            if not closes and tag not in VOID:
                at = element
        elif closed:
            if closed != at.tag or at.parent is None:
                raise ValueError(f"</{closed}> ends <{at.tag}>")
            at = at.parent
    _add_text(at, page[end:])
    if at is not root:
        raise ValueError(f"<{at.tag}> is not closed")
    return root


def _add_text(element: Element, text: str) -> None:
    if "<" in text:
        raise ValueError(f"No tag can be read in {text!r}")
    if text:
        element.children.append(unescape(text))


def _attributes(text: str) -> dict[str, str]:
    return {n.lower(): unescape(value or other) for n, value, other in ATTRIBUTE.findall(text)}


def texts(element: Element, what: str) -> list[str]:
    """The texts of the matching elements below an element."""
    return [each.text for each in element.find_all(what)]


def ids(element: Element) -> list[str]:
    """Every id on the page, in order."""
    return [each.attributes["id"] for each in element.walk() if "id" in each.attributes]
