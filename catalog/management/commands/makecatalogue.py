"""`manage.py makecatalogue N`.

Synthetic certifications, to test and measure with a large catalogue.
"""

from datetime import date, timedelta
from random import Random

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from catalog.editorial.content_version import renew_content_version
from catalog.models import Certification, Lifecycle, Platform, Price, Provider, Statement, Tier
from catalog.models.search import write_documents

DAY = date(2026, 1, 1)
PREFIX = "synthetic-"
FIRST_ORDER = 1000  # after all real certifications of a tier


class Command(BaseCommand):
    """Adds certifications that are not content; the same number gives the same certifications."""

    help = "Replace all synthetic entries by N new ones; for measurements, never on a real site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)

    @transaction.atomic
    def handle(self, *args: object, number: int, **options: object) -> None:
        """Write the certifications in bulk, which leaves no history."""
        if number < 0:
            raise CommandError(f"{number} entries can't be made: give 0 or more.")
        random = Random(number)  # noqa: S311 - not a secret
        Certification.objects.filter(slug__startswith=PREFIX).delete()
        providers, tiers = list(Provider.objects.all()), [*Tier.objects.all(), None]
        certifications = [_certification(n, providers, tiers, random) for n in range(number)]
        Certification.objects.bulk_create(certifications)
        Lifecycle.objects.bulk_create(
            _lifecycle(certification, random) for certification in certifications
        )
        Price.objects.bulk_create(_price(certification, random) for certification in certifications)
        Statement.objects.bulk_create(
            _statement(certification, n, random)
            for certification in certifications
            for n in (1, 2, 3)
        )
        write_documents(Certification.objects.filter(slug__startswith=PREFIX))
        renew_content_version(timezone.now())
        self.stdout.write(f"{number} synthetic entries are in the catalogue.")


def _certification(
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


def _lifecycle(certification: Certification, random: Random) -> Lifecycle:
    return Lifecycle(
        certification=certification,
        reported=random.choice(Lifecycle.Reported.values),
        closes_on=random.choice([None, DAY + timedelta(days=random.randrange(2000))]),
        confidence="low",
        checked_on=DAY,
    )


def _price(certification: Certification, random: Random) -> Price:
    amount = random.choice([None, *range(50, 600, 10)])
    return Price(
        certification=certification,
        amount=amount,
        currency="" if amount is None else "USD",
        period="" if amount is None else random.choice(Price.Period.values),
        confidence="low",
        checked_on=DAY,
    )


def _statement(certification: Certification, n: int, random: Random) -> Statement:
    return Statement(
        certification=certification,
        order=n,
        section=Statement.Section.PROVES,
        text=f"Practice with number {random.randrange(1000)}",
        anchor=f"{certification.slug}--{n}",
    )
