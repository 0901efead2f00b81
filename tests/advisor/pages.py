"""What a page says, read with the standard library's parser."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = {"area", "br", "hr", "img", "input", "link", "meta", "wbr"}


class Element:
    """An element with its attributes and what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        """All text in it, each run of white space as one space."""
        return " ".join("".join(self.strings()).split())

    def strings(self) -> Iterator[str]:
        """Every piece of text in it."""
        for child in self.children:
            yield from [child] if isinstance(child, str) else child.strings()

    def all(self, tag: str, **attributes: str) -> list["Element"]:
        """The elements in it, at any depth, with this tag and these attributes; `_` is `-`."""
        wanted = {name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()}
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            if child.tag == tag and wanted.items() <= child.attributes.items():
                found.append(child)
            found.extend(child.all(tag, **attributes))
        return found

    def one(self, tag: str, **attributes: str) -> "Element":
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def section(self, heading: str) -> "Element | None":
        """The section with this heading of the second level, if there is one."""
        sections = self.all("section")
        return next((s for s in sections if [h.text for h in s.all("h2")] == [heading]), None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(content: bytes) -> Element:
    """The page as elements."""
    reader = _Reader()
    reader.feed(content.decode())
    (root,) = reader.open
    return root


def ids(content: bytes) -> set[str]:
    """The anchors of a page."""
    return set(re.findall(r'\bid="([^"]+)"', content.decode()))


def query_of(url: str) -> str:
    """The query of an address."""
    return urlsplit(url).query
