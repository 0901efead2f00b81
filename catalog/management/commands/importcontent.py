"""`manage.py importcontent PATH`: bring in an exported file, or say what it would do."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.certification_import import TABLE
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import read_file
from catalog.editorial.import_plan import bring_in


class Command(BaseCommand):
    """Adds and changes rows; those that the file does not name stay as they are."""

    help = "Bring in a file that exportcontent wrote: all of it, or nothing if a row is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, and whether to write."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: object, path: Path, dry_run: bool, **options: object) -> None:
        """Import and report row by row."""
        try:
            rows = read_file(path.read_bytes(), TABLE)
            plan = bring_in(rows, reason="importcontent", is_rehearsal=dry_run)
        except (OSError, RefusedError) as error:
            raise CommandError(f"Nothing was imported.\n{error}") from None
        for step in plan.steps:
            if step.changes:
                self.stdout.write(
                    f"Row {step.incoming.number}, {step.action}: {step.incoming.words}"
                )
            for name, old, new in step.said:
                self.stdout.write(f"    {name}: {old} → {new}")
        self.stdout.write(f"{'This would happen' if dry_run else 'Done'}: {plan.words}.")
