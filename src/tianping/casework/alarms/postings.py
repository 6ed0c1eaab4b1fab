"""对外通报 · Notices gathered into digests, one to a robot and minute, and delivered at no more than twenty a minute; every attempt is written down.

A digest is made of counts and of titles of limits, so there is nothing in it that anybody typed. Each notice goes to a robot once; a robot that does
not take a message is tried again, ever more rarely, and in the end the message is given up and stays in sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, Max

from tianping.casework.alarms.channels import NotTaken, Robot, robots
from tianping.casework.alarms.limits import titles
from tianping.casework.alarms.notices import LEVELS
from tianping.casework.alarms.robots import PER_MINUTE, WINDOW, Found, digests
from tianping.casework.models import Notice, Organisation, Posting, PostingTry
from tianping.casework.outbox.dispatch import ATTEMPTS, wait_after
from tianping.law.text import T

MOST: Final = 1_000
TURN: Final = 8_203_413
"""The lock under which messages are made and sent: the pace of a robot is counted by one at a time."""
TITLE: Final = T("天平监督提醒", "Tianping supervision")
ABOUT: Final = T("{level}　{limit}", "{level}: {limit}")
NOTICES: Final = "notices"
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Posted:
    """投递结果 · How many messages were taken, refused, and given up."""

    sent: int
    failed: int
    dead: int


def postings_make(*, at: datetime) -> int:
    """汇总 · Gather what was told since the last time into digests; how many messages were made."""
    made = 0
    with transaction.atomic():
        turn()
        words = titles()
        for robot in robots():
            made += _made(robot, words, at)
    return made


def _made(robot: Robot, words: dict[tuple[int, str], T], at: datetime) -> int:
    last = Posting.objects.filter(robot=robot.name, about=NOTICES).aggregate(last=Max("upto"))["last"]
    own = Organisation.objects.filter(code=robot.organisation).first()
    if own is None:
        return 0
    rows = Notice.objects.filter(kind__in=sorted(robot.kinds), made__lte=at).select_related("case", "organisation")
    rows = rows.filter(organisation__path__startswith=own.path) if own.path else rows.filter(organisation=own)
    if last is None:  # a robot that is new is not told of the past
        rows = rows.filter(made__gt=at - timedelta(days=1))
    found = list(rows.filter(pk__gt=last or 0).order_by("pk")[:MOST])
    points = [(n, Found(robot.name, _about(n, words), n.made)) for n in found]
    out = 0
    for digest in digests([p for _, p in points], robot.link):
        inside = [n.pk for n, p in points if digest.at - WINDOW <= p.at < digest.at]
        values = {"made": at, "count": digest.count, "zh": digest.text.zh, "en": digest.text.en, "due": at}
        _, new = Posting.objects.get_or_create(robot=robot.name, about=NOTICES, upto=max(inside), defaults=values)
        out += new
    return out


def _about(notice: Notice, words: dict[tuple[int, str], T]) -> T:
    level = LEVELS[3] if notice.kind == "alarm" else LEVELS[min(notice.level, 2)]
    return ABOUT.fill(level=level, limit=words.get((notice.case.definition_id, notice.code), T("期限", "a limit")))


def postings_send(*, at: datetime) -> Posted:
    """投递 · Send what is due, no faster than each robot takes it."""
    known = {r.name: r for r in robots()}
    sent = failed = dead = 0
    while True:
        with transaction.atomic():
            turn()
            row = _next(known, at)
            if row is None:
                return Posted(sent, failed, dead)
            result = _tried(row, known[row.robot], at)
        sent, failed, dead = sent + (result == "sent"), failed + (result == "failed"), dead + (result == "dead")


def _next(known: dict[str, Robot], at: datetime) -> Posting | None:
    """The oldest message that is due, of a robot that may be spoken to."""
    since = at - WINDOW
    spoken = dict(PostingTry.objects.filter(tried__gt=since).values_list("robot").annotate(n=Count("pk")))
    free = [name for name in known if spoken.get(name, 0) < PER_MINUTE]
    return Posting.objects.filter(sent=None, dead=None, due__lte=at, robot__in=free).order_by("pk").first()


def _tried(row: Posting, robot: Robot, at: datetime) -> str:
    attempt, error = row.tries + 1, ""
    try:
        robot.send(TITLE.pick(robot.lang), row.zh if robot.lang == "zh" else row.en, at)
    except NotTaken as refusal:
        error = refusal.message.en
    result = "sent" if not error else "dead" if attempt >= ATTEMPTS else "failed"
    told = {"sent": at if result == "sent" else None, "dead": at if result == "dead" else None}
    Posting.objects.filter(pk=row.pk).update(tries=attempt, due=at + wait_after(attempt) if error else row.due, **told)
    PostingTry.objects.create(posting=row, robot=row.robot, tried=at, result=result, error=error[:200])
    return result


def postings(*, before: int | None = None) -> list[Posting]:
    """A page of messages, newest first, each with its attempts."""
    rows = Posting.objects.prefetch_related("attempts")
    return list((rows if before is None else rows.filter(pk__lt=before)).order_by("-pk")[:PAGE])


def turn() -> None:
    """Wait for one's turn, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])
