"""程序成表 · A definition as rows of small integers: what every engine, the checker, the diagram and the simulator read.

Steps and tracks are numbered in the order written. On each track stage 0 is NEW. ``mask`` has bit i set when the step may be taken in stage i.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tianping.law.errors import TianpingError
from tianping.law.periods import Counting
from tianping.law.text import T
from tianping.procedure.columns import Column
from tianping.procedure.expressions import columns
from tianping.procedure.grammar import NEW, Condition, Fact, Ground, One, Procedure, Stage, Step, Steps, Track
from tianping.procedure.lengths import Row, rows_of
from tianping.procedure.time import Anchor, Extension, Limit, Pause, Wait

STAYS: Final = -1
"""The target of a step that stays where it is."""
MAX_STAGES: Final = 62


class Uncompilable(TianpingError):
    """定义不能成表 · A definition that cannot be compiled."""

    code = "PRO-110"
    what = T("程序“{procedure}”不能编译：{reason}", "The procedure “{procedure}” cannot be compiled: {reason}")
    todo = T("请按提示修改程序定义。", "Change the definition as the reason says.")


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One track: its part in the procedure and its stages, NEW first."""

    no: int
    name: str
    track: type[Track]
    part: One | None
    stages: tuple[Stage, ...]
    many: bool = field(init=False)
    """Whether there may be several runs of it in a case."""
    ends: int = field(init=False)
    """Bit mask of its end stages."""

    def __post_init__(self) -> None:
        """What every event asks, found once."""
        object.__setattr__(self, "many", self.part is not None and self.part.many)
        object.__setattr__(self, "ends", sum(1 << i for i, s in enumerate(self.stages) if s.end))


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: where it may be taken, where it leads, and the grounds that guard it."""

    no: int
    step: Step
    track: int
    target: int
    mask: int
    guards: tuple[tuple[Ground, bool], ...]
    missing: tuple[tuple[int, ...] | None, ...]
    """Per stage before: the steps that were skipped if this one is taken there; None if it is legal there or cannot be reached."""


@dataclass(frozen=True, slots=True)
class PauseRow:
    """One pause: the steps that begin and end it, and the track they stand on."""

    no: int
    pause: Pause
    track: int
    since: tuple[int, ...]
    until: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One extension of a limit, with its step numbers (ask -1: none)."""

    code: str
    extension: Extension
    grant: int
    ask: int


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit. ``track`` is the track whose runs its clocks belong to; ``foreign`` are ending steps of other tracks."""

    no: int
    limit: Limit
    track: int
    since: tuple[int, ...]
    first: bool
    parent: int
    fact: Fact[Any] | None
    until: tuple[int, ...]
    waived: tuple[int, ...]
    rows: tuple[Row, ...]
    counting: Counting
    pauses: tuple[int, ...]
    extensions: tuple[ExtensionRow, ...]
    code: str = field(init=False)
    """The limit's code."""
    wait: bool = field(init=False)
    """Whether it is a Wait."""
    timed: bool = field(init=False)
    """Whether it is counted in hours, on instants, and not in days."""

    def __post_init__(self) -> None:
        """What every clock asks, found once."""
        for name, value in (
            ("code", self.limit.code), ("wait", isinstance(self.limit, Wait)), ("timed", any(r.period.seconds for r in self.rows)),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def lasts(self, step: int) -> bool:
        """期满之日 · Whether the last day itself still belongs to whoever may act, so that this lapse step waits for the next.

        A time that merely passes is over on its last day, and an act that meets the limit must be done by then.
        """
        return bool(self.until) and not self.timed and step not in self.until

    @property
    def conditions(self) -> set[Column]:
        """The columns that its length, extensions, roll and pauses read as things stand at the clock's end."""
        found: set[Column] = set()
        for row in self.rows:
            found |= columns(row.when) if row.when is not None else set()
        for ext in self.extensions:
            found |= columns(ext.extension.when) if ext.extension.when is not None else set()
        for pause in self.limit.excluding:
            for row in rows_of(pause.beyond) if pause.beyond is not None else ():
                found |= columns(row.when) if row.when is not None else set()
        return found | (columns(self.limit.rolls) if self.limit.rolls is not None else set())


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """程序表 · A compiled definition. ``limits`` stand in an order in which each comes after the limit it is anchored on."""

    procedure: type[Procedure]
    tracks: tuple[TrackRow, ...]
    steps: tuple[StepRow, ...]
    limits: tuple[LimitRow, ...]
    pauses: tuple[PauseRow, ...]
    facts: dict[str, tuple[Fact[Any], int]]
    by_step: dict[str, int] = field(repr=False)
    """Step code → number; a bare step name too where only one track has it."""

    def track_of(self, step: int) -> TrackRow:
        """The track that a step stands on."""
        return self.tracks[self.steps[step].track]

    def number(self, step: Step) -> int:
        """The number of a step."""
        return self.by_step[step.code]

    def part(self, part: One) -> TrackRow:
        """The track of a part."""
        return next(t for t in self.tracks if t.part is part)

    @property
    def guard_columns(self) -> set[Column]:
        """The columns that guards and counts read before an event."""
        found: set[Column] = set()
        for row in self.steps:
            for ground, _ in row.guards:
                found |= columns(ground.rule)
            for _, rule in row.step.at_most.rows:
                found |= columns(rule)
        return found


_COMPILED: dict[type[Procedure], Tables] = {}


def compiled(procedure: type[Procedure]) -> Tables:
    """The tables of a procedure, built once. Raises Uncompilable."""
    if procedure not in _COMPILED:
        _COMPILED[procedure] = _Compiler(procedure).run()
    return _COMPILED[procedure]


class _Compiler:
    def __init__(self, procedure: type[Procedure]) -> None:
        self.procedure = procedure
        self.tracks = self._tracks()
        self.track_no = {row.track: row.no for row in self.tracks}
        self.steps: list[StepRow] = []
        self.step_no: dict[Step, int] = {}
        self.pauses: list[PauseRow] = []
        self.limits: list[LimitRow] = []

    def fail(self, reason: str) -> Uncompilable:
        return Uncompilable(procedure=self.procedure.__name__, reason=reason)

    def run(self) -> Tables:
        self._number_steps()
        for row in self.tracks:
            for pause in row.track.of(Pause):
                self.pauses.append(PauseRow(len(self.pauses), pause, row.no, self._anchor(pause.since), self._anchor(pause.until)))
        for limit in self._ordered_limits():
            self.limits.append(self._limit(limit))
        return Tables(
            self.procedure,
            tuple(self.tracks),
            tuple(self.steps),
            tuple(self.limits),
            tuple(self.pauses),
            self._facts(),
            self._names(),
        )

    def _tracks(self) -> list[TrackRow]:
        parts: list[tuple[str, type[Track], One | None]] = [("", self.procedure, None)]
        parts += [(p.name, p.track, p) for p in self.procedure.of(One)]
        if len({t for _, t, _ in parts}) != len(parts):
            raise self.fail("一个 Track 类只能使用一次 / a Track class may be used once")
        rows = [TrackRow(i, name, t, part, (NEW, *t.of(Stage))) for i, (name, t, part) in enumerate(parts)]
        for row in rows:
            if len(row.stages) > MAX_STAGES:
                raise self.fail(f"{row.track.__name__}: > {MAX_STAGES} 阶段 / stages")
        return rows

    def _number_steps(self) -> None:
        extra: dict[Step, list[tuple[Ground, bool]]] = {}
        for condition in self.procedure.of(Condition):
            for step in condition.steps:
                extra.setdefault(step, []).extend([(g, True) for g in condition.when] + [(g, False) for g in condition.unless])
        for row in self.tracks:
            own, base = row.track.of(Step), len(self.steps)
            for step in own:
                stray = [s.code for s in (*step.source, *([step.target] if step.target else [])) if s not in row.stages]
                if stray:
                    raise self.fail(f"{step.code}: {', '.join(stray)} 不在本线 / is not a stage of this track")
                guards = [(g, True) for g in step.when] + [(g, False) for g in step.unless] + extra.pop(step, [])
                number = len(self.steps)
                self.step_no[step] = number
                self.steps.append(
                    StepRow(
                        number,
                        step,
                        row.no,
                        row.stages.index(step.target) if step.target else STAYS,
                        sum(1 << row.stages.index(s) for s in step.source),
                        tuple(guards),
                        _skipped(row, own, step, base),
                    )
                )
        if extra:
            raise self.fail("Condition: " + ", ".join(s.code for s in extra))

    def _anchor(self, anchor: Anchor | None) -> tuple[int, ...]:
        if anchor is None:
            return ()
        if isinstance(anchor, Steps):
            strangers = [s.code for s in anchor.steps if s not in self.step_no]
            if strangers:
                raise self.fail(f"{', '.join(strangers)} 不属于本程序 / not a step of this procedure")
            return tuple(self.step_no[s] for s in anchor.steps)
        return tuple(row.no for row in self.steps if row.step.target in anchor.stages)

    def _ordered_limits(self) -> list[Limit]:
        """Each limit after the limit it is anchored on; a cycle is refused."""
        waiting = [limit for row in self.tracks for limit in row.track.of(Limit)]
        out: list[Limit] = []
        while waiting:
            ready = [x for x in waiting if not isinstance(x.since, Limit) or x.since in out]
            if not ready:
                raise self.fail("期限循环 / a cycle of limits: " + ", ".join(x.code for x in waiting))
            out += ready
            waiting = [x for x in waiting if x not in ready]
        return out

    def _limit(self, limit: Limit) -> LimitRow:
        parent, first = STAYS, False
        fact: Fact[Any] | None = None
        since: tuple[int, ...] = ()
        if isinstance(limit.since, Limit):
            source = next(r for r in self.limits if r.limit is limit.since)
            parent, track = source.no, source.track
        elif isinstance(limit.since, Fact):
            fact = limit.since
            track = self.track_no.get(fact.owner, 0) if fact.owner is not None else 0
            since = tuple(r.no for r in self.steps if fact in r.step.asks or any(f is fact for f, _ in r.step.sets))
        else:
            since = self._anchor(limit.since)
            first = isinstance(limit.since, Steps) and limit.since.only_first
            track = self._scope(limit, since, first=first)
        owner = limit.owner if limit.owner in self.track_no else self.procedure
        assert owner is not None
        return LimitRow(
            no=len(self.limits),
            limit=limit,
            track=track,
            since=since,
            first=first,
            parent=parent,
            fact=fact,
            until=self._anchor(limit.until),
            waived=self._anchor(limit.waived),
            rows=rows_of(limit.within),
            counting=limit.counting or owner.counting,
            pauses=tuple(self._pause_no(p) for p in limit.excluding),
            extensions=tuple(self._extension(limit, i, x) for i, x in enumerate(limit.extend)),
        )

    def _scope(self, limit: Limit, since: tuple[int, ...], *, first: bool) -> int:
        """A limit's clocks belong to the track of its ``since`` steps; for ``.first`` to the case."""
        if first:
            return 0
        tracks = {self.steps[s].track for s in since}
        many = {t for t in tracks if self.tracks[t].many}
        if len(many) > 1 or (many and len(tracks) > 1):
            raise self.fail(f"{limit.code}: since 跨越多条线 / since stands on several tracks")
        return min(many or {0})

    def _pause_no(self, pause: Pause) -> int:
        for row in self.pauses:
            if row.pause is pause:
                return row.no
        raise self.fail(f"{pause.name}: 扣除期间不属于本程序 / a pause of no track of this procedure")

    def _extension(self, limit: Limit, index: int, extension: Extension) -> ExtensionRow:
        code = extension.code or f"{limit.code}.extend{index + 1}"
        ask = self.step_no.get(extension.ask, STAYS) if extension.ask is not None else STAYS
        return ExtensionRow(code, extension, self._anchor(extension.grant)[0], ask)

    def _facts(self) -> dict[str, tuple[Fact[Any], int]]:
        out: dict[str, tuple[Fact[Any], int]] = {}
        for row in self.tracks:
            for fact in row.track.of(Fact):
                if fact.name in out:
                    raise self.fail(f"两个要素同名 / two facts named {fact.name}")
                out[fact.name] = (fact, row.no)
        return out

    def _names(self) -> dict[str, int]:
        names: dict[str, int] = {}
        bare = [row.step.name for row in self.steps]
        for row in self.steps:
            if row.step.code in names:
                raise self.fail(f"两个环节同名 / two steps named {row.step.code}")
            names[row.step.code] = row.no
            if bare.count(row.step.name) == 1:
                names[row.step.name] = row.no
        return names


def _skipped(row: TrackRow, steps: list[Step], step: Step, base: int) -> tuple[tuple[int, ...] | None, ...]:
    """Per stage before: the numbers of the steps on the shortest way from there to a stage in which ``step`` is legal."""
    ways = [None if stage in step.source else _way(stage, set(step.source), steps) for stage in row.stages]
    return tuple(None if way is None else tuple(base + i for i in way) for way in ways)


def _way(start: Stage, goals: set[Stage], steps: list[Step]) -> tuple[int, ...] | None:
    seen: set[Stage] = {start}
    level: list[tuple[Stage, tuple[int, ...]]] = [(start, ())]
    while level:
        following: list[tuple[Stage, tuple[int, ...]]] = []
        for stage, path in level:
            for i, step in enumerate(steps):
                if step.target is None or stage not in step.source or step.target in seen:
                    continue
                way = (*path, i)
                if step.target in goals:
                    return way
                seen.add(step.target)
                following.append((step.target, way))
        level = following
    return None
