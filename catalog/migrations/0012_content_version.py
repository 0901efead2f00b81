from django.db import migrations, models


def move_version(apps, schema_editor):
    """Give the version of the content, which was a part of the guide, a row of its own."""
    for guide in apps.get_model("catalog", "Guide").objects.all():
        apps.get_model("catalog", "ContentVersion").objects.create(
            name=guide.content_version, changed_at=guide.changed_at
        )


def move_permission(apps, schema_editor):
    """Let the permission to publish, which people and roles have, belong to the new model."""
    types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects.filter(codename="publish_content")
    if permissions.exists():
        owner, _ = types.get_or_create(app_label="catalog", model="contentversion")
        permissions.update(content_type=owner)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0011_criteria'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(editable=False, max_length=32)),
                ('changed_at', models.DateTimeField(editable=False)),
            ],
            options={
                'permissions': [('publish_content', 'Can publish drafts and change what is published')],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='content_version_is_one_row')],
            },
        ),
        migrations.RunPython(move_version, migrations.RunPython.noop),
        migrations.RunPython(move_permission, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name='guide',
            options={'verbose_name_plural': 'guide'},
        ),
        migrations.RemoveField(
            model_name='guide',
            name='changed_at',
        ),
        migrations.RemoveField(
            model_name='guide',
            name='content_version',
        ),
        migrations.RemoveField(
            model_name='historicalguide',
            name='changed_at',
        ),
        migrations.RemoveField(
            model_name='historicalguide',
            name='content_version',
        ),
    ]
