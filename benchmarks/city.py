"""基准数据库 · A running database for the benchmarks of the case engine: an embedded PostgreSQL with ``fsync=on``, one court, and cases of two kinds.

*Six steps*: the road-traffic fine of ``examples/``, created, sent, notified, paid in part, raised, collected, with five clocks. *Three suspects*: a
generated criminal case in which three suspects have runs of their own, cut before anything that would be refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count as count_from
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg

from benchmarks.data import OUT, fines_folder
from benchmarks.measure import Absent
from tianping.law.text import T

VAR: Final = OUT / "city"
START: Final = datetime(2026, 3, 2, 9)  # noqa: DTZ001 — local time
TABLES: Final = "case event run watched clock pausespan grant visibility searchrow party referral outbox pushed"
"""What a case consists of."""
ZONE: Final = ZoneInfo("Asia/Shanghai")
NOW: Final = START.replace(tzinfo=ZONE)
SIX: Final = (("Fine.create", 0), ("send", 10), ("notify", 30), ("pay", 40), ("penalise", 95), ("collect", 200))
"""The six steps and their days."""


@contextmanager
def city(*, migrate: bool = True) -> Iterator[str]:
    """Django on the benchmark's own server; the superuser's address. Raises Absent where the server's parts are not installed."""
    os.environ["TIANPING_VAR"] = str(VAR)
    os.environ.pop("DATABASE_URL", None)
    from tianping.project.running import NoServer, database  # noqa: PLC0415 — the other subjects need no Django

    try:
        with database(migrate=migrate):
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


@dataclass(frozen=True, slots=True)
class Act:
    """One step as somebody takes it, at local time."""

    step: str
    happened: datetime
    signers: tuple[Any, ...]
    entity: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Walk:
    """一案的各步 · The steps of one case, and by which keys of which court it is seen."""

    procedure: str
    title: str
    acts: tuple[Act, ...]
    court: int
    key: int

    def actor(self, act: Act) -> Any:
        """The first who signs a step."""
        from tianping.casework.engine.actors import Actor  # noqa: PLC0415 — needs Django set up

        return Actor(act.signers[0].actor, self.court, frozenset(s.role for s in act.signers), (self.key,))

    def case(self, key: str, acts: int | None = None) -> Any:
        """The case as an import brings it, with all its steps or the first few."""
        from tianping.casework.engine.brought import ImportedCase, ImportedStep  # noqa: PLC0415

        steps = [ImportedStep(a.step, a.happened, a.signers, a.entity, a.facts) for a in self.acts[:acts]]
        return ImportedCase(key, self.procedure, self.court, self.title, steps, (self.key,))


def six_step_walks(count: int) -> list[Walk]:
    """Cases of six steps, spread over a thousand days."""
    from tianping.procedure.roles import Signer  # noqa: PLC0415

    court, key = office()
    police, offender = (Signer("li.ming", "Roles.POLICE"),), (Signer("zhang.san", "Roles.OFFENDER"),)
    out = []
    for n in range(count):
        begun = START - timedelta(days=300 + n % 1000, minutes=n % 400)
        acts = (Act(step, begun + timedelta(days=day), offender if step == "pay" else police) for step, day in SIX)
        out.append(Walk("road_traffic_fine", f"机动车罚款第{n}号", tuple(acts), court.pk, key.pk))
    return out


def criminal_walks(count: int) -> list[Walk]:
    """Lawful criminal cases with three suspects each: a hundred different ones at most, again and again."""
    from tianping.casework.engine.registered import folders  # noqa: PLC0415
    from tianping.engines.generate import Faults, Generator  # noqa: PLC0415
    from tianping.law.calendar import calendar  # noqa: PLC0415
    from tianping.procedure.rules import REFUSED  # noqa: PLC0415
    from tianping.procedure.supervision import supervise_case  # noqa: PLC0415
    from tianping.procedure.tables import compiled  # noqa: PLC0415

    court, key = office()
    tables = compiled(folders()["criminal_case"].current)
    lawful = Faults(illegal=0, unsigned=0, unanswered=0, voided=0, late_entry=0, merged=0)
    found: list[tuple[Act, ...]] = []
    for seed in count_from(1):
        for log in Generator(tables, seed, start=tables.procedure.valid_from, faults=lawful).cases(50, length=20).values():
            judged = supervise_case(tables, log, log[-1].happened, calendar())
            cut = log[: min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(log))]
            if len({e.entity for e in cut if e.entity.startswith("suspects")}) >= 3 and cut[-1].happened < START:
                found.append(tuple(Act(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in cut))
        if len(found) >= min(count, 100):
            break
    return [Walk("criminal_case", f"刑事案件第{n}号", found[n % len(found)], court.pk, key.pk) for n in range(count)]


def cases_of(walks: Sequence[Walk]) -> list[int]:
    """Cases with the first step of each walk; their ids."""
    from tianping.casework.engine.importing import steps_import  # noqa: PLC0415

    cases = [walk.case(f"{n}", 1) for n, walk in enumerate(walks)]
    return list(steps_import(cases=cases, recorder="bench", at=NOW, recorded="happened").cases.values())


def prepared(superuser: str, walks: Sequence[Walk]) -> list[int]:
    """The same on tables that were emptied, and every statement planned again: to empty a table throws plans away, as nothing does in service."""
    emptied(superuser)
    for case, walk in zip(cases_of(walks), walks, strict=True):
        walked(case, requests(walk))
    return cases_of(walks)


@contextmanager
def forgetful() -> Iterator[None]:
    """Nothing is remembered of a case: each step reads it first, as one does that comes a week later or in another process."""
    from django.conf import settings  # noqa: PLC0415 — as above

    before, settings.TIANPING_KEPT_CASES = settings.TIANPING_KEPT_CASES, 0
    try:
        yield
    finally:
        settings.TIANPING_KEPT_CASES = before


def opened(walk: Walk) -> int:
    """Open a case with its first step; its id."""
    from tianping.casework.engine.writers import NewCase, case_open  # noqa: PLC0415

    act = walk.acts[0]
    new, at = NewCase(walk.title, walk.court, keys=(walk.key,)), act.happened.replace(tzinfo=ZONE)
    return case_open(procedure=walk.procedure, step=act.step, actor=walk.actor(act), at=at, new=new, facts=act.facts).case_id


def requests(walk: Walk) -> list[dict[str, Any]]:
    """What is asked for each step after the first, under a key of its own: made before the clock runs, as a caller has it from elsewhere."""
    return [
        {
            "step": act.step, "actor": walk.actor(act), "at": act.happened.replace(tzinfo=ZONE), "facts": act.facts, "entity": act.entity,
            "role": act.signers[0].role, "co_signers": act.signers[1:], "key": uuid4(),
        }
        for act in walk.acts[1:]
    ]  # fmt: skip


def walked(case_id: int, asked: Sequence[dict[str, Any]]) -> None:
    """Take the steps of a case after its first, as each happens."""
    from tianping.casework.engine.writers import step_take  # noqa: PLC0415

    for one in asked:
        step_take(case_id=case_id, **one)
