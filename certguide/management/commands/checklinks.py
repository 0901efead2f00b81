"""`manage.py checklinks`: visit the addresses in the content; the review queue shows the broken."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from catalog.link_checker import check_links
from catalog.models import LinkCheck
from certguide import __version__


class Command(BaseCommand):
    """To be run once a week; it takes some seconds for each host."""

    help = "Visit every address in the content, and list those that lead nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--allow-private", action="store_true", help="also visit machines of your own network"
        )

    def handle(self, *args: object, allow_private: bool, **options: object) -> None:
        contact = f" ({settings.REPORT_URL})" if settings.REPORT_URL else ""
        agent = f"certguide-linkcheck/{__version__}{contact}"
        broken = check_links(agent=agent, allow_private=allow_private)
        unclear = [*LinkCheck.objects.unclear()]
        for check in broken:
            self.stdout.write(f"Broken: {check}")
        for check in unclear:
            self.stdout.write(f"Could not tell: {check}")
        self.stdout.write(f"{len(broken)} addresses are broken, of {len(unclear)} we can’t tell.")
