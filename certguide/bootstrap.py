"""The start of a site before it serves: tables, content, static files, each only if needed."""

import fcntl
import hashlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from catalog.models import Guide
from certguide.health import has_pending_migrations

START_LOCK = 8_140_316  # any number that no other program on the database takes a lock on


class StartError(Exception):
    """The site cannot start; the message says why and what to do."""


@contextmanager
def one_start_at_a_time(data_dir: Path) -> Iterator[None]:
    """Wait until no other start works on the same data folder, and keep others out.

    The lock ends with the process, however that ends.
    """
    path = data_dir / "start.lock"
    try:
        file = path.open("w")
    except OSError as error:
        raise StartError(f"{path} cannot be written: {error.strerror}.") from None
    with file:
        # A POSIX lock, because the server forks: its workers must not inherit it.
        fcntl.lockf(file, fcntl.LOCK_EX)
        yield


@contextmanager
def one_start_at_a_time_on_database() -> Iterator[None]:
    """Wait until no other machine prepares the same PostgreSQL database, and keep others out.

    SQLite has the lock on its data folder.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        # Held by the connection, so it ends with the process, however that ends.
        cursor.execute("SELECT pg_advisory_lock(%s)", [START_LOCK])
        yield
        cursor.execute("SELECT pg_advisory_unlock(%s)", [START_LOCK])


def check_port_is_free(host: str, port: int) -> None:
    """Raise StartError unless a server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Past connections may linger on the port; another server may not listen on it.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))  # not listen(): nginx must not take this for the server
        except OSError as error:
            raise StartError(
                f"{host}, port {port} cannot be used ({error.strerror}): "
                "stop the other server, or choose another PORT or HOST."
            ) from None


def prepare() -> Iterator[str]:
    """Bring tables, content and static files up to date; yields the words for each step."""
    with one_start_at_a_time_on_database():
        if has_pending_migrations():
            yield "Preparing the database"
            call_command("migrate", interactive=False, verbosity=0)
        if not Guide.objects.exists():
            yield "Loading the guide"
            call_command("loadguide", verbosity=0)
    digest = static_digest()
    stamp = settings.ENVIRONMENT.data_dir / "static.digest"
    if not (stamp.exists() and stamp.read_text() == digest and Path(settings.STATIC_ROOT).exists()):
        yield "Collecting the static files"
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(digest)


def static_digest() -> str:
    """A digest that changes with every static file of the site or its libraries."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {django.__version__}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            content = hashlib.sha256(Path(storage.path(name)).read_bytes()).hexdigest()
            digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()
