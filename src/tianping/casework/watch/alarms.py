"""预警告警 · Every limit near its end or past it, of the cases that the actor may see: which, of which element, of which unit, by when.

At most :data:`CASES` of the nearest cases are looked at, and what comes of it says whether that was all of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.days import lately
from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.titles import UNKNOWN
from tianping.casework.moments import instant, local
from tianping.casework.selectors.worklist import bounds
from tianping.casework.watch.elements import watch
from tianping.law.citations import Citation
from tianping.law.text import T

Level = Literal["l1", "l2", "l3", "none"]
CASES: Final = 2_000
SOON_TIMED: Final = timedelta(hours=1)
VERY_SOON: Final = timedelta(minutes=30)
"""Lead times of limits of hours: our own choice (policy), as the rules of alarms set them before an institution does."""
_NEAR: Final = f"""with z as materialized (
  select distinct w.case_id from unnest(%(keys)s::bigint[]) as k(key) cross join generate_series(0, %(clearance)s) as l(level)
  cross join lateral (select v.case_id from casework_visibility v
    where v.key_id = k.key and v.level = l.level and v.lifecycle = 0 and coalesce(v.due, 'infinity'::timestamptz) < %(horizon)s
    order by coalesce(v.due, 'infinity'::timestamptz), v.case_id limit %(cases)s) w)
select c.id, c.number, c.title, t.masked, s.held, d.code, c.definition_id, c.organisation_id, o.zh, o.en, h.zh, h.en, n.name, c.stage,
  c.facts ->> 'element', k.code, k.entity, k.since_seq, k.since, k.due, k.timed, k.provisional, (select count(*) from z)
from z join casework_case c on c.id = z.case_id join casework_definition d on d.id = c.definition_id
join casework_organisation o on o.id = c.organisation_id left join casework_searchrow t on t.case_id = c.id
left join casework_post h on h.id = c.holder_id left join casework_person n on n.id = h.person_id
join casework_clock k on k.case_id = c.id and k.ended is null and k.fixed and k.awaited and k.status <> 'met' and k.due < %(horizon)s {SEEN}
where s.held is not null order by k.due, c.id, k.code, k.entity limit %(most)s"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Alarm:
    """一条预警告警 · A limit of a case: how near (l1 提醒, l2 预警, l3 告警), of which element and unit, and whose turn it is."""

    case: int
    number: str | None
    title: str
    procedure: str
    organisation: int
    unit: T
    holder: T | None
    element: str
    code: str
    limit: T
    cites: Citation
    entity: str
    since_seq: int
    since: datetime
    due: datetime
    timed: bool
    provisional: bool
    level: Level

    @property
    def subject(self) -> str:
        """By which number a finding names what is watched."""
        return (self.number or str(self.case)) + (f"/{self.entity}" if self.entity else "")


@dataclass(frozen=True, slots=True)
class Near:
    """临近与已过 · The limits in the order of their ends. ``whole``: nothing was left out."""

    alarms: tuple[Alarm, ...]
    whole: bool

    def counted(self) -> Counter[str]:
        """How many of each level."""
        return Counter(a.level for a in self.alarms)

    def only(self, *, element: str = "", level: str = "", unit: int | None = None) -> tuple[Alarm, ...]:
        """Those of an element, level or unit that somebody must act on."""
        return tuple(
            a for a in self.alarms if a.level != "none" and element in ("", a.element) and level in ("", a.level) and unit in (None, a.organisation)
        )


def near(actor: Actor, at: datetime) -> Near:
    """The limits of an actor's cases that end within three working days, or have ended."""
    if not actor.keys:
        return Near((), whole=True)
    days = bounds(at, lately(at))
    values = probe_of(actor) | {"horizon": days.soon, "cases": CASES, "most": CASES}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        rows = cursor.fetchall()
    looked = rows[0][-1] if rows else 0
    return Near(tuple(_alarm(row, at) for row in rows), whole=looked < CASES and len(rows) < CASES)


def alarm_of(actor: Actor, at: datetime, *, case: int, code: str, entity: str) -> Alarm | None:
    """One of them, if it still stands."""
    return next((a for a in near(actor, at).alarms if (a.case, a.code, a.entity) == (case, code, entity)), None)


def _alarm(row: tuple[Any, ...], at: datetime) -> Alarm:
    case, number, title, masked, held, procedure, definition, organisation, zh, en, post_zh, post_en, name, _, said, code, entity, *rest = row
    since_seq, since, due, timed, provisional, _ = rest
    tables = tables_of(definition)
    limit = next(r for r in tables.limits if r.code == code)
    holder = None if post_zh is None else T(f"{name}（{post_zh}）", f"{name} ({post_en})")
    found = procedure == watch().finding.procedure and said  # a finding is of the element that it was found on
    element = said if found else watch().element(procedure, tables.tracks[limit.track].name)
    return Alarm(
        case, number, title if HANDLE in held else (masked or UNKNOWN), procedure, organisation, T(zh, en), holder, element, code, limit.limit.words,
        limit.limit.cites, entity, since_seq, local(since), local(due), timed, provisional, level_of(due, at, timed=timed),
    )  # fmt: skip


def level_of(due: datetime, at: datetime, *, timed: bool) -> Level:
    """How near a last day or instant is."""
    if timed:
        left = instant(due) - instant(at)
        return "l3" if left < timedelta(0) else "l2" if left <= VERY_SOON else "l1" if left <= SOON_TIMED else "none"
    days = bounds(at, lately(at))
    return "l3" if due < days.today else "l2" if due < days.tomorrow else "l1" if due < days.soon else "none"
