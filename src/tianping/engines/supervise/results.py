"""结果表 · Clocks and findings as Arrow tables, in one column order for every engine, with the article in force on the day and words in zh and en."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tianping.engines.supervise.encoded import Encoded
from tianping.engines.supervise.judged import NEVER, Found, micros
from tianping.engines.supervise.opened import OPEN_END, UNTIL
from tianping.engines.supervise.reckoned import MET, MET_LATE, MISSED, STATUSES, LimitClocks
from tianping.law.citations import Citation
from tianping.law.periods import to_date
from tianping.law.statutes import read_on
from tianping.procedure.columnar import Ints
from tianping.procedure.rules import RuleRow, rules
from tianping.procedure.tables import Tables

_NAMES: Final = pa.dictionary(pa.int32(), pa.string())
_WHEN: Final = pa.timestamp("us")

CLOCKS: Final = pa.schema(
    [
        ("case_id", pa.string()), ("track", _NAMES), ("entity", _NAMES), ("clock", _NAMES), ("since_seq", pa.int32()), ("since", _WHEN),
        ("due", _WHEN), ("met_on", _WHEN), ("status", _NAMES), ("days_late", pa.int32()), ("provisional", pa.bool_()),
    ]
)  # fmt: skip
FINDINGS: Final = pa.schema(
    [
        ("case_id", pa.string()), ("track", _NAMES), ("entity", _NAMES), ("rule", _NAMES), ("severity", _NAMES), ("happened", _WHEN),
        ("due", _WHEN), ("citation", _NAMES), ("message_zh", _NAMES), ("message_en", _NAMES),
    ]
)  # fmt: skip


def clock_batch(log: Encoded, limit: LimitClocks, tables: Tables) -> pa.RecordBatch:
    """The clocks of one limit as rows of ``CLOCKS``."""
    o, row, n = limit.opened, limit.row, len(limit.opened)
    ran_out = (o.by == OPEN_END) & (limit.status == MET)
    met = np.where(o.by == UNTIL, limit.stop, np.where(ran_out, limit.due, 0))
    late = np.isin(limit.status, (MET_LATE, MISSED)) & (not row.wait)
    over = np.where(late, limit.stop - limit.due, 0)
    columns = [
        log.cases.take(pa.array(o.case)),
        _constant(tables.tracks[row.track].track.__name__, n),
        _dictionary(o.entity, log.entities),
        _constant(row.code, n),
        pa.array(log.seq[o.at], pa.int32()),
        _when(micros(o.since, timed=row.timed)),
        _when(micros(limit.due, timed=row.timed)),
        _when(np.where((o.by == UNTIL) | ran_out, micros(met, timed=row.timed), NEVER)),
        _dictionary(limit.status, list(STATUSES)),
        pa.array((-(-over // 86_400) if row.timed else over).astype(np.int32)),
        pa.array(limit.provisional),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=CLOCKS)


def finding_batch(log: Encoded, found: Found, tables: Tables) -> pa.RecordBatch:
    """The findings under one rule as rows of ``FINDINGS``."""
    rule, n = rules(tables).rows[found.rule], len(found)
    columns = [
        log.cases.take(pa.array(found.case)),
        _constant(tables.tracks[found.track].track.__name__, n),
        _dictionary(found.entity, log.entities),
        _constant(rule.code, n),
        _constant(rule.severity, n),
        _when(found.happened),
        _when(found.due),
        _articles(rule, np.where(found.happened == NEVER, found.due, found.happened)),
        _constant(rule.text.zh, n),
        _constant(rule.text.en, n),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=FINDINGS)


def article(cited: Citation, micro: int) -> str:
    """The article as numbered in the text in force on a day, in its compact form (``CPL23 152``); as cited, where that number is not held."""
    day = to_date(micro // 86_400_000_000)
    return str(Citation(tuple(dict.fromkeys(r for ref in cited.refs for r in read_on(ref, day) or (ref,)))))


def _articles(rule: RuleRow, micro: Ints) -> pa.Array:
    """One article for the rule; one for each day where the statute has had several texts."""
    if all(len(ref.statute.versions) < 2 for ref in rule.cites.refs):
        return _constant(str(rule.cites), len(micro))
    days, where = np.unique(micro // 86_400_000_000, return_inverse=True)
    named = [article(rule.cites, int(day) * 86_400_000_000) for day in days]
    distinct = list(dict.fromkeys(named))
    codes = np.array([distinct.index(name) for name in named], dtype=np.int32)
    return _dictionary(codes[where], distinct)


def _constant(value: str, n: int) -> pa.Array:
    return _dictionary(np.zeros(n, dtype=np.int32), [value])


def _dictionary(codes: npt.NDArray[Any], names: list[str] | pa.Array) -> pa.Array:
    listed = pa.array(names, pa.string()) if isinstance(names, list) else names
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), listed)


def _when(micro: Ints) -> pa.Array:
    return pa.array(micro, pa.int64(), mask=micro == NEVER).cast(_WHEN)
