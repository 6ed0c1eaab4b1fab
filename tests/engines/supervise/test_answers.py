"""答复归其移送 · A referral that is sent more than once: an answer that came before it was sent again moves nothing. Three engines say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.conftest import ROOT, size
from tianping.engines.portable.connect import connect
from tianping.engines.portable.run import supervise as portable
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.run import supervise as arrays
from tianping.law.calendar import calendar
from tianping.law.statutes import CPL23
from tianping.procedure import NEW, Procedure, Referral, Stage, Step, T
from tianping.procedure.contracts.matters import ServiceRequest
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.events import Event
from tianping.procedure.registry import Folder
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import supervise_cases
from tianping.procedure.tables import compiled

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ART = CPL23[126]
START = datetime(2024, 3, 4, 9)  # noqa: DTZ001 — a local time


class Asker(Procedure):
    """反复委托 · Asks, hears, and may ask again."""

    title = T("反复委托", "Asks again")
    code = "asker"
    valid_from = date(2024, 1, 1)

    service = Referral(ServiceRequest, by=Roles.CLERK, cites=ART, no_limit=T("无期限", "none"))
    filed = Stage(T("已收件", "Filed"), no_limit=T("无期限", "none"))
    file = Step(NEW >> filed, T("收件", "File"), by=Roles.CLERK, cites=ART)
    unserved = Step(filed, T("送达未成", "Service failed"), by=Roles.SYSTEM, on=service.heard(ServiceRequest.unserved), cites=ART)


TABLES = compiled(Asker)
FOLDER = Folder(ROOT / "tests/procedure", (Asker,))
ACTS = {
    "file": (Asker.file, "Roles.CLERK", {}),
    "send": (Asker.service.send, "Roles.CLERK", {}),
    "good": (Asker.service.answer, "EXCHANGE", {"service_outcome": "served"}),
    "bad": (Asker.service.answer, "EXCHANGE", {"service_outcome": "unserved"}),
    "back": (Asker.service.refuse, "EXCHANGE", {"service_outcome": "unserved"}),
    "react": (Asker.unserved, "Roles.SYSTEM", {}),
}


def log(said: str) -> list[Event]:
    """``file send:1 bad:1 react`` as a case, an act an hour."""
    out = []
    for seq, word in enumerate(said.split(), 1):
        act, _, entity = word.partition(":")
        step, role, facts = ACTS[act]
        number = TABLES.number(step)
        out.append(Event(seq, number, TABLES.steps[number].track, entity, START + timedelta(hours=seq), signers=(Signer("a", role),), facts=facts))
    return out


def uncaused(events: list[Event]) -> list[int]:
    found = supervise_cases(TABLES, {"a": events}, date(2024, 12, 31), calendar())["a"].findings
    return [f.seq for f in found if f.rule.kind == "on"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("file send:1 bad:1 react", []),
        ("file send:1 back:1 react", []),
        ("file send:1 react bad:1", [3]),
        ("file send:1 good:1 react", [4]),
        ("file send:1 bad:1 react send:2 react", [6]),
        ("file send:1 bad:1 send:2 good:2 react", [6]),
        ("file send:1 bad:1 react send:2 bad:2 react", []),
        ("file send:1 send:2 bad:1 react", []),
    ],
)
def test_an_answer_moves_what_it_answers(said: str, wrong: list[int]) -> None:
    assert uncaused(log(said)) == wrong


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Any]:
    connection = connect("duckdb")
    yield connection
    connection.disconnect()


def test_three_engines_agree_on_random_orders(duckdb: Any) -> None:
    random = Random(7)
    words = ["send:1", "send:2", "send:3", "good:1", "bad:1", "bad:2", "back:3", "react", "react"]
    logs = {f"c{n}": log("file " + " ".join(random.choices(words, k=random.randint(1, 9)))) for n in range(size(300, 3000))}
    expected = {(case, seq) for case, events in logs.items() for seq in uncaused(events)}
    assert 10 < len(expected) < sum(TABLES.number(Asker.unserved) == e.step for events in logs.values() for e in events)
    table = rows_of_events(logs, TABLES)
    as_of = datetime(2024, 12, 31)  # noqa: DTZ001 — a local time
    for found in (arrays(FOLDER, table, as_of=as_of, workers=1), portable(FOLDER, table, as_of=as_of, connection=duckdb, way="expressions")):
        rows = found.findings.to_pylist()
        assert {(r["case_id"], (r["happened"] - START) // timedelta(hours=1)) for r in rows if r["rule"] == "Asker.unserved.on"} == expected
