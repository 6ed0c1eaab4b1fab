"""程序语言 · The words that a procedure is written in. Everything is a typed object; a wrong name is a type error.

Structure: Track, Procedure, One, Many, Stage, Step. What is known: Fact, Ground, Condition. Time: see ``time.py``. Between institutions: see
``referral.py``. The parent names its parts; a part never names its parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from tianping.law.citations import Citation
from tianping.law.periods import CIVIL, Counting, Period
from tianping.law.text import T
from tianping.procedure.columns import FactColumn, StageColumn, TimesColumn
from tianping.procedure.expressions import Bool, Expr
from tianping.procedure.lengths import Count
from tianping.procedure.names import Named, members_of
from tianping.procedure.roles import By, Role

if TYPE_CHECKING:
    from tianping.procedure.lookups import Tally
    from tianping.procedure.referral import Heard, Outcome, Referral
    from tianping.procedure.time import Limit

V = TypeVar("V")
P = TypeVar("P", bound=Named)


# ---- what is known --------------------------------------------------------------------------------------------------


class Fact(Named, Expr[V]):
    """要素 · A typed question, answered by the steps that ask for it; the latest answer counts, unknown is None.

    ``kind`` is bool, int, str, Decimal, date or an Enum (stored by name). ``flag`` marks a case (foreign-related, a minor …), in these words where
    the title is a question.
    ``known_by``: nobody is asked; the writer counts other cases when the step is taken (see ``lookups.py``). ``agenda``: a day on which people
    meet (a hearing, a visit): it stands in the calendar; ``of``: of such a day, its hour (``hour``: a text such as 09:30) or its place.
    ``register``: a public register whose entries are offered as answers; others may be written.
    """

    def __init__(
        self, kind: type[V], title: T, *, flag: bool | T = False, hint: T | None = None, known_by: Tally | None = None, agenda: bool = False,
        of: Fact[date] | None = None, hour: bool = False, register: str = "",
    ) -> None:  # fmt: skip
        Expr.__init__(self, "col", FactColumn(self))
        self.agenda = agenda
        if (of is not None and not of.agenda) or ((hour or register or of is not None) and kind is not str):
            raise TypeError(f"{title.zh}: an hour, a place and an entry of a register are texts, and what they tell of is a day of the calendar")
        self.kind, self.title, self.hint, self.known_by = kind, title, hint, known_by
        self.flag, self.mark = flag is not False, flag if isinstance(flag, T) else title
        self.of, self.hour, self.register = of, hour, register


class Ground(Named):
    """事由 · A rule with its words and its article: what a refusal or a finding says."""

    def __init__(self, rule: Bool, title: T, cites: Citation) -> None:
        self.rule, self.title, self.cites = rule, title, cites


# ---- where ------------------------------------------------------------------------------------------------------------


class Stages:
    """One or more stages: ``a | b``; ``(a | b) >> c`` is a move."""

    def __init__(self, *stages: Stage) -> None:
        self.stages = stages

    def __or__(self, other: Stages) -> Stages:
        return Stages(*self.stages, *other.stages)

    def __rshift__(self, to: Stage) -> Move:
        return Move(self, to)


class Stage(Named, Stages):
    """阶段 · Where in the law a track stands. ``no_limit`` says why nothing runs here; ``answers`` ends it with the outcome of a matter."""

    def __init__(self, title: T, *, end: bool = False, answers: Outcome | None = None, no_limit: T | str = "") -> None:
        Stages.__init__(self, self)
        self.title, self.end, self.answers, self.no_limit = title, end or answers is not None, answers, no_limit


NEW: Final = Stage(T("（未立）", "(not yet opened)"))
NEW.name = "NEW"


@dataclass(frozen=True, slots=True)
class Move:
    """From one of the stages to one stage."""

    source: Stages
    target: Stage


# ---- what may be done ---------------------------------------------------------------------------------------------------


class Steps:
    """One or more acts as an anchor: ``a | b``. ``.first`` counts the earliest occurrence only; otherwise a later one restarts."""

    def __init__(self, *steps: Step, first: bool = False) -> None:
        self.steps, self.only_first = steps, first

    def __or__(self, other: Steps) -> Steps:
        return Steps(*self.steps, *other.steps)

    @property
    def first(self) -> Steps:
        """The earliest occurrence in the case, whatever run it belongs to."""
        return Steps(*self.steps, first=True)


class Step(Named, Steps):
    """办理环节 · An act: ``a >> b`` moves, ``a | b`` without an arrow stays. By a role, under an article.

    ``when`` must be TRUE and ``unless`` must be FALSE; unknown passes neither. ``not_by``: a different person than who took that step in this run.
    ``on``: taken by the system when a limit lapses or an answer comes. ``opens``: also sends these referrals. ``into``: ends this case in another.
    """

    def __init__(
        self,
        where: Move | Stages,
        title: T | None = None,
        *,
        by: By,
        cites: Citation,
        when: Ground | tuple[Ground, ...] = (),
        unless: Ground | tuple[Ground, ...] = (),
        asks: tuple[Fact[Any], ...] = (),
        sets: tuple[tuple[Fact[Any], object], ...] = (),
        at_most: int | Count = 0,
        not_by: Step | None = None,
        on: Limit | Heard | None = None,
        opens: tuple[Referral, ...] = (),
        into: bool = False,
        record_within: Period | None = None,
    ) -> None:
        Steps.__init__(self, self)
        self.where, self.title, self.by, self.cites = where, title, by, cites
        self.when = when if isinstance(when, tuple) else (when,)
        self.unless = unless if isinstance(unless, tuple) else (unless,)
        self.asks, self.not_by = asks, not_by
        self.sets = tuple((fact, answer.name if isinstance(answer, Enum) else answer) for fact, answer in sets)
        self.at_most = Count(at_most) if isinstance(at_most, int) else at_most
        self.on, self.opens, self.into, self.record_within = on, opens, into, record_within

    @property
    def source(self) -> tuple[Stage, ...]:
        """The stages in which the step may be taken."""
        return self.where.source.stages if isinstance(self.where, Move) else self.where.stages

    @property
    def target(self) -> Stage | None:
        """The stage that the step enters, or None when it stays."""
        return self.where.target if isinstance(self.where, Move) else None

    @property
    def times(self) -> Expr[int]:
        """How often the step was taken: in the run on a Many track, else in the case."""
        return Expr("col", TimesColumn(self))

    @property
    def done(self) -> Bool:
        """Whether the step was taken at all."""
        return Bool("lt", Expr("const", 0), self.times)

    @property
    def words(self) -> T:
        """The title, or the name where none is written."""
        return self.title or T(self.name, self.name)


class Condition(Named):
    """附加条件 · The parent adds grounds to steps of its parts, which cannot name it."""

    def __init__(self, step: Steps, *, when: Ground | tuple[Ground, ...] = (), unless: Ground | tuple[Ground, ...] = ()) -> None:
        self.steps = step.steps
        self.when = when if isinstance(when, tuple) else (when,)
        self.unless = unless if isinstance(unless, tuple) else (unless,)


# ---- tracks ---------------------------------------------------------------------------------------------------------------


class Track:
    """线 · Stages, steps, limits and facts that belong together: the case itself, or one suspect, unit, item, channel of it."""

    title: ClassVar[T]
    counting: ClassVar[Counting] = CIVIL
    members: ClassVar[dict[str, Named]] = {}

    def __init_subclass__(cls) -> None:
        cls.members = members_of(cls, Track)

    @classmethod
    def of(cls, kind: type[P]) -> list[P]:
        """The members of one kind, in the order in which they are written."""
        return [m for m in cls.members.values() if isinstance(m, kind)]


class Procedure(Track):
    """程序 · The track a case is opened on. ``valid_from`` … ``valid_to`` are the days on which this version may be opened.

    ``code`` is its name in commands and files, shared by its versions. ``corrects`` may void and amend events.
    """

    code: ClassVar[str]
    valid_from: ClassVar[date]
    valid_to: ClassVar[date | None] = None
    corrects: ClassVar[By | None] = None


class One(Named):
    """并行 · A region beside the main track: exactly one run per case."""

    many: ClassVar[bool] = False
    one_open: bool = False

    def __init__(self, track: type[Track]) -> None:
        self.track = track

    def at(self, where: Stages) -> Bool:
        """Whether the region stands in one of the stages."""
        return Bool("col", StageColumn(self, "at", where.stages))


class Many(One):
    """逐一 · Any number of runs per case, each with its own stage and clocks: suspects, units, items, channels, stays.

    ``one_open``: the next may not be opened while one has not ended.
    """

    many: ClassVar[bool] = True

    def __init__(self, track: type[Track], *, one_open: bool = False) -> None:
        super().__init__(track)
        self.one_open = one_open

    def every(self, where: Stages) -> Bool:
        """Whether every run that was opened stands in one of the stages (true of none)."""
        return Bool("col", StageColumn(self, "every", where.stages))

    def any(self, where: Stages) -> Bool:
        """Whether a run stands in one of the stages."""
        return Bool("col", StageColumn(self, "any", where.stages))


__all__ = ["NEW", "Condition", "Fact", "Ground", "Many", "Move", "One", "Procedure", "Role", "Stage", "Stages", "Step", "Steps", "Track"]
