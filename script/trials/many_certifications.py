"""Synthetic certifications, to test and measure a large catalogue with; never content."""

from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from catalog.editorial.content_version import renew_content_version
from catalog.models import Certification, Lifecycle, Platform, Price, Provider, Statement, Tier

DAY = date(2026, 1, 1)
PREFIX = "synthetic-"
FIRST_ORDER = 5000  # after all real certifications of a tier


@transaction.atomic
def make_certifications(number: int, *, is_rated: bool = True) -> None:
    """Replace all synthetic certifications by so many new ones, in bulk, which leaves no history.

    The same number gives the same certifications. Most are rated, or none of them.
    """
    random = Random(number)
    Certification.objects.filter(slug__startswith=PREFIX).delete()
    providers = list(Provider.objects.all())
    tiers: list[Tier | None] = [*Tier.objects.all(), None] if is_rated else [None]
    made = [_certification(n, providers, tiers, random) for n in range(number)]
    Certification.objects.bulk_create(made)
    Lifecycle.objects.bulk_create(_lifecycle(certification, random) for certification in made)
    Price.objects.bulk_create(_price(certification, random) for certification in made)
    for order in (1, 2, 3):
        Statement.objects.bulk_create(
            _statement(certification, order, random) for certification in made
        )
    renew_content_version(timezone.now())


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


def _statement(certification: Certification, order: int, random: Random) -> Statement:
    return Statement(
        certification=certification,
        order=order,
        section=Statement.Section.PROVES,
        text=f"Practice with number {random.randrange(1000)}",
        anchor=f"{certification.slug}--{order}",
    )
