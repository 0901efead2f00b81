"""Structured data: what search engines are told of a certification, and nothing of its rating."""

import json

import pytest

from catalog.models import Certification, Provider
from catalog.structured_data import json_ld

URL = "https://guide.example.org/certifications/one/"
NAME = "One & <b>only</b></script><script>alert(1)</script>"


def data_of(certification: Certification) -> dict[str, object]:
    opening, closing = '<script type="application/ld+json">', "</script>"
    element = json_ld(certification, URL)
    text = element.removeprefix(opening).removesuffix(closing)
    assert element == f"{opening}{text}{closing}"
    assert "<" not in text  # nothing in it ends the element
    found: dict[str, object] = json.loads(text)
    return found


@pytest.mark.parametrize(
    ("provider", "recognized_by"),
    [
        (Provider(name="A & B"), {"recognizedBy": {"@type": "Organization", "name": "A & B"}}),
        (None, {}),
    ],
)
def test_search_engines_are_told_name_kind_and_provider(
    provider: Provider | None, recognized_by: dict[str, object]
) -> None:
    certification = Certification(name=NAME, kind=Certification.Kind.EXAM, provider=provider)
    assert data_of(certification) == {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "name": NAME,
        "url": URL,
        "credentialCategory": "Exam",
        **recognized_by,
    }
