"""The content version: renewed in the same transaction as any change of content."""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from catalog.models import Guide
from catalog.models.guide import new_content_version
from catalog.models.keyed import KeyedModel


@receiver([post_save, post_delete, m2m_changed])
def renew_content_version(instance: Model, **_: object) -> None:
    """Give the content a new version when a row of it was written, removed or linked."""
    if isinstance(instance, KeyedModel):
        Guide.objects.update(content_version=new_content_version(), changed_at=timezone.now())
