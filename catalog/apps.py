"""Start-up of the catalogue app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    """The guide as data, and its pages."""

    name = "catalog"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They need loaded models.
        from catalog import content_checks
        from catalog.editorial import edit  # noqa: F401
        from catalog.editorial.admin.roles import apply_roles

        content_checks.register()
        post_migrate.connect(apply_roles, dispatch_uid="roles")
