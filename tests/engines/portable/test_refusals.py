"""拒绝 · What the portable backend refuses, in words."""

from __future__ import annotations

import sys
from datetime import datetime

import pyarrow as pa
import pytest

from tests.conftest import ROOT
from tianping.engines.portable import connect as connecting
from tianping.engines.portable.connect import connect
from tianping.engines.portable.errors import EngineMissing, NoJava, NotExpressible, UnknownBackend
from tianping.engines.portable.run import supervise
from tianping.engines.supervise.errors import EmptyLog, MissingColumn, UnknownStep
from tianping.procedure.registry import find, load_folder

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
FINES = load_folder(ROOT / "examples/road_traffic_fines")
EVENT = {"case_id": ["A"], "seq": [0], "step": ["Fine.create"], "happened": [datetime(2010, 1, 1)]}  # noqa: DTZ001 — local time


def test_a_backend_that_does_not_exist() -> None:
    with pytest.raises(UnknownBackend, match="SUP-203"):
        supervise(FINES, pa.table(EVENT), backend="oracle")


@pytest.mark.parametrize(("backend", "package"), [("duckdb", "ibis"), ("spark", "pyspark.sql")])
def test_an_extra_that_is_not_installed(monkeypatch: pytest.MonkeyPatch, backend: str, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr(connecting, "has_java", lambda: True)
    with pytest.raises(EngineMissing, match="SUP-201") as caught:
        connect(backend)
    assert "pip install" in caught.value.text("en")


def test_spark_without_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "has_java", lambda: False)
    with pytest.raises(NoJava, match="SUP-202"):
        connect("spark")


def test_a_definition_that_expressions_do_not_hold() -> None:
    folder = find("criminal_case")
    log = pa.table({**EVENT, "step": [next(iter(folder.current.members))]})
    with pytest.raises(NotExpressible, match="SUP-204"):
        supervise(folder, log, way="expressions")


def test_a_log_that_is_no_log() -> None:
    with pytest.raises(MissingColumn):
        supervise(FINES, pa.table({"case_id": ["A"]}))
    with pytest.raises(EmptyLog):
        supervise(FINES, pa.table(EVENT).slice(0, 0))
    with pytest.raises(UnknownStep):
        supervise(FINES, pa.table({**EVENT, "step": ["Fine.fly"]}))
