"""导出测试 · The compiled tables as Arrow: one schema for every procedure, nothing lost on the way through Parquet and IPC."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.procedure.house import ALL
from tests.procedure.sample import Trial
from tianping.procedure import Procedure
from tianping.procedure.check import check
from tianping.procedure.export import FORMAT, SCHEMAS, rule_text, to_arrow
from tianping.procedure.tables import compiled

TABLES = compiled(Trial)


def test_the_sample_passes_the_checker() -> None:
    assert [r.text("en") for r in check(Trial)] == []


@pytest.mark.parametrize("procedure", [Trial, *ALL], ids=lambda p: f"{p.code}-{p.valid_from}")
def test_every_procedure_has_the_same_columns(procedure: type[Procedure]) -> None:
    exported = to_arrow(compiled(procedure))
    assert exported.keys() == SCHEMAS.keys()
    for name, table in exported.items():
        assert table.schema.equals(SCHEMAS[name])
        assert table.schema.metadata[b"tianping.procedure"] == procedure.code.encode()
        assert table.schema.metadata[b"tianping.format"] == FORMAT.encode()
    assert exported["steps"].num_rows == len(compiled(procedure).steps)


@pytest.mark.parametrize("name", SCHEMAS)
def test_nothing_is_lost_in_parquet_or_ipc(name: str, tmp_path: Path) -> None:
    table = to_arrow(TABLES)[name]
    assert table.num_rows > 0
    pq.write_table(table, tmp_path / f"{name}.parquet")
    assert pq.read_table(tmp_path / f"{name}.parquet").equals(table, check_metadata=True)
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    assert pa.ipc.open_file(sink.getvalue()).read_all().equals(table, check_metadata=True)


def _rows(name: str, **wanted: object) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = to_arrow(TABLES)[name].to_pylist()
    return [r for r in rows if all(r[k] == v for k, v in wanted.items())]


def test_masks_and_targets_are_those_of_the_tables() -> None:
    (withdraw,) = _rows("steps", code="Trial.withdraw")
    stages = {r["code"]: r["stage"] for r in _rows("stages", track=0)}
    assert withdraw["target"] == stages["Trial.withdrawn"]
    assert withdraw["mask"] == 1 << int(str(stages["Trial.filed"])) | 1 << int(str(stages["Trial.ready"]))
    assert {r["role"] for r in _rows("signers", step=withdraw["step"])} == {"Roles.APPLICANT", "Roles.JUDGE"}
    (scan,) = _rows("steps", code="Trial.scan")
    assert [(r["way"], r["role"]) for r in _rows("signers", step=scan["step"])] == [(0, "Roles.CLERK"), (1, "Roles.JUDGE_ASSISTANT")]


def test_lengths_say_the_rule_first_and_its_exceptions_after() -> None:
    (limit,) = _rows("limits", code="Trial.to_judge")
    first, second = _rows("lengths", of="limit", number=limit["limit"])
    assert (first["months"], first["when"]) == (6, None)
    assert (second["months"], second["when"]) == (3, "at_route_simple")
    assert [r["months"] for r in _rows("extensions", limit=limit["limit"])] == [6, 3]
    (pause,) = _rows("pauses", code="Trial.appraisal")
    assert pause["limits"] == [limit["limit"]]
    assert [r["months"] for r in _rows("lengths", of="at_most")] == [3]


def test_anchors_join_limits_to_steps() -> None:
    (limit,) = _rows("limits", code="Trial.to_judge")
    steps = {r["step"]: r["code"] for r in _rows("steps")}
    until = {steps[r["step"]] for r in _rows("anchors", limit=limit["limit"], role="until")}
    assert until == {"Trial.judge", "Trial.withdraw", "Trial.merge"}
    (chained,) = _rows("limits", code="Trial.after_limit")
    assert chained["parent"] == limit["limit"]


def test_rules_are_written_as_prefix_expressions() -> None:
    (ground,) = _rows("guards", code="Trial.over_the_counter")
    assert ground["rule"] == '(eq fact_origin "counter")'
    assert rule_text(~Trial.listed.is_(True) | Trial.judge.done) == "(or (not (eq fact_listed true)) (lt 0 times_Trial_judge))"
    assert rule_text(None) is None
    (unserved,) = _rows("steps", code="Trial.unserved")
    assert unserved["on"] == "Trial.service: unserved"
    assert [(r["fact"], r["value"]) for r in _rows("sets")] == [("listed", "false")]
