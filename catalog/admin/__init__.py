"""The catalogue in Django's admin."""

from catalog.admin import certifications, condition_widget, fact_warning, users

__all__ = ["certifications", "condition_widget", "fact_warning", "users"]
