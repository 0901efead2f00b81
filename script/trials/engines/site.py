"""The site that an engine is tried on: a server of its own, with an editor who may sign in."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from script.trials.servers import AppServer, free_port, wait_until

START_SECONDS = 180  # the machine may be at work on much else

SLUG = "google-professional-machine-learning-engineer"
GOOGLE = f"/certifications/{SLUG}/"
CLOSED = "/certifications/aws-certified-machine-learning-specialty/"
COMPARED = f"/certifications/compare/?cert={SLUG}&cert=aws-certified-machine-learning-specialty"
ABOUT = f"/advisor/?about={SLUG}"
ANSWER = f"/advisor/result/?about={SLUG}&mandate=no&cloud=gcp&budget=0"
VERDICT = (
    "/advisor/result/?role=builder&mandate=no&goal=production&programming=confident&pillars=5&experience=deployed"
    "&portfolio=some&cloud=gcp&framework=tensorflow&learning=textbooks&time=any&budget=any&held=0"
)
PAGES = (
    *("/", "/guide/", "/about/", "/data/", "/certifications/", GOOGLE, CLOSED, COMPARED),
    *("/advisor/", VERDICT, ANSWER, "/advisor/how-it-decides/"),
)
# The longest ones, and the state of each kind in which the most is folded.
LONG_PAGES = ("/certifications/", CLOSED, COMPARED, VERDICT)


@contextmanager
def served() -> Iterator[tuple[str, Path]]:
    """The address of a site that runs until the block ends, and a folder for the trial."""
    with tempfile.TemporaryDirectory(prefix="certguide-trial-") as name:
        folder = Path(name)
        server = AppServer(folder, DATA_DIR=str(folder / "data"), PORT=str(free_port()))
        server.start()
        try:
            wait_until(server.is_ready, seconds=START_SECONDS, what="the site is there")
            server.add_editor()
            yield f"http://127.0.0.1:{server.port}", folder
        finally:
            server.kill()
