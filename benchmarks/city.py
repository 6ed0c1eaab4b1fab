"""基准数据库 · A running database for the benchmarks of the case engine: an embedded PostgreSQL with ``fsync=on``, one court, and cases of two kinds.

*Six steps*: the road-traffic fine of ``examples/``, created, sent, notified, paid in part, raised, collected, with five clocks. *Three suspects*: a
generated criminal case in which three suspects have runs of their own, cut before anything that would be refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg

from benchmarks.data import OUT, fines_folder
from benchmarks.measure import Absent
from tianping.law.text import T

VAR: Final = OUT / "city"
START: Final = datetime(2026, 3, 2, 9)  # noqa: DTZ001 — local time
TABLES: Final = "case event run clock pausespan grant visibility party referral outbox"
"""What a case consists of."""
SIX: Final = (("create", 0), ("send", 10), ("notify", 30), ("pay", 40), ("penalise", 95), ("collect", 200))
"""The six steps and their days."""


@contextmanager
def city() -> Iterator[str]:
    """Django on the benchmark's own server; the superuser's address. Raises Absent where the server's parts are not installed."""
    os.environ["TIANPING_VAR"] = str(VAR)
    os.environ.pop("DATABASE_URL", None)
    from tianping.project.running import NoServer, database  # noqa: PLC0415 — the other subjects need no Django

    try:
        with database(migrate=True):
            from tianping.casework.engine import registered  # noqa: PLC0415 — needs Django set up
            from tianping.project.settings.database import embedded  # noqa: PLC0415

            registered.folders()["road_traffic_fine"] = fines_folder()[0]
            yield embedded().superuser_dsn("tianping")
    except NoServer as error:
        raise Absent(T("没有安装服务部件", "the server's parts are not installed")) from error


def emptied(superuser: str) -> None:
    """Every case gone: only a superuser can do that, who switches the ledger's triggers off."""
    listed = ", ".join(f"casework_{name}" for name in TABLES.split())
    with psycopg.connect(superuser, autocommit=True) as c:
        c.execute("set session_replication_role = replica")
        c.execute(f"truncate {listed} cascade")
        c.execute("checkpoint")


def office() -> Any:
    """The court whose cases these are, and somebody there who may take every step."""
    from tianping.casework.models import AccessKey, Organisation  # noqa: PLC0415

    court, _ = Organisation.objects.get_or_create(code="bench", defaults={"kind": "court", "zh": "基准法院", "en": "Bench", "court_code": "晋0700"})
    key, _ = AccessKey.objects.get_or_create(organisation=court, capacity="handle")
    return court, key


def six_step_cases(count: int) -> list[Any]:
    """Imported cases of six steps, spread over a thousand days."""
    from tianping.casework.engine.brought import ImportedCase, ImportedStep  # noqa: PLC0415
    from tianping.procedure.roles import Signer  # noqa: PLC0415

    court, key = office()
    police, offender = (Signer("li.ming", "Roles.POLICE"),), (Signer("zhang.san", "Roles.OFFENDER"),)
    out = []
    for n in range(count):
        begun = START - timedelta(days=300 + n % 1000, minutes=n % 400)
        steps = [
            ImportedStep(step if step != "create" else "Fine.create", begun + timedelta(days=day), offender if step == "pay" else police)
            for step, day in SIX
        ]
        out.append(ImportedCase(f"{n}", "road_traffic_fine", court.pk, f"机动车罚款第{n}号", steps, (key.pk,)))
    return out


def criminal_logs(count: int) -> tuple[Any, list[Any]]:
    """The criminal case's definition, and lawful logs of it with three suspects each."""
    from tianping.casework.engine.registered import folders  # noqa: PLC0415
    from tianping.engines.generate import Faults, Generator  # noqa: PLC0415
    from tianping.law.calendar import calendar  # noqa: PLC0415
    from tianping.procedure.rules import REFUSED  # noqa: PLC0415
    from tianping.procedure.supervision import supervise_case  # noqa: PLC0415
    from tianping.procedure.tables import compiled  # noqa: PLC0415

    tables = compiled(folders()["criminal_case"].current)
    lawful = Faults(illegal=0, unsigned=0, unanswered=0, voided=0, late_entry=0, merged=0)
    out: list[Any] = []
    seed = 0
    while len(out) < count:
        seed += 1
        for log in Generator(tables, seed, start=tables.procedure.valid_from, faults=lawful).cases(50, length=20).values():
            judged = supervise_case(tables, log, log[-1].happened, calendar())
            cut = log[: min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(log))]
            suspects = {e.entity for e in cut if e.entity.startswith("suspects")}
            if len(suspects) >= 3 and cut[-1].happened < START:
                out.append(cut)
    return tables, out[:count]


def criminal_cases(count: int) -> list[Any]:
    """Imported criminal cases with three suspects: a hundred different ones, again and again."""
    from tianping.casework.engine.brought import ImportedCase, ImportedStep  # noqa: PLC0415

    court, key = office()
    tables, logs = criminal_logs(100)
    told = [[ImportedStep(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in log] for log in logs]
    return [ImportedCase(f"{n}", "criminal_case", court.pk, f"刑事案件第{n}号", told[n % len(told)], (key.pk,)) for n in range(count)]
