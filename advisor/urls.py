"""Addresses of the advisor."""

from django.urls import path

from advisor import views

app_name = "advisor"

urlpatterns = [
    path("", views.wizard, name="wizard"),
    path("how-it-decides/", views.how_it_decides, name="how_it_decides"),
    path("result/", views.result, name="result"),
    path("result.json", views.result_json, name="result_json"),
]
