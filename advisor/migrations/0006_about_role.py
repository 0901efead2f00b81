from django.db import migrations


class Migration(migrations.Migration):
    """Nothing any more: catalog.editorial.admin.roles gives the roles, after every migrate."""

    dependencies = [
        ('advisor', '0005_reserved_keys'),
        ('catalog', '0007_about'),
    ]

    operations = []
