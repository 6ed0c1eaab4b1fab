"""督办 · Findings on their way, by stage and element; and the one act by which a limit that was missed becomes a finding with its own case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

import psycopg
from django.db import connection, transaction

from tianping.casework.access.keys import keys_for
from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.days import lately
from tianping.casework.engine.titles import UNKNOWN
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.casework.handling.team import member_joined
from tianping.casework.models import Case, Post, PostRole
from tianping.casework.moments import local
from tianping.casework.selectors.worklist import bounds
from tianping.casework.watch.alarms import Alarm
from tianping.casework.watch.elements import watch
from tianping.casework.watch.words import ordered_title, rule_said, title_said
from tianping.law.text import T

MOST: Final = 20_000
"""Of each key so many cases are looked at: the active ones that are due first, or the newest."""
PAGE: Final = 50
_KEYS: Final = "unnest(%(keys)s::bigint[]) as k(key) cross join generate_series(0, %(clearance)s) as l(level)"
_ACTIVE: Final = f"""select distinct w.case_id from {_KEYS} cross join lateral (select v.case_id from casework_visibility v
    where v.key_id = k.key and v.level = l.level and v.lifecycle = 0
    order by coalesce(v.due, 'infinity'::timestamptz), v.case_id limit %(most)s) w"""  # noqa: S608 — constants only
_NEWEST: Final = f"""select distinct w.case_id from {_KEYS} cross join lateral (select v.case_id from casework_visibility v
    where v.key_id = k.key and v.level = l.level order by v.case_id desc limit %(most)s) w"""  # noqa: S608 — as above
_FLOW: Final = f"""with z as materialized ({_ACTIVE})
select c.stage, c.facts ->> 'element', count(*) from z join casework_case c on c.id = z.case_id
join casework_definition d on d.id = c.definition_id where d.code = %(procedure)s group by 1, 2"""  # noqa: S608 — as above
_CLOSED: Final = f"""with z as materialized ({_NEWEST})
select count(*) from z join casework_case c on c.id = z.case_id join casework_definition d on d.id = c.definition_id {SEEN}
where c.updated >= %(since)s and d.code = %(procedure)s and c.stage = any(%(closed)s) and s.held is not null"""  # noqa: S608 — as above
_LIST: Final = """with z as materialized ({cases})
select c.id, c.number, c.title, t.masked, s.held, c.stage, c.facts ->> 'element', c.facts ->> 'subject',
  c.facts ->> 'rule', c.facts ->> 'officer', c.opened, c.updated, c.due, o.zh, o.en
from z join casework_case c on c.id = z.case_id join casework_definition d on d.id = c.definition_id
join casework_organisation o on o.id = c.organisation_id left join casework_searchrow t on t.case_id = c.id {seen}
where d.code = %(procedure)s and c.lifecycle = %(lifecycle)s and c.id < %(before)s and (%(stage)s = '' or c.stage = %(stage)s)
  and (%(element)s = '' or c.facts ->> 'element' = %(element)s) and s.held is not null order by c.id desc limit %(size)s"""
LIST: Final = {closed: _LIST.format(cases=_NEWEST if closed else _ACTIVE, seen=SEEN) for closed in (False, True)}


@dataclass(frozen=True, slots=True)
class Flow:
    """流转 · How many findings stand in each stage, by element; how many were closed on the day."""

    counts: Counter[tuple[str, str]]
    closed: int

    def stage(self, stage: str) -> int:
        """Of all elements."""
        return sum(n for (at, _), n in self.counts.items() if at == stage)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """一件督办 · What was watched, which rule, where it stands, by when it is to be put right."""

    id: int
    title: T
    stage: str
    element: str
    subject: str
    rule: T | None
    officer: str
    opened: datetime
    updated: datetime
    due: datetime | None
    institution: T


def flow(actor: Actor, at: datetime) -> Flow:
    """The findings that an actor may see, counted."""
    if not actor.keys:
        return Flow(Counter(), 0)
    finding = watch().finding
    values = probe_of(actor) | {"most": MOST, "procedure": finding.procedure, "closed": list(finding.closed), "since": bounds(at, lately(at)).today}
    with connection.cursor() as cursor:
        cursor.execute(_FLOW, values)
        counts = Counter({(stage, element or ""): n for stage, element, n in cursor.fetchall()})
        cursor.execute(_CLOSED, values)
        closed = cursor.fetchone()[0]
    return Flow(counts, closed)


def findings(
    actor: Actor, *, stage: str = "", element: str = "", before: int | None = None, closed: bool = False, size: int = PAGE
) -> list[FindingRow]:
    """A page of findings, newest first."""
    if not actor.keys:
        return []
    values: dict[str, Any] = probe_of(actor) | {
        "most": MOST, "procedure": watch().finding.procedure, "stage": stage, "element": element, "before": before or 2**62,
        "lifecycle": 2 if closed else 0, "size": size,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LIST[closed], values)
        return [_row(row) for row in cursor.fetchall()]


def ordered_already(rows: list[FindingRow], alarm: Alarm) -> FindingRow | None:
    """The open finding of a limit, if there is one."""
    return next((r for r in rows if r.rule and (r.subject, r.rule.zh) == (alarm.subject, alarm.limit.zh)), None)


@dataclass(frozen=True, slots=True)
class Order:
    """督办内容 · Who is to put it right, what, and by when."""

    post: int
    opinion: str
    fix_by: date


def rectification_ordered(*, alarm: Alarm, order: Order, actor: Actor, at: datetime, key: UUID) -> Taken:
    """督办 · A missed limit becomes a finding: opened, judged a problem, ordered to be put right; the officer's unit sees that case from now on.

    All of it or nothing. Sent twice under one key it is one act. Raises Refusal, WrongPost, NotYourInstitution and what the steps raise.
    """
    if (done := _ordered(actor, key)) is not None:
        return done
    try:
        with transaction.atomic():
            return _written(alarm, order, actor, at, key)
    except psycopg.errors.UniqueViolation:  # the same order, sent at the same moment
        done = _ordered(actor, key)
        if done is None:
            raise
        return done


def _ordered(actor: Actor, key: UUID) -> Taken | None:
    """What an earlier order under the key has made."""
    found = Case.objects.filter(organisation_id=actor.organisation, open_key=key).values_list("pk", "seq", "stage").first()
    return None if found is None else Taken(*found, replayed=True)


def _written(alarm: Alarm, order: Order, actor: Actor, at: datetime, key: UUID) -> Taken:
    finding = watch().finding
    title = ordered_title(watch().title(alarm.element), alarm.limit, alarm.subject)
    new = NewCase(title.zh, actor.organisation, source="centre", keys=keys_for(actor.organisation))
    facts: Mapping[str, object] = {"element": alarm.element, "subject": alarm.subject, "rule": alarm.limit.zh}
    opened = case_open(procedure=finding.procedure, step=finding.open, actor=actor, at=at, new=new, facts=facts, key=key)
    judged: Mapping[str, object] = {"problem": True}
    step_take(case_id=opened.case_id, step=finding.judge, actor=actor, at=at, facts=judged, key=uuid5(key, "judge"))
    told: Mapping[str, object] = {"officer": _named(order.post), "opinion": order.opinion.strip(), "fix_by": order.fix_by}
    done = step_take(case_id=opened.case_id, step=finding.order, actor=actor, at=at, facts=told, key=uuid5(key, "order"))
    member_joined(case_id=opened.case_id, post=order.post, capacity=finding.officer, actor=actor, at=at)
    return done


def officers(organisation: int, day: date) -> list[tuple[int, T]]:
    """The posts of a unit that may put something right on a day."""
    rows = PostRole.objects.filter(role=watch().finding.officer, post__organisation_id=organisation, valid_from__lte=day)
    rows = rows.exclude(valid_to__lt=day).exclude(post__valid_to__lt=day).select_related("post__person").order_by("post_id")[:200]
    return [(r.post_id, T(f"{r.post.person.name}（{r.post.zh}）", f"{r.post.person.name} ({r.post.en})")) for r in rows]


def _named(post: int) -> str:
    found = Post.objects.select_related("person").filter(pk=post).first()
    return "" if found is None else f"{found.person.name}（{found.zh}）"


def _row(row: tuple[Any, ...]) -> FindingRow:
    number, _, title, masked, held, stage, element, subject, rule, officer, opened, updated, due, zh, en = row
    shown = title_said(title if HANDLE in held else (masked or UNKNOWN), element or "", rule or "", subject or "")
    return FindingRow(
        number, shown, stage, element or "", subject or "", rule_said(rule) if rule else None, officer or "", local(opened), local(updated),
        None if due is None else local(due), T(zh, en),
    )  # fmt: skip


def may_order(actor: Actor) -> bool:
    """Whether somebody holds a role in which findings are judged and ordered."""
    return bool(actor.roles & watch().finding.roles)
