"""只问一步 · What the oracle finds of one event alone is what it finds of that event in the whole; clocks and state are the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import size
from tianping.engines.generate import Faults, Generator
from tianping.law.calendar import calendar
from tianping.procedure.events import effective
from tianping.procedure.fold import State, fold_to
from tianping.procedure.registry import discover
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import compiled

FOLDERS = discover([])


@pytest.mark.parametrize("code", sorted(FOLDERS))
def test_of_the_last_event_all_is_found_and_nothing_else(code: str) -> None:
    broken = 0
    for seed, version in enumerate(FOLDERS[code].versions):
        tables = compiled(version)
        for whole in Generator(tables, seed + 7, start=version.valid_from, faults=Faults(illegal=0.15)).cases(size(8, 400), length=12).values():
            told = [e for e in whole if not e.ghost]
            for n in range(1, len(told) + 1):
                log = effective(told[:n])
                tried = told[n - 1]
                if tried not in log:
                    continue
                whole_case = supervise_case(tables, log, tried.happened, calendar())
                alone = supervise_case(tables, log, tried.happened, calendar(), about=tried.seq)
                assert alone.findings == [f for f in whole_case.findings if f.seq == tried.seq]
                assert (alone.clocks, alone.log) == (whole_case.clocks, whole_case.log)
                folded = fold_to(tables, alone.log, len(alone.log))
                assert (alone.state.stage, alone.state.case_facts) == (folded.stage, folded.case_facts)
                known = {run: facts for run, facts in alone.state.run_facts.items() if facts}
                assert known == {run: facts for run, facts in folded.run_facts.items() if facts}
                broken += len(alone.findings)
    assert broken


@pytest.mark.parametrize("code", sorted(FOLDERS))
def test_a_case_that_goes_on_is_judged_as_if_from_its_beginning(code: str) -> None:
    """With late entries and corrections between, which begin anew, and under another calendar."""
    went_on = 0
    for seed, version in enumerate(FOLDERS[code].versions):
        tables = compiled(version)
        for whole in Generator(tables, seed + 11, start=version.valid_from, faults=Faults(illegal=0.1)).cases(size(8, 400), length=16).values():
            told, before = [e for e in whole if not e.ghost], None
            for n in range(1, len(told) + 1):
                log, tried = effective(told[:n]), told[n - 1]
                moment, about = max(e.recorded or e.happened for e in told[:n]), tried.seq if tried in log else 0
                anew = supervise_case(tables, log, moment, calendar(), about=about)
                went_on += before is not None and before.reckoned.begins(log, calendar())
                found = supervise_case(tables, log, moment, calendar(), about=about, before=before)
                assert (found.clocks, found.findings, found.log) == (anew.clocks, anew.findings, anew.log)
                assert _known(found.state) == _known(anew.state)
                assert found.reckoned.of_limit == anew.reckoned.of_limit
                before = found
    assert went_on


def _known(state: State) -> list[dict[Any, Any]]:
    """What a state knows; what was only asked of it leaves nothing but zeros and empty places."""
    kept = (state.stage, state.case_facts, state.run_facts, state.times, state.case_times, state.signed)
    return [{key: value for key, value in part.items() if value not in (0, {}) or part is state.stage} for part in kept]
