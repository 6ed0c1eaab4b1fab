"""已证明的 · A file of tests that ended is recorded at once: who stops a proof loses only what was running."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

import pytest

from tests.digests import digest_of

RECORD: Final = "TIANPING_PROOF_RECORD"
"""Where the record stands, for the process that gathers what the workers tell."""
TOLD: Final = 3_000
"""Of what failed the last so many characters are kept."""


def row(record: Path, part: str, of: str, *, passed: bool, seconds: float, told: list[str]) -> None:
    """Write down how a part of the proof ended. ``of``: what it rests on, as it was when it began."""
    with record.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"part": part, "of": of, "passed": passed, "seconds": round(seconds, 1), "told": told}, ensure_ascii=False) + "\n")


def rows(record: Path) -> list[dict[str, Any]]:
    """What stands in a record."""
    return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()] if record.is_file() else []


class Proven:
    """记录 · Counts what is still out of each file; the last one that comes back ends it."""

    def __init__(self, record: Path) -> None:
        """Begin with nothing known."""
        self.record = record
        self.out: Counter[str] | None = None
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.told: defaultdict[str, list[str]] = defaultdict(list)
        self.of: dict[str, str] = {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """The workers found the same: the first one's word is enough."""
        if self.out is None:
            self.out = Counter(_file(one) for one in ids)
            self.of = {file: digest_of(file) for file in self.out}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot even be read has failed."""
        if report.failed and report.nodeid:
            self._ended(_file(report.nodeid), str(report.longrepr))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test; one that took its worker down has no phase."""
        file = _file(report.nodeid)
        self.seconds[file] += report.duration
        if report.failed:
            self.told[file].append(f"{report.nodeid} {report.longreprtext[-TOLD:]}")
        if self.out is not None and report.when in ("teardown", "???"):
            self.out[file] -= 1
            if not self.out[file]:
                self._ended(file)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A file of which nothing was to be done here, by name, has nothing that fails."""
        if self.out is not None and session.exitstatus in (0, 1, 5) and all(Path(file).is_file() for file in session.config.args):
            for file in sorted(set(session.config.args) - set(self.out) - set(self.told)):
                self._ended(file)

    def _ended(self, file: str, unread: str = "") -> None:
        if unread:
            self.told[file].append(unread[-TOLD:])
        of, wrong = self.of.get(file) or digest_of(file), self.told[file][:20]
        row(self.record, file, of, passed=not wrong, seconds=self.seconds[file], told=wrong)


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_configure(config: pytest.Config) -> None:
    """Only in the process that gathers, and only where a record is wanted."""
    if os.environ.get(RECORD) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proven(Path(os.environ[RECORD])))
