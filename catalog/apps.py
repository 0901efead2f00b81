"""Start-up of the catalogue app."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Connects the content version and the history to every change of content."""

    name = "catalog"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the receivers that keep the content version and the history true."""
        from catalog import editing, versioning  # noqa: F401, PLC0415 - receivers need loaded models
