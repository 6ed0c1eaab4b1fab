"""进门设置 · Demonstration and production exclude each other, with a coded error at the start; production is closed by default."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def started(var: Path, code: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("TIANPING_", "DATABASE_", "DJANGO_"))}
    whole = {**clean, "PYTHONPATH": str(ROOT / "src"), "TIANPING_VAR": str(var), "DATABASE_URL": "postgresql://app@db.invalid/t", **env}
    code = code or "from tianping.project import settings"
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False, capture_output=True, text=True, env=whole, cwd=ROOT)


@pytest.mark.parametrize(
    ("name", "value"),
    [("TIANPING_SECRET_KEY", "a real key that somebody set"), ("TIANPING_HOSTS", "court.example"), ("TIANPING_HOSTS", "localhost,10.0.0.7")],
)
def test_a_demonstration_does_not_start_in_production(tmp_path: Path, name: str, value: str) -> None:
    both = started(tmp_path, TIANPING_DEMO="1", **{name: value})
    assert both.returncode != 0
    assert "CLI-221" in both.stderr
    assert value not in both.stderr, "the key is not told"
    assert started(tmp_path, **{name: value}).returncode == 0
    assert started(tmp_path, TIANPING_DEMO="1").returncode == 0


def test_the_command_line_tells_it_in_words(tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['tianping', 'migrate']; from tianping.project.cli import main; main()"
    told = started(tmp_path, code, TIANPING_DEMO="1", TIANPING_HOSTS="court.example")
    assert told.returncode == 2
    assert "CLI-221" in told.stderr
    assert "Traceback" not in told.stderr


def test_production_is_closed_by_default(tmp_path: Path) -> None:
    code = (
        "from tianping.project import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.DEBUG, "
        "s.TIANPING_SECOND_FACTOR, s.TIANPING_DEMO)"
    )
    real = started(tmp_path, code, TIANPING_HOSTS="court.example", TIANPING_SECRET_KEY="x" * 50)
    assert real.stdout.split() == ["True", "True", "True", "False", "True", "False"]
    demo = started(tmp_path, code, TIANPING_DEMO="1")
    assert demo.stdout.split() == ["False", "False", "False", "False", "False", "True"]
