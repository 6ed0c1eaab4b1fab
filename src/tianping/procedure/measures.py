"""指标 · The figures that a room answers for, written beside its procedures: a rule picks the cases, a measure says what is counted of them.

A set of cases is a rule in the language of the guards, read at the end of what is known of a case::

    settled = Share(T("调解成功率", "Share settled"), of=reached(P.settled), among=P.accept.done, source=REPORT)

``unit`` may be a Many track of the procedure: then its runs (candidates, items, units sent) are counted, with their own acts and facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final, Literal

from tianping.law.text import T
from tianping.procedure.expressions import Bool, Expr
from tianping.procedure.grammar import Fact, Procedure, Stage, Stages, Step, Steps, Track
from tianping.procedure.names import Named, members_of
from tianping.procedure.time import Limit

Span = Literal["month", "quarter", "year"]
Statistic = Literal["mean", "median", "p90"]
Status = Literal["verified", "secondary", "policy", "local"]


# ---- what a rule on a whole case may read beside facts, stages of parts and counts of steps --------------------------------------


@dataclass(frozen=True, slots=True)
class StandingColumn:
    """The unit stands in one of these stages of its own."""

    stages: Stages


@dataclass(frozen=True, slots=True)
class ReachedColumn:
    """How often one of these stages was entered."""

    stages: Stages


@dataclass(frozen=True, slots=True)
class ClocksColumn:
    """How many clocks of a limit have been ``judged`` (met, met late or missed), or were ``late`` (met late or missed)."""

    limit: Limit
    what: Literal["judged", "late"]


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """A column that the log itself carries for each case, as ``source``."""

    name: str
    title: T


class Entry(Steps):
    """进入 · The steps, of whatever version and name, that enter one of some stages: a moment for ``Days`` and ``Per``."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages.stages
        super().__init__(*_entering(stages))


def entry(stages: Stages) -> Entry:
    """Entering one of the stages."""
    return Entry(stages)


def reached(stages: Stages) -> Bool:
    """Whether a stage was entered at all, even if it was left again."""
    assert _entering(stages), "no step enters it"
    return Bool("lt", Expr("const", 0), Expr("col", ReachedColumn(stages)))


def _entering(stages: Stages) -> list[Step]:
    return [s for track in dict.fromkeys(_owner(stage) for stage in stages.stages) for s in track.of(Step) if s.target in stages.stages]


def _owner(stage: Stage) -> type[Track]:
    assert stage.owner is not None and issubclass(stage.owner, Track), stage
    return stage.owner


def standing(stages: Stages) -> Bool:
    """Whether the unit stands there now."""
    return Bool("col", StandingColumn(stages))


def ended(unit: type[Track]) -> Bool:
    """Whether the unit stands in a stage that ends it."""
    return standing(Stages(*(s for s in unit.of(Stage) if s.end)))


def judged(limit: Limit) -> Bool:
    """Whether a clock of the limit has come to an end: met, met late or missed."""
    return Bool("lt", Expr("const", 0), Expr("col", ClocksColumn(limit, "judged")))


def late(limit: Limit) -> Bool:
    """Whether a clock of the limit was met late or missed."""
    return Bool("lt", Expr("const", 0), Expr("col", ClocksColumn(limit, "late")))


ALL: Final = Bool("const", True)
"""Every unit that was opened."""


# ---- by what a figure is told apart ------------------------------------------------------------------------------------------------


class Per(Named):
    """分组 · By what a figure is told apart: a column of the log, the period of an act, an answer, or rules of which the first true one counts."""

    def __init__(
        self,
        title: T,
        *,
        held: str = "",
        span: Span | None = None,
        act: Steps | None = None,
        fact: Fact[Any] | None = None,
        lanes: tuple[tuple[T, Bool], ...] = (),
    ) -> None:
        self.title, self.held, self.span, self.act, self.fact, self.lanes = title, held, span, act, fact, lanes

    @property
    def column(self) -> str:
        """Its name in a frame."""
        return self.held or self.name or (f"fact_{self.fact.name}" if self.fact is not None else str(self.span))


CASE: Final = Per(T("案件", "Case"), held="case_id")
ORGANISATION: Final = Per(T("机构", "Institution"), held="organisation")
SOURCE: Final = Per(T("来源", "Source"), held="source")
MONTH: Final = Per(T("月", "Month"), span="month")
QUARTER: Final = Per(T("季度", "Quarter"), span="quarter")
YEAR: Final = Per(T("年", "Year"), span="year")


# ---- the figures -------------------------------------------------------------------------------------------------------------------


class Indicator(Named):
    """指标 · One figure. ``unit``: the procedure whose cases, or the Many track whose runs, are counted.

    ``among`` is the set that is looked at. ``target`` is a norm to compare with, ``source`` says where it is asked for, ``status`` how well that is
    sourced.
    """

    def __init__(
        self,
        title: T,
        unit: type[Track],
        *,
        among: Bool,
        procedure: type[Procedure] | None = None,
        by: tuple[Per, ...] = (),
        target: Decimal | None = None,
        source: T,
        status: Status = "local",
    ) -> None:
        owner = procedure if procedure is not None else unit
        assert issubclass(owner, Procedure), "name the procedure of a Many track"
        self.title, self.unit, self.procedure, self.among = title, unit, owner, among
        self.by, self.target, self.source, self.status = by, target, source, status

    @property
    def rules(self) -> tuple[Bool, ...]:
        """Every rule that it reads."""
        return (self.among,)


class Number(Indicator):
    """件数 · How many there are."""


class Share(Indicator):
    """比率 · How many of them are also ``of``: numerator and denominator are both sets that can be looked into."""

    def __init__(self, title: T, unit: type[Track], *, of: Bool, **rest: Any) -> None:
        super().__init__(title, unit, **rest)
        self.of = of

    @property
    def rules(self) -> tuple[Bool, ...]:
        """Numerator and denominator."""
        return (self.among, self.of)


class Days(Indicator):
    """天数 · Days from the first ``since`` to the last ``until``, of those that have both: mean, median or the ninth decile. ``hours`` instead."""

    def __init__(
        self, title: T, unit: type[Track], *, since: Steps, until: Steps, statistic: Statistic = "mean", hours: bool = False, **rest: Any
    ) -> None:
        super().__init__(title, unit, **rest)
        self.since, self.until, self.statistic, self.hours = since, until, statistic, hours


class Total(Indicator):
    """合计 · The sum of an answer (money, days, people), or of how often a step was taken."""

    def __init__(self, title: T, unit: type[Track], *, of: Expr[Any], **rest: Any) -> None:
        super().__init__(title, unit, **rest)
        self.of = of


class Ratio(Indicator):
    """均数 · One total by another over the same units: what ``of`` sums to, by what ``per`` sums to, or by how many groups ``per`` names.

    A rule sums to the units where it is true. A unit that lacks an answer of either side counts in neither.
    """

    def __init__(self, title: T, unit: type[Track], *, of: Expr[Any], per: Expr[Any] | tuple[Per, ...], **rest: Any) -> None:
        super().__init__(title, unit, **rest)
        self.of, self.per = of, per


class Conserve(Named):
    """守恒 · A set that is the sum of its parts: no unit lost, none counted twice. A breach is shown with the units that break it."""

    def __init__(self, title: T, unit: type[Track], *, whole: Bool, parts: tuple[Bool, ...], procedure: type[Procedure] | None = None) -> None:
        owner = procedure if procedure is not None else unit
        assert issubclass(owner, Procedure), "name the procedure of a Many track"
        self.title, self.unit, self.procedure, self.whole, self.parts = title, unit, owner, whole, parts


class Indicators:
    """指标表 · The indicators of a room: a class whose attributes they are. Its name and theirs make the codes."""

    members: ClassVar[dict[str, Named]] = {}
    title: T

    def __init_subclass__(cls) -> None:
        cls.members = members_of(cls, Indicators)

    @classmethod
    def listed(cls) -> list[Indicator]:
        """Its figures in the order written."""
        return [m for m in cls.members.values() if isinstance(m, Indicator)]

    @classmethod
    def conserved(cls) -> list[Conserve]:
        """Its rules of conservation."""
        return [m for m in cls.members.values() if isinstance(m, Conserve)]
