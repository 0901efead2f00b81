"""`manage.py loadguide`: load or update the shipped content."""

from django.conf import settings
from django.core.management.base import BaseCommand

from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import Action, load_shipped


class Command(BaseCommand):
    """Loads the guide, the facts and the rulebook that ship with the product."""

    help = "Load or update the shipped content; what an editor changed is left alone and listed."

    def handle(self, *args: object, **options: object) -> None:
        """Load the fixtures and report."""
        report = load_shipped(read_fixtures(settings.BASE_DIR / "fixtures"))
        for line in report.left_alone:
            self.stdout.write(f"Left alone: {line}.")
        counts = ", ".join(f"{report.counts[action]} {action}" for action in Action)
        self.stdout.write(f"The guide is loaded: {counts}.")
