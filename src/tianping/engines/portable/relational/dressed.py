"""结果成表 · Batches of plain rows become the tables of clocks and findings: numbers get their codes, words and articles."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from tianping.engines.portable.errors import DateBeyondCalendar
from tianping.engines.supervise.judged import NEVER, micros
from tianping.engines.supervise.opened import OPEN_END, UNTIL
from tianping.engines.supervise.reckoned import MET, MET_LATE, MISSED, STATUSES
from tianping.engines.supervise.results import CLOCKS, FINDINGS, article
from tianping.engines.supervise.run import Piece
from tianping.procedure.rules import Kind, RuleRow, rules
from tianping.procedure.tables import LimitRow, Tables

_WHEN: Final = pa.timestamp("us")
_DAY: Final = 86_400_000_000


class Dresser:
    """Turns the rows of the expressions into the rows of ``CLOCKS`` and ``FINDINGS``."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.rules = tables, rules(tables)
        self.clocks: list[pa.RecordBatch] = []
        self.findings: list[pa.RecordBatch] = []

    def piece(self) -> Piece:
        """What has been dressed since the last piece."""
        made = Piece(self.clocks, self.findings, 0, 0)
        self.clocks, self.findings = [], []
        return made

    def finding(self, t: pa.RecordBatch) -> None:
        """Rules broken by acts."""
        what, tracks = t["what"].to_numpy(), t["track"].to_numpy()
        for rule, track in sorted(set(zip(what.tolist(), tracks.tolist(), strict=True))):
            rows = t.filter(pa.array((what == rule) & (tracks == track)))
            name = self.tables.tracks[track].track.__name__
            happened = rows["happened"].cast(_WHEN).cast(pa.int64()).to_numpy()
            never = np.full(len(rows), NEVER)
            self.findings.append(_found(self.rules.rows[rule], name, rows["case_id"], rows["entity"], happened, never))

    def clock(self, row: LimitRow, t: pa.RecordBatch) -> None:
        """Clocks of one limit, and what they find."""
        if not len(t):
            return
        if t["due"].null_count:
            raise DateBeyondCalendar(clock=row.code, count=t["due"].null_count)
        n = len(t)
        since, due, stop, by, status = (t[name].to_numpy(zero_copy_only=False) for name in ("since", "due", "stop", "by", "status"))
        ran_out = (by == OPEN_END) & (status == MET)
        met = np.where(by == UNTIL, stop, due)
        late = np.isin(status, (MET_LATE, MISSED)) & (not row.wait)
        over = np.where(late, stop - due, 0)
        name = self.tables.tracks[row.track].track.__name__
        columns = [
            t["case_id"],
            _constant(name, n),
            t["entity"].dictionary_encode(),
            _constant(row.code, n),
            t["seq"],
            _when(micros(since, timed=row.timed)),
            _when(micros(due, timed=row.timed)),
            _when(np.where((by == UNTIL) | ran_out, micros(met, timed=row.timed), NEVER)),
            _dictionary(status, list(STATUSES)),
            pa.array((-(-over // 86_400) if row.timed else over).astype(np.int32)),
            t["provisional"],
        ]
        self.clocks.append(pa.RecordBatch.from_arrays(columns, schema=CLOCKS))
        self._broken_clock(row, name, t, status, np.where(by == UNTIL, micros(stop, timed=row.timed), NEVER), micros(due, timed=row.timed))

    def _broken_clock(self, row: LimitRow, track: str, t: pa.RecordBatch, status: Any, happened: Any, due: Any) -> None:
        kind: Kind = "early" if row.wait else ("barred" if row.limit.bars else "late")
        broken = status == MISSED if row.wait else (status == MET_LATE) | (status == MISSED)
        if broken.any():
            rows = t.filter(pa.array(broken))
            rule = self.rules.rows[self.rules.find(kind, row.no)]
            self.findings.append(_found(rule, track, rows["case_id"], rows["entity"], happened[broken], due[broken]))


def _found(rule: RuleRow, track: str, case: pa.Array, entity: pa.Array, happened: Any, due: Any) -> pa.RecordBatch:
    n = len(case)
    columns = [
        case,
        _constant(track, n),
        entity.dictionary_encode(),
        _constant(rule.code, n),
        _constant(rule.severity, n),
        _when(happened),
        _when(due),
        _articles(rule, np.where(happened == NEVER, due, happened)),
        _constant(rule.text.zh, n),
        _constant(rule.text.en, n),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=FINDINGS)


def _articles(rule: RuleRow, micro: Any) -> pa.Array:
    """One article for the rule; one for each day where the statute has had several texts."""
    if all(len(ref.statute.versions) < 2 for ref in rule.cites.refs):
        return _constant(str(rule.cites), len(micro))
    days, where = np.unique(micro // _DAY, return_inverse=True)
    named = [article(rule.cites, int(day) * _DAY) for day in days]
    distinct = list(dict.fromkeys(named))
    return _dictionary(np.array([distinct.index(name) for name in named], dtype=np.int32)[where], distinct)


def _constant(value: str, n: int) -> pa.Array:
    return _dictionary(np.zeros(n, dtype=np.int32), [value])


def _dictionary(codes: Any, names: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(names, pa.string()))


def _when(micro: Any) -> pa.Array:
    return pa.array(micro, pa.int64(), mask=micro == NEVER).cast(_WHEN)
