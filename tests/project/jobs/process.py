"""工作进程 · A worker in a process of its own, as ``tianping worker`` runs it, that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT

CODE = "from tianping.project.cli import main; main()"
BEAT = 0.5
"""Seconds between signs of life in these tests: three of them missed, and another worker takes over."""


def environment(dsn: str, var: Path) -> dict[str, str]:
    """As the administrator would set it, with a quicker heartbeat."""
    given = {"DATABASE_URL": dsn, "TIANPING_VAR": str(var), "TIANPING_WORKER_HEARTBEAT": str(BEAT), "TIANPING_LANG": "en"}
    return {**os.environ, **given, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TIANPING_DATABASE_ROLE": "app"}


def command(dsn: str, var: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself. ``more``: further environment."""
    return subprocess.run(
        [sys.executable, "-c", CODE, *words], check=False, capture_output=True, text=True, env=environment(dsn, var) | more, cwd=ROOT
    )


class Worker:
    """One worker."""

    def __init__(self, dsn: str, var: Path, **more: str) -> None:
        env = environment(dsn, var) | more
        self.process = subprocess.Popen([sys.executable, "-m", "tests.project.jobs.run"], env=env, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def kill(self) -> None:
        """As when the machine loses power."""
        self.process.send_signal(signal.SIGKILL)
        self._over()

    def stop(self) -> int:
        """As an administrator stops it: it finishes what it has begun."""
        self.process.send_signal(signal.SIGTERM)
        return self._over()

    def _over(self) -> int:
        self.said = self.process.communicate(timeout=30)[1]
        return self.process.returncode


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something, not for ever."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
