"""两引擎一致 · The array engine finds what the scalar oracle finds, clock by clock and finding by finding, on random logs of every definition."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from tests.conftest import ROOT, size
from tests.procedure.concepts import Inquest
from tests.procedure.sample import Trial
from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import encode, rows_of_events
from tianping.engines.supervise.judged import MICROS, NEVER, Judgement, judge
from tianping.engines.supervise.reckoned import STATUSES, Moment
from tianping.law.calendar import calendar
from tianping.law.periods import day_number
from tianping.procedure.grammar import Procedure
from tianping.procedure.reckoning import ZERO, number_of, seconds
from tianping.procedure.registry import folders, load_folder
from tianping.procedure.rules import rules
from tianping.procedure.supervision import Judged, supervise_cases
from tianping.procedure.tables import Tables, compiled

FOLDERS = [*folders().values(), *(p.parent for p in sorted((ROOT / "examples").glob("*/procedure.py")))]
VERSIONS = [(path.name, version) for path in FOLDERS for version in load_folder(path).versions] + [("sample", Trial), ("concepts", Inquest)]
CASES, SEEDS = size(60, 200), range(1, size(3, 11))


def _instant(moment: date | datetime | None) -> int:
    if moment is None:
        return NEVER
    return number_of(moment) * (MICROS if isinstance(moment, datetime) else 86_400 * MICROS)


def scalar(judged: dict[str, Judged]) -> tuple[Counter[object], Counter[object]]:
    clocks: Counter[object] = Counter()
    findings: Counter[object] = Counter()
    for case, got in judged.items():
        for c in got.clocks:
            since = number_of(c.since)
            clocks[case, c.row.code, c.entity, c.since_seq, since, number_of(c.due), c.status, c.fixed, c.provisional] += 1
        for f in got.findings:
            instant = (f.happened - ZERO) // timedelta(microseconds=1) if isinstance(f.happened, datetime) else _instant(f.happened)
            findings[case, f.rule.no, f.entity, instant, _instant(f.due)] += 1
    return clocks, findings


def arrays(got: Judgement) -> tuple[Counter[object], Counter[object]]:
    log = got.log
    names, entities = log.cases.to_pylist(), log.entities.to_pylist()
    clocks: Counter[object] = Counter()
    findings: Counter[object] = Counter()
    for limit in got.clocks:
        o = limit.opened
        for i in range(len(o)):
            key = (names[o.case[i]], limit.row.code, entities[o.entity[i]], int(log.seq[o.at[i]]), int(o.since[i]), int(limit.due[i]))
            clocks[(*key, STATUSES[limit.status[i]], bool(limit.fixed[i]), bool(limit.provisional[i]))] += 1
    for f in got.findings:
        for i in range(len(f)):
            findings[names[f.case[i]], f.rule, entities[f.entity[i]], int(f.happened[i]), int(f.due[i])] += 1
    return clocks, findings


def compare(tables: Tables, seed: int, start: date, cases: int) -> None:
    logs = Generator(tables, seed, start=start).cases(cases)
    last = max(e.happened for log in logs.values() for e in log)
    as_of = last - timedelta(days=100)
    oracle = scalar(supervise_cases(tables, logs, as_of, calendar()))
    rows = rows_of_events(logs, tables)
    # names coded before some of the events leave, as a reader of files hands them over
    encoded = encode(rows.set_column(0, "case_id", rows["case_id"].dictionary_encode()), tables, until=as_of)
    got = arrays(judge(tables, encoded, Moment(day_number(as_of.date()), seconds(as_of)), calendar()))
    for ours, theirs, what in zip(got, oracle, ("clocks", "findings"), strict=True):
        named = [(k, rules(tables).rows[k[1]].code if what == "findings" else "") for k in list((ours - theirs) + (theirs - ours))[:6]]  # type: ignore[index]
        assert ours == theirs, (what, len(ours - theirs), len(theirs - ours), named)
    assert sum(oracle[0].values()) or not tables.limits


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "version"), VERSIONS, ids=[f"{n}-{v.valid_from}" for n, v in VERSIONS])
def test_arrays_agree_with_the_oracle(name: str, version: type[Procedure], seed: int) -> None:
    compare(compiled(version), seed, version.valid_from, CASES)
