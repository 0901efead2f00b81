"""Requests that no browser would send, to every address of the site; the same for the same seed."""

import html
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, quote_from_bytes, unquote_to_bytes, urlencode

from django.apps import apps
from django.test import Client
from django.urls import URLResolver, get_resolver

from advisor.models import Question
from catalog.models import Certification
from tests.admin_form import read_form
from tests.hostile_words import (
    AUTOCOMPLETE,
    BROKEN,
    HEADERS,
    HUGE,
    LENGTHS,
    LINK,
    LONG,
    MANY,
    MULTIPART,
    NAMES,
    NUMBERS,
    ODD_METHODS,
    TYPES,
    VALUES,
)


@dataclass(frozen=True)
class Request:
    """One request, as a server hands it on: bytes of an address, headers, a body."""

    method: str
    path: bytes
    query: bytes
    headers: dict[str, str]
    body: bytes = b""
    meta: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        headers = {name: value[:100] for name, value in (self.headers | self.meta).items()}
        return (
            f"{self.method} {self.path[:200]!r} ?{self.query[:200]!r} {headers} {self.body[:300]!r}"
        )

    def send(self, client: Client, *, secure: bool) -> Any:
        """The response of the site."""
        meta = {
            "PATH_INFO": self.path.decode("latin-1"),
            "QUERY_STRING": self.query.decode("latin-1"),
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.input": io.BytesIO(self.body),
        }
        more: dict[str, Any] = meta | self.meta
        return client.generic(self.method, "/", headers=self.headers, secure=secure, **more)


def routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[str]:
    """Every address that the site knows, with %(name)s where one is filled in."""
    resolver = resolver or get_resolver()
    for _, found in resolver.reverse_dict.lists():
        for possibilities, *_ in found:
            yield from (prefix + route for route, _ in possibilities)
    for more, nested in resolver.namespace_dict.values():
        yield from routes(nested, prefix + more)


class Attacker:
    """Makes up requests; what real values are has been looked up once."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._slugs = list(Certification.objects.values_list("slug", flat=True))
        self._keys = {
            model._meta.label_lower: list(model._base_manager.values_list("pk", flat=True)[:5])
            for model in apps.get_models()
        }
        self._names = [*NAMES, *Question.objects.values_list("key", flat=True)]

    def request(self, route: str, client: Client) -> Request:
        """A request to an address; one that sends a form may look at the form first."""
        chance, path = self.random.random, self._path(route)
        method = "GET" if chance() < 0.6 else self.random.choice(["HEAD", "POST", "POST"])
        if chance() < 0.1:
            method = self.random.choice(ODD_METHODS)
        body, meta = (b"", {}) if method in ("GET", "HEAD") else self._body(path, client)
        if chance() < 0.05:
            meta = meta | {"CONTENT_LENGTH": self.random.choice(LENGTHS)}
        query = self._query() if chance() < 0.7 else self._query_of_link(path, client)
        return Request(method, path, query, self._headers(), body, meta)

    def value(self) -> str:
        """One value that nobody expects."""
        return self.random.choice(VALUES)

    def _path(self, route: str) -> bytes:
        pick, path = self.random.choice, route
        while "%(" in path:
            before, rest = path.split("%(", 1)
            name, after = rest.split(")s", 1)
            filled = self._real(name, route) if self.random.random() < 0.6 else self.value()
            path = before + filled.replace("%(", "") + after
        raw = path.encode()
        if self.random.random() < 0.1:
            at = self.random.randrange(len(raw) + 1)
            raw = raw[:at] + pick([*BROKEN, pick(VALUES).encode(), b"/", b"//"]) + raw[at:]
        return raw

    def _real(self, name: str, route: str) -> str:
        """Something that there is, where an address has this name."""
        if name == "slug":
            return self.random.choice(self._slugs)
        if name == "object_id":
            _, _, app, model, *_ = [*route.split("/"), "", ""]
            return str(self.random.choice(self._keys.get(f"{app}.{model}") or [1]))
        known = {"app_label": "catalog", "name": "content.json", "content_type_id": "7"}
        return known.get(name, str(self.random.randrange(30)))

    def _query(self) -> bytes:
        kind = self.random.random()
        if kind < 0.3:
            return b""
        if kind < 0.35:
            return b"&".join(b"%s=%d" % (quote(self._name()).encode(), n) for n in range(MANY))
        if kind < 0.4:
            return self.random.choice([*BROKEN, b"&&==&;=%", b"=" * LONG, self.value().encode()])
        pairs = [self._pair() for _ in range(self.random.randrange(1, 6))]
        return b"&".join(pairs)

    def _query_of_link(self, path: bytes, client: Client) -> bytes:
        """A query that the page at this address links to, with one value as nobody expects it."""
        page = client.get(quote_from_bytes(path)).getvalue()
        queries = [html.unescape(each.decode()) for each in LINK.findall(page)]
        pairs = parse_qsl(self.random.choice([*queries, AUTOCOMPLETE]), keep_blank_values=True)
        at = self.random.randrange(len(pairs))
        pairs[at] = (pairs[at][0], self.value())
        return urlencode(pairs).encode()

    def _pair(self) -> bytes:
        name, value = self._name().encode(), self.value().encode()
        if self.random.random() < 0.2:
            value = self.random.choice(BROKEN) + value
        if self.random.random() < 0.1:  # not quoted: whatever the bytes say
            return name + b"=" + value
        return f"{quote_from_bytes(name)}={quote_from_bytes(value)}".encode()

    def _name(self) -> str:
        return self.random.choice(self._names) if self.random.random() < 0.9 else self.value()

    def _headers(self) -> dict[str, str]:
        number = self.random.choice([0, 0, 1, 2, 4])
        names = self.random.sample(sorted(HEADERS), number)
        return {name: self.random.choice(HEADERS[name]) for name in names}

    def _body(self, path: bytes, client: Client) -> tuple[bytes, dict[str, str]]:
        """The body of a request, and its content type in `meta`."""
        kind = self.random.random()
        if kind < 0.2:
            said, body = self.random.choice(MULTIPART)
            return body, {"CONTENT_TYPE": said}
        said = self.random.choice(TYPES)
        if kind < 0.25:
            return b"a=" + b"x" * HUGE, {"CONTENT_TYPE": said}
        if kind < 0.35:
            return unquote_to_bytes(self._query()), {"CONTENT_TYPE": said}
        return self._form(path, client), {"CONTENT_TYPE": TYPES[0]}

    def _form(self, path: bytes, client: Client) -> bytes:
        """The form of that page, some fields of it filled in as nobody would."""
        fields = dict(self._fields(path, client))
        for _ in range(self.random.randrange(1, 6)):
            name = self.random.choice([*fields, self._name()])
            fields[name] = self.random.choice(NUMBERS) if "_FORMS" in name else self.value()
        pairs = [
            f"{quote(name)}={quote(value)}"
            for name, values in fields.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        self.random.shuffle(pairs)
        return "&".join(pairs).encode()

    def _fields(self, path: bytes, client: Client) -> dict[str, str | list[str]]:
        action = self.random.choice(["delete_selected", "publish", "make_draft", "move_up"])
        button = self.random.choice(["_save", "_continue", "_back", "index"])
        fields: dict[str, str | list[str]] = {button: "0", "post": "yes", "action": action}
        fields |= {"username": "ada", "password": "x", "csrfmiddlewaretoken": "x" * 64}
        fields |= {"_selected_action": self.random.choice(["1", *VALUES])}
        try:
            page = client.get(quote_from_bytes(path))
            fields |= read_form(path.decode(), page.content).fields
        except ValueError:
            pass  # a page without such a form
        return fields
