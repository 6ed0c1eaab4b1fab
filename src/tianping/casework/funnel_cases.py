"""数字背后的案件 · The cases behind each figure of the funnel, newest first, a page at a time: one row for each act that the figure counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from django.db import connection

from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.titles import masked_title
from tianping.casework.funnel import standing
from tianping.casework.models import Party
from tianping.casework.moments import local
from tianping.law.text import T

Mark = Literal["pushed", "closed", "settled", "confirmed", "open"]
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
PAGE: Final = 50
_ANSWERED: Final = f"""exists (select from casework_event a where a.case_id = e.case_id and a.entity = e.entity
  and a.step in ('mediation.answer', 'mediation.refuse') and {standing("a")})"""
_COUNTS: Final[dict[Mark, str]] = {
    "pushed": "e.step = 'mediation.send'",
    "closed": "e.step in ('mediation.answer', 'mediation.refuse')",
    "settled": "e.payload -> 'facts' ->> 'mediation_outcome' = 'settled' and e.step in ('mediation.answer', 'mediation.refuse')",
    "confirmed": "e.step = 'JudicialConfirmation.confirm'",
    "open": f"e.step = 'mediation.send' and not {_ANSWERED}",
}
_LIST: Final = f"""
select e.case_id, e.seq, e.happened, c.number, c.title, c.definition_id, c.stage, o.zh, o.en, coalesce(p.zh, c.source), coalesce(p.en, c.source)
from casework_event e join casework_case c on c.id = e.case_id join casework_organisation o on o.id = c.organisation_id
  left join casework_source p on p.code = c.source
where c.level = 0 and {{counts}} and {standing("e")} and (e.case_id, e.seq) < (%(case)s, %(seq)s)
  and (%(court)s = '' or o.code = %(court)s) and (%(source)s = '' or c.source = %(source)s)
order by e.case_id desc, e.seq desc limit {PAGE + 1}"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Place:
    """页位 · Where a page of a list begins: after this act. A list of acts goes from the newest case down."""

    case: int = 2**62
    seq: int = 0

    def __str__(self) -> str:
        return f"{self.case}-{self.seq}"

    @classmethod
    def read(cls, text: str) -> Place:
        """A place as written by ``str``; what is not one is the beginning."""
        case, _, seq = text.partition("-")
        return cls(int(case), int(seq)) if case.isascii() and case.isdigit() and len(case) < 19 and seq.isascii() and seq.isdigit() else cls()


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


def behind(mark: Mark, *, court: str = "", source: str = "", after: Place | None = None) -> Page:
    """A page of the cases that a figure counts, of all courts and platforms or of one."""
    place = after or Place()
    with connection.cursor() as cursor:
        asked: dict[str, int | str] = {"case": place.case, "seq": place.seq, "court": court, "source": source}
        cursor.execute(_LIST.format(counts=_COUNTS[mark]), asked)
        found = cursor.fetchall()
    shown = found[:PAGE]
    parties: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one, kind, name in Party.objects.filter(case_id__in=[row[0] for row in shown]).values_list("case_id", "kind", "name"):
        parties[one].append((kind, name))
    rows = [
        Behind(case, number or "", masked_title(title, parties[case]), _stage(definition, stage), T(c_zh, c_en), T(s_zh, s_en), local(when).date())
        for case, _, when, number, title, definition, stage, c_zh, c_en, s_zh, s_en in shown
    ]
    return Page(rows, Place(shown[-1][0], shown[-1][1]) if len(found) > PAGE else None)


def _stage(definition: int, name: str) -> T:
    """What a stage of the case itself is called."""
    return next(s.title for s in tables_of(definition).tracks[0].stages if s.name == name)
