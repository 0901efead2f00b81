"""PostgreSQL, Redis and nginx of a trial: on free ports of loopback, with folders of their own."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from script.trials.servers import ROOT, free_port, wait_until

PATH = f"{os.environ['PATH']}:/usr/sbin"
# PostgreSQL refuses to run as root; Debian's package made this user.
NOT_ROOT = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
START_SECONDS = 20


class Program:
    """A program in the foreground; ready when its port takes connections."""

    def __init__(self, folder: Path, name: str, *, user: dict[str, str] | None = None) -> None:
        self.folder, self.port, self._user = folder / name, free_port(), user or {}
        self.folder.mkdir()
        if self._user:
            shutil.chown(self.folder, **self._user)
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str | Path]:
        """The command line to run."""
        raise NotImplementedError

    def start(self) -> None:
        """Start it, and wait until it listens."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), env={"PATH": PATH, "LC_ALL": "C.UTF-8"}, cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._user,  # type: ignore[call-overload]
            )  # fmt: skip
        wait_until(self._listens, seconds=START_SECONDS, what=f"{self.folder.name} listens")

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, and wait until it has ended."""
        if self._process:
            with suppress(ProcessLookupError):
                self._process.send_signal(by)
            self._process.wait(timeout=START_SECONDS)
        self._process = None

    def _listens(self) -> bool:
        if self._process and self._process.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text())
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


class PostgreSQL(Program):
    """A database server with one empty database, `certguide`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "postgresql", user=NOT_ROOT)
        self._programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
        self.url = f"postgresql://certguide@127.0.0.1:{self.port}/certguide"
        # The trial ends with the machine still up: what fsync is for does not happen.
        self._run("initdb", "--pgdata", "data", "--auth=trust", "--username=certguide", "--no-sync")

    def command(self) -> Sequence[str | Path]:
        """In its folder, without waiting for the disk."""
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "fsync": "off"}
        settings["max_connections"] = "400"  # for the tests of a machine with many processors
        settings["unix_socket_directories"] = str(self.folder)
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self._programs / "postgres", "-D", "data", *options]

    def create_database(self) -> None:
        """The database that the site is told to use."""
        wait_until(self._answers, seconds=START_SECONDS, what="PostgreSQL answers")
        self._run(
            "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "certguide", "certguide"
        )

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """At once, as `pg_ctl restart` does: connections are closed."""
        super().stop(by)

    def _answers(self) -> bool:
        address = ("-h", "127.0.0.1", "-p", str(self.port))
        return (
            subprocess.run([self._programs / "pg_isready", "-q", *address], check=False).returncode
            == 0
        )

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, *arguments], cwd=self.folder, check=True,
            capture_output=True, **self._user,  # type: ignore[call-overload]
        )  # fmt: skip


def _version(programs: Path) -> int:
    return int(programs.parent.name)


class Redis(Program):
    """A cache that writes nothing to the disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "redis")
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> Sequence[str | Path]:
        """On loopback alone."""
        return ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]


class Nginx(Program):
    """deploy/nginx.conf with the ports and the certificate of this trial."""

    def __init__(self, folder: Path, upstream_ports: Sequence[int]) -> None:
        super().__init__(folder, "nginx")
        self._make_certificate()
        site = (ROOT / "deploy" / "nginx.conf").read_text()
        here = {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
            "/etc/ssl/certguide": str(self.folder),
            "/var/log/nginx/certguide.log": str(self.folder / "error.log"),
            **{f"127.0.0.1:{8001 + n}": f"127.0.0.1:{p}" for n, p in enumerate(upstream_ports)},
        }
        for theirs, ours in here.items():
            if theirs not in site:
                raise RuntimeError(f"deploy/nginx.conf has no {theirs!r} any more.")
            site = site.replace(theirs, ours)
        (self.folder / "site.conf").write_text(site)
        (self.folder / "nginx.conf").write_text(self._surroundings())

    def command(self) -> Sequence[str | Path]:
        """With a main file of our own around the site's."""
        return ["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"]

    def _surroundings(self) -> str:
        """The main nginx.conf, which includes the site's file as Debian's does."""
        kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "\n".join(f"{name}_temp_path {self.folder}/{name};" for name in kept)
        return (
            f"daemon off; pid {self.folder}/pid; worker_processes 2;\n"
            f"error_log {self.folder}/error.log;\n"
            f"events {{ worker_connections 512; }}\n"
            f"http {{ {temporary}\n include site.conf; }}\n"
        )

    def _make_certificate(self) -> None:
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
                *("-subj", "/CN=guide.example.org", "-out", "fullchain.pem"),
                *("-keyout", "privkey.pem"),
            ],
            cwd=self.folder, check=True, capture_output=True,
        )  # fmt: skip
