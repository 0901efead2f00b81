"""The addresses of the project, and one that fails: for the tests of error pages."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from certguide.urls import handler400, handler403, handler404, handler500
from certguide.urls import urlpatterns as project_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def fault(request: HttpRequest) -> NoReturn:
    raise RuntimeError("a fault of ours")


urlpatterns = [path("fault/", fault), *project_urlpatterns]
