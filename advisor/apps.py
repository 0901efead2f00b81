"""Start-up of the advisor app."""

from django.apps import AppConfig


class AdvisorConfig(AppConfig):
    """The wizard and its verdicts."""

    name = "advisor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the admin check edits and show what they would do to the verdicts."""
        # Both need the models to be ready.
        from advisor import publishing, review  # noqa: PLC0415
        from catalog.admin.base import reviewers  # noqa: PLC0415
        from catalog.publishing import CHECKS  # noqa: PLC0415

        CHECKS.append(publishing.faults)
        reviewers.append(review.review_effect)
