"""The editors' desk: Django's admin, with what keeps the guide true."""

from catalog.admin import certifications, users

__all__ = ["certifications", "users"]
