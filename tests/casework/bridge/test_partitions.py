"""分区测试 · The Parquet copy of the ledger: nothing missing, nothing twice, whatever commits in which order and wherever a run dies."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction

from tests.casework.conftest import actor_of
from tests.conftest import size
from tianping.casework.bridge import partitions
from tianping.casework.bridge.erased import rewritten
from tianping.casework.bridge.errors import BadManifest, BeingCopied, LedgerShrank
from tianping.casework.bridge.log import ledger_logs
from tianping.casework.bridge.partitions import MANIFEST, copy_ledger, files
from tianping.casework.bridge.positions import Positions
from tianping.casework.bridge.shape import FIRST
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.erasing import erase_payload
from tianping.casework.engine.registered import folders
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.models import Event, Organisation
from tianping.engines.events.read import read
from tianping.procedure.events import COLUMNS
from tianping.procedure.roles import Signer

MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def judge(database: object) -> Actor:
    office = Organisation.objects.create(code=f"copy-{uuid4().hex[:8]}", kind="court", zh="测试法院", en="A court", court_code="晋0797")
    return actor_of(office, "FILING_JUDGE", "CLERK")


def opened(judge: Actor, at: datetime = MONDAY) -> int:
    facts = {"suit": "ORDINARY", "qualifies": True}
    new = NewCase("张三诉李四买卖合同纠纷", judge.organisation, keys=judge.keys)
    return case_open(procedure="pre_filing", step="PreFiling.receive", actor=judge, at=at, new=new, facts=facts, role="Roles.FILING_JUDGE").case_id


def copied(folder: Path) -> list[tuple[int, int]]:
    """(case, seq) of every event that the manifest's files hold."""
    names = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    tables = [pq.read_table(folder / name, columns=["case_id", "seq"], partitioning=None) for name in names]
    return sorted((r["case_id"], r["seq"]) for t in tables for r in t.to_pylist())


def in_ledger() -> list[tuple[int, int]]:
    return sorted(Event.objects.values_list("case_id", "seq"))


@pytest.mark.parametrize("plain", [False, True])
def test_each_run_adds_what_is_new(judge: Actor, tmp_path: Path, *, plain: bool) -> None:
    opened(judge)
    first = copy_ledger(tmp_path, plain=plain)
    assert first.events == first.whole == Event.objects.count()
    assert copy_ledger(tmp_path, plain=plain).events == 0
    case = opened(judge)
    step_take(case_id=case, step="file", actor=judge, at=MONDAY, facts={"qualifies": True}, role="Roles.FILING_JUDGE")
    assert copy_ledger(tmp_path, plain=plain).events == 2
    assert copied(tmp_path) == in_ledger()


def test_a_partition_reads_as_a_log_of_its_procedure(judge: Actor, tmp_path: Path) -> None:
    opened(judge)
    copy_ledger(tmp_path)
    found = files(tmp_path, "pre_filing")
    assert found
    log = read(found[0], procedure=folders()["pre_filing"])
    rows = [{k: v for k, v in row.items() if v not in (None, "")} for row in log.table.to_pylist()]
    own = {name for row in rows for name in row}
    ledger = pa.concat_tables([one.table for one in ledger_logs("pre_filing")]).to_pylist()
    wanted = [{k: v for k, v in row.items() if k in own and v not in (None, "")} for row in ledger]
    order = lambda row: (row["case_id"], row["seq"])  # noqa: E731 — one use
    assert sorted(rows, key=order) == sorted(wanted, key=order)


def test_a_query_over_the_folder_counts_every_event(judge: Actor, tmp_path: Path) -> None:
    opened(judge)
    copy_ledger(tmp_path)
    opened(judge)
    copy_ledger(tmp_path)
    query = (
        f"select procedure, count(*) n, count(distinct case_id) from read_parquet('{tmp_path}/procedure=*/*/*.parquet', union_by_name=true, "
        "hive_partitioning=true) group by all"
    )
    with duckdb.connect() as opened_:
        found = opened_.execute(query).fetchall()
    assert sum(n for _, n, _ in found) == Event.objects.count()
    assert {code for code, _, _ in found} <= set(folders())


# ---- commit order --------------------------------------------------------------------------------------------------------------------


def test_an_event_that_commits_late_comes_with_the_next_run(judge: Actor, tmp_path: Path) -> None:
    """An older transaction, with an older time and a lower case number, is still open while newer ones commit and are copied."""
    copy_ledger(tmp_path)
    written, go = threading.Event(), threading.Event()
    case: list[int] = []

    def slow() -> None:
        with transaction.atomic():
            case.append(opened(judge, MONDAY - timedelta(days=30)))
            written.set()
            go.wait(30)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(30)
    newer = opened(judge)
    assert newer > case[0]
    copy_ledger(tmp_path)
    assert (newer, 1) in copied(tmp_path)
    assert (case[0], 1) not in copied(tmp_path)
    go.set()
    thread.join()
    assert copy_ledger(tmp_path).events == 1
    assert copied(tmp_path) == in_ledger()


def test_copies_beside_many_writers_lose_nothing_and_repeat_nothing(judge: Actor, tmp_path: Path) -> None:
    stop, count, failed = threading.Event(), size(60, 1500), list[BaseException]()

    def writer() -> None:
        try:
            written = 0
            while written < count or not stop.is_set():
                written += 1
                with transaction.atomic():
                    case = opened(judge)
                    opened(judge)
                    step_take(case_id=case, step="file", actor=judge, at=MONDAY, facts={"qualifies": True}, role="Roles.FILING_JUDGE")
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    runs = 0
    while runs < 3 and not failed:  # they write on until some copies have met them at work
        runs += copy_ledger(tmp_path).events > 0
    stop.set()
    while any(t.is_alive() for t in threads):
        copy_ledger(tmp_path)
    for thread in threads:
        thread.join()
    assert not failed
    copy_ledger(tmp_path)
    assert copied(tmp_path) == in_ledger()


# ---- what was erased -----------------------------------------------------------------------------------------------------------------


def test_what_was_erased_leaves_the_copies_too(judge: Actor, tmp_path: Path) -> None:
    case, other = opened(judge), opened(judge)
    copy_ledger(tmp_path)

    def said() -> dict[tuple[int, int], str | None]:
        tables = [pq.read_table(path, partitioning=None) for path in files(tmp_path, "pre_filing")]
        return {(r["case_id"], r["seq"]): r["suit"] for t in tables for r in t.to_pylist() if r["case_id"] in (case, other)}

    assert said() == {(case, 1): "ORDINARY", (other, 1): "ORDINARY"}
    second = (Signer("wang.fang", "Roles.FILING_JUDGE"),)
    later = MONDAY + timedelta(days=400)
    erase_payload(actor=judge, case_id=case, seq=1, ground="unlawful", at=later, co_signers=second)
    copy_ledger(tmp_path)
    assert said() == {(case, 1): None, (case, 2): None, (other, 1): "ORDINARY"}
    assert copied(tmp_path) == in_ledger()
    listed = json.loads((tmp_path / MANIFEST).read_text("utf-8"))["files"]
    assert sorted(listed) == sorted(str(p.relative_to(tmp_path)) for p in tmp_path.glob("procedure=*/*/*"))


def test_no_dictionary_keeps_what_no_row_says(tmp_path: Path) -> None:
    folder = "procedure=p/version=1"
    (tmp_path / folder).mkdir(parents=True)
    schema = pa.schema([("case_id", pa.int64()), ("seq", pa.int32()), ("secret", pa.dictionary(pa.int32(), pa.string()))])
    table = pa.table([[1, 1, 2], [1, 2, 1], pa.array(["王小川的住址", "b", "b"]).dictionary_encode()], schema=schema)
    pq.write_table(table, tmp_path / folder / "000001.parquet", compression="none")
    (new,) = rewritten(tmp_path, [f"{folder}/000001.parquet"], 2, {folder: {(1, 1)}}).values()
    assert "王小川".encode() not in (tmp_path / new).read_bytes()
    assert pq.read_table(tmp_path / new, partitioning=None)["secret"].to_pylist() == [None, "b", "b"]


# ---- runs that die, ledgers that are cut ---------------------------------------------------------------------------------------------


class _Killed(BaseException):
    pass


@pytest.mark.parametrize("where", ["_written", "_replace", "keep"])
def test_a_run_that_dies_leaves_the_folder_as_it_was(judge: Actor, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(judge)
    copy_ledger(tmp_path)
    before = copied(tmp_path)
    opened(judge)

    def dies(real: Any) -> Any:
        def first_works(*args: Any, **given: Any) -> Any:
            if where == "_written":
                real(*args, **given)
            raise _Killed

        return first_works

    with monkeypatch.context() as patch:
        target: Any = Positions if where == "keep" else partitions
        patch.setattr(target, where, dies(getattr(target, where)))
        with pytest.raises(_Killed):
            copy_ledger(tmp_path)
    assert copied(tmp_path) == before
    copy_ledger(tmp_path)
    assert copied(tmp_path) == in_ledger()
    listed = json.loads((tmp_path / MANIFEST).read_text("utf-8"))["files"]
    assert sorted(listed) == sorted(str(p.relative_to(tmp_path)) for p in tmp_path.glob("procedure=*/*/*"))


@pytest.fixture
def superuser(database: Any) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database.superuser_dsn(connection.settings_dict["NAME"]), autocommit=True) as opened_:
        yield opened_


def test_a_ledger_that_was_cut_is_not_copied(judge: Actor, tmp_path: Path, superuser: psycopg.Connection[Any]) -> None:
    case = opened(judge)
    step_take(case_id=case, step="file", actor=judge, at=MONDAY, facts={"qualifies": True}, role="Roles.FILING_JUDGE")
    copy_ledger(tmp_path)
    superuser.execute("update casework_case set seq = 1 where id = %s", [case])
    try:
        with pytest.raises(LedgerShrank) as told:
            copy_ledger(tmp_path)
    finally:
        superuser.execute("update casework_case set seq = 2 where id = %s", [case])
    assert str(case) in told.value.text("zh")


def test_two_runs_do_not_meet_and_a_broken_manifest_is_told(judge: Actor, tmp_path: Path) -> None:
    copy_ledger(tmp_path)
    with partitions._alone(tmp_path), pytest.raises(BeingCopied):
        copy_ledger(tmp_path)
    (tmp_path / MANIFEST).write_text("{", "utf-8")
    with pytest.raises(BadManifest):
        copy_ledger(tmp_path)


def test_the_columns_of_the_ledger_are_those_that_no_fact_may_be_named_as() -> None:
    assert {name for name, _ in FIRST} | {"source"} == set(COLUMNS)
