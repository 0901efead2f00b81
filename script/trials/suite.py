"""The whole test suite on a PostgreSQL of its own; arguments go to pytest."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from script.trials.backing_services import PostgreSQL
from script.trials.servers import ROOT


def main() -> None:
    """Run it, and end with its status."""
    with tempfile.TemporaryDirectory(prefix="certguide-suite-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as another user
        database = PostgreSQL(folder)
        database.start()
        try:
            database.create_database()
            status = subprocess.run(
                [sys.executable, "-m", "pytest", *sys.argv[1:]],
                env=os.environ | {"DATABASE_URL": database.url}, cwd=ROOT, check=False,
            ).returncode  # fmt: skip
        finally:
            database.stop()
    sys.exit(status)


if __name__ == "__main__":
    main()
