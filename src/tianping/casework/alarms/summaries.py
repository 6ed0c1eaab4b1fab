"""汇总外发 · The day's digests of an institution and those under it, as one message to each robot that takes digests: counts, never a name.

Each digest stands in one message to a robot. What recipients get for themselves are the digests (``digests_of``); this tells their unit that they are
there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Max, Q

from tianping.casework.alarms.channels import DIGEST, Robot, robots
from tianping.casework.alarms.limits import titles
from tianping.casework.alarms.notices import LEVELS
from tianping.casework.alarms.postings import turn
from tianping.casework.alarms.robots import LINE
from tianping.casework.engine.actors import Actor
from tianping.casework.models import Digest, Notice, Organisation, Posting
from tianping.casework.moments import local
from tianping.law.text import T

HEAD: Final = T(
    "{day} 期限汇总：{recipients} 个收件方，预警 {warnings}，告警 {alarms}",
    "{day}: {warnings} warnings and {alarms} alarms for {recipients}",
)
ABOUT: Final = T("{level}　{limit}", "{level}: {limit}")
REST: Final = T("其余", "others")
LINES: Final = 20
"""Lines of a message; the rest are one line."""
PAGE: Final = 50


def summaries_make(*, at: datetime) -> int:
    """汇总外发 · Put the digests that were made since the last time into messages; how many messages."""
    with transaction.atomic():
        turn()
        words = titles()
        return sum(_made(robot, words, at) for robot in robots() if DIGEST in robot.kinds)


def _made(robot: Robot, words: dict[tuple[int, str], T], at: datetime) -> bool:
    last = Posting.objects.filter(robot=robot.name, about=DIGEST).aggregate(last=Max("upto"))["last"]
    own = Organisation.objects.filter(code=robot.organisation).first()
    if own is None:
        return False
    within = Q(organisation__path__startswith=own.path) if own.path else Q(organisation=own)
    fresh = Q(pk__gt=last) if last is not None else Q(made__gt=at - timedelta(days=1))  # a robot that is new is not told of the past
    rows = Digest.objects.filter(within, fresh, made__lte=at)
    found = list(rows.order_by("pk").values_list("id", "warnings", "alarms"))
    if not found:
        return False
    counts = {"recipients": len(found), "warnings": sum(w for _, w, _ in found), "alarms": sum(a for _, _, a in found)}
    text = _text(HEAD.fill(day=local(at).date(), **counts), found[0][0], found[-1][0], within, words, robot.link)
    values = {"made": at, "count": counts["warnings"] + counts["alarms"], "zh": text.zh, "en": text.en, "due": at}
    return Posting.objects.get_or_create(robot=robot.name, about=DIGEST, upto=found[-1][0], defaults=values)[1]


def _text(head: T, first: int, last: int, within: Q, words: dict[tuple[int, str], T], link: str) -> T:
    """The head, a line for each level and limit with the most first, and where to look."""
    told = Notice.objects.filter(within, digest_id__gte=first, digest_id__lte=last)
    kinds = told.values_list("kind", "level", "case__definition_id", "code").annotate(n=Count("pk")).order_by("kind", "level", "-n", "code")
    counted: dict[T, int] = {}
    for kind, level, definition, code, n in kinds:
        what = LEVELS[3] if kind == "alarm" else LEVELS[min(level, 2)]
        about = ABOUT.fill(level=what, limit=words.get((definition, code), T("期限", "a limit")))
        counted[about] = counted.get(about, 0) + n
    lines = sorted(counted.items(), key=lambda line: -line[1])
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], (REST, sum(n for _, n in lines[LINES - 1 :]))]
    listed = [head, *(LINE.fill(about=about, count=n) for about, n in lines), T(link, link)]
    return T("\n".join(t.zh for t in listed), "\n".join(t.en for t in listed))


def digests_of(actor: Actor, *, before: int | None = None, size: int = PAGE) -> list[Digest]:
    """我的汇总 · The digests that were made for the actor's post or for a role that it holds at its institution, the newest first."""
    to_all = Q(post=None, roles=[]) | Q(post=None, roles__overlap=sorted(actor.roles))
    rows = Digest.objects.filter(to_all | Q(post_id=actor.post, post__isnull=False), organisation_id=actor.organisation)
    return list((rows if before is None else rows.filter(pk__lt=before)).order_by("-pk")[:size])
