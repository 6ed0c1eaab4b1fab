"""生效的日志 · The events that count, as one lazy table: numbered steps, positions within the case, voided entries out.

Columns: ``case_id``, ``seq``, ``entity`` ("" but on Many tracks), ``step``, ``track``, ``target``, ``happened``, ``day`` and ``second``
(since 1970), ``pos`` (their order within the case), the facts, and ``recorded``, ``actor``, ``role`` where the log has them.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa

from tianping.engines.portable.connect import as_table, lay_down, take_up
from tianping.engines.portable.survey import SEQ_BITS, Survey
from tianping.procedure.columns import StageColumn
from tianping.procedure.tables import STAYS, Tables

DAY_ZERO = date(1970, 1, 1)
PACK = 64
"""Stages of a track are fewer than this, so that a position and a stage fit one number."""


class Events:
    """The effective events of the cases of one version, and small tables beside them."""

    def __init__(self, connection: Any, tables: Tables, log: Any, moment: datetime, survey: Survey) -> None:
        self.connection, self.tables, self.survey = connection, tables, survey
        self._laid: list[Any] = []
        self.table = self.lay_down(self._effective(log.filter(log.happened <= ibis.literal(moment, type="timestamp(6)"))))
        self.many = {t.no for t in tables.tracks if t.many}

    def lay_down(self, expression: Any) -> Any:
        """An expression as a temporary table that goes with the events."""
        table = lay_down(self.connection, expression)
        self._laid.append(table)
        return table

    def take_up(self) -> None:
        """Let every temporary table go."""
        for table in self._laid:
            take_up(self.connection, table)
        self._laid.clear()

    def small(self, **columns: pa.Array) -> Any:
        """A small Arrow table as a table of the connection."""
        return as_table(self.connection, pa.table(columns))

    def of(self, steps: Any) -> Any:
        """The events of some steps."""
        wanted = sorted(set(steps))
        return self.table.filter(self.table.step.isin(wanted)) if wanted else self.table.filter(ibis.literal(False))

    def _effective(self, log: Any) -> Any:
        kept = log
        if self.survey.voids:
            struck = log.filter(log.voids.notnull()).select(struck_case="case_id", struck_seq="voids").distinct()
            found = log.left_join(struck, [log.case_id == struck.struck_case, log.seq == struck.struck_seq])
            kept = found.filter(found.struck_case.isnull() | found.voids.notnull()).drop("struck_case", "struck_seq")
        names = self._step_names()
        joined = kept.inner_join(names, kept.step == names.step_name)
        return self._columns(joined)

    def _step_names(self) -> Any:
        # Beside the log's own columns: a fact may be named ``target`` or ``track``, and Ibis would then take the wrong one without a word.
        listed = [(name, self.tables.steps[no]) for name, no in self.tables.by_step.items()]
        return self.small(
            step_name=pa.array([name for name, _ in listed], pa.string()),
            step_no=pa.array([row.no for _, row in listed], pa.int32()),
            step_track=pa.array([row.track for _, row in listed], pa.int32()),
            step_target=pa.array([row.target for _, row in listed], pa.int32()),
        )

    def _columns(self, t: Any) -> Any:
        many = [track.no for track in self.tables.tracks if track.many]
        entity = ibis.literal("")
        if many and self.survey.entity:
            entity = ibis.ifelse(t.step_track.isin(many), t.entity.fill_null(""), "")
        happened = t.happened.cast("timestamp(6)")
        columns = {
            "case_id": t.case_id,
            "seq": t.seq.cast("int32"),
            "entity": entity,
            "step": t.step_no,
            "track": t.step_track,
            "target": t.step_target,
            "happened": happened,
            "day": day_of(happened),
        }
        if any(row.timed for row in self.tables.limits):
            columns["second"] = happened.truncate("s").epoch_seconds().cast("int64")
        for name in ("recorded", "actor", "role"):
            if getattr(self.survey, name):
                columns[name] = t[name]
        columns |= {f"fact_{name}": value for name in self.tables.facts if (value := self._fact(t, name)) is not None}
        columns["pos"] = self._position(t, happened)
        return t.select(**columns)

    def _position(self, t: Any, happened: Any) -> Any:
        """A number that orders the events of a case: second and seq in one where they fit, else counted by a window, which costs a sort."""
        if self.survey.packs:
            return happened.epoch_seconds().cast("int64") * (1 << SEQ_BITS) + t.seq.cast("int64")
        return (ibis.row_number().over(group_by=t.case_id, order_by=[t.happened, t.seq]) + 1).cast("int64")

    def _fact(self, t: Any, name: str) -> Any:
        """A fact's answers as given, and as set by the steps that set it by themselves."""
        given = t[name] if name in self.survey.facts else None
        if given is not None and given.type().is_timestamp():
            given = given.date()
        setters = [(row.no, v) for row in self.tables.steps for f, v in row.step.sets if f.name == name]
        if not setters:
            return given
        branches = [(t.step_no == no, ibis.literal(value)) for no, value in setters]
        return ibis.cases(*branches) if given is None else ibis.cases(*branches, else_=given)

    @cached_property
    def staged(self) -> Any:
        """The events with ``before``: the stage in which each one's run stood (0 is NEW)."""
        t = self.table
        moved = ibis.ifelse(t.target != STAYS, t.pos * PACK + t.target, ibis.null("int64"))
        keys = [t.case_id] + ([t.track] if len(self.tables.tracks) > 1 else []) + ([t.entity] if self.many else [])
        last = moved.max().over(ibis.window(group_by=keys, order_by=t.pos, preceding=(None, 1)))
        staged = t.mutate(before=(last % PACK).fill_null(0).cast("int32"))
        return self.lay_down(staged) if self._read_often() else staged

    def _read_often(self) -> bool:
        """Whether more than the check of order reads the stages."""
        read = self.tables.guard_columns.union(*(row.conditions for row in self.tables.limits))
        return any(isinstance(c, StageColumn) for c in read) or any(t.part is not None and t.part.one_open for t in self.tables.tracks)


def day_of(moment: Any) -> Any:
    """The day number of a timestamp or a date."""
    day = moment.date() if moment.type().is_timestamp() else moment
    return day.delta(ibis.literal(DAY_ZERO), unit="day").cast("int64")
