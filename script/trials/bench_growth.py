"""Costs that grow with the catalogue: pages made anew, pages after an edit, pauses, and memory.

Each size in a process of its own, on a database of its own: 122 entries as shipped, and the rest
not rated. Times are CPU times of one request; the pauses are wall times.
"""

import argparse
import gc
import logging
import os
import subprocess
import sys
import tempfile
import time
from http import HTTPStatus
from pathlib import Path

import django
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from certguide.granian import COLLECTED_AFTER
from script.trials import bench
from script.trials.bench import ANSWERS, SHIPPED

ENTRY = "google-professional-machine-learning-engineer"
PAGES = {name: bench.PAGES[name] for name in ("home", "catalogue", "entry", "result")} | {
    "search": "/certifications/?q=google",
    "result, JSON": f"/advisor/result.json?{ANSWERS}",
    "a question about one": f"/advisor/?about={ENTRY}",
}
ROUNDS = 100
PAGE_BYTES = 4096


def made_anew(client: Client, path: str) -> tuple[float, float]:
    """The CPU time and the wall time of a request that no cache answers, in milliseconds."""
    for cache in caches.all():
        cache.clear()
    cpu, wall = time.process_time(), time.perf_counter()
    status = client.get(path).status_code
    if status != HTTPStatus.OK:
        raise RuntimeError(f"{path} is answered with {status}.")
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def edit_what_argues() -> None:
    """Change the words of a sentence, with which every verdict is made anew."""
    from catalog.models import Statement  # noqa: PLC0415 - models need Django to be set up

    sentence = Statement.objects.filter(certification__slug=ENTRY).exclude(condition="").first()
    if sentence is None:
        raise RuntimeError(f"Nothing argues on {ENTRY}.")
    sentence.text += "!"
    sentence.save()


def show(size: int) -> None:
    """Print the figures of one size."""
    django.setup()
    from script.trials.many_certifications import make_certifications  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    call_command("loadguide", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if size > SHIPPED:
        make_certifications(size - SHIPPED, is_rated=False)
    logging.disable()
    client = Client(headers={"host": "localhost"})
    client.get("/robots.txt")
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    print(f"\n{size:,} entries{'after an edit':>23}{'anew':>10}{'median':>10}{'p99':>10}  ms")
    for name, path in PAGES.items():
        made_anew(client, path)  # the site was there before the edit
        edit_what_argues()
        after_edit, _ = made_anew(client, path)
        rounds = [made_anew(client, path) for _ in range(ROUNDS)]
        wall = sorted(seconds for _, seconds in rounds)
        figures = (after_edit, min(rounds)[0], wall[ROUNDS // 2], wall[ROUNDS * 99 // 100])
        print(f"{name:<24}{''.join(f'{figure:>10.1f}' for figure in figures)}", flush=True)
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES
    print(f"memory: {resident / 10**6:,.0f} MB; objects: {len(gc.get_objects()):,}", flush=True)


def main() -> None:
    """Show each size, in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certifications", type=int, nargs="+", default=[SHIPPED, 1_000, 10_000])
    parser.add_argument("--here", type=int, help="show this size in this process")
    options = parser.parse_args()
    if options.here:
        show(options.here)
        return
    for size in options.certifications:
        with tempfile.TemporaryDirectory(prefix="certguide-growth-") as folder:
            subprocess.run(
                [sys.executable, "-m", "script.trials.bench_growth", "--here", str(size)],
                env=os.environ
                | {
                    "DATA_DIR": folder,
                    "DATABASE_URL": "",
                    "DJANGO_SETTINGS_MODULE": "certguide.settings",
                    "ALLOWED_HOSTS": "localhost",
                },
                check=True,
            )


if __name__ == "__main__":
    main()
