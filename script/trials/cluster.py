"""The site on three servers behind nginx, on PostgreSQL and Redis, as deploy/ says."""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from script.trials.backing_services import Nginx, PostgreSQL, Redis
from script.trials.servers import ROOT, AppServer, free_port, wait_until
from script.trials.simulated_readers import Browser, Editor, Readers

READERS = 6
PAUSE_SECONDS = 0.01  # the servers, their database and the readers share one machine
CERTIFICATION = "/certifications/google-professional-machine-learning-engineer/"


class Cluster:
    """The site on three servers."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)  # PostgreSQL runs as another user
        self.database, self.cache = PostgreSQL(folder), Redis(folder)
        settings = settings_of_deployment() | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": self.database.url,
            "CACHE_URL": self.cache.url,
        }
        self.servers = [
            AppServer(
                folder / f"server{n}",
                **settings | {"PORT": str(free_port()), "DATA_DIR": str(folder / f"server{n}")},
            )
            for n in range(3)
        ]
        self.proxy = Nginx(folder, [server.port for server in self.servers])

    @contextmanager
    def running(self) -> Iterator[float]:
        """All of it, from an empty database on; the seconds that took."""
        start = time.monotonic()
        with ExitStack() as stack:
            for part in (self.database, self.cache, self.proxy):
                stack.callback(part.stop)
                part.start()
            self.database.create_database()
            for server in self.servers:
                stack.callback(server.kill)
                server.start()
            for server in self.servers:
                server.wait_ready()
            yield time.monotonic() - start

    def readers(self, number: int = READERS) -> Readers:
        """Readers who come through nginx."""
        browsers = [Browser(self.proxy.port, tls=True) for _ in range(number)]
        return Readers(browsers, pause_seconds=PAUSE_SECONDS)

    def editor(self) -> Editor:
        """An editor who came through nginx."""
        return Editor(self.proxy.port, tls=True).sign_in()

    @cached_property
    def provider_form(self) -> str:
        """The address of the form that names the provider of `CERTIFICATION`, under any name."""
        form = self.editor().ask("/admin/catalog/provider/?q=google").text
        found = re.search(r'href="(/admin/catalog/provider/\d+/change/)', form)
        if not found:
            raise RuntimeError("The admin lists no provider with that name.")
        return found[1]

    def seconds_until_shown(self, name: str) -> float:
        """The seconds until the last server shows the name on the page of `CERTIFICATION`."""

        def is_shown() -> bool:
            answers = [Browser(server.port).ask(CERTIFICATION) for server in self.servers]
            return all(name in answer.text for answer in answers)

        return wait_until(is_shown, seconds=30, what=f"{name} on all servers")


def settings_of_deployment() -> dict[str, str]:
    """The settings in deploy/certguide.env."""
    lines = (ROOT / "deploy" / "certguide.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
