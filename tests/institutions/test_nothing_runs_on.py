"""期限随案而止 · Cases led on purpose past what meets a limit: when their run is over, nothing runs that nobody can end any more.

Random walks seldom find such a way; here the acts on it are preferred. Ways that a definition bars are tried too, and lead nowhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from tests.conftest import size
from tests.running import runs_on
from tianping.engines.generate import DAYS, MINUTES, Faults, Generator
from tianping.law.calendar import calendar
from tianping.procedure.events import Event
from tianping.procedure.fold import State
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import discover
from tianping.procedure.supervision import refusals, supervise_case
from tianping.procedure.tables import LimitRow, Tables, compiled

VERSIONS = [pytest.param(v, id=f"{v.code}-{v.valid_from}") for folder in discover().values() for v in folder.versions]
CASES = size(4, 60)
EVENTS = 30
LAWFUL = Faults(illegal=0.0, unsigned=0.0, unanswered=0.0)


def ways(tables: Tables, limit: LimitRow) -> Iterator[frozenset[int]]:
    """From each beginning of a clock to every end of its run that is reached without meeting the limit: the acts on the shortest way."""
    stop, stages = {*limit.until, *limit.waived}, tables.tracks[limit.track].stages
    own = [row for row in tables.steps if row.track == limit.track and row.no not in stop and row.target >= 0]
    for begin in (tables.steps[n] for n in limit.since if tables.steps[n].track == limit.track):
        seen = {begin.target} if begin.target >= 0 else {i for i in range(len(stages)) if begin.mask >> i & 1}
        queue = deque((stage, frozenset({begin.no})) for stage in seen)
        while queue:
            stage, way = queue.popleft()
            if stages[stage].end:
                yield way
                continue
            for row in own:
                if row.mask >> stage & 1 and row.target not in seen:
                    seen.add(row.target)
                    queue.append((row.target, way | {row.no}))


def led(tables: Tables, seed: int, way: frozenset[int], barred: frozenset[int]) -> list[Event]:
    """A lawful case whose acts are rather those of a way, and seldom those that meet the limit."""
    version = tables.procedure
    maker = Generator(tables, seed, start=version.valid_from, faults=LAWFUL)
    random, last = maker.random, min(version.valid_to or date(2026, 6, 1), date(2026, 6, 1))
    now = datetime.combine(version.valid_from + timedelta(days=random.randrange(max(1, (last - version.valid_from).days))), time(9))
    log, state = list[Event](), State(tables)
    for _ in range(EVENTS):
        now += timedelta(days=random.choice(DAYS) if random.random() < 0.25 else 0, minutes=random.choice(MINUTES))
        for _ in range(3):
            drawn = (maker.act(state, now) for _ in range(12))
            act = next((e for e in drawn if e.step in way or (random.random() < 0.25 and e.step not in barred)), None)
            if act is None or tables.steps[act.step].step.into:
                continue
            act = replace(act, seq=len(log) + 1, recorded=now, happened=now)
            if not refusals(tables, log, act, calendar()):
                log.append(act)
                state.take(act)
                break
    return log


@pytest.mark.parametrize("version", VERSIONS)
def test_no_clock_runs_on_that_nobody_can_end(version: type[Procedure]) -> None:
    tables = compiled(version)
    found = set[str]()
    for limit in tables.limits:
        own = any(tables.steps[n].track in (0, limit.track) for n in limit.until)
        if limit.wait or limit.limit.bars or not own:  # what only another run can meet is opened by the act itself, which a drawn case does not do
            continue
        for number, way in enumerate(ways(tables, limit)):
            for seed in range(CASES):
                log = led(tables, 1000 * number + seed, way, frozenset(limit.until))
                if log:
                    judged = supervise_case(tables, log, log[-1].happened, calendar(), about=0)
                    over = [c for c in judged.clocks if c.row is limit and runs_on(tables, judged.state, c)]
                    found |= {f"{c.row.code} of {c.entity or 'the case'}: {' → '.join(tables.steps[e.step].step.code for e in log)}" for c in over}
    assert not found, min(found, key=len)
