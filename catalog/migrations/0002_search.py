import django.db.models.deletion
from django.db import migrations, models

from catalog.models.search import documents

# FTS5's ascii tokenizer takes every character beyond ASCII for a letter: it cuts
# at the spaces of the documents and nowhere else.
SQLITE = [
    """
    CREATE VIRTUAL TABLE catalog_searchindex USING fts5(
        text, content='catalog_searchdocument', content_rowid='certification_id',
        tokenize='ascii', prefix='1 2 3 4', detail=none
    )
    """,
    """
    CREATE TRIGGER catalog_searchdocument_inserted AFTER INSERT ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(rowid, text) VALUES (new.certification_id, new.text);
    END
    """,
    """
    CREATE TRIGGER catalog_searchdocument_deleted AFTER DELETE ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(catalog_searchindex, rowid, text)
        VALUES ('delete', old.certification_id, old.text);
    END
    """,
    """
    CREATE TRIGGER catalog_searchdocument_updated AFTER UPDATE ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(catalog_searchindex, rowid, text)
        VALUES ('delete', old.certification_id, old.text);
        INSERT INTO catalog_searchindex(rowid, text) VALUES (new.certification_id, new.text);
    END
    """,
]
SQLITE_REVERSE = ["DROP TABLE catalog_searchindex"]  # the triggers go with the other table

# The documents are words already: no parser and no dictionary of PostgreSQL's.
# A stored column, as the planner takes an expression's evaluation for cheap and
# would do it for every row when a word is frequent.
POSTGRESQL = [
    """
    ALTER TABLE catalog_searchdocument ADD COLUMN words tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(text, ' '))) STORED
    """,
    "CREATE INDEX catalog_searchindex ON catalog_searchdocument USING gin (words)",
]
POSTGRESQL_REVERSE = []  # both go with the table


def make_index(apps, schema_editor):
    by_vendor = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    by_vendor = {"sqlite": SQLITE_REVERSE, "postgresql": POSTGRESQL_REVERSE}
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def index_existing_content(apps, schema_editor):
    certification = apps.get_model("catalog", "Certification")
    document = apps.get_model("catalog", "SearchDocument")
    document.objects.bulk_create(
        (document(pk=pk, text=text) for pk, text in documents(certification.objects.all())),
        batch_size=500,
    )


class Migration(migrations.Migration):

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
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(index_existing_content, migrations.RunPython.noop),
    ]
