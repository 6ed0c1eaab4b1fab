"""起算与终结（集合式） · Which events open the clocks of a limit and which end them: the next relevant event of the run, by one window each.

A clock is a row with ``case_id``, ``entity``, ``at`` (the position of its trigger), ``seq``, ``since`` (day or second), ``end`` (position or NULL),
``stop`` (day or second of the end, or NULL) and ``by`` (how it ended).
"""

from __future__ import annotations

from typing import Any

import ibis

from tianping.engines.portable.relational.effective import Events, day_of
from tianping.engines.supervise.opened import OPEN_END, RESTART, UNTIL, WAIVED
from tianping.procedure.tables import STAYS, LimitRow

CLOCK = ("case_id", "entity", "at", "seq", "since", "end", "stop", "by")


def opened(events: Events, row: LimitRow) -> Any:
    """The clocks of a limit that is anchored on steps, stages or a date fact, before reckoning."""
    marks = _marks(events, row, triggers=_triggers(events, row))
    return _ended(row, marks, many=row.track in events.many, also_at=row.fact is not None)


def chained(events: Events, row: LimitRow, lapsed: Any, *, parent_timed: bool) -> Any:
    """The clocks of a limit that begins on another limit's last day; ``lapsed`` are the parents that ran out, with ``due``."""
    parent = events.tables.limits[row.parent]
    since = lapsed.due
    if parent_timed != row.timed:
        since = since * 86_400 if row.timed else since // 86_400
    began = lapsed.select(began_case="case_id", began_entity="entity", began_at="at", began_since=since)
    t = events.of(parent.since)
    t = _scoped(events, row, t.mutate(is_trigger=ibis.literal(False), is_again=ibis.literal(True)))
    found = t.left_join(began, [t.case_id == began.began_case, t.entity == began.began_entity, t.pos == began.began_at])
    own = found.mutate(is_trigger=found.began_case.notnull(), since=found.began_since).drop(*began.columns)
    return _ended(row, _marks(events, row, triggers=own), many=row.track in events.many)


def _scoped(events: Events, row: LimitRow, t: Any) -> Any:
    """Rows seen from the limit's runs: the entity on a Many track, else the case."""
    return t if row.track in events.many else t.mutate(entity=ibis.literal(""))


def _time(row: LimitRow, t: Any) -> Any:
    return t.second if row.timed else t.day


def _triggers(events: Events, row: LimitRow) -> Any:
    """The rows of ``since`` with ``is_trigger``, ``is_again`` and the time they count from."""
    t = events.of(row.since)
    if row.fact is not None:
        t = _answered(row, t)
        return _scoped(events, row, t)
    t = _scoped(events, row, t)
    if row.first:
        t = t.mutate(nth=ibis.row_number().over(group_by=t.case_id, order_by=t.pos))
        t = t.filter(t.nth == 0).drop("nth")
    again = ibis.literal(not row.first)
    return t.mutate(is_trigger=ibis.literal(True), is_again=again, since=_time(row, t))


def _answered(row: LimitRow, t: Any) -> Any:
    """The rows that answer the date fact, counted from its date."""
    assert row.fact is not None
    name = f"fact_{row.fact.name}"
    if name not in t.columns:
        t = t.mutate(**{name: ibis.null("date")}).filter(ibis.literal(False))
    t = t.filter(t[name].notnull())
    day = day_of(t[name])
    return t.mutate(is_trigger=ibis.literal(True), is_again=ibis.literal(True), since=day * 86_400 if row.timed else day)


def _marks(events: Events, row: LimitRow, *, triggers: Any) -> Any:
    """Triggers and every other row that can end a clock, seen from its run; acts of other tracks touch every run of the case."""
    columns = ("case_id", "entity", "pos", "seq", "time", "step", "since", "is_trigger", "is_again")
    triggers = triggers.mutate(time=_time(row, triggers)).select(*columns)
    others = sorted(set(row.until) | set(row.waived))
    t = events.of(others)
    t = t.mutate(time=_time(row, t), since=ibis.null("int64"), is_trigger=ibis.literal(False), is_again=ibis.literal(False))
    if row.track not in events.many:
        ends = t.mutate(entity=ibis.literal("")).select(*columns)
        return _united(row, triggers, [ends])
    own = t.filter(t.track == row.track).select(*columns)
    foreign = t.filter(t.track != row.track).drop("entity")
    runs = triggers.filter(triggers.is_trigger).select(run_case="case_id", entity="entity").distinct()
    spread = foreign.inner_join(runs, foreign.case_id == runs.run_case).select(*columns)
    return _united(row, triggers, [own, spread])


def _united(row: LimitRow, triggers: Any, others: list[Any]) -> Any:
    """Marks without doubles: a trigger that may also end a clock is one row."""
    since_steps = set(row.since)
    marks = triggers
    for other in others:
        if since_steps & (set(row.until) | set(row.waived)):
            same = triggers.select(same_case="case_id", same_entity="entity", same_pos="pos")
            keys = [other.case_id == same.same_case, other.entity == same.same_entity, other.pos == same.same_pos]
            other = other.anti_join(same, keys)  # noqa: PLW2901 — the narrowed rows stand for the wider ones
        marks = marks.union(other)
    return marks.mutate(is_until=_among(marks, row.until), is_waived=_among(marks, row.waived))


def _among(marks: Any, steps: tuple[int, ...]) -> Any:
    return marks.step.isin(steps) if steps else ibis.literal(False)


def _ended(row: LimitRow, marks: Any, *, many: bool, also_at: bool = False) -> Any:
    """The clocks with the rows that end them: the first ``until``; else a waiving act before a restart; else the restart."""
    t = _following(row, marks, many=many)
    by = ibis.cases((t.next_pos.isnull(), OPEN_END), (t.next_until, UNTIL), else_=RESTART)
    end, stop = t.next_pos, t.next_time
    if also_at:
        by = ibis.ifelse(t.is_until, UNTIL, by)
        end, stop = ibis.ifelse(t.is_until, t.pos, end), ibis.ifelse(t.is_until, t.time, stop)
    if row.waived:
        released = (by != UNTIL) & t.near_waives.fill_null(False)
        by, end, stop = ibis.ifelse(released, WAIVED, by), ibis.ifelse(released, t.near_pos, end), ibis.ifelse(released, t.near_time, stop)
    columns = {"case_id": t.case_id, "entity": t.entity, "at": t.pos, "seq": t.seq, "since": t.since}
    return t.select(**columns, end=end, stop=stop, by=by.cast("int8"))


def _following(row: LimitRow, marks: Any, *, many: bool) -> Any:
    """The triggers with position and time of the next row that ends or restarts, and where acts waive, of the next mark of any kind."""
    keys = {"group_by": [marks.case_id, marks.entity] if many else [marks.case_id], "order_by": marks.pos}
    near = ibis.window(**keys)
    if not row.waived:
        t = marks.mutate(next_pos=marks.pos.lead().over(near), next_time=marks.time.lead().over(near), next_until=marks.is_until.lead().over(near))
        return t.filter(t.is_trigger)
    waives = marks.is_waived & ~marks.is_until & ~marks.is_again & ~marks.is_trigger
    later = ibis.window(**keys, following=(1, None))
    main = ibis.ifelse(waives, ibis.null("int64"), marks.pos * 2 + (~marks.is_until).cast("int64")).min().over(later)
    t = marks.mutate(
        near_pos=marks.pos.lead().over(near),
        near_time=marks.time.lead().over(near),
        near_waives=waives.lead().over(near),
        main=main,
        next_time=ibis.ifelse(waives, ibis.null("int64"), marks.time).min().over(later),
    )
    t = t.filter(t.is_trigger)
    return t.mutate(next_pos=t.main >> 1, next_until=t.main % 2 == 0)


def is_chained(row: LimitRow) -> bool:
    """Whether the limit begins on another limit's last day."""
    return row.parent != STAYS
