from django.db import migrations


class Migration(migrations.Migration):
    """Nothing any more: catalog.editorial.admin.roles gives the roles, after every migrate."""

    dependencies = [
        ('advisor', '0003_drafts'),
        ('catalog', '0005_drafts'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = []
