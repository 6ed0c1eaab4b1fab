"""状态列 · What a rule may read: a fact, a stage, a count. The engines compute a column only if some rule reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tianping.procedure.grammar import Fact, One, Stage, Step


@dataclass(frozen=True, slots=True, eq=True)
class FactColumn:
    """The latest answer to a fact: of the run on a Many track, of the case otherwise."""

    fact: Fact[Any]

    @property
    def key(self) -> str:
        """The column's name in a table."""
        return f"fact_{self.fact.name}"


@dataclass(frozen=True, slots=True)
class StageColumn:
    """Whether a region (``at``), any run (``any``) or every run (``every``) of a part stands in one of the stages."""

    part: One
    how: str
    stages: tuple[Stage, ...]

    @property
    def key(self) -> str:
        """The column's name in a table."""
        return f"{self.how}_{self.part.name}_" + "_".join(s.name for s in self.stages)


@dataclass(frozen=True, slots=True)
class TimesColumn:
    """How often a step was taken: in the run on a Many track, in the case otherwise."""

    step: Step

    @property
    def key(self) -> str:
        """The column's name in a table."""
        owner = self.step.owner.__name__ if self.step.owner is not None else ""
        return f"times_{owner}_{self.step.name}"


Column = FactColumn | StageColumn | TimesColumn
