"""`manage.py makecatalogue N`: synthetic entries, to test and measure with a large catalogue."""

from datetime import date, timedelta
from random import Random

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from catalog.editorial.edit import renew_content_version
from catalog.models import Certification, Lifecycle, Platform, Price, Provider, Statement, Tier
from catalog.models.search import write_documents

DAY = date(2026, 1, 1)
PREFIX = "synthetic-"
FIRST_ORDER = 1000  # after all real entries of a tier


class Command(BaseCommand):
    """Adds entries that are not content; the same number gives the same entries."""

    help = "Replace all synthetic entries by N new ones; for measurements, never on a real site."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many."""
        parser.add_argument("number", type=int)

    @transaction.atomic
    def handle(self, *args: object, number: int, **options: object) -> None:
        """Write the entries in bulk, which leaves no history."""
        if number < 0:
            raise CommandError(f"{number} entries can't be made: give 0 or more.")
        random = Random(number)  # noqa: S311 - not a secret
        Certification.objects.filter(slug__startswith=PREFIX).delete()
        providers, tiers = list(Provider.objects.all()), [*Tier.objects.all(), None]
        entries = [_entry(n, providers, tiers, random) for n in range(number)]
        Certification.objects.bulk_create(entries)
        Lifecycle.objects.bulk_create(_lifecycle(entry, random) for entry in entries)
        Price.objects.bulk_create(_price(entry, random) for entry in entries)
        Statement.objects.bulk_create(
            _statement(entry, n, random) for entry in entries for n in (1, 2, 3)
        )
        write_documents(Certification.objects.filter(slug__startswith=PREFIX))
        renew_content_version(timezone.now())
        self.stdout.write(f"{number} synthetic entries are in the catalogue.")


def _entry(
    n: int, providers: list[Provider], tiers: list[Tier | None], random: Random
) -> Certification:
    months = random.choice([None, 1, 2, 3, 6])
    return Certification(
        slug=f"{PREFIX}{n}",
        name=f"Synthetic Certification {n}",
        kind=random.choice(Certification.Kind.values[:2]),
        tier=random.choice(tiers),
        provider=random.choice(providers),
        platform=random.choice(["", *Platform.values]),
        order=FIRST_ORDER + n,
        months_min=months,
        months_max=months,
    )


def _lifecycle(entry: Certification, random: Random) -> Lifecycle:
    return Lifecycle(
        certification=entry,
        reported=random.choice(Lifecycle.Reported.values),
        closes_on=random.choice([None, DAY + timedelta(days=random.randrange(2000))]),
        confidence="low",
        checked_on=DAY,
    )


def _price(entry: Certification, random: Random) -> Price:
    amount = random.choice([None, *range(50, 600, 10)])
    return Price(
        certification=entry,
        amount=amount,
        currency="" if amount is None else "USD",
        period="" if amount is None else random.choice(Price.Period.values),
        confidence="low",
        checked_on=DAY,
    )


def _statement(entry: Certification, n: int, random: Random) -> Statement:
    return Statement(
        certification=entry,
        order=n,
        section=Statement.Section.PROVES,
        text=f"Practice with number {random.randrange(1000)}",
        anchor=f"{entry.slug}--{n}",
    )
