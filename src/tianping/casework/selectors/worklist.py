"""待办清单 · The cases that an actor may see as work: each with the clock that runs out first, its parties masked, and who holds it.

A page is the list's own page and one statement more. How many are due when is counted over the nearest :data:`~.lists.ENTRIES` cases at most, and the
census says whether that was all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.read import clock_of
from tianping.casework.engine.snapshot import ClockRow
from tianping.casework.models import Case
from tianping.casework.moments import instant, local
from tianping.casework.selectors.lists import DUE, ENTRIES, FIRST, LATE, CaseRow, case_row
from tianping.law.calendar import Calendar
from tianping.law.identifiers import mask_name
from tianping.law.periods import day_number, to_date
from tianping.law.text import T

Group = Literal["overdue", "today", "soon", "later", "none"]
GROUPS: Final[tuple[Group, ...]] = ("overdue", "today", "soon", "later", "none")
SOON: Final = 3
"""Working days that count as soon: today not among them."""
_CLOCK: Final = """json_build_array(k.code, k.entity, k.since_seq, k.since, k.due, k.timed, k.fixed, k.provisional, k.status, k.ended, k.met_on,
  k.awaited)"""
_WORK: Final = f"""select c.id, c.definition_id, o.zh, o.en, h.zh, h.en, n.name,
  (select {_CLOCK} from casework_clock k where k.case_id = c.id and k.ended is null and k.awaited and k.status <> 'met'
    order by not k.fixed, k.due, k.code limit 1),
  (select json_agg(json_build_array(p.capacity, p.kind, p.name)) from (select p.capacity, p.kind, p.name from casework_party p
    where p.case_id = c.id and p.left is null and p.acts_for_id is null order by p.id limit 4) p)
from casework_case c join casework_organisation o on o.id = c.organisation_id
left join casework_post h on h.id = c.holder_id left join casework_person n on n.id = h.person_id where c.id = any(%(cases)s::bigint[])"""  # noqa: S608
_CENSUS: Final = f"""with z as materialized ({DUE}), w as (
  select d.code, c.stage, c.holder_id, case when c.due is null then 'none' when {LATE} then 'overdue' when c.due < %(tomorrow)s then 'today'
    when c.due < %(soon)s then 'soon' else 'later' end as bucket
  from z join casework_case c on c.id = z.case_id join casework_definition d on d.id = c.definition_id)
select code, stage, holder_id, bucket, count(*) from w group by code, stage, holder_id, bucket order by code, stage, holder_id, bucket"""  # noqa: S608
_CASES: Final = f"""select c.id, null, c.number, c.title, d.code, c.stage, c.lifecycle, c.level, c.flags, c.organisation_id, c.source, c.due,
  c.opened, c.updated, c.seq, s.held, t.masked
from casework_case c join casework_definition d on d.id = c.definition_id left join casework_searchrow t on t.case_id = c.id {SEEN}
where c.id = any(%(cases)s::bigint[]) and s.held is not null order by c.id desc"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Bounds:
    """分界 · The instants that part the groups of one day: its beginning, its end, and the end of the third working day after it."""

    at: datetime
    today: datetime
    tomorrow: datetime
    soon: datetime

    def group(self, due: datetime | None) -> Group:
        """To which group a last day (or instant) belongs."""
        if due is None:
            return "none"
        shown = local(due)
        if due < (self.today if (shown.hour, shown.minute, shown.second) == (0, 0, 0) else self.at):
            return "overdue"
        return "today" if due < self.tomorrow else "soon" if due < self.soon else "later"

    def stretch(self, group: Group) -> dict[str, Any]:
        """The group as a stretch of the list by last day."""
        stretches: dict[Group, dict[str, Any]] = {
            "overdue": {"before": self.tomorrow, "late": True},
            "today": {"since": self.today, "before": self.tomorrow, "late": False},
            "soon": {"since": self.tomorrow, "before": self.soon},
            "later": {"since": self.soon, "before": datetime.max.replace(tzinfo=self.at.tzinfo)},
            "none": {"since": datetime.max.replace(tzinfo=self.at.tzinfo)},
        }
        return stretches[group]


def bounds(at: datetime, calendar: Calendar) -> Bounds:
    """The day of an instant and what follows it, by a calendar of working days (``engine.days.in_use``)."""
    day = local(instant(at)).date()
    third = to_date(calendar.add_working(day_number(day), SOON))
    starts = [instant(datetime(d.year, d.month, d.day)) for d in (day, day + timedelta(days=1), third + timedelta(days=1))]  # noqa: DTZ001 — local days
    return Bounds(instant(at), *starts)


@dataclass(frozen=True, slots=True)
class Work:
    """待办 · A case with what is due first (None: no clock that anybody must act on), its parties, its institution and its holder."""

    row: CaseRow
    definition: int
    institution: T
    holder: T | None
    clock: ClockRow | None
    parties: tuple[tuple[str, str], ...]
    """(capacity, masked name), four at most."""


def work_of(rows: Sequence[CaseRow]) -> list[Work]:
    """The rows of a page as work, in their order: one statement for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(_WORK, {"cases": [r.id for r in rows]})
        more = {read[0]: read[1:] for read in cursor.fetchall()}
    return [_work(row, more[row.id]) for row in rows if row.id in more]


def cases_of(actor: Actor, ids: Iterable[int]) -> list[CaseRow]:
    """Of some cases those that the actor may see, as rows of a list, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, probe_of(actor) | {"cases": list(ids)})
        return [case_row(r) for r in cursor.fetchall()]


def numbered(number: str) -> list[int]:
    """The case that bears a number, if there is one; whether it may be seen is asked after."""
    return list(Case.objects.filter(number=number).values_list("pk", flat=True)[:1])


def _work(row: CaseRow, more: tuple[Any, ...]) -> Work:
    definition, zh, en, post_zh, post_en, name, clock, parties = more
    listed = _loaded(parties) or []
    shown = tuple((capacity, mask_name(named) if kind == "person" else named) for capacity, kind, named in listed)
    holder = None if post_zh is None else T(f"{name}（{post_zh}）", f"{name} ({post_en})")
    found = _loaded(clock)
    return Work(row, definition, T(zh, en), holder, None if found is None else clock_of(found), shown)


def _loaded(found: Any) -> Any:
    return json.loads(found) if isinstance(found, str) else found


@dataclass(frozen=True, slots=True)
class Tally:
    """计数格 · How many of the nearest cases stand in one stage, with one holder, due in one group."""

    procedure: str
    stage: str
    holder: int | None
    group: Group
    cases: int


@dataclass(frozen=True, slots=True)
class Census:
    """清点 · The nearest cases by procedure, stage, holder and group. ``whole``: all active cases that the actor sees were counted."""

    tallies: tuple[Tally, ...]
    whole: bool

    def count(self, *, procedure: str = "", stage: str = "", holder: int | None = None, group: Group | None = None) -> int:
        """How many of them fit."""
        return sum(
            t.cases
            for t in self.tallies
            if procedure in ("", t.procedure) and stage in ("", t.stage) and holder in (None, t.holder) and group in (None, t.group)
        )

    def exact(self, group: Group | None) -> bool:
        """Whether the count of a group is its whole: no nearer case was left out."""
        last = max((GROUPS.index(t.group) for t in self.tallies), default=0)
        return self.whole or (group is not None and GROUPS.index(group) < last)


def census(actor: Actor, days: Bounds) -> Census:
    """Count the nearest active cases of an actor: never more than :data:`ENTRIES` entries of its keys."""
    if not actor.keys:
        return Census((), whole=True)
    window = max(1, ENTRIES // (len(actor.keys) * (actor.clearance + 1)))
    first = FIRST["due"]
    values = {"window": window, "case": first.case, "due": first.due, "at": days.at, "tomorrow": days.tomorrow, "soon": days.soon}
    with connection.cursor() as cursor:
        cursor.execute(_CENSUS, probe_of(actor) | values)
        tallies = tuple(Tally(*read) for read in cursor.fetchall())
    return Census(tallies, sum(t.cases for t in tallies) < window)
