"""`manage.py backup PATH`: everything that people entered, in one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certguide.backup import BackupError, write_backup


class Command(BaseCommand):
    """Safe while the site runs and editors write."""

    help = "Write content, history, users and links to the file PATH, which must not exist yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: object, path: Path, **options: object) -> None:
        try:
            write_backup(path)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"The backup is in {path}. The secret key is not in it.")
