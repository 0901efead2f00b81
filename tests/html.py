"""A page as a tree of elements: enough of HTML to say what the page shows, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

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


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self.at)
        self.at.children.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if tag != self.at.tag or self.at.parent is None:
            raise ValueError(f"</{tag}> ends <{self.at.tag}>")
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read_page(content: bytes) -> Element:
    """The tree of a page; raises ValueError if its tags are not balanced."""
    builder = _TreeBuilder()
    builder.feed(content.decode())
    builder.close()
    if builder.at is not builder.root:
        raise ValueError(f"<{builder.at.tag}> is not closed")
    return builder.root


def texts(element: Element, what: str) -> list[str]:
    """The texts of the matching elements below an element."""
    return [each.text for each in element.find_all(what)]


def ids(element: Element) -> list[str]:
    """Every id on the page, in order."""
    return [each.attributes["id"] for each in element.walk() if "id" in each.attributes]
