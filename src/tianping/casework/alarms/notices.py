"""提醒列表 · What somebody is told of now, in words without personal data, and that he has seen it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from tianping.casework.alarms.limits import titles
from tianping.casework.engine.actors import Actor
from tianping.casework.models import Clock, Notice, Recusal
from tianping.casework.moments import local
from tianping.law.text import T

PAGE: Final = 50
LEVELS: Final = {1: T("提醒", "reminder"), 2: T("预警", "warning"), 3: T("告警", "alarm")}
BEFORE: Final = T("{what}：{limit}，{due}届满", "{what}: {limit} ends {due}")
AFTER: Final = T("{what}：{limit}，已于{due}届满", "{what}: {limit} ended {due}")
PROVISIONAL: Final = T("（暂定：该年日历尚未公布）", " (provisional: the calendar of that year is not published yet)")


@dataclass(frozen=True, slots=True)
class Told:
    """提醒 · A notice as it is read. ``case``: the case's number, or its id."""

    id: int
    case_id: int
    case: str
    kind: str
    level: int
    due: datetime
    occurrence: int
    provisional: bool
    text: T
    limit: T
    timed: bool
    seen: datetime | None

    @property
    def called(self) -> T:
        """How grave it is, in a word."""
        return _level(self.kind, self.level)


def notices_of(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> list[Told]:
    """我的提醒 · What the actor has not seen and what still stands, the newest first; ``before``: the id that the last page ended with.

    A notice no longer stands when its clock has ended, pauses, or has another due day.
    """
    return _page(_standing(actor), before, limit)


def notices_seen(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> list[Told]:
    """已签收 · What somebody has seen of the actor's notices, whatever came of the limit since, the newest first."""
    return _page(_of(actor).filter(seen__isnull=False), before, limit)


def _standing(actor: Actor) -> QuerySet[Notice]:
    clock = Clock.objects.filter(case_id=OuterRef("case_id"), code=OuterRef("code"), entity=OuterRef("entity"), since_seq=OuterRef("since_seq"))
    return _of(actor).filter(Exists(clock.filter(due=OuterRef("due"), ended=None, fixed=True)), seen=None)


def _page(rows: QuerySet[Notice], before: int | None, limit: int) -> list[Told]:
    rows = rows if before is None else rows.filter(pk__lt=before)
    words = titles()
    found = rows.select_related("case").order_by("-pk")[: min(limit, PAGE)]
    return [_told(n, words[n.case.definition_id, n.code]) for n in found if (n.case.definition_id, n.code) in words]


def notices_acknowledge(*, actor: Actor, notices: Collection[int], at: datetime) -> int:
    """签收 · The actor has seen these notices of his; how many were not seen before. The repeats of that level stop for that due day."""
    return _of(actor).filter(pk__in=list(notices)[:PAGE], seen=None).update(seen=at, seen_by=actor.account)


def _of(actor: Actor) -> QuerySet[Notice]:
    """The notices that are the actor's: to his post, to a role that he holds at the institution, or to the institution.

    Of a case from which he has withdrawn he is told nothing.
    """
    to_all = Q(post=None, roles=[]) | Q(post=None, roles__overlap=sorted(actor.roles))
    found = Notice.objects.filter(Q(organisation_id=actor.organisation), to_all | Q(post_id=actor.post, post__isnull=False))
    return found if actor.person is None else found.exclude(Exists(Recusal.objects.filter(case_id=OuterRef("case_id"), person_id=actor.person)))


def _told(notice: Notice, limit: T) -> Told:
    case = notice.case.number or str(notice.case_id)
    return Told(
        notice.pk, notice.case_id, case, notice.kind, notice.level, notice.due, notice.occurrence, notice.provisional, words(notice, limit),
        limit, notice.timed, notice.seen,
    )  # fmt: skip


def words(notice: Notice, limit: T) -> T:
    """提醒的文字 · What a notice says: which limit, how grave, by when. No names, no title of the case."""
    day = local(notice.due)
    due = T(f"{day:%Y-%m-%d %H:%M}", f"on {day:%Y-%m-%d at %H:%M}") if notice.timed else T(f"{day:%Y-%m-%d}", f"on {day:%Y-%m-%d}")
    text = (BEFORE if notice.kind == "warning" else AFTER).fill(what=_level(notice.kind, notice.level), limit=limit, due=due)
    return T(text.zh + PROVISIONAL.zh, text.en + PROVISIONAL.en) if notice.provisional else text


def _level(kind: str, level: int) -> T:
    return LEVELS[3] if kind == "alarm" else LEVELS[min(level, 2)]
