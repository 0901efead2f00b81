"""`manage.py restore PATH`: what a backup holds, in the place of all that there is."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from catalog.models import Guide
from certguide.backup import BackupError, read_manifest, restore
from certguide.health import has_pending_migrations


class Command(BaseCommand):
    """Reads the whole file before it touches anything; asks; keeps what there was."""

    help = "Replace everything by what is in a backup; what there was is kept in a backup too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: object, path: Path, yes: bool, **options: object) -> None:
        try:
            manifest = read_manifest(path)
            if not (yes or self.is_wanted(manifest)):
                raise CommandError("Nothing was restored.")
            if has_pending_migrations():
                call_command("migrate", interactive=False, verbosity=0)
            keep = self.place_for_what_there_is()
            restore(path, keep=keep)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(f"{error}\nNothing was restored.") from None
        safety_copy = f"What there was is in {keep}." if keep else "The site was empty."
        self.stdout.write(f"{path} is restored; everybody has to sign in again. {safety_copy}")

    def is_wanted(self, manifest: dict[str, Any]) -> bool:
        count = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{count} rows, from {manifest['made_at']}, replace all that there is.")
        try:
            return input("Restore? Type yes: ") == "yes"
        except EOFError:
            raise CommandError("Nobody can be asked here: say --yes.") from None

    def place_for_what_there_is(self) -> Path | None:
        """The path for the safety copy; None for an empty site."""
        if not (Guide.objects.exists() or User.objects.exists()):
            return None
        folder: Path = settings.ENVIRONMENT.data_dir / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"before-restore-{timezone.now():%Y%m%d-%H%M%S-%f}.zip"
