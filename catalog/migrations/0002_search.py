import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # The words of each certification were here until 0017, with an index of the database's own.

    dependencies = [
        ('catalog', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('certification', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_document', serialize=False, to='catalog.certification')),
                ('text', models.TextField()),
            ],
        ),
    ]
