"""Addresses of the catalogue and the guide."""

from django.urls import path

from catalog import views
from catalog.changelog.feed_and_calendar import changes_atom, closings_ics

app_name = "catalog"

urlpatterns = [
    path("", views.home, name="home"),
    path("guide/", views.guide, name="guide"),
    path("about/", views.about, name="about"),
    path("certifications/", views.certification_list, name="certification_list"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("feeds/changes.atom", changes_atom, name="changes_atom"),
    path("calendar/closings.ics", closings_ics, name="closings_ics"),
    path("certifications.json", views.certifications_json, name="certifications_json"),
    path("certifications.csv", views.certifications_csv, name="certifications_csv"),
    path("certifications/compare/", views.certification_compare, name="certification_compare"),
    path("certifications/for-whom/", views.certification_for_whom, name="certification_for_whom"),
    path("certifications/<slug:slug>/", views.certification_detail, name="certification_detail"),
]
