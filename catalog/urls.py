"""Addresses of the catalogue and the guide."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from catalog import views
from catalog.changelog.feeds import changes_atom, closings_ics
from certguide.sitemaps import robots, sitemaps

app_name = "catalog"

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps()}, name="sitemap"),
    path("", views.home, name="home"),
    path("guide/", views.guide, name="guide"),
    path("about/", views.about, name="about"),
    path("certifications/", views.certification_list, name="certification_list"),
    path("feeds/changes.atom", changes_atom, name="changes_atom"),
    path("calendar/closings.ics", closings_ics, name="closings_ics"),
    path("certifications.json", views.certifications_json, name="certifications_json"),
    path("certifications.csv", views.certifications_csv, name="certifications_csv"),
    path("certifications/compare/", views.certification_compare, name="certification_compare"),
    path("certifications/<slug:slug>/", views.certification_detail, name="certification_detail"),
]
