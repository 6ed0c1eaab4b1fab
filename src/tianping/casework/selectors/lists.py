"""案件列表 · The cases that an actor may see, by opening (newest first) or by last day (soonest first, active cases only).

Each key is read by itself, at most a page of it, along an index that already has the order; then the pages are merged. So a list costs the same
whoever asks and wherever their cases lie. Further filters look at :data:`WINDOW` cases at a time and at most :data:`WINDOWS` times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.titles import UNKNOWN
from tianping.casework.selectors.pages import LONGEST, NEVER, Mark, Page, marked
from tianping.casework.selectors.referrals import ReferralRow, referral_inbox, referral_outbox

__all__ = ["CaseRow", "Page", "ReferralRow", "case_list", "referral_inbox", "referral_outbox"]

Order = Literal["opened", "due"]
WINDOW: Final = 200
WINDOWS: Final = 5
ENTRIES: Final = 800
"""Entries of the index that a filter reads at a time, of all keys together: with many keys the window is smaller."""
_RECUSED: Final = "v.case_id <> all(array(select r.case_id from casework_recusal r where r.person_id = %(person)s))"
_KEYS: Final = "unnest(%(keys)s::bigint[]) as k(key) cross join generate_series(0, %(clearance)s) as l(level)"
_OPENED: Final = f"""select distinct w.case_id, null::text as at from {_KEYS} cross join lateral (
    select v.case_id from casework_visibility v
    where v.key_id = k.key and v.level = l.level and v.case_id < %(case)s and {_RECUSED} order by v.case_id desc limit %(window)s) w
  order by w.case_id desc limit %(window)s"""  # noqa: S608 — constants only
DUE: Final = f"""select w.case_id, w.due::text as at from (select distinct w.case_id, w.due from {_KEYS} cross join lateral (
    select v.case_id, coalesce(v.due, 'infinity'::timestamptz) as due from casework_visibility v
    where v.key_id = k.key and v.level = l.level and v.lifecycle = 0
      and (coalesce(v.due, 'infinity'::timestamptz), v.case_id) > (%(due)s::timestamptz, %(case)s) and {_RECUSED}
    order by coalesce(v.due, 'infinity'::timestamptz), v.case_id limit %(window)s) w
  order by w.due, w.case_id limit %(window)s) w"""  # noqa: S608 — constants only
_LIST: Final = """with z as materialized ({window}), f as materialized (
  select z.case_id, z.at, c.* from z join casework_case c on c.id = z.case_id where {{fits}} order by {order} limit %(size)s
), e as (select z.case_id, z.at, count(*) over () as looked from z order by {order_back} limit 1)
select e.case_id, e.at, e.looked, c.case_id, c.at, c.number, c.title, d.code, c.stage, c.lifecycle, c.level, c.flags, c.organisation_id, c.source,
  c.due, c.opened, c.updated, c.seq, c.held, c.masked
from e left join (select c.*, s.held, t.masked from f c left join casework_searchrow t on t.case_id = c.id {seen}) c on true
left join casework_definition d on d.id = c.definition_id order by {order_out}"""
LIST: Final[dict[Order, str]] = {
    "opened": _LIST.format(window=_OPENED, seen=SEEN, order="z.case_id desc", order_back="z.case_id", order_out="c.case_id desc"),
    "due": _LIST.format(
        window=DUE, seen=SEEN, order="z.at::timestamptz, z.case_id", order_back="z.at::timestamptz desc, z.case_id desc",
        order_out="c.at::timestamptz, c.case_id",
    ),
}  # fmt: skip
FIRST: Final[dict[Order, Mark]] = {"opened": Mark(2**63 - 1), "due": Mark(-1, "-infinity")}


LATE: Final = """c.due < case when (c.due at time zone 'Asia/Shanghai')::time = '00:00' then date_trunc('day', %(at)s::timestamptz, 'Asia/Shanghai')
  else %(at)s::timestamptz end"""
"""Whether a case is past its last day; a last instant that is no midnight belongs to a limit of hours."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """列表中的案件 · A case as a list shows it. Who does not handle it sees its title without the names of the parties."""

    id: int
    number: str | None
    title: str
    procedure: str
    stage: str
    lifecycle: int
    level: int
    flags: tuple[str, ...]
    organisation: int
    source: str
    due: datetime | None
    opened: datetime
    updated: datetime
    version: int
    capacities: frozenset[str]
    covered: str = ""
    """The title without the names of the parties, whoever looks."""


def case_list(
    actor: Actor,
    *,
    at: datetime,
    order: Order = "opened",
    after: str | None = None,
    size: int = 50,
    procedure: str | None = None,
    stage: str | None = None,
    organisation: int | None = None,
    lifecycle: int | None = None,
    holder: int | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
    late: bool | None = None,
) -> Page[CaseRow]:
    """A page of the cases that an actor may see at an instant; its keys were given for that day. Raises BadMark.

    ``holder``: a post. By last day ``since`` (it begins there) and ``before`` (it ends there) choose a stretch of the list; ``late``: past its last
    day or, for limits of hours, its last instant.
    """
    size = max(1, min(size, LONGEST))
    of = "c.definition_id in (select id from casework_definition where code = {})"
    filters = {
        of: procedure, "c.stage = {}": stage, "c.organisation_id = {}": organisation, "c.lifecycle = {}": lifecycle, "c.holder_id = {}": holder,
        "c.due < {}": before, f"({LATE}) = {{}}": late,
    }  # fmt: skip
    chosen = {test: value for test, value in filters.items() if value is not None}
    first = FIRST[order] if since is None else Mark(-1, since.isoformat())
    looked: Mark | None = marked(after, by_due=order == "due") or first
    if not actor.keys:
        return Page(())
    found: list[CaseRow] = []
    window = max((size + 1) // 2, min(WINDOW, ENTRIES // (len(actor.keys) * (actor.clearance + 1)))) if chosen else size
    for _ in range(WINDOWS if chosen else 1):  # bounded: the page says where to go on
        assert looked is not None
        looked, rows = _window(actor, at, order, looked, window, size - len(found), chosen)
        found += rows
        if looked is not None and before is not None and _past(looked, before):
            looked = None
        if looked is None or len(found) == size:
            break
    return Page(tuple(found), looked.text() if looked is not None else "")


def _window(
    actor: Actor, at: datetime, order: Order, mark: Mark, window: int, size: int, chosen: dict[str, Any]
) -> tuple[Mark | None, list[CaseRow]]:
    """Those of the next cases that fit, and where to go on; nowhere when the list ends here."""
    values = probe_of(actor) | {"at": at, "case": mark.case, "due": mark.due or None, "window": window, "size": size}
    values |= {f"f{n}": value for n, value in enumerate(chosen.values())}
    fits = " and ".join(test.format(f"%(f{n})s") for n, test in enumerate(chosen)) or "true"
    with connection.cursor() as cursor:
        cursor.execute(LIST[order].format(fits=fits), values)
        read = cursor.fetchall()
    if not read:
        return None, []
    end, end_at, looked = read[0][:3]
    fitting = [r[3:] for r in read if r[3] is not None]
    last = fitting[-1] if len(fitting) == size else (end, end_at)
    over = last[0] == end and looked < window
    return None if over else Mark(last[0], last[1] or ""), list(map(case_row, fitting))


def _past(looked: Mark, before: datetime) -> bool:
    """Whether all that follows lies behind the end of the stretch."""
    return looked.due == NEVER or datetime.fromisoformat(looked.due) >= before


def case_row(read: tuple[Any, ...]) -> CaseRow:
    """A row as the statements here give it."""
    case, _, number, title, code, stage, lifecycle, level, flags, organisation, source, ends, opened, updated, seq, held, masked = read
    shown = title if HANDLE in held else (masked or UNKNOWN)
    return CaseRow(
        case, number, shown, code, stage, lifecycle, level, tuple(flags), organisation, source, ends, opened, updated, seq, frozenset(held),
        masked or UNKNOWN,
    )  # fmt: skip
