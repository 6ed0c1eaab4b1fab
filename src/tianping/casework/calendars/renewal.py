"""升级后重算 · After an upgrade the clocks of the open cases are held against what the program reckons now: shown, or written. No event is written.

So many cases at a time. They are read without a lock; those that differ are locked, reckoned once more and written in one transaction with the
record of what moved and a row of the security log. Who begins again after a cut looks at every case: what was written differs no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction
from django.db.models import F

from tianping.casework.calendars.packaged import last_renewal, law_mark
from tianping.casework.engine.again import Pair, anew, pairs_of, reckoned_again
from tianping.casework.engine.decide import Plan
from tianping.casework.engine.read import snapshots_for_reckoning
from tianping.casework.engine.snapshot import CLOSED, ClockRow, Snapshot
from tianping.casework.models import Case, Renewal, RenewedClock
from tianping.casework.moments import instant
from tianping.casework.security.audit import Kind, noted
from tianping.law.citations import Citation

AT_ONCE: Final = 100
"""So many cases are read at once, and at most so many written in one transaction."""
Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Differing:
    """不同的期限 · A clock that differs: of which case (None: sealed), as it was stored and as it is reckoned now; and its article."""

    case: int | None
    procedure: str
    clock: str
    before: ClockRow | None
    after: ClockRow | None
    cites: Citation | None


@dataclass(slots=True)
class Looked:
    """查看结果 · Open cases that were looked at, those that differ and how many of their clocks; the first clocks are listed."""

    cases: int = 0
    differing: int = 0
    clocks: int = 0
    listed: list[Differing] = field(default_factory=list)
    renewal: int | None = None
    """The record, where it was written."""


def clocks_compared(*, most: int, told: Told, size: int = AT_ONCE) -> Looked:
    """试看 · Which stored clocks of open cases differ from what is reckoned now. Nothing is written."""
    looked, total = Looked(), _total()
    for cases in _pieces(size):
        _differing(cases, looked, most)
        told(looked.cases / max(total, looked.cases))
    return looked


def clocks_renew(*, at: datetime, release: str, most: int, told: Told, reason: str = "", size: int = AT_ONCE) -> Looked:
    """重算 · Reckon the clocks of the open cases anew and write those that differ, piece by piece."""
    last = last_renewal()
    row = Renewal.objects.create(
        release=release, before="" if last is None else last.release, law=law_mark(), reason=reason, begun=instant(at), total=_total()
    )
    looked = Looked(renewal=row.pk)
    for cases in _pieces(size):
        found = _differing(cases, looked, most)
        with transaction.atomic():
            moved = _written(row, found, at) if found else 0
            Renewal.objects.filter(pk=row.pk).update(looked=looked.cases, moved=F("moved") + moved)
        told(looked.cases / max(row.total, looked.cases))
    Renewal.objects.filter(pk=row.pk).update(ended=instant(at))
    return looked


def _total() -> int:
    return Case.objects.filter(lifecycle__lt=CLOSED).count()


def _pieces(size: int) -> Iterator[dict[int, bool]]:
    """The open cases in the order of their rows, so many at a time; each with whether it is sealed."""
    after = 0
    while cases := dict(Case.objects.filter(lifecycle__lt=CLOSED, pk__gt=after).order_by("pk").values_list("pk", "level")[:size]):
        yield {case: level > 0 for case, level in cases.items()}
        after = max(cases)


def _differing(cases: dict[int, bool], looked: Looked, most: int) -> list[int]:
    """Look at a piece: the cases of it that differ."""
    found = list[int]()
    for case, now in snapshots_for_reckoning(cases).items():
        pairs = anew(now)
        if pairs is None:
            continue
        found.append(case)
        looked.clocks += len(pairs)
        code, cites = now.tables.procedure.code, {row.code: row.limit.cites for row in now.tables.limits}
        shown = None if cases[case] else case
        told = (Differing(shown, code, _either(pair).code, *pair, cites.get(_either(pair).code)) for pair in pairs)
        looked.listed += islice(told, most - len(looked.listed))
    looked.cases += len(cases)
    looked.differing += len(found)
    return found


def _written(row: Renewal, cases: list[int], at: datetime) -> int:
    """Write the clocks of cases under their locks, what moved and that it was done. How many clocks."""
    clocks = list[RenewedClock]()

    def seen(now: Snapshot, plan: Plan) -> None:
        clocks.extend(_record(row, now, pair) for pair in pairs_of(now, plan))

    reckoned_again(cases, seen)
    RenewedClock.objects.bulk_create(clocks)
    noted(Kind.CLOCKS_RENEWED, at=at, actor=None, subject=row.pk, release=row.release, before=row.before, cases=len(cases), clocks=len(clocks))
    return len(clocks)


def _record(row: Renewal, now: Snapshot, pair: Pair) -> RenewedClock:
    one, (was, then) = _either(pair), pair
    return RenewedClock(
        renewal=row, case_id=now.case_id, organisation=now.organisation, procedure=now.tables.procedure.code, code=one.code, timed=one.timed,
        was=None if was is None else instant(was.due), now=None if then is None else instant(then.due),
        was_provisional=was is not None and was.provisional, now_provisional=then is not None and then.provisional,
        was_status="" if was is None else was.status, now_status="" if then is None else then.status,
    )  # fmt: skip


def _either(pair: Pair) -> ClockRow:
    """The clock as it is reckoned now; of one that is gone, as it was."""
    one = pair[1] or pair[0]
    assert one is not None, "a pair holds at least one"
    return one
