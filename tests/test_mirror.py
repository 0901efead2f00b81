"""Every module of the site has its tests under the same path, or a reason here why not."""

from pathlib import Path

PROJECT = Path(__file__).parents[1]
PACKAGES = ("advisor", "catalog", "certguide")

# Several modules that the same tests try, each in the way of all others.
TRIED_TOGETHER = {
    "advisor/test_about_certification_views.py": {"advisor/about_certification_page.py"},
    "advisor/test_result_page.py": {"advisor/undecided_page.py"},
    "advisor/test_rulebook_loader.py": {"advisor/rulebook_certifications.py"},
    "advisor/domain/test_about_certification.py": {
        "advisor/domain/about_certification_explained.py",
        "advisor/domain/decision_diagram.py",
    },
    "advisor/domain/test_audit.py": {"advisor/domain/audit_report.py"},
    "advisor/domain/test_evaluation.py": {
        "advisor/domain/decision.py",
        "advisor/domain/held_certifications.py",
        "advisor/domain/reasons.py",
        "advisor/domain/learners.py",
    },
    "advisor/domain/test_rulebook.py": {"advisor/domain/outcomes.py"},
    "advisor/domain/test_standing.py": {
        "advisor/domain/cautions.py",
        "advisor/domain/obstacles.py",
    },
    "advisor/domain/test_symbolic_verdicts.py": {"advisor/domain/all_learners.py"},
    "catalog/admin/test_certifications.py": {
        "catalog/admin/facts.py",
        "catalog/admin/guide.py",
        "catalog/admin/vocabulary.py",
    },
    "catalog/changelog/test_dated_changes.py": {
        "catalog/changelog/tracked_edits.py",
    },
    "catalog/editorial/admin/test_actions.py": {"catalog/editorial/admin/submission.py"},
    "catalog/editorial/admin/test_history_views.py": {"catalog/editorial/restore.py"},
    "catalog/editorial/admin/test_import_export_views.py": {"catalog/editorial/past_import.py"},
    "catalog/editorial/admin/test_changes_views.py": {"catalog/editorial/read_mark.py"},
    "catalog/editorial/admin/test_proposed_change_views.py": {
        "catalog/editorial/proposed_change.py"
    },
    "catalog/editorial/admin/test_permissions.py": {"catalog/editorial/admin/roles.py"},
    "catalog/editorial/test_edit.py": {"catalog/editorial/content_version.py"},
    "catalog/editorial/test_past_states.py": {"catalog/editorial/edit_tokens.py"},
    "catalog/editorial/test_fixture_loader.py": {"catalog/editorial/shipped_row.py"},
    "catalog/listing/test_facet_index.py": {"catalog/listing/sort_orders.py"},
    "catalog/listing/test_list_page.py": {
        "catalog/listing/choices.py",
        "catalog/listing/query_description.py",
    },
    "catalog/listing/test_search.py": {
        "catalog/listing/search_documents.py",
        "catalog/listing/search_index.py",
        "catalog/listing/search_marks.py",
        "catalog/listing/search_terms.py",
        "catalog/listing/typing_errors.py",
    },
    "catalog/models/test_lifecycle.py": {
        "catalog/models/price.py",
        "catalog/models/succession.py",
    },
    "catalog/models/test_constraints.py": {
        "catalog/models/exams.py",
        "catalog/models/about_page.py",
        "catalog/models/platform.py",
        "catalog/models/provider.py",
        "catalog/models/sources.py",
        "catalog/models/tier.py",
    },
    "catalog/test_certification_spreadsheet.py": {"catalog/editorial/spreadsheets.py"},
    "catalog/test_confirm_page.py": {
        "catalog/confirm_queue.py",
        "catalog/fact_summary.py",
        "catalog/source_lookup.py",
    },
    "catalog/test_criteria.py": {
        "catalog/models/criteria.py",
        "catalog/models/quotations.py",
        "catalog/models/renewal.py",
    },
    "catalog/test_link_checker.py": {
        "catalog/models/link_checks.py",
        "certguide/management/commands/checklinks.py",
    },
    "catalog/test_review_queue.py": {
        "catalog/models/review_queries.py",
        "certguide/admin_site.py",
    },
    "catalog/test_search_page.py": {"catalog/not_found.py"},
    "catalog/views/test_certification_detail.py": {"catalog/advisor_hooks.py"},
}
WITHOUT_TESTS = {
    "advisor/apps.py": "Without it the advisor would check no edit: its checks have tests.",
    "certguide/apps.py": "Names the site of the editors, which every test of the admin opens.",
    "catalog/apps.py": "Without it no row would be deleted with care: the models have tests.",
    "advisor/urls.py": "A table; every address is opened by the tests of its view.",
    "catalog/urls.py": "A table; every address is opened by the tests of its view.",
    "certguide/urls.py": "A table; every address is opened by the tests of its view.",
    "certguide/asgi.py": "One line of Django's, for servers that we do not use.",
    "certguide/wsgi.py": "One line of Django's, run by every test of a server.",
}


def modules() -> set[str]:
    """Return the modules with code of their own, as paths from the project's folder."""
    paths = [path for package in PACKAGES for path in (PROJECT / package).rglob("*.py")]
    return {
        path.relative_to(PROJECT).as_posix()
        for path in paths
        if path.name != "__init__.py" and "migrations" not in path.parts
    }


def has_mirror(module: str) -> bool:
    """Return whether `a/b.py` has `tests/a/test_b.py`, or tests in the folder `tests/a/b/`."""
    path = PROJECT / "tests" / module
    has_file = path.with_name(f"test_{path.name}").exists()
    return has_file or any(path.with_suffix("").glob("test_*.py"))


def is_mirror(test: str) -> bool:
    """Return whether a test file stands where the tests of a module do."""
    folder = PROJECT / Path(test).parent
    name = Path(test).name.removeprefix("test_")
    return (folder / name).exists() or folder.with_suffix(".py").exists()


def test_every_module_has_its_mirror_or_a_reason() -> None:
    together = set[str]().union(*TRIED_TOGETHER.values())
    assert {module for module in modules() if not has_mirror(module)} == (
        together | set(WITHOUT_TESTS)
    )


def test_every_test_of_the_site_mirrors_a_module() -> None:
    tests = PROJECT / "tests"
    paths = [path for package in PACKAGES for path in (tests / package).rglob("test_*.py")]
    names = {path.relative_to(tests).as_posix() for path in paths}
    without = {name for name in names if not is_mirror(name)}
    assert without == {name for name in TRIED_TOGETHER if not is_mirror(name)}
    assert set(TRIED_TOGETHER) <= names
