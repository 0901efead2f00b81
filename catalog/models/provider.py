"""Providers, which issue certifications."""

from django.db import models

from catalog.editorial.rows import ContentRow


class Provider(ContentRow):
    """The issuer of certifications."""

    author_may = ("view", "add")
    reserved_keys = ("none",)

    slug = models.SlugField(max_length=60, unique=True, help_text="E.g. “aws”.")
    name = models.CharField(max_length=100, unique=True, help_text="E.g. “Amazon Web Services”.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
