"""Start-up of Django's admin with the site of the editors."""

from django.contrib.admin import apps as admin_apps


class EditorsConfig(admin_apps.AdminConfig):
    """The admin with our own site."""

    default = False  # of this app
    default_site = "certguide.admin_site.EditorsAdminSite"
