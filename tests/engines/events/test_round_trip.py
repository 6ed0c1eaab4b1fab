"""往返测试 · What is written reads back the same, in every format, whatever the texts hold."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import size
from tests.procedure.sample import Trial
from tianping.engines.events.errors import CannotWrite
from tianping.engines.events.read import read
from tianping.engines.events.write import write
from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import rows_of_events
from tianping.procedure.registry import Folder
from tianping.procedure.tables import compiled

FORMATS = ("log.csv", "log.parquet", "log.xes", "log.xes.gz", "log.json")
FOLDER = Folder(Path("sample"), (Trial,))


def rows(table: Any) -> list[dict[str, Any]]:
    """Rows without what is empty, in the order of case and seq."""
    listed = [{k: v for k, v in row.items() if v not in (None, "")} for row in table.to_pylist()]
    return sorted(listed, key=lambda r: (r["case_id"], r["seq"]))


@pytest.mark.parametrize("name", FORMATS)
def test_a_generated_log_reads_back(tmp_path: Path, name: str) -> None:
    tables = compiled(Trial)
    logs = Generator(tables, 7, start=date(2024, 1, 1)).cases(size(40, 2000))
    table = rows_of_events(logs, tables)
    write(table, tmp_path / name)
    back = read(tmp_path / name, procedure=FOLDER)
    assert back.rows == len(table)
    assert rows(back.table) == rows(table)


MORNING = datetime(2024, 1, 2, 9, 30)  # noqa: DTZ001 — local time
TEXTS = st.text(min_size=1, max_size=12).filter(lambda t: t.strip() == t and t not in ("NULL", "null"))


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=size(25, 500), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=TEXTS, actor=TEXTS)
def test_awkward_texts_read_back(tmp_path: Path, name: str, case: str, actor: str) -> None:
    event = {"case_id": case, "seq": 0, "step": "Trial.file", "happened": MORNING, "actor": actor}
    table = rows_of_events({}, compiled(Trial)).schema.empty_table()
    table = type(table).from_pylist([event], schema=table.schema)
    try:
        write(table, tmp_path / name)
    except CannotWrite:
        assert not (tmp_path / name).exists()
        assert "xes" in name
        return
    assert rows(read(tmp_path / name, procedure=FOLDER).table) == rows(table)


def test_ocel_has_its_four_parts(tmp_path: Path) -> None:
    tables = compiled(Trial)
    write(rows_of_events(Generator(tables, 3, start=date(2024, 1, 1)).cases(20), tables), tmp_path / "log.json")
    data = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    assert set(data) == {"objectTypes", "eventTypes", "objects", "events"}
    objects = {o["id"]: o["type"] for o in data["objects"]}
    assert set(objects.values()) == {t["name"] for t in data["objectTypes"]}
    assert {e["type"] for e in data["events"]} == {t["name"] for t in data["eventTypes"]}
    assert all(r["objectId"] in objects for e in data["events"] for r in e["relationships"])
