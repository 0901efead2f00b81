"""`manage.py importcontent PATH`: bring in an exported file, or say what it would do."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.certification_import import TABLE
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import read_file
from catalog.editorial.edit import edit
from catalog.editorial.import_plan import Plan, bring_in
from catalog.editorial.past_import import remember_import


class Command(BaseCommand):
    """Adds and changes rows; those that the file does not name stay as they are."""

    help = "Bring in a file that exportcontent wrote: all of it, or nothing if a row is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        make = "make the providers and sources, too, that the file names and nobody has"
        parser.add_argument("--make-missing", action="store_true", help=make)

    def handle(
        self, *args: object, path: Path, dry_run: bool, make_missing: bool, **options: object
    ) -> None:
        try:
            with edit("importcontent") as current:
                plan = self._bring_in(path, dry_run=dry_run, make_missing=make_missing)
                if not dry_run and plan.changes_anything:
                    remember_import(current.at, file_name=path.name, words=plan.words)
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

    def _bring_in(self, path: Path, *, dry_run: bool, make_missing: bool) -> Plan:
        rows = read_file(path.read_bytes(), TABLE)
        plan = bring_in(rows, reason="importcontent", is_rehearsal=dry_run)
        if plan.missing and not (make_missing or dry_run):
            words = ", ".join(step.incoming.words for step in plan.missing)
            raise RefusedError(f"Nobody has these: {words}. With --make-missing they are made too.")
        return plan
