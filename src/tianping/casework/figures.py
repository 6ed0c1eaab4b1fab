"""台账上的指标 · Figures reckoned from the own ledger, and the cases behind them. What is shown of a case is for the selectors to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection as database

from tianping.casework.bridge.log import ledger_logs
from tianping.casework.models import Organisation
from tianping.engines.measure.drill import Kept, conserved, members
from tianping.engines.measure.frames import figures, within
from tianping.engines.measure.plan import needs
from tianping.engines.measure.rollup import Rollup, rollup
from tianping.engines.portable.connect import as_table, collect, connect
from tianping.engines.supervise.results import CLOCKS
from tianping.engines.supervise.run import supervise
from tianping.law.text import T
from tianping.procedure.grammar import Track
from tianping.procedure.measures import Conserve, Indicator, Per


class Figures:
    """指标计算 · The ledger as it is now, or what of it happened by ``until`` (local time); each procedure is read once.

    ``plain``: without the driver of the analytics extra.
    """

    def __init__(self, *, until: datetime | None = None, plain: bool = False) -> None:
        self.connection, self.until, self.plain = connect(), until, plain
        self._logs: dict[str, Any] = {}
        self._clocks: dict[str, Any] = {}
        self._places: dict[str, T] = {}
        self._ready: dict[type[Track], Rollup] = {}

    def prepare(self, listed: Sequence[Indicator]) -> None:
        """Roll the cases up once for many figures that will be asked for one by one."""
        for unit in dict.fromkeys(i.unit for i in listed):
            made = self.rollup([i for i in listed if i.unit is unit])
            self._ready[unit] = Rollup(self.connection, as_table(self.connection, collect(self.connection, made.table)), made.needs)

    def of(self, indicators: Sequence[Indicator], by: Sequence[Per] = ()) -> pa.Table:
        """Figures of one unit by the same groups. See ``frames.figures``."""
        return figures(self.rollup(indicators, by), indicators, by)

    def value(self, indicator: Indicator) -> Any:
        """One figure without groups; None where there is nothing to count."""
        return self.of([indicator])[indicator.name][0].as_py()

    def row(self, indicator: Indicator, where: Mapping[str, object]) -> dict[str, Any]:
        """A figure of some groups (see ``frames.within``), with its numerator and denominator. Raises UnknownGroup."""
        found: dict[str, Any] = figures(within(self.rollup([indicator]), indicator, where), [indicator]).to_pylist()[0]
        return found

    def cases(
        self, indicator: Indicator, *, part: str = "among", where: Mapping[str, object] | None = None, after: Sequence[str] = (), size: int = 50
    ) -> pa.Table:
        """The units behind a figure, page by page. See ``drill.members``."""
        return members(self.rollup([indicator]), indicator, part=part, where=where, after=after, size=size)

    def place(self, code: str) -> T:
        """The name of an institution by which figures are told apart."""
        if not self._places:
            self._places = {o.code: T(o.zh, o.en) for o in Organisation.objects.only("code", "zh", "en")}
        return self._places.get(code, T(code, code))

    def conserved(self, rule: Conserve) -> Kept:
        """Whether a whole is the sum of its parts."""
        return conserved(self.rollup([rule]), rule)

    def rollup(self, listed: Sequence[Indicator | Conserve], by: Sequence[Per] = ()) -> Rollup:
        """The rows that figures of one unit are read from."""
        wanted = needs(listed, by)
        ready = self._ready.get(wanted.unit)
        if ready is not None and wanted.within(ready.needs):
            return ready
        code = wanted.procedure.code
        log = self._log(code)
        return rollup(self.connection, log, wanted, clocks=self._judged(code) if wanted.clocks else None)

    def _log(self, code: str) -> Any:
        if code not in self._logs:
            tables = [self._cut(found.table) for found in ledger_logs(code, plain=self.plain)]
            whole = pa.concat_tables(tables, promote_options="permissive") if tables else _empty()
            self._logs[code] = as_table(self.connection, _sourced(whole))
        return self._logs[code]

    def _cut(self, log: pa.Table) -> pa.Table:
        return log if self.until is None else log.filter(pc.field("happened") <= pa.scalar(self.until, log.schema.field("happened").type))

    def _judged(self, code: str) -> Any:
        if code not in self._clocks:
            found = [supervise(log.folder, self._cut(log.table), as_of=self.until).clocks for log in ledger_logs(code, plain=self.plain)]
            whole = pa.concat_tables(found) if found else CLOCKS.empty_table()
            self._clocks[code] = as_table(self.connection, whole.unify_dictionaries())
        return self._clocks[code]


def _empty() -> pa.Table:
    names = {"case_id": pa.string(), "seq": pa.int32(), "entity": pa.string(), "step": pa.string(), "happened": pa.timestamp("us")}
    return pa.table({**{n: pa.array([], k) for n, k in names.items()}, "voids": pa.array([], pa.int32()), "organisation": pa.array([], pa.string())})


def _sourced(log: pa.Table) -> pa.Table:
    """The log with the source of each case."""
    with database.cursor() as cursor:
        cursor.execute("select id::text, source from casework_case where id = any(%s)", [[int(n) for n in log["case_id"].unique().to_pylist()]])
        known = dict(cursor.fetchall())
    names = log["case_id"].combine_chunks()
    coded = names if pa.types.is_dictionary(names.type) else names.dictionary_encode()
    source = pa.array([known.get(name) for name in coded.dictionary.to_pylist()], pa.string())
    return log.append_column("source", source.take(coded.indices))
