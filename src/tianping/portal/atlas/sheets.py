"""程序页 · One version of a procedure as its page shows it: a diagram a track, the same as tables, and the versions before and after."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tianping.law.citations import Citation
from tianping.law.text import Lang, T
from tianping.portal.atlas.uses import home
from tianping.procedure.draw.chart import START, Chart, chart
from tianping.procedure.draw.flow import flow, told_under
from tianping.procedure.draw.labels import LIMIT, limit_kind
from tianping.procedure.draw.order import sources
from tianping.procedure.draw.rail import Rail, rail
from tianping.procedure.grammar import Procedure
from tianping.procedure.referral import Heard, Referral
from tianping.procedure.registry import Folder
from tianping.procedure.tables import STAYS, LimitRow, StepRow, Tables, TrackRow, compiled

OTHERS: Final = T("其他程序", "Other procedures")
ROOM: Final = 30
"""A procedure with more steps and limits than this has a page for each of its tracks."""
UNTIL: Final = T("（没有法定终点）", "(nothing ends it)")


@dataclass(frozen=True, slots=True)
class Guard:
    """条件 · What a step demands (``wanted``) or forbids, with its article."""

    wanted: bool
    title: T
    cites: Citation


@dataclass(frozen=True, slots=True)
class Step:
    """环节行 · One step: from where to where, by whom, on what article, under what conditions, and what sets it off by itself."""

    code: str
    title: T
    by: T
    sources: tuple[T, ...]
    target: T | None
    cites: Citation
    guards: tuple[Guard, ...]
    asks: tuple[T, ...]
    cause: T | None
    at_most: int


@dataclass(frozen=True, slots=True)
class Limit:
    """期限行 · One limit: from what to what, how long, what is not counted, and by how much it may be extended."""

    code: str
    kind: T
    title: T
    since: tuple[T, ...]
    until: tuple[T, ...]
    lengths: tuple[T, ...]
    excluding: tuple[T, ...]
    extensions: tuple[tuple[T, Citation], ...]
    counting: T
    cites: Citation


@dataclass(frozen=True, slots=True)
class Pause:
    """扣除行 · One pause: between what it runs, and how much of it counts."""

    code: str
    title: T
    since: tuple[T, ...]
    until: tuple[T, ...]
    at_most: T | None
    cites: Citation


@dataclass(frozen=True, slots=True)
class Track:
    """线 · One track: its diagram and its tables. ``exchange``: the common course of a referral, the same everywhere."""

    name: str
    title: T
    many: bool
    exchange: bool
    chart: Chart | None
    rail: Rail
    flow_stages: tuple[T, ...]
    stages: tuple[tuple[str, T, bool], ...]
    steps: tuple[Step, ...]
    limits: tuple[Limit, ...]
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """程序页 · Everything that the page of one version shows."""

    procedure: type[Procedure]
    institution: T
    room: T
    home: str
    tracks: tuple[Track, ...]

    @property
    def large(self) -> bool:
        """Whether the tracks stand on pages of their own."""
        return sum(len(t.steps) + len(t.limits) for t in self.tracks) > ROOM

    def shown(self, part: str) -> tuple[Track, ...]:
        """The tracks of a page: all, or of a large procedure the one that is named, else the case itself."""
        if not self.large:
            return self.tracks
        return tuple(t for t in self.tracks if t.name == part) or self.tracks[:1]

    @staticmethod
    def cites(tracks: tuple[Track, ...]) -> Citation:
        """Every article of some tracks, each once, in the order of the steps."""
        found = Citation(())
        for track in tracks:
            for cited in (*(s.cites for s in track.steps), *(x.cites for x in track.limits)):
                found += cited
        return found


_MADE: Final[dict[tuple[type[Procedure], Lang], Sheet]] = {}


def sheet(version: type[Procedure], lang: Lang) -> Sheet:
    """The page of a version, made once."""
    if (version, lang) not in _MADE:
        _MADE[version, lang] = _sheet(version, lang)
    return _MADE[version, lang]


def _sheet(version: type[Procedure], lang: Lang) -> Sheet:
    tables, own = compiled(version), home(version)
    institution, room = place_of(version)
    return Sheet(version, institution, room, own, tuple(_track(tables, row, lang, own) for row in tables.tracks))


def place_of(version: type[Procedure]) -> tuple[T, T]:
    """The institution and the room that a procedure belongs to, as their packages call themselves."""
    parts = version.__module__.split(".")
    if "institutions" not in parts:
        return OTHERS, OTHERS
    top = parts.index("institutions") + 1
    return _named(".".join(parts[: top + 1])), _named(".".join(parts[: top + 2]))


def _named(module: str) -> T:
    zh, _, en = (sys.modules[module].__doc__ or module).strip().partition(" · ")
    return T(zh, en.partition(":")[0].rstrip("."))


def version_at(folder: Folder, on: date | None, today: date) -> type[Procedure]:
    """The version that was asked for by a day, else today's, else the newest."""
    for day in filter(None, (on, today)):
        for version in folder.versions:
            if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to):
                return version
    return folder.current


def _track(tables: Tables, row: TrackRow, lang: Lang, own: str) -> Track:
    shown = flow(tables, row)
    return Track(
        row.name,
        row.track.title,
        row.many,
        isinstance(row.part, Referral),
        chart(shown, lang, home=own),
        rail(shown),
        tuple(START if n == 0 else s.title for n, s in enumerate(row.stages)),
        tuple((s.code, s.title, s.end) for s in row.stages[1:]),
        tuple(_step(s, row) for s in tables.steps if s.track == row.no),
        tuple(_limit(tables, x) for x in tables.limits if told_under(tables, x) == row.no),
        tuple(
            Pause(p.pause.code, p.pause.words, _words(tables, p.since), _words(tables, p.until), _most(p.pause.at_most), p.pause.cites)
            for p in tables.pauses
            if p.track == row.no
        ),
    )


def _most(period: object) -> T | None:
    text = getattr(period, "text", None)
    return text if isinstance(text, T) else None


def _step(row: StepRow, track: TrackRow) -> Step:
    step = row.step
    return Step(
        step.code,
        step.words,
        step.by.words,
        tuple(START if s == 0 else track.stages[s].title for s in sources(row, track)),
        None if row.target == STAYS else track.stages[row.target].title,
        step.cites,
        tuple(Guard(wanted, g.title, g.cites) for g, wanted in row.guards),
        tuple(f.title for f in step.asks),
        _cause(row),
        step.at_most.n,
    )


def _cause(row: StepRow) -> T | None:
    cause = row.step.on
    if cause is None:
        return None
    if isinstance(cause, Heard):
        words = [o.title for o in cause.outcomes]
        return T("收到答复：" + "或".join(w.zh for w in words), "the answer: " + " or ".join(w.en for w in words))
    return T(f"期满：{cause.words.zh}", f"lapse of: {cause.words.en}")


def _limit(tables: Tables, row: LimitRow) -> Limit:
    limit = row.limit
    return Limit(
        row.code,
        LIMIT[limit_kind(row)],
        limit.words,
        tuple(_since(tables, row)),
        _words(tables, row.until) or (UNTIL,),
        tuple(dict.fromkeys(r.period.text for r in row.rows)),
        tuple(p.words for p in limit.excluding),
        tuple((x.extension.more.text, x.extension.cites) for x in row.extensions),
        row.counting.title,
        limit.cites,
    )


def _since(tables: Tables, row: LimitRow) -> Iterator[T]:
    if row.parent != STAYS:
        yield T("“{w}”届满", "the end of “{w}”").fill(w=tables.limits[row.parent].limit.words)
    elif row.fact is not None:
        yield row.fact.title
    else:
        yield from _words(tables, row.since)


def _words(tables: Tables, steps: tuple[int, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(tables.steps[s].step.words for s in steps))
