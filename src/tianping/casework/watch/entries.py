"""登记行 · The rows of a register for the cases opened in a span of days, as the actor may see them; read in a few statements, however many."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Final

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.registered import folders, tables_of
from tianping.casework.engine.titles import UNKNOWN
from tianping.casework.moments import instant, read
from tianping.casework.selectors.named import names_of
from tianping.casework.watch.elements import watch
from tianping.casework.watch.registers import Column, Register
from tianping.law.identifiers import mask_name
from tianping.law.text import T
from tianping.procedure.tables import Tables, compiled

MOST: Final = 1_000
NEWEST: Final = 20_000
"""Of each key so many of the newest cases are looked at."""
LONGEST: Final = timedelta(days=31)
NOT_DONE: Final = T("未办", "not done")
WITHIN: Final = T("{n}内", "within {n}")
OVER: Final = T("超{n}", "over {n}")
DONE: Final = T("是", "yes")
STATUS: Final = {"met": T("按期", "in time"), "met_late": T("逾期", "late"), "missed": T("超期", "over")}
_ROWS: Final = f"""with z as materialized (
  select distinct w.case_id from unnest(%(keys)s::bigint[]) as k(key) cross join generate_series(0, %(clearance)s) as l(level)
  cross join lateral (select v.case_id from casework_visibility v
    where v.key_id = k.key and v.level = l.level order by v.case_id desc limit %(newest)s) w)
select c.id, c.definition_id, c.number, c.title, t.masked, s.held, c.stage, c.facts,
  (select json_agg(json_build_array(e.step, e.entity, e.happened, e.signers) order by e.seq) from casework_event e where e.case_id = c.id
    and e.voids is null and not exists (select from casework_event x where x.case_id = c.id and x.voids = e.seq)),
  (select json_agg(json_build_array(r.track, r.entity, r.stage, r.facts) order by r.track, r.entity) from casework_run r where r.case_id = c.id),
  (select json_agg(json_build_array(k.code, k.entity, k.due, k.timed, k.fixed, k.status) order by k.since_seq) from casework_clock k
    where k.case_id = c.id)
from z join casework_case c on c.id = z.case_id join casework_definition d on d.id = c.definition_id
left join casework_searchrow t on t.case_id = c.id {SEEN}
where d.code = %(procedure)s and c.opened >= %(since)s and c.opened < %(until)s and s.held is not null
  and (%(unit)s::bigint is null or c.organisation_id = %(unit)s)
order by c.id limit %(most)s"""  # noqa: S608 — constants only
_POINTS: Final = f"""select w.facts ->> 'subject', w.facts ->> 'rule', w.stage,
  (select json_build_array(e.happened, e.signers) from casework_event e where e.case_id = w.case_id and e.entity = w.entity
    and e.step like '%%.list_' order by e.seq limit 1)
from casework_watched w join casework_case c on c.id = w.case_id {SEEN}
where w.procedure = %(inspection)s and w.track = %(points)s and w.facts ->> 'subject' = any(%(subjects)s::text[])
  and s.held is not null order by w.case_id, w.entity limit %(most)s"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Told:
    """登记内容 · The rows of a register, each cell in both languages; ``whole``: none was left out."""

    register: Register
    first: date
    last: date
    rows: tuple[tuple[T, ...], ...]
    whole: bool


def told(register: Register, actor: Actor, *, first: date, last: date, unit: int | None = None) -> Told:
    """The register of the cases opened between two days, a month at most."""
    last = min(last, first + LONGEST)
    since, until = (instant(datetime(d.year, d.month, d.day)) for d in (first, last + timedelta(days=1)))  # noqa: DTZ001 — local days
    values = probe_of(actor) | {"procedure": register.procedure, "since": since, "until": until, "unit": unit, "most": MOST, "newest": NEWEST}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values)
        cases = [_Case(row) for row in cursor.fetchall()]
    accounts = {signer for case in cases for _, _, _, signers in case.events for signer, _ in signers}
    points = _points(actor, [c.subject for c in cases], accounts)
    names = names_of(accounts=accounts).accounts
    rows = [
        tuple(_cell(column, case, entity, names, points) for column in register.columns)
        for case in cases
        if not register.only or case.at(register.only, None)
        for entity in ([e for track, e, _, _ in case.runs if track == register.row] if register.row else [None])
    ]
    return Told(register, first, last, tuple(rows), whole=len(cases) < MOST)


class _Case:
    """A case as the register reads it."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.id, definition, self.number, title, masked, held, self.stage, facts, events, runs, clocks = row
        self.tables: Tables = tables_of(definition)
        self.handled = HANDLE in held
        self.title = title if self.handled else (masked or UNKNOWN)
        self.facts = _loaded(facts) or {}
        self.events = [(step, entity, read(at), signers) for step, entity, at, signers in (_loaded(events) or [])]
        self.runs = [["", "", self.stage, {}], *(_loaded(runs) or [])]
        self.clocks = _loaded(clocks) or []
        self.subject = self.number or str(self.id)

    def at(self, code: str, entity: str | None) -> list[tuple[datetime, list[list[str]]]]:
        """When a step was taken (in one run, or in any), and who signed."""
        return [(when, signers) for step, run, when, signers in self.events if step == code and entity in (None, run)]


def _points(actor: Actor, subjects: list[str], accounts: set[str]) -> dict[str, list[dict[str, str]]]:
    """Number of what was inspected → its points; who listed them is added to the accounts to be named."""
    out: dict[str, list[dict[str, str]]] = {}
    values = probe_of(actor) | {"inspection": watch().inspection, "points": watch().points, "subjects": subjects, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_POINTS, values)
        for subject, rule, stage, listed in cursor.fetchall():
            when, signers = _loaded(listed) or (None, [])
            who = signers[0][0] if signers else ""
            accounts.add(who)
            at = "" if when is None else _moment(read(when))
            out.setdefault(subject, []).append({"rule": rule or "", "stage": stage, "who": who, "at": at})
    return out


def _cell(column: Column, case: _Case, entity: str | None, names: dict[str, str], points: dict[str, list[dict[str, str]]]) -> T:
    kind, of = column.kind, column.of
    if kind in ("number", "title", "stage", "entity", "hand"):
        return _plain(kind, case, entity)
    if kind == "fact":
        return _said(case.tables, of, case.facts.get(of))
    if kind in ("runs", "stages"):
        return _runs(column, case)
    if kind == "due":
        return _due(case, of, entity)
    if kind == "points":
        listed = [names.get(p[of], p[of]) if of == "who" else p[of] for p in points.get(case.subject, ())]
        return _joined([_point_stage(x) if of == "stage" else T(x, x) for x in listed])
    return _steps(column, case, entity, names)


def _plain(kind: str, case: _Case, entity: str | None) -> T:
    if kind == "stage":
        track = next((r for r in case.runs if r[1] == entity and r[0]), None) if entity else None
        return _stage(case.tables, track[0], track[2]) if track else _stage(case.tables, "", case.stage)
    who = (entity or "") if case.handled else mask_name(entity or "")
    text = {"number": case.subject, "title": case.title, "entity": who, "hand": ""}[kind]
    return T(text, text)


def _steps(column: Column, case: _Case, entity: str | None, names: dict[str, str]) -> T:
    found = [one for code in column.codes for one in case.at(code, entity)]
    if column.kind == "count":
        return T(str(len(found)), str(len(found)))
    if column.kind == "done":
        return DONE if found else NOT_DONE
    if column.kind == "who":
        who = list(dict.fromkeys(names.get(signer, "") for _, signers in found for signer, _ in signers))
        return _joined([T(n, n) for n in who if n])
    if column.kind == "span":
        return _span(column, case.at(column.of.partition(">")[0], entity), found)
    return _joined([T(_moment(when), _moment(when)) for when, _ in found[:4]])


def _span(column: Column, begun: list[Any], done: list[Any]) -> T:
    """Within which of the hours it was done."""
    if not begun or not done:
        return NOT_DONE
    took = done[0][0] - begun[0][0]
    for hours in column.hours:
        if took <= timedelta(hours=hours):
            return WITHIN.fill(n=_length(hours))
    return OVER.fill(n=_length(column.hours[-1]))


def _length(hours: int) -> T:
    return T(f"{hours}h", f"{hours} h") if hours < 48 else T(f"{hours // 24}日", f"{hours // 24} days")


def _runs(column: Column, case: _Case) -> T:
    track, _, fact = column.of.partition(".")
    own = [r for r in case.runs if r[0] == track]
    if column.kind == "stages":
        return _joined([_stage(case.tables, track, r[2]) for r in own])
    return _joined([_said(case.tables, fact, r[3].get(fact)) for r in own if r[3].get(fact) is not None])


def _due(case: _Case, code: str, entity: str | None) -> T:
    own = [k for k in case.clocks if k[0] == code and (entity is None or k[1] == entity)]
    if not own:
        return T("", "")
    _, _, due, timed, fixed, status = own[-1]
    when = read(due)
    text = _moment(when) if timed else f"{when:%Y-%m-%d}"
    if not fixed:
        return T(f"最早{text}", f"{text} at the earliest")
    words = STATUS.get(status)
    return T(text, text) if words is None else T(f"{text} {words.zh}", f"{text} {words.en}")


def _said(tables: Tables, name: str, value: Any) -> T:
    if value is None:
        return T("", "")
    kind = tables.facts[name][0].kind
    if isinstance(value, bool):
        return T("是", "yes") if value else T("否", "no")
    text = str(kind[value].value) if isinstance(value, str) and issubclass(kind, Enum) and value in kind.__members__ else str(value)
    return T(text, text)


def _stage(tables: Tables, track: str, stage: str) -> T:
    stages = next(t.stages for t in tables.tracks if t.name == track)
    return next(s.title for s in stages if s.name == stage)


def _point_stage(stage: str) -> T:
    return _stage(compiled(folders()[watch().inspection].current), watch().points, stage)


def _joined(texts: list[T]) -> T:
    return T("；".join(t.zh for t in texts), "; ".join(t.en for t in texts))


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _loaded(found: Any) -> Any:
    return json.loads(found) if isinstance(found, str) else found
