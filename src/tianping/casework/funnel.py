"""多元解纷漏斗 · Pushed, closed, settled, confirmed: counted from the ledger's standing events, by court and platform, sealed cases left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection

from tianping.law.text import T


def standing(event: str) -> str:
    """What makes an event count, as SQL on its alias: nothing corrected it."""
    return f"not exists (select from casework_event v where v.case_id = {event}.case_id and v.voids = {event}.seq)"


_COUNT: Final = f"""
with standing as (
  select c.organisation_id, c.source, e.step, e.payload -> 'facts' as facts
  from casework_event e join casework_case c on c.id = e.case_id and c.level = 0
  where e.step in ('mediation.send', 'mediation.answer', 'mediation.refuse', 'JudicialConfirmation.confirm') and {standing("e")}
)
select o.code, o.zh, o.en, s.source, coalesce(p.zh, s.source), coalesce(p.en, s.source),
  count(*) filter (where s.step = 'mediation.send'),
  count(*) filter (where s.step in ('mediation.answer', 'mediation.refuse')),
  count(*) filter (where s.facts ->> 'mediation_outcome' = 'settled'),
  count(*) filter (where s.step = 'JudicialConfirmation.confirm')
from standing s join casework_organisation o on o.id = s.organisation_id left join casework_source p on p.code = s.source
group by o.code, o.zh, o.en, s.source, p.zh, p.en order by o.code, s.source"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Counted:
    """漏斗 · One row of the funnel. closed ⊆ pushed, settled ⊆ closed, confirmed ⊆ settled."""

    pushed: int = 0
    closed: int = 0
    settled: int = 0
    confirmed: int = 0

    def __add__(self, other: Counted) -> Counted:
        mine, theirs = ((c.pushed, c.closed, c.settled, c.confirmed) for c in (self, other))
        return Counted(*(a + b for a, b in zip(mine, theirs, strict=True)))

    @property
    def open(self) -> int:
        """What was pushed and has not come back."""
        return self.pushed - self.closed


@dataclass(frozen=True, slots=True)
class Row:
    """一院一平台 · The counts of one court and one platform."""

    court: str
    court_name: T
    source: str
    source_name: T
    counted: Counted


def funnel() -> list[Row]:
    """The funnel by court and platform, as the ledger has it now."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return [Row(c, T(c_zh, c_en), s, T(s_zh, s_en), Counted(*counts)) for c, c_zh, c_en, s, s_zh, s_en, *counts in cursor.fetchall()]


def total(rows: list[Row]) -> Counted:
    """The sum of all rows."""
    return sum((row.counted for row in rows), Counted())
