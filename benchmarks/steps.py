"""办一步 · ``step_take`` beside the least that a database must do for a step, the same work in the plain ORM, and named peers on the same six steps.

The floor is one UPDATE and one INSERT in one durable statement on two small tables, prepared, by bare psycopg. Ours judges, reckons, chains and
writes everything that hangs on a step, under a key of the caller. A turn takes the steps that follow the opening of each case: in a process that
still remembers the case from its last step, and in one that reads it first.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, Final

import psycopg

from benchmarks import crowded, peers
from benchmarks.city import Walk, city, criminal_walks, emptied, forgetful, prepared, requests, six_step_walks, walked
from benchmarks.measure import Aim, Contender, Outcome, race
from benchmarks.plainly import plainly
from tianping.law.text import T

STEPS: Final = T("步", "steps")
OF_FLOOR: Final = T("与下限之比", "of the floor")
OF_ORM: Final = T("为普通 ORM 的倍数", "times the plain ORM")
STATEMENTS: Final = T("每步语句数（服务器记录）", "statements a step, counted on the server")
LOAD: Final = T("并发八个写者；两核共用", "eight writers; client and server share the cores")
READ_FIRST: Final = crowded.READ_FIRST
CASES: Final = 30
ROUNDS: Final = 5
WRITERS: Final = 8
SPARE: Final = 20_000
"""The floor's case on which its statement is planned before the clock runs, as ours are."""
PLANNED: Final = "-c plan_cache_mode=force_generic_plan"

FLOOR_TABLES: Final = """
create table if not exists floor_case(id bigint primary key, stage smallint not null, seq int not null);
create table if not exists floor_event(case_id bigint, seq int, step smallint, actor text, at timestamptz, primary key(case_id, seq));
truncate floor_case, floor_event; insert into floor_case select n, 0, 0 from generate_series(1, 20000) n;
grant all on floor_case, floor_event to tianping_app"""
FLOOR: Final = """with c as (update floor_case set stage = %s, seq = seq + 1 where id = %s and seq = %s returning id, seq)
insert into floor_event select id, seq, %s, 'li.ming', now() from c"""


def run() -> list[Outcome]:
    """One writer on six-step cases and on criminal cases with three suspects; eight writers; the peers."""
    with city() as superuser:
        with psycopg.connect(superuser, autocommit=True) as c:
            c.execute(FLOOR_TABLES)
        out = [
            _alone(superuser, six_step_walks(CASES), T("办一步：六步案件", "one step: cases of six steps")),
            _alone(superuser, criminal_walks(CASES // 2), T("办一步：三名嫌疑人的刑事案件", "one step: criminal cases with three suspects")),
            _together(superuser),
        ]
        out.append(peers.run(superuser, out[0].of("UPDATE + INSERT").rate))
        emptied(superuser)
    return out


def floor(bare: psycopg.Connection[Any], steps: int) -> Callable[[], object]:
    """So many bare steps, five to a case."""

    def write() -> None:
        for n in range(0, steps, 5):
            floored(bare, n // 5 + 1, min(5, steps - n))

    return write


def floored(bare: psycopg.Connection[Any], case: int, steps: int = 5) -> None:
    """The bare steps of one case."""
    for nth in range(steps):
        bare.execute(FLOOR, (nth + 1, case, nth, nth))


def cleared(superuser: str) -> None:
    """The floor's tables as they were."""
    with psycopg.connect(superuser, autocommit=True) as c:
        c.execute(FLOOR_TABLES)


def _alone(superuser: str, walks: list[Walk], title: T) -> Outcome:
    ids: list[int] = []
    asked: list[list[dict[str, Any]]] = []
    steps = sum(len(walk.acts) - 1 for walk in walks)

    def fresh() -> None:
        ids[:] = prepared(superuser, walks)
        asked[:] = [requests(walk) for walk in walks]

    def ours() -> None:
        for case, one in zip(ids, asked, strict=True):
            walked(case, one)

    def read_first() -> None:
        with forgetful():
            ours()

    def orm() -> None:
        for case, walk in zip(ids, walks, strict=True):
            plainly(case, walk)

    def bared() -> None:
        cleared(superuser)
        floored(bare, SPARE)

    with psycopg.connect(superuser.replace("user=postgres", "user=tianping_app"), autocommit=True, prepare_threshold=1, options=PLANNED) as bare:
        contenders = [
            Contender("step_take", "ours", ours, fresh),
            Contender(READ_FIRST, "ours", read_first, fresh),
            Contender("UPDATE + INSERT", "limit", floor(bare, steps), bared),
            Contender("Django ORM", "peer", orm, fresh),
        ]
        figures = race(contenders, steps, rounds=ROUNDS)
    mine, _, least, plain = (f.rate for f in figures)
    aims = [Aim(OF_FLOOR, mine / least, 0.33), Aim(OF_ORM, mine / plain, 4), Aim(STATEMENTS, counted(superuser, walks), 2, at_most=True)]
    return Outcome(title, STEPS, steps, figures, aims)


def counted(superuser: str, walks: list[Walk]) -> float:
    """How many statements the server saw for a step, in its own log; those of steps that give a case its number are left out."""
    from django.db import connection  # noqa: PLC0415

    from tianping.project.settings.database import embedded  # noqa: PLC0415

    ids = prepared(superuser, walks)
    log = embedded().log
    with psycopg.connect(superuser, autocommit=True) as c:
        c.execute("alter role tianping_app set log_statement = 'all'")
        _reconnected(connection)
        begun, steps = log.stat().st_size, 0
        for case, walk in list(zip(ids, walks, strict=True))[:20]:
            walked(case, requests(walk))
            steps += len(walk.acts) - 1
        time.sleep(0.2)
        with log.open("rb") as file:
            file.seek(begun)
            found = re.findall(rb"LOG:  (?:execute|statement)", file.read())
        c.execute("alter role tianping_app reset log_statement")
        _reconnected(connection)
    return len(found) / steps


def _reconnected(connection: Any) -> None:
    connection.close()
    connection.close_pool()
    connection.ensure_connection()


def _together(superuser: str) -> Outcome:
    figures = crowded.rates(superuser, WRITERS)
    mine, _, least = (f.rate for f in figures)
    title = T("办一步：八个写者，各办各案", "one step: eight writers on cases of their own")
    return Outcome(title, STEPS, crowded.CASES * WRITERS * 5, figures, [Aim(OF_FLOOR, mine / least, 0.30)], [LOAD])
