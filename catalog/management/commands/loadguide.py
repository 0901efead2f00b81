"""`manage.py loadguide`: load or update the shipped content."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.content_checks import facts_without_source
from catalog.editorial.checks import RefusedError, without_new_faults
from catalog.editorial.edit import edit
from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import Action, LoadReport, load_shipped


class Command(BaseCommand):
    """Loads the guide, the facts and the rulebook that ship with the product."""

    help = "Load or update the shipped content; what an editor changed is left alone and listed."

    def handle(self, *args: object, **options: object) -> None:
        try:
            report = _load()
        except RefusedError as error:
            lines = ("Nothing was loaded. Mend the fixtures:", *error.problems)
            raise CommandError("\n".join(lines)) from error
        for line in report.left_alone:
            self.stdout.write(f"Left alone: {line}.")
        counts = ", ".join(f"{report.counts[action]} {action}" for action in Action)
        self.stdout.write(f"The guide is loaded: {counts}.")


def _load() -> LoadReport:
    """Load the fixtures, and refuse a fact that comes without the source that it needs."""
    with edit("loadguide"), without_new_faults([facts_without_source]):
        return load_shipped(read_fixtures(settings.BASE_DIR / "fixtures"))
