"""The addresses of the project, and some that fail: for the tests of error pages."""

from typing import NoReturn

from django.db import OperationalError
from django.http import HttpRequest
from django.urls import path

from certguide.urls import handler400, handler403, handler404, handler500
from certguide.urls import urlpatterns as project_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def fault(request: HttpRequest) -> NoReturn:
    raise RuntimeError("a fault of ours")


def database_gone(request: HttpRequest) -> NoReturn:
    raise OperationalError("the connection is closed")


urlpatterns = [
    path("fault/", fault),
    path("database-gone/", database_gone),
    path("database-gone.json", database_gone),
    *project_urlpatterns,
]
