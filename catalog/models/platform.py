"""Platforms: the clouds that certifications are tied to, and that learners use."""

from django.db import models


class Platform(models.TextChoices):
    """The cloud that a certification is tied to."""

    GCP = "gcp", "Google Cloud"
    AWS = "aws", "AWS"
    AZURE = "azure", "Azure"
