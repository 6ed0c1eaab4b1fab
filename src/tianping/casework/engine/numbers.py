"""案号 · Case numbers, given in the transaction of the step that the law names: no gap, no number twice."""

from __future__ import annotations

from typing import Final

from tianping.casework.engine.decide import Plan
from tianping.casework.engine.hot import hot
from tianping.casework.engine.snapshot import Snapshot

_NEXT: Final = """with n as (insert into casework_numbercounter as t (organisation_id, year, kind, last)
  values (%(organisation)s, %(year)s, %(kind)s, 1)
  on conflict (organisation_id, year, kind) do update set last = t.last + 1 returning last)
select n.last, o.court_code from n, casework_organisation o where o.id = %(organisation)s"""


def allocated(now: Snapshot, plan: Plan, kind: str) -> str:
    """The next number of a kind for the case's institution in the year of the step: ``（2021）晋0728诉前调17号``. Inside a transaction only.

    The counter's row stays locked until the transaction ends, so it comes last before the write.
    """
    year = plan.events[0].happened.year
    row = hot(_NEXT, {"organisation": now.organisation, "year": year, "kind": kind})
    assert row is not None
    return f"（{year}）{row[1]}{kind}{row[0]}号"
