"""Values that no browser sends, where others are expected."""

import re

from catalog.listing.list_query import ORDER

LONG = 5_000  # characters of a long value
MANY = 1_000  # parameters
HUGE = 3_000_000  # bytes of a body; the site reads 2,621,440 at most

VALUES = [
    *("", " ", "0", "-1", "1", "1.5", "9" * 19, "9" * 400, "1e309", "NaN", "Infinity", "0x10"),
    *("9" * LONG, "²", "١٢٣", "1_000", "true", "null", "[]", "{}", "None", "on", "high", "open"),
    *("2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2026-11-23T25:61"),
    *("\0", "a\0b", "a\r\nSet-Cookie: x=1", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\uffff"),
    *("%", "%zz", "%00", "%s", "%(x)s", "{x}", "{{ 7|add:7 }}", "${7*7}", "\\", "'", '"', "`id`"),
    *("' OR 1=1 --", '" NEAR(', "*", "a* OR b", "(((", "<script>alert(1)</script>", "javascript:1"),
    *("../../etc/passwd", "//evil.example/", "https://evil.example/", "/admin/", "?", "#", "&"),
    *("é" * 300, "🔴", "e\u0301" * 50, "\u202e", "ﷺ" * 20, "ß", "İ", "a" * LONG, "🔴" * LONG),
    *("=", "2", "not-sure", "__class__", "__prefix__", "pk", "id", "-id", "name__regex", "_meta"),
]
BROKEN = [  # bytes of an address that are no UTF-8: cut off, overlong, surrogates
    *(b"\xff\xfe", b"\xf0\x9f", b"\xc0\x80", b"\xed\xa0\x80", b"\xed\xb0\x80\xed\xa0\xbd", b"\x80"),
]
NAMES = [
    *(*ORDER, "change", "submitted", "filled", "was", "x", "", "q[]", "tier[$ne]", "__proto__"),
    *("_changelist_filters", "_popup", "_to_field", "o", "p", "all", "e", "next", "needs"),
    *("is_draft__exact", "id__exact", "id__in", "name__contains", "certification__id__exact"),
    *(
        "password__startswith",
        "checked_on__year",
        "order__gte",
        "app_label",
        "model_name",
        "field_name",
        "term",
    ),
]
# A script of the page asks for it, no link.
AUTOCOMPLETE = "app_label=catalog&model_name=certification&field_name=provider&term=goo"
LINK = re.compile(rb'="[^"?]*[?]([^"#]+)')
ODD_METHODS = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "G\xe9T"]
NUMBERS = ["", "-1", "abc", "0", "5", "9" * 30, "1e3", "+7", " 8 ", "²", "9" * LONG]
LENGTHS = ["0", "5", "9" * 6]  # of a body, wrong; what is no number, no server hands on
HEADERS: dict[str, list[str]] = {
    "hx-request": ["true", "false", "\xff", ""],
    "hx-target": ["results", "wizard", "body", "<b>", "%F0%9F", "a" * LONG],
    "hx-target-uri-autoencoded": ["true", "false"],
    "hx-current-url": ["http://[", "javascript:1", "\x80", "//", "a" * LONG, "http://x:99999999/"],
    "hx-trigger": ["%FF", "{", "a" * LONG],
    "hx-trigger-name": ["%ED%A0%80", "x"],
    "hx-prompt": ["\xff\xfe", "%00"],
    "hx-boosted": ["true", "maybe"],
    "hx-history-restore-request": ["true", "1"],
    "triggering-event": ["{", "[1,2", "null", "[" * LONG, "%7B"],
    "triggering-event-uri-autoencoded": ["true"],
    "accept-encoding": ["br;q=x", "br;q=nan", "gzip;q=-1,*;q=0", ",;,;", "*", "br, " * 900, "\xff"],
    "accept": ["", "*/*;q=x", "application/json", ";" * 99],
    "accept-language": ["", "xx-" * 900, "\xe9", "*;q=nan"],
    "if-none-match": ["*", 'W/"', '"' * 99, "W/", "\xff", '"a", ' * 900],
    "if-match": ["*", '"x"', "\xff"],
    "if-modified-since": ["yesterday", "Sun, 99 Foo 99999 99:99:99 GMT", "9" * 99, "\xff"],
    "if-unmodified-since": ["Thu, 01 Jan 1970 00:00:00 GMT", "x"],
    "range": ["bytes=0-0", "bytes=9-1", "bytes=-0", "bytes=" + "0-1," * 900, "bytes=\xb2-"],
    "if-range": ['"x"', "0"],
    "x-forwarded-for": ["1.2.3.4", "::1", "\xff", "1.2.3.4, " * 900, "unknown", "127.0.0.1, x"],
    "x-forwarded-proto": ["https", "javascript", "https, http"],
    "x-forwarded-host": ["evil.example", "testserver"],
    "x-forwarded-port": ["443", "x"],
    "x-forwarded-prefix": ["/admin"],
    "x-request-id": ["a" * 8, "a\x1bb" * 9, "x" * LONG],
    "x-http-method-override": ["DELETE", "POST"],
    "x-original-url": ["/admin/"],
    "x-csrftoken": ["x", "a" * 64, "\xff" * 64],
    "forwarded": ["for=127.0.0.1;host=evil.example;proto=https"],
    "host": ["evil.example", "testserver:99999", "testserver@x", "", "[::1", "TESTSERVER."],
    "origin": ["null", "https://evil.example", "http://[", "http://testserver:x"],
    "referer": ["http://[", "\xff", "https://evil.example/", "http://testserver:99999/"],
    "cookie": ["sessionid=; =; ;;", 'sessionid="\\000\\377aaaaaaaa"', "csrftoken=\xff"],
    "authorization": ["Basic !!!", "Bearer x"],
    "expect": ["100-continue"],
    "user-agent": ["", "\xff", "a" * LONG],
}  # fmt: skip
MULTIPART = [
    ("multipart/form-data", b"--x--"),
    ("multipart/form-data; boundary=", b"--"),
    ("multipart/form-data; boundary=" + "x" * 300, b"x"),
    ("multipart/form-data; boundary=\xff", b"--\xff\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"a"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../\x00\xff.json"\r\n\r\n!',
    ),
    (
        "multipart/form-data; boundary=x; charset=utf-16",
        b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n\xff\xfe\xd8\r\n--x--\r\n',
    ),
    ("multipart/form-data; boundary=x", b"--x\r\n" * 9_000),
]  # fmt: skip
TYPES = [
    *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7"),
    *("application/x-www-form-urlencoded; charset=none", "text/plain", "", "\xff/\xff"),
]
