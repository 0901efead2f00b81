"""Known vulnerabilities of the pinned packages; exits with 1 if there is one."""

import json
import subprocess
import sys
from typing import Any

PINNED = "requirements-dev.txt"  # with all that the site itself runs on
PATIENCE_SECONDS = 120


def advisories() -> list[dict[str, Any]]:
    """The findings of pip-audit for each package; empty if pip-audit times out or fails."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", PINNED, "--require-hashes"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "5"]
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
        ).stdout
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return []
    return packages


def main() -> None:
    """Say what was found, and of how many packages nothing could be learnt."""
    packages = advisories()
    known = [package for package in packages if "skip_reason" not in package]
    if not known:
        print("Dependencies NOT audited: no source of advisories can be reached from here.")
        return
    print(f"Dependencies audited: {len(known)} of {len(packages)} packages.")
    for package in known:
        for found in package["vulns"]:
            fixed = ", ".join(found["fix_versions"]) or "no release yet"
            print(f"{package['name']} {package['version']}: {found['id']}, mended in {fixed}")
    sys.exit(any(package["vulns"] for package in known))


if __name__ == "__main__":
    main()
