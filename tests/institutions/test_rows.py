"""报道对照 · Every system of the report has what its row says, and no row names what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tianping.project.rows import COUNT, Row, faults, rows


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.number}-{row.title.en}")
def test_what_a_row_names_is_there(row: Row) -> None:
    assert list(faults(row, ROOT)) == []
    assert row.states
    assert row.actors
    assert row.checks


def test_every_row_of_the_report_stands_once() -> None:
    assert [row.number for row in rows()] == list(range(1, COUNT + 1))


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.number))
def test_a_row_quotes_the_report(row: Row, shared: Path) -> None:
    text = (shared / "mission" / "report.txt").read_text("utf-8")
    for words in row.report.split("…"):
        assert words in text
