"""A site with something of everything in its backup, and edits that come after it."""

from pathlib import Path

from django.contrib.auth.models import User

from advisor.models import Rule
from catalog.models import Certification, Statement
from certguide.backup import write_backup
from tests.factories.drafts import add_drafts
from tests.factories.rows import a_certification

EDITED = "aws-certified-ai-practitioner"


def back_up_edited_site(path: Path) -> None:
    """Write a backup of a site with editors, drafts, edits and a deleted certification."""
    User.objects.create_user("ada", password="a long pass phrase")
    add_drafts()
    certification = Certification.objects.get(slug=EDITED)
    certification.name = "“Édité” — 🔴"
    certification.save()
    gone = a_certification(slug="gone", order=20_000)
    gone.delete()
    write_backup(path)


def edit_every_kind_of_row() -> None:
    """Change, add and delete rows, people included, after a backup."""
    Statement.objects.filter(certification__slug=EDITED, citations=None).delete()
    Certification.objects.filter(slug=EDITED).update(name="Spoilt")
    a_certification(slug="later", order=20_001)
    User.objects.all().delete()
    User.objects.create_user("mallory")
    Rule.objects.filter(condition="", is_draft=False).update(name="Spoilt")
