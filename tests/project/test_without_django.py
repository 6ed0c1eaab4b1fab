"""无 Django · The law, the procedures and the supervision of logs need neither Django nor a database driver."""

from __future__ import annotations

import subprocess
import sys

import pytest

BLOCKED = "import sys\nfor name in ('django', 'psycopg', 'ninja'):\n    sys.modules[name] = None\nfrom tianping.project.cli import main\nmain()"


@pytest.mark.parametrize("words", [["law", "due", "cpl_file", "--help"], ["procedures", "check"], ["supervise", "--help"]])
def test_the_commands_run_where_django_is_not_installed(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", BLOCKED, *words], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
