"""Start-up of the catalogue app."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class CatalogConfig(AppConfig):
    """Connects the content version and the history to every change of content."""

    name = "catalog"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the receivers of writes, and the checks of every edit."""
        from catalog import content_checks  # it needs loaded models
        from catalog.editorial import edit  # noqa: F401 - receivers need loaded models

        content_checks.register()


class EditorsConfig(admin_apps.AdminConfig):
    """The admin, with the truth desk as its start page."""

    default = False  # of this app
    default_site = "catalog.review_queue.EditorsAdminSite"
