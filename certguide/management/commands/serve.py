"""`manage.py serve`: set up what is missing, then serve; script/server runs it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections

from certguide.bootstrap import StartError, check_port_is_free, one_start_at_a_time, prepare
from certguide.environment import Environment
from certguide.granian import serve


class Command(BaseCommand):
    """Prepare the data folder and the database, then serve until told to stop."""

    help = "Set up what is missing, then serve the site on HOST and PORT."
    requires_system_checks = ()  # `migrate` runs them; a later start need not

    def handle(self, *args: object, **options: object) -> None:
        environment: Environment = settings.ENVIRONMENT
        with ExitStack() as lock:
            with in_one_line(environment):
                # Held until the port answers: a second start then finds it taken.
                lock.enter_context(one_start_at_a_time(environment.data_dir))
                self.set_up(environment)

            def say_ready() -> None:
                lock.close()
                self.stdout.write(f"Serving on {environment.address}")
                self.stdout.flush()

            serve(environment, when_ready=say_ready)

    def set_up(self, environment: Environment) -> None:
        try:
            check_port_is_free(environment.host, environment.port)
            for step in prepare():
                self.stdout.write(f"{step} ...")
                self.stdout.flush()
        finally:
            # The workers are forked: a connection must not be shared with them.
            connections.close_all()


@contextmanager
def in_one_line(environment: Environment) -> Iterator[None]:
    """End the command with what keeps the site from starting."""
    try:
        yield
    except StartError as error:
        raise SystemExit(f"Cannot start: {error}") from None
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        where = "of DATABASE_URL" if environment.database else f"in {environment.data_dir}"
        raise SystemExit(f"Cannot start: the database {where}: {reason}") from None
    except OSError as error:
        raise SystemExit(f"Cannot start: {error.filename}: {error.strerror}") from None
