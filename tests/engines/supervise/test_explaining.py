"""逐案说明测试 · A case of a log is explained by the clocks that the arrays found in it, merged cases included."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.procedure.sample import Trial
from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.explaining import explained
from tianping.engines.supervise.run import supervise
from tianping.law.errors import TianpingError
from tianping.procedure.registry import Folder, find
from tianping.procedure.tables import compiled


@pytest.mark.parametrize(
    "folder", [find("criminal_case"), find("first_instance_civil"), Folder(find("incident").path, (Trial,))], ids=lambda f: f.current.__name__
)
def test_every_clock_of_a_case_is_explained(folder: Folder) -> None:
    tables = compiled(folder.current)
    log = rows_of_events(Generator(tables, 9, start=folder.current.valid_from).cases(40), tables)
    report = supervise(folder, log)
    found: dict[str, Counter[tuple[str, str, str]]] = {}
    for row in report.clocks.select(["case_id", "clock", "entity", "status"]).to_pylist():
        found.setdefault(row["case_id"], Counter())[row["clock"], row["entity"], row["status"]] += 1
    for case in sorted(set(log["case_id"].to_pylist()))[:15]:
        told = explained(folder, log, case, report.as_of)
        assert Counter((c.row.code, c.entity, c.status) for c, _ in told) == found.get(case, Counter())
        assert all(d.lines and d.text("zh") and d.text("en") for _, d in told)


def test_a_case_that_is_not_there_is_named() -> None:
    folder = find("criminal_case")
    tables = compiled(folder.current)
    log = rows_of_events(Generator(tables, 9, start=folder.current.valid_from).cases(3), tables)
    with pytest.raises(TianpingError) as refused:
        explained(folder, log, "C99", log["happened"][0].as_py())
    assert refused.value.code == "SUP-105"
