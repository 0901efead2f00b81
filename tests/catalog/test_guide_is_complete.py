"""Nothing of the guide is lost, and nothing is put into its mouth: guide.md, line by line."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from catalog.editorial.edit import renew_content_version
from catalog.models import Certification, Chapter, Guide, Statement, Tier
from tests.catalog.guide_text import (
    Line,
    differences,
    lines_of_certification_page,
    lines_of_database,
    lines_of_guide_page,
    lines_of_text,
)
from tests.catalog.markup import read_page, texts

TEXT = (settings.BASE_DIR / "fixtures" / "guide.md").read_text(encoding="utf-8")
LINES = lines_of_text(TEXT)
CERTIFICATIONS = [line for line in LINES if line.form == "entry"]


def lines_under(certification: Line) -> list[Line]:
    place = (*certification.place, certification.text)
    return [line for line in LINES if line.place[:2] == place]


def sort_of(line: Line) -> str:
    return line.form.split()[0]


def test_walk_sees_every_line_of_the_guide() -> None:
    written = [n for n, line in enumerate(TEXT.splitlines(), 1) if line.strip(" -")]
    assert [line.number for line in LINES] == written
    assert Counter(sort_of(line) for line in LINES) == {
        "title": 1,
        "chapter": 9,
        "tier": 4,
        "entry": 14,
        "label": 55,
        "bullet": 179,
        "numbered": 11,
        "paragraph": 23,
        "practical": 18,
    }


def test_walk_keeps_every_letter_but_the_marks() -> None:
    def letters(text: str) -> str:
        return re.sub(r"^(#+ |- |\d+\. )|\*\*|\s", "", text, flags=re.MULTILINE)

    shown = "".join(line.text for line in LINES)
    assert letters(shown) == letters(TEXT.replace("\n---\n", "\n"))


def test_every_line_is_in_the_database(guide: None) -> None:
    assert differences(LINES, lines_of_database()) == []


def test_every_line_is_on_the_guide_page(guide: None, client: Client) -> None:
    page = read_page(client.get("/guide/").content)
    assert differences(LINES, lines_of_guide_page(page)) == []


def test_numbered_terms_are_bold_as_in_the_guide(guide: None, client: Client) -> None:
    page = read_page(client.get("/guide/").content)
    shown = [term for ranking in page.find_all(".ranking") for term in texts(ranking, "b")]
    assert shown == re.findall(r"^\d+\. \*\*(.+)\*\*", TEXT, flags=re.MULTILINE)


@pytest.mark.parametrize("line", CERTIFICATIONS, ids=lambda certification: certification.text)
def test_every_line_of_a_certification_is_on_its_page(
    guide: None, client: Client, line: Line
) -> None:
    certification = Certification.objects.get(heading=line.text)
    page = read_page(client.get(certification.get_absolute_url()).content)
    shown = lines_of_certification_page(page, (*line.place, line.text))
    assert lines_under(line) != []
    assert differences(lines_under(line), shown) == []


def test_no_statement_is_on_two_lines_or_on_none(guide: None) -> None:
    bullets = Counter(line.text for line in LINES if sort_of(line) in ("bullet", "numbered"))
    rows = Statement.objects.filter(form__in=["bullet", "numbered"])
    assert Counter(each.text.replace("**", "") for each in rows) == bullets
    sentences = " ".join(line.text for line in LINES if line.form in ("paragraph", "practical"))
    others = Statement.objects.exclude(form__in=["bullet", "numbered"])
    assert [each.text for each in others if each.text not in sentences] == []


# --- the walk can fail, and names the line -------------------------------------

GOOGLE = "google-professional-machine-learning-engineer"


def lose_a_bullet() -> None:
    Statement.objects.get(text="Systems thinking for production ML").delete()


def reword_a_bullet() -> None:
    Statement.objects.filter(text="You paid money").update(text="You paid some money")


def reword_a_sentence_of_a_paragraph() -> None:
    Statement.objects.filter(text="Build competence first.").update(text="Build it first.")


def lose_a_part_of_a_practical_line() -> None:
    Statement.objects.filter(text="programming competence").delete()


def drop_an_exception_from_a_label() -> None:
    Statement.objects.filter(heading="Why avoid (generally):").update(heading="")


def shorten_the_meaning_of_a_tier() -> None:
    Tier.objects.filter(slug="high").update(meaning="These indicate genuine competence.")


def retitle_the_guide() -> None:
    guide = Guide.objects.get()
    guide.title = "AI Certifications"
    guide.save()  # with a new content version: pages keep the title for as long as that stands


ALTERATIONS: list[tuple[Callable[[], None], list[str]]] = [
    (lose_a_bullet, ["- Systems thinking for production ML"]),
    (reword_a_bullet, ["- You paid money"]),
    (
        reword_a_sentence_of_a_paragraph,
        [
            (
                "Certifications are garnish, not substance. Build competence first. "
                "Credentials are optional decoration."
            )
        ],
    ),
    (
        lose_a_part_of_a_practical_line,
        [
            (
                "**Prerequisites:** Solid ML fundamentals, programming competence, "
                "cloud systems knowledge"
            )
        ],
    ),
    (drop_an_exception_from_a_label, ["**Why avoid (generally):**"]),
    (
        shorten_the_meaning_of_a_tier,
        [
            (
                "These certifications indicate genuine competence. They are difficult, require "
                "prerequisites, and cannot be crammed."
            )
        ],
    ),
    (retitle_the_guide, ["# AI Certifications: Signal vs. Noise"]),
]


def lost(problems: list[str]) -> list[int]:
    return [int(match[1]) for each in problems if (match := re.match(r"line (\d+) is lost", each))]


def numbers_of(*written: str) -> list[int]:
    return [TEXT.splitlines().index(line) + 1 for line in written]


@pytest.mark.parametrize(
    ("alter", "written"), ALTERATIONS, ids=[alter.__name__ for alter, _ in ALTERATIONS]
)
def test_walk_names_the_line_that_is_lost(
    guide: None, client: Client, alter: Callable[[], None], written: list[str]
) -> None:
    alter()
    renew_content_version(timezone.now())  # as every bulk update of content has to
    page = read_page(client.get("/guide/").content)
    assert lost(differences(LINES, lines_of_database())) == numbers_of(*written)
    assert lost(differences(LINES, lines_of_guide_page(page))) == numbers_of(*written)


def test_walk_names_a_heading_and_all_below_it(guide: None, client: Client) -> None:
    Chapter.objects.filter(slug="final-warning").update(heading="Last Warning")
    renew_content_version(timezone.now())
    page = read_page(client.get("/guide/").content)
    below = [line.number for line in LINES if "Final Warning" in (line.text, *line.place)]
    assert len(below) == 4
    assert lost(differences(LINES, lines_of_database())) == below
    assert lost(differences(LINES, lines_of_guide_page(page))) == below


def test_walk_names_a_numbered_item_and_those_that_move_up(guide: None, client: Client) -> None:
    Statement.objects.filter(text="References - Who vouches for your work?").delete()
    page = read_page(client.get("/guide/").content)
    moved = numbers_of(
        "5. **References** - Who vouches for your work?",
        "6. **Education** - Degree pedigree (for research/senior roles)",
    )
    assert lost(differences(LINES, lines_of_database())) == moved
    assert lost(differences(LINES, lines_of_guide_page(page))) == moved


def test_walk_names_a_statement_in_another_section(guide: None) -> None:
    Statement.objects.filter(text="You have no practical ML experience").update(
        section="does-not-prove"
    )
    number = numbers_of("- You have no practical ML experience")[0]
    assert number in lost(differences(LINES, lines_of_database()))


def test_walk_names_statements_in_another_order(guide: None, client: Client) -> None:
    statements = Statement.objects.filter(certification__slug=GOOGLE)
    for order, new in ((1, 100), (2, 1), (100, 2)):
        statements.filter(order=order).update(order=new)
    renew_content_version(timezone.now())
    page = read_page(client.get("/guide/").content)
    for found in (lines_of_database(), lines_of_guide_page(page)):
        problems = differences(LINES, found)
        assert len(problems) == 2
        assert lost(problems)[0] in numbers_of(
            "- Practical ML engineering capability", "- Understanding of ML lifecycle"
        )


def test_walk_names_a_statement_that_is_not_in_the_guide(guide: None, client: Client) -> None:
    Statement.objects.create(
        certification=Certification.objects.get(slug=GOOGLE),
        order=100,
        section="reality",
        text="It is worth every cent.",
    )
    page = read_page(client.get("/guide/").content)
    for found in (lines_of_database(), lines_of_guide_page(page)):
        assert "not in the guide: bullet “It is worth every cent.”" in " ".join(
            differences(LINES, found)
        )


def test_walk_names_what_a_page_alone_loses(guide: None, client: Client) -> None:
    content = client.get("/guide/").content.replace(b"You paid money", b"You paid")
    assert lost(differences(LINES, lines_of_guide_page(read_page(content)))) == numbers_of(
        "- You paid money"
    )
