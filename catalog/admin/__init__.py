"""The editors' desk: Django's admin, with what keeps the guide true."""

from catalog.admin import entries, people

__all__ = ["entries", "people"]
