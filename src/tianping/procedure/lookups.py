"""查比 · What a step must know of other cases: how many others stand somewhere with the same answers, or the sum of one of their answers.

The writer counts when the step is taken and notes the number as a fact in the event, so the guard that reads it is an ordinary guard: the ledger
shows what was known, and supervision judges it without looking into another case. A quota, a slot, a wristband, a box: each is a small procedure
whose cases stand, and a tally over them::

    taken = Fact(int, T("该时段已约数", "Bookings of the slot"), known_by=Tally(booked, same=(slot,)))
    full = Ground(taken > 0, T("该时段已被预约", "The slot is taken"), RULES["预约"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tianping.procedure.grammar import Fact, Procedure, Stages

Within = Literal["city", "organisation"]


class Tally:
    """计数 · Other units of the stages' track that stand in one of them with the same answers as this one; ``sums``: the sum of an answer instead.

    ``procedure`` names the procedure where the stages are those of a Many track of another procedure of the room. ``within``: the whole city, or the
    cases of the same institution. An answer that is unknown here equals none.
    """

    def __init__(
        self,
        stages: Stages,
        *,
        same: tuple[Fact[Any] | tuple[Fact[Any], Fact[Any]], ...] = (),
        sums: Fact[int] | None = None,
        within: Within = "city",
        procedure: type[Procedure] | None = None,
    ) -> None:
        self.stages, self.sums, self.within, self.procedure = stages, sums, within, procedure
        self.same = tuple(pair if isinstance(pair, tuple) else (pair, pair) for pair in same)
        """(own fact, the other unit's fact)"""
