"""收件机构建议 · To which institutions a matter may be sent, with what speaks for each: a person decides, and may choose any of them.

What speaks for one is read from what is stored: where it lies, whether it stands above or below, how it dealt with such matters before, what waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from tianping.law.text import T

MOST: Final = 200
LATEST: Final = 500
"""So many of the sender's latest matters of the kind are looked at."""
WAITING: Final = 99
"""So many matters that wait at an institution are counted; more are as many as these."""
_PROPOSED: Final = f"""with past as (
  select f.receiver_id, count(*) as sent, count(*) filter (where f.state = 'answered') as answered
  from (select receiver_id, state from casework_referral where sender_id = %(own)s and matter = %(matter)s order by id desc limit {LATEST}) f
  group by f.receiver_id)
select o.id, o.zh, o.en, o.division = own.division, o.path like own.path || '%%' or own.path like o.path || '%%', coalesce(p.sent, 0),
  coalesce(p.answered, 0), (select count(*) from (select from casework_referral f
    where f.receiver_id = o.id and f.state = 'sent' limit {WAITING}) w)
from casework_organisation own cross join casework_organisation o left join past p on p.receiver_id = o.id
where own.id = %(own)s and o.id <> own.id and (o.valid_from is null or o.valid_from <= %(day)s) and (o.valid_to is null or o.valid_to >= %(day)s)
  and exists (select from casework_post p join casework_postrole r on r.post_id = p.id where p.organisation_id = o.id and r.role = any(%(roles)s)
    and daterange(p.valid_from, p.valid_to, '[]') @> %(day)s::date and daterange(r.valid_from, r.valid_to, '[]') @> %(day)s::date)
order by o.path, o.id limit {MOST}"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Proposal:
    """建议 · An institution that handles such a matter, and what speaks for it; what waits there is told of each."""

    organisation: int
    title: T
    near: bool
    kin: bool
    sent: int
    answered: int
    waiting: int

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return 2 * self.near + self.kin + 2 * bool(self.answered)

    @property
    def reasons(self) -> tuple[T, ...]:
        """What speaks for it, and what waits there."""
        known = T("近来送去此类事项 {sent} 件，已答复 {answered} 件", "{sent} such matters sent lately, {answered} answered")
        told = (
            (self.near, T("在同一行政区", "in the same division")),
            (self.kin, T("上下级机构", "above or below your institution")),
            (bool(self.sent), known.fill(sent=self.sent, answered=self.answered)),
            (True, T("现有 {n} 件待接收", "{n} wait there now").fill(n=self.waiting)),
        )
        return tuple(words for holds, words in told if holds)


def proposed(roles: Iterable[str], *, matter: str, own: int, day: date) -> list[Proposal]:
    """The other institutions in which somebody holds one of some roles on a day; those for which most speaks first, then where least waits."""
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSED, {"roles": list(roles), "matter": matter, "own": own, "day": day})
        rows = [Proposal(number, T(zh, en), *rest) for number, zh, en, *rest in cursor.fetchall()]
    return sorted(rows, key=lambda p: (-p.weight, p.waiting))
