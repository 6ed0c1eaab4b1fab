"""共用夹具 · Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time: a run of `make test` says something about the change, not about luck.
settings.register_profile("test", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data beside the checkout (or at ``TIANPING_SHARED``); a test that needs it is skipped by name where it is not."""
    place = Path(os.environ.get("TIANPING_SHARED", ROOT.parent / "shared"))
    if not (place / "data").is_dir():
        pytest.skip(f"no shared data at {place.name}/: this test reads real data that is not part of the repository")
    return place
