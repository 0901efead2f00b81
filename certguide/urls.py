"""The addresses of the project; each app owns those below its prefix."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from certguide import open_data, views
from certguide.sitemap_and_robots import robots, sitemaps

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps()}, name="sitemap"),
    path("data/", open_data.data, name="data"),
    path("data/<slug:name>.schema.json", open_data.schema, name="schema"),
    path("admin/", admin.site.urls),
    path("advisor/", include("advisor.urls")),
    path("", include("catalog.urls")),
]

handler400 = "certguide.views.bad_request"
handler403 = "certguide.views.permission_denied"
handler404 = "certguide.views.page_not_found"
handler500 = "certguide.views.server_error"
