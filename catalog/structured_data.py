"""Structured data for search engines in the page of a certification."""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from catalog.models import Certification


def json_ld(certification: Certification, url: str) -> SafeString:
    """The JSON-LD of a certification for search engines, without the guide's judgement."""
    provider = certification.provider
    data = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "name": certification.name,
        "url": url,
        "credentialCategory": certification.get_kind_display(),
        "recognizedBy": {"@type": "Organization", "name": provider.name} if provider else None,
    }
    text = json.dumps({key: value for key, value in data.items() if value})
    # Nothing in it can end the element: the three characters that could are escaped.
    safe = text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))  # noqa: S308
