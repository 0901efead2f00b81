"""Start-up of the advisor app."""

from django.apps import AppConfig


class AdvisorConfig(AppConfig):
    """The wizard and its verdicts."""

    name = "advisor"

    def ready(self) -> None:
        # Both need the models to be ready.
        from advisor.diagram_cache import most_questions_about
        from advisor.edit_preview import review_effect
        from advisor.rulebook_checks import faults
        from catalog.advisor_hooks import question_counters
        from catalog.editorial.admin.submission import reviewers
        from catalog.editorial.checks import CHECKS

        CHECKS.append(faults)
        reviewers.append(review_effect)
        question_counters.append(most_questions_about)
