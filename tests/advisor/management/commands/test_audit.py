"""`manage.py audit` and its page in the admin: what the proof says of the shipped rulebook."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from advisor.domain.audit import audit
from advisor.models import Rule
from advisor.rulebook_loader import current_rulebook
from catalog.models import ContentVersion
from tests.advisor.domain.hand_made import TODAY
from tests.advisor.sheets import READY, ask

pytestmark = pytest.mark.usefixtures("guide", "today")

PAGE = "/admin/advisor/rule/audit/"


def output(*arguments: str) -> str:
    out = StringIO()
    call_command("audit", *arguments, "--date", TODAY.isoformat(), stdout=out)
    return out.getvalue()


def test_shipped_rulebook_has_no_findings() -> None:
    lines = output().splitlines()
    report = audit(current_rulebook(), today=TODAY)
    assert lines[0].startswith(f"{report.sheets:,} answer sheets on {TODAY}")
    assert lines[-1].startswith("Findings: none.")


def test_numbers_of_each_table_add_up_to_all_sheets() -> None:
    found = json.loads(output("--json"))
    assert found["findings"] == []
    sums = {
        sum(found["outcomes"].values()),
        sum(found["recommended"].values()),
        sum(rule["sheets"] for rule in found["rules"]),
        *(sum(each["standings"].values()) for each in found["certifications"]),
    }
    assert sums == {found["sheets"]}


def test_rulebook_with_a_fault_fails_with_a_line_and_a_witness() -> None:
    Rule.objects.filter(order=1).update(condition="mandated and not mandated")
    ContentVersion.objects.update(name="edited")
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("audit", "--date", TODAY.isoformat(), stdout=out)
    assert stopped.value.code == 1
    (line,) = [each for each in out.getvalue().splitlines() if each.startswith("idle-rule")]
    assert line.startswith("idle-rule: A job requires one: Its condition can never be met.")
    assert "/advisor/result/?role=" in line


def test_condition_that_cannot_be_read_is_named() -> None:
    Rule.objects.filter(order=1).update(condition="mandated and (")
    ContentVersion.objects.update(name="edited behind the admin")
    with pytest.raises(CommandError, match=r"can't be read.*“mandated and \(”"):
        output()


def test_page_shows_the_proof_to_editors_alone(admin_client: Client) -> None:
    page = admin_client.get(PAGE).content.decode()
    assert f"{audit(current_rulebook(), today=TODAY).sheets:,}" in page
    assert "Every sheet has exactly one verdict" in page
    assert Client().get(PAGE).status_code == 302
    assert ask(Client(), READY)["content_version"] in page
