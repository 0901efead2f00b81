"""Granian, the WSGI server: worker processes under one parent, stopped together."""

import gc
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from certguide.environment import Environment

GRACE_SECONDS = 15  # for the requests at work when the server is told to stop
PATIENCE_SECONDS = 60  # for the first worker to answer
POLL_SECONDS = 0.02
# Objects and rounds between two rounds of the garbage collector. With Python's own numbers it takes
# a quarter of the first page after an edit, for what is laid out then stays.
COLLECTED_AFTER = (50_000, 20, 100)


def serve(environment: Environment, *, when_ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; calls `when_ready` once the port answers."""
    server = Granian(
        "certguide.wsgi:application",
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.workers,
        blocking_threads=environment.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig={"loggers": {"_granian": {}}},  # no handler of its own: lines as ours
    )

    @server.on_startup
    def watch() -> None:
        watcher = threading.Thread(
            target=_call_when_listening, args=(environment, when_ready), daemon=True
        )
        watcher.start()

    server.serve(target_loader=load_application, wrap_loader=False)


def load_application(*_: Any) -> WSGIHandler:
    """The application, in a worker that ends when its parent does."""
    # Until granian listens for signals, a worker would pass over a stop with the
    # handler it has from its parent, and be waited for until the grace is over.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    from certguide.wsgi import application  # noqa: PLC0415 - set up in the worker, not its parent

    _start_warming()
    gc.freeze()  # what is loaded stays: the collector need not look at it
    gc.set_threshold(*COLLECTED_AFTER)
    return application


def _start_warming() -> None:
    from certguide.cache_warming import start_warming  # noqa: PLC0415 - needs the models

    start_warming()


def _stop_with_parent() -> None:
    # A parent that was killed cannot stop its workers, and they would keep the port.
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    for _ in range(GRACE_SECONDS):
        # Said again each second: early in a worker's life nobody listens yet.
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)


def _call_when_listening(environment: Environment, when_ready: Callable[[], None]) -> None:
    # This thread runs while the workers are forked, and what it locks stays locked in them:
    # create_connection() would import the codec of host names, and a worker that looks up a
    # name would then wait for ever. An address in figures needs no look-up.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(environment.host, environment.host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with socket.socket(family) as client:
            client.settimeout(1)
            if client.connect_ex((host, environment.port)) == 0:
                when_ready()
                return
        time.sleep(POLL_SECONDS)
