"""The editors' desk: Django's admin, with what keeps the guide true."""

from catalog.admin import entries

__all__ = ["entries"]
