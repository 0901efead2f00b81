from django.contrib.auth.management import create_permissions
from django.db import migrations


def extend_roles(apps, schema_editor):
    """Let editors write the about page, and authors read it in the admin."""
    config = apps.get_app_config("catalog")
    config.models_module = getattr(config, "models_module", True)
    create_permissions(config, verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="catalog", content_type__model="aboutsection"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=("Editor", "Administrator")):
        group.permissions.add(*permissions)
    for group in apps.get_model("auth", "Group").objects.filter(name="Author"):
        group.permissions.add(*permissions.filter(codename__startswith="view"))


class Migration(migrations.Migration):

    dependencies = [
        ('advisor', '0005_reserved_keys'),
        ('catalog', '0007_about'),
    ]

    operations = [
        migrations.RunPython(extend_roles, migrations.RunPython.noop),
    ]
