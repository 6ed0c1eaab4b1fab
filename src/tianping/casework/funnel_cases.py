"""数字背后的案件 · The cases behind each figure of the funnel, those sent last first, a page at a time: one row for each referral that is counted.

Names are masked for everybody. A signed-in reader is shown the cases that the one visibility source opens to him; how many he is not shown is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal, get_args

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import tables_of
from tianping.casework.funnel import ALL, SETTLED, Scope, within
from tianping.casework.masked_cases import masked_titles
from tianping.casework.moments import local
from tianping.law.text import T

Mark = Literal["pushed", "closed", "settled", "confirmed", "open", "unsettled", "unconfirmed"]
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
PAGE: Final = 50
_COUNTS: Final[dict[Mark, str]] = {
    "pushed": "true",
    "closed": "p.closed is not null",
    "settled": f"p.outcome = '{SETTLED}'",
    "confirmed": "p.confirmed is not null",
    "open": "p.closed is null",
    "unsettled": f"p.closed is not null and p.outcome <> '{SETTLED}'",
    "unconfirmed": f"p.outcome = '{SETTLED}' and p.confirmed is null",
}
_ON: Final[dict[Mark, str]] = dict.fromkeys(MARKS, "p.closed") | {"pushed": "p.sent", "open": "p.sent", "confirmed": "p.confirmed"}
"""The day that is shown: of the act that the figure counts."""
_LIST: Final = """
select p.case_id, p.entity, p.sent, {on}, c.number, c.title, c.definition_id, c.stage, o.zh, o.en, coalesce(u.zh, p.source), coalesce(u.en, p.source)
from casework_pushed p join casework_case c on c.id = p.case_id join casework_organisation o on o.id = p.organisation_id
  left join casework_source u on u.code = p.source {seen}
where {counts} and {open} and (p.sent, p.case_id, p.entity) < (%(sent)s::timestamptz, %(case)s, %(entity)s) {within}
order by p.sent desc, p.case_id desc, p.entity desc limit {size}"""


@dataclass(frozen=True, slots=True)
class Place:
    """页位 · Where a page of a list begins: after this referral. A list goes from the one sent last down."""

    sent: str = "infinity"
    case: int = 2**62
    entity: str = ""

    def __str__(self) -> str:
        return f"{self.sent}~{self.case}~{self.entity}"

    @classmethod
    def read(cls, text: str) -> Place:
        """A place as written by ``str``; what is not one is the beginning."""
        sent, _, rest = text.replace("\0", "").partition("~")
        case, _, entity = rest.partition("~")
        try:
            aware = datetime.fromisoformat(sent).tzinfo is not None
        except ValueError:
            aware = False
        good = aware and case.isascii() and case.isdigit() and len(case) < 19
        return cls(sent, int(case), entity[:80]) if good else cls()


@dataclass(frozen=True, slots=True)
class Behind:
    """一件 · A case behind a figure, its names masked, with the day of the act that is counted."""

    case: int
    number: str
    title: str
    stage: T
    court: T
    source: T
    on: date


@dataclass(frozen=True, slots=True)
class Page:
    """一页 · Some rows and where the next ones begin, if there are more."""

    rows: list[Behind]
    after: Place | None


def behind(mark: Mark, scope: Scope = ALL, *, outcome: str = "", actor: Actor | None = None, after: Place | None = None) -> Page:
    """A page of the referrals that a figure counts. ``outcome``: those that ended so. ``actor``: those it may see; None in a demonstration."""
    place = _begun(after, scope.asked["last"])
    and_so = within(replace(scope, last=None)) + (" and p.outcome = %(outcome)s" if outcome else "")
    seen, opened = ("", "c.level = 0") if actor is None else (SEEN, "s.held is not null")
    asked: dict[str, Any] = scope.asked | {"sent": place.sent, "case": place.case, "entity": place.entity, "outcome": outcome}
    statement = _LIST.format(on=_ON[mark], seen=seen, counts=_COUNTS[mark], open=opened, within=and_so, size=PAGE + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked | (probe_of(actor) if actor is not None else {}))
        found = cursor.fetchall()
    shown = found[:PAGE]
    titles = masked_titles([(row[0], row[5]) for row in shown])
    rows = [
        Behind(case, number or "", titles[case], _stage(definition, stage), T(c_zh, c_en), T(s_zh, s_en), local(when or sent).date())
        for case, _, sent, when, number, _, definition, stage, c_zh, c_en, s_zh, s_en in shown
    ]
    more = len(found) > PAGE
    return Page(rows, Place(shown[-1][2].isoformat(), shown[-1][0], shown[-1][1]) if more else None)


def _begun(after: Place | None, last: datetime | None) -> Place:
    """Where the index is entered: after the page before, and never past the scope's last day. That day is told once only: a planner multiplies."""
    begin = Place(last.isoformat(), 0) if last else Place()
    if after is None or after == Place():
        return begin
    return begin if last and datetime.fromisoformat(after.sent) >= last else after


def _stage(definition: int, name: str) -> T:
    """What a stage of the case itself is called."""
    return next(s.title for s in tables_of(definition).tracks[0].stages if s.name == name)
