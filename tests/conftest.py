"""共用夹具 · Fixtures that every test may use, and the two sizes of proof: the bar (``make test``) and the whole (``make proof``)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tianping.project.memory import keep, sweep_seldom

pytest_plugins = ["tests.postgres", "tests.city", "tests.turns"]

PROOF = os.environ.get("TIANPING_PROOF") == "1"
"""Whether the full sizes are wanted."""

# The same examples every time: a run of `make test` says something about the change, not about luck.
settings.register_profile("test", derandomize=True, deadline=None)
settings.register_profile("proof", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "proof" if PROOF else "test"))

sweep_seldom()  # as the command line and the server do

ROOT = Path(__file__).resolve().parents[1]


def size(bar: int, full: int) -> int:
    """How much of something a test tries."""
    return full if PROOF else bar


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data beside the checkout (or at ``TIANPING_SHARED``); a test that needs it is skipped by name where it is not."""
    place = Path(os.environ.get("TIANPING_SHARED", ROOT.parent / "shared"))
    if not (place / "data").is_dir():
        pytest.skip(f"no shared data at {place.name}/: this test reads real data that is not part of the repository")
    return place


def pytest_collection_finish() -> None:
    """What was loaded to collect the tests stays to the end."""
    keep()
