"""The catalogue in Django's admin."""

from catalog.admin import certifications, condition_widget, fact_warning, guide, users, vocabulary
