"""Lists and labels of the admin that help editors: rows that move, labels in plain words."""

import re
from collections.abc import Callable

from advisor.models import Rule
from catalog.editorial.records import content_fields, content_models
from catalog.models import Certification, Tier
from tests.editors import carry_out
from tests.factories.people import client_of
from tests.html import read_page


def names(tier: Tier) -> list[str]:
    certifications = Certification.objects.filter(tier=tier).order_by("order")
    return list(certifications.values_list("name", flat=True))


def test_certification_changes_places_within_its_tier(guide: None, unreviewed: None) -> None:
    tier = Tier.objects.get(slug="high")
    before = names(tier)
    certifications = {each.name: each for each in Certification.objects.filter(tier=tier)}
    assert carry_out(Certification, "move_down", certifications[before[0]]) == ["1 moved down."]
    assert names(tier) == [before[1], before[0], *before[2:]]
    assert carry_out(Certification, "move_up", certifications[before[1]]) == ["0 moved up."]
    assert carry_out(Certification, "move_up", certifications[before[0]]) == ["1 moved up."]
    assert names(tier) == before


def test_last_rule_does_not_move_up(guide: None) -> None:
    last = Rule.objects.last()
    assert last is not None
    assert carry_out(Rule, "move_up", last) == [
        "The last rule must always apply: leave its condition empty."
    ]
    assert Rule.objects.last() == last


def test_labels_are_words_and_no_names_of_columns() -> None:
    odd = re.compile(r"^is\b|\b(min|max|usd|url|said|none)\b")
    fields = [field for model in content_models() for field in content_fields(model)]
    assert [str(each) for each in fields if odd.search(each.verbose_name)] == []


def test_list_of_certifications_is_in_the_order_of_the_guide_and_rows_are_seen_to_move(
    guide: None, unreviewed: None
) -> None:
    def opened() -> Callable[[str], list[str]]:
        page = read_page(client_of("Editor").get("/admin/catalog/certification/").content)
        return lambda name: [cell.text for cell in page.find_all(f".field-{name}")]

    certifications = list(Certification.objects.in_guide_order().rated())
    names, rated = [certification.name for certification in certifications], len(certifications)
    column = opened()
    assert column("name")[:rated] == names
    first = ("Google", "open", "$200 once", "22 Nov 2026")
    columns = ("provider", "status_today", "cost", "checked_on")
    assert tuple(column(name)[0] for name in columns) == first
    category = next(place for place, row in enumerate(certifications) if row.kind == "category")
    assert [column(name)[category] for name in columns[1:]] == ["-", "-", "-"]
    carry_out(Certification, "move_up", certifications[1])
    Certification.objects.filter(pk=certifications[0].pk).update(is_draft=True)
    column = opened()
    assert column("name")[:rated] == [names[1], names[0], *names[2:]]
    assert column("status_today")[:3] == ["closed", "Draft, open", "closed"]
