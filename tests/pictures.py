"""页面图片 · ``make pictures``: the pages of the README, taken anew from the served city by the tests that look at them."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT


def main() -> None:
    """Run the tests that take pictures, and keep what they take."""
    env = {**os.environ, "TIANPING_PICTURES": "1"}
    command = [sys.executable, "-m", "pytest", "-n", "0", "tests/faces/test_pictures.py", "-k", "a_picture_shows"]
    raise SystemExit(subprocess.run(command, check=False, env=env, cwd=ROOT).returncode)


if __name__ == "__main__":
    main()
