"""先后 · Which tests a worker takes next: what takes long begins first, so that no core waits at the end; faces keep to one worker."""

from __future__ import annotations

import os
from typing import Any, Final

import pytest

PROOF: Final = os.environ.get("TIANPING_PROOF") == "1"
MACHINES: Final = ("tests/casework/test_machines_courts.py", "tests/casework/test_machines_others.py")
"""At full size nothing takes as long."""
LONG: Final = (
    *(MACHINES if PROOF else ()), "tests/faces/", "tests/portal/", "tests/engines/", "tests/project/test_operating.py", "tests/reliability/",
    "tests/casework/test_machines_courts.py", "tests/project/", "tests/casework/access/test_matrix.py", "tests/casework/test_machines_others.py",
    "tests/casework/database/", "tests/casework/test_import_rows.py", "tests/casework/",
)  # fmt: skip
"""What takes longest, longest first: a beginning of the path. The rest follows as it is found."""
TOGETHER: Final = ("tests/faces/", "tests/engines/", *(() if PROOF else ("tests/portal/",)))
"""Folders whose tests share what is made once and is dear: a served city and who is signed in, the machine that Spark runs on, the API."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files to workers as ``--dist loadfile`` does it, in the order of the collection."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 — where it is not installed, nobody asks

    class Turns(LoadFileScheduling):
        """轮次 · Some folders are one file."""

        def _split_scope(self, nodeid: str) -> str:
            return next((folder for folder in TOGETHER if nodeid.startswith(folder)), str(super()._split_scope(nodeid)))

    config.option.loadscopereorder = False
    return Turns(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Longest first, where workers share the tests; those of a file stay together in their order."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid: str) -> int:
    return next((n for n, beginning in enumerate(LONG) if nodeid.startswith(beginning)), len(LONG))
