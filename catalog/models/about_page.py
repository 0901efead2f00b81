"""The page about the site: our own words, not the guide's."""

from __future__ import annotations

from django.db import models

from catalog.editorial.rows import ContentRow


class AboutSection(ContentRow):
    """One headed part of the page, in plain paragraphs."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the address, e.g. “who-pays”."
    )
    order = models.PositiveSmallIntegerField(unique=True, help_text="Place on the page.")
    heading = models.CharField(
        max_length=200, help_text="What a reader wants to know, in a few words."
    )
    text = models.TextField(help_text="Plain text. An empty line begins a new paragraph.")

    class Meta:
        ordering = ["order"]
        verbose_name = "section of the about page"
        verbose_name_plural = "sections of the about page"

    def __str__(self) -> str:
        return self.heading
