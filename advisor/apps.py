"""Start-up of the advisor app."""

from django.apps import AppConfig


class AdvisorConfig(AppConfig):
    """The wizard and its verdicts."""

    name = "advisor"
    default_auto_field = "django.db.models.BigAutoField"
