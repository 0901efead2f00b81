from django.db import migrations


def drop_index(apps, schema_editor):
    # A site that was set up before has it; triggers and PostgreSQL's go with the table.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS catalog_searchindex")


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0016_unclear_links'),
    ]

    operations = [
        migrations.RunPython(drop_index, migrations.RunPython.noop),
        migrations.DeleteModel(name='SearchDocument'),
    ]
