"""回放夹具 · The pack, the scenario, its plan, and planned cases as the event logs that the engines judge."""

from __future__ import annotations

from datetime import date
from functools import cache

from tests.conftest import ROOT
from tianping.casework.city.model import Pack
from tianping.casework.city.pack import read_pack
from tianping.casework.replay.model import PlannedCase, Scenario
from tianping.casework.replay.plan import plan
from tianping.casework.replay.scenario import read_scenario
from tianping.procedure.events import Event
from tianping.procedure.registry import find
from tianping.procedure.tables import Tables, compiled

JINZHONG = ROOT / "cities" / "jinzhong"
SCRIPT = JINZHONG / "scenarios" / "half_year_2021.toml"


@cache
def pack() -> Pack:
    return read_pack(JINZHONG)


@cache
def scenario() -> Scenario:
    return read_scenario(SCRIPT)


@cache
def planned() -> tuple[PlannedCase, ...]:
    return tuple(plan(scenario(), pack()))


@cache
def tables_of(procedure: str, day: date) -> Tables:
    return compiled(find(procedure).on(day))


def tables(case: PlannedCase) -> Tables:
    """The version in force on the case's first day."""
    return tables_of(case.procedure, case.steps[0].happened.date())


def events(case: PlannedCase) -> list[Event]:
    """The case's log as the engines read it."""
    rows = tables(case)
    out = []
    for seq, s in enumerate(case.steps):
        number = rows.by_step[s.step]
        track = rows.track_of(number)
        assert track.name == s.track
        out.append(Event(seq, number, track.no, s.entity, s.happened, None, None, s.signers, s.facts))
    return out
