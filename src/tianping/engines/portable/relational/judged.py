"""裁断（集合式） · A whole log judged by one lazy expression for each limit and each check; the effective events are laid down once between them.

One expression for everything would share more, but Ibis takes longer to write its SQL than an engine to run it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import ibis

from tianping.engines.portable.connect import batches, collect
from tianping.engines.portable.relational.acts import Acts
from tianping.engines.portable.relational.calendars import Days
from tianping.engines.portable.relational.dressed import Dresser
from tianping.engines.portable.relational.effective import Events
from tianping.engines.portable.relational.reckoned import Reckoner
from tianping.engines.portable.relational.state import States
from tianping.engines.portable.survey import Survey
from tianping.engines.supervise.reckoned import Moment
from tianping.engines.supervise.run import Piece
from tianping.law.calendar import Calendar
from tianping.law.periods import day_number
from tianping.procedure.reckoning import seconds
from tianping.procedure.tables import LimitRow, Tables

CLOCK_ROW = {
    "case_id": "string", "entity": "string", "seq": "int32", "since": "int64", "due": "int64", "stop": "int64", "by": "int8", "status": "int8",
    "provisional": "boolean",
}  # fmt: skip
BROKEN_ROW = {"what": "int32", "case_id": "string", "entity": "string", "track": "int32", "happened": "timestamp(6)"}


class Judging:
    """The expressions of one version of a definition over one log: lazy tables of clocks and of broken rules."""

    def __init__(self, connection: Any, tables: Tables, log: Any, moment: datetime, survey: Survey, cal: Calendar) -> None:
        self.connection, self.tables = connection, tables
        self.events = Events(connection, tables, log, moment, survey)
        self.states = States(self.events)
        self.reckoner = Reckoner(self.events, self.states, Moment(day_number(moment.date()), seconds(moment)), Days(self.events, cal))

    def clocks(self) -> Iterator[tuple[LimitRow, Any]]:
        """Each limit and its clocks, in the columns of ``CLOCK_ROW``."""
        for row, t in zip(self.tables.limits, self.reckoner.clocks, strict=True):
            yield row, _shaped(t, CLOCK_ROW)

    def broken(self) -> Iterator[Any]:
        """The rules broken by acts, in the columns of ``BROKEN_ROW``."""
        for t in Acts(self.events, self.states, self.reckoner).broken():
            yield _shaped(t, BROKEN_ROW)

    def cases(self) -> int:
        """How many cases the effective log holds."""
        counted = self.events.table.aggregate(n=self.events.table.case_id.nunique())
        return int(collect(self.connection, counted)["n"][0].as_py())


def _shaped(t: Any, columns: dict[str, str]) -> Any:
    """A table in some columns of these types."""
    schema = t.schema()
    return t.select(**{name: t[name] if schema[name] == ibis.dtype(kind) else t[name].cast(kind) for name, kind in columns.items()})


def judged(connection: Any, tables: Tables, log: Any, moment: datetime, survey: Survey, cal: Calendar) -> Iterator[Piece]:
    """The results of the cases of one version, as they come; the last piece tells how many cases there were."""
    judging = Judging(connection, tables, log, moment, survey, cal)
    dresser = Dresser(tables)
    for row, t in judging.clocks():
        for batch in batches(connection, t):
            dresser.clock(row, batch)
            yield dresser.piece()
    for t in judging.broken():
        for batch in batches(connection, t):
            dresser.finding(batch)
            yield dresser.piece()
    yield Piece([], [], 0, judging.cases())
    judging.events.take_up()
