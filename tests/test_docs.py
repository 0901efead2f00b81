"""Names in the documents exist, and the README names every setting and command."""

import os
import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from certguide import __version__
from certguide.environment import Environment

DOCUMENTS = [Path("README.md"), Path("CONTRIBUTING.md"), *sorted(Path("docs").rglob("*.md"))]
README = Path("README.md").read_text(encoding="utf-8")
OWN_APPS = {"certguide", "catalog", "advisor"}
SETTINGS = {each.name.upper() for each in fields(Environment)} - {"DATABASE"} | {"DATABASE_URL"}

CODE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"manage\.py (\w+)")
FOLDERS = "advisor|catalog|certguide|deploy|docs|fixtures|script|static|templates|tests"
FILE = re.compile(rf"(?:(?:{FOLDERS})/|\.ci/)[\w./-]*|\w[\w-]*\.(?:md|toml|in|txt|py)")
ADDRESS = re.compile(r"/(?:[\w.-]+/)*[\w.-]*")
# What an example makes first, and what is no address of the site.
EXAMPLES = {"/certifications/example-certified-pipeline-engineer/"}
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def code(document: Path) -> list[str]:
    """Everything a document sets as code, in a line or as a block."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^(?: {4}|```\n)(.*?)$", text, re.MULTILINE)
    return [*CODE.findall(text), *blocks]


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_document_names_commands_that_exist(document: Path) -> None:
    named = set(COMMAND.findall(document.read_text(encoding="utf-8")))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_document_names_files_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {span.split()[0] for span in code(document) if span.strip()}
    files = {name for name in named if FILE.fullmatch(name)}
    missing = {name for name in files if not (Path(name).exists() or is_in_tree(name))}
    links = {link for link in LINK.findall(text) if "://" not in link}
    missing |= {link for link in links if not (document.parent / link).exists()}
    assert missing == set()


def is_in_tree(name: str) -> bool:
    """True if a bare file name is somewhere in the tree."""
    return "/" not in name and any(Path().glob(f"*/**/{name}"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_document_names_addresses_that_exist(document: Path) -> None:
    named = {span.partition("?")[0] for span in code(document)}
    addresses = {name for name in named if ADDRESS.fullmatch(name)} - EXAMPLES
    assert {each for each in addresses if not is_address(each)} == set()


def is_address(address: str) -> bool:
    """True if the site has the address, or it is a path on the machine that the site runs on."""
    if address.startswith(("/etc/", "/opt/", "/var/", "/usr/", "/run/", "/srv/")):
        return True
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def test_readme_names_settings_that_exist_and_no_others() -> None:
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    first_cells = (row.split("|")[1] for row in table.splitlines() if row.startswith("|"))
    assert {name for cell in first_cells for name in CODE.findall(cell)} == SETTINGS


def test_readme_names_every_own_command() -> None:
    own = {name for name, app in get_commands().items() if app in OWN_APPS}
    assert own - set(COMMAND.findall(README)) == set()


def test_readme_names_every_script() -> None:
    scripts = [each for each in Path("script").iterdir() if each.is_file()]
    programs = {str(each) for each in scripts if os.access(each, os.X_OK)}
    assert {each for each in programs if each not in README} == set()


def test_changelog_and_version_are_one_truth() -> None:
    changes = Path("CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", changes, re.MULTILINE)
    unreleased, *released = headings if headings[0] == "Not released yet" else [None, *headings]
    versions = [heading.split(",")[0] for heading in released]
    # What is not released bears no release's number: each database of a release is of one code.
    assert __version__.endswith(".dev0") if unreleased else __version__ == versions[0]
    databases = {path.name for path in Path("tests/releases").glob("*.xz")}
    assert databases == {f"{version}.sqlite3.xz" for version in versions}


def test_screenshots_stay_light_and_are_all_shown() -> None:
    pictures = list(Path("docs/screenshots").iterdir())
    assert sum(each.stat().st_size for each in pictures) < 1_000_000
    assert {str(each) for each in pictures if str(each) not in README} == set()


def test_no_licence_is_chosen_for_the_owner() -> None:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False)
    assert [name for name in tracked.stdout.splitlines() if "LICEN" in name.upper()] == []
