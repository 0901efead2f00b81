"""`manage.py audit`: prove the rulebook over all answer sheets."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from advisor.diagram_cache import most_questions_by_slug
from advisor.domain.audit import audit
from advisor.domain.audit_report import AuditReport
from advisor.domain.rulebook import Rulebook
from advisor.result_json import report_as_json
from advisor.rulebook_loader import current_rulebook
from catalog.conditions import ConditionError
from catalog.models import ContentVersion

NOTHING_THERE = "There is nothing to prove: the guide is not loaded. Start the site once."


class Command(BaseCommand):
    """Proves that each of all answer sheets has exactly one verdict, explained by the guide."""

    help = (
        "Prove the rulebook over all answer sheets. "
        "Prints what they come to and a line for each finding; exits with 1 if there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON.")
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            help="The day to prove it for, e.g. 2027-01-31: certifications close. Today if left "
            "out.",
        )

    def handle(self, *_: object, **options: Any) -> None:
        try:
            rulebook, today = current_rulebook(), options["date"] or timezone.localdate()
        except (OperationalError, ProgrammingError, ContentVersion.DoesNotExist):
            raise CommandError(NOTHING_THERE) from None
        except ConditionError as error:
            raise CommandError(f"The rulebook can't be read. {error}") from error
        report = audit(rulebook, today=today)
        found = report_as_json(rulebook, report, today=today)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            for line in _lines(rulebook, report, found, today):
                self.stdout.write(line)
        if report.findings:
            raise SystemExit(1)


def _lines(
    rulebook: Rulebook, report: AuditReport, found: Mapping[str, Any], today: date
) -> Iterator[str]:
    yield f"{report.sheets:,} answer sheets on {found['as_of']}, content {found['content_version']}"
    yield from _table("Outcome", report.outcomes)
    yield "\nOutcome, with all certifications that can be named counted as one"
    for slug, share in found["shares"].items():
        yield f"  {100 * share:>17.2f} %  {slug}"
    yield from _table(
        "Recommended", {slug or "nothing": n for slug, n in report.recommended.items()}
    )
    yield from _table("Decided by rule", {rule.name: sheets for rule, sheets in report.rules})
    for slug, standings in report.standings.items():
        yield from _table(slug, {standing.value: sheets for standing, sheets in standings.items()})
    questions = most_questions_by_slug(rulebook, today=today)
    yield from _table("Questions about one certification, at most", questions)
    for slug, most in questions.items():
        if most >= len(rulebook.questions):
            yield f"{slug} needs the whole wizard: {most} questions."
    yield ""
    if not found["findings"]:
        yield "Findings: none. Every sheet has exactly one verdict, with a reason from the guide."
    for finding in found["findings"]:
        yield f"{finding['kind']}: {finding['about']}: {finding['words']} {finding['witness']}"


def _table(heading: str, numbers: Mapping[str, int]) -> Iterator[str]:
    yield f"\n{heading}"
    for name, number in numbers.items():
        yield f"  {number:>19,}  {name}"
