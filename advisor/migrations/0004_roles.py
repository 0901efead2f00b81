from django.contrib.auth.management import create_permissions
from django.db import migrations

# What authors do with what can be a draft, with what stands under it, and with the vocabulary.
# That they do it to drafts only is what catalog.editorial.admin.permissions is for.
DRAFTS = ["certification", "correction", "question", "rule", "statement"]
BELOW = ["choice", "citation", "exam", "lifecycle", "price", "succession"]
VOCABULARY = ["provider", "source", "trait"]
OTHERS = ["chapter", "guide", "outcome", "tier"]

AUTHOR = {
    *(f"{verb}_{name}" for verb in ("view", "add", "change") for name in DRAFTS),
    *(f"{verb}_{name}" for verb in ("view", "add", "change", "delete") for name in BELOW),
    *(f"{verb}_{name}" for verb in ("view", "add") for name in VOCABULARY),
    *(f"view_{name}" for name in OTHERS),
    "delete_statement",
}
EDITOR = {
    "publish_content",
    *(
        f"{verb}_{name}"
        for verb in ("view", "add", "change", "delete")
        for name in (*DRAFTS, *BELOW, *VOCABULARY, *OTHERS)
    ),
}
ADMINISTRATOR = EDITOR | {
    f"{verb}_{name}" for verb in ("view", "add", "change", "delete") for name in ("user", "group")
}


def make_roles(apps, schema_editor):
    """Make the roles; a group that has the name of one gets its permissions beside its own."""
    for label in ("auth", "catalog", "advisor"):
        # Django makes permissions after all migrations, which is too late for these.
        config = apps.get_app_config(label)
        config.models_module = getattr(config, "models_module", True)
        create_permissions(config, verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label__in=("auth", "catalog", "advisor")
    )
    for role, names in (("Author", AUTHOR), ("Editor", EDITOR), ("Administrator", ADMINISTRATOR)):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(*permissions.filter(codename__in=names))


class Migration(migrations.Migration):

    dependencies = [
        ('advisor', '0003_drafts'),
        ('catalog', '0005_drafts'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
