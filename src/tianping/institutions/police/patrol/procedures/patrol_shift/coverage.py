"""全天候检查 · Which minutes of which cell no shift covers; and how patrols are best shared among cells of unequal load."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

MINUTE = timedelta(minutes=1)


class Shift(NamedTuple):
    """班次 · Who is where, from when until when."""

    cell: str
    begins: datetime
    ends: datetime


class Gap(NamedTuple):
    """空档 · A cell that nobody covers, from when until when."""

    cell: str
    begins: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        """How long."""
        return (self.ends - self.begins) // MINUTE


def gaps(shifts: list[Shift], cells: tuple[str, ...], begins: datetime, ends: datetime) -> list[Gap]:
    """空档报告 · What the shifts leave uncovered of each cell between two instants, by cell and time."""
    by_cell: dict[str, list[Shift]] = {cell: [] for cell in cells}
    for shift in shifts:
        if shift.cell in by_cell:
            by_cell[shift.cell].append(shift)
    return [gap for cell, held in sorted(by_cell.items()) for gap in _gaps(cell, held, begins, ends)]


def _gaps(cell: str, shifts: list[Shift], begins: datetime, ends: datetime) -> list[Gap]:
    out, covered = [], begins
    for shift in sorted(shifts, key=lambda s: s.begins):
        if covered < min(shift.begins, ends):
            out.append(Gap(cell, covered, min(shift.begins, ends)))
        covered = max(covered, shift.ends)
    if covered < ends:
        out.append(Gap(cell, covered, ends))
    return out


def allotted(load: dict[str, int], patrols: int) -> dict[str, int]:
    """分配 · So many patrols among cells: one each, the rest always where a patrol has the most incidents; none if there are too few.

    No other sharing has a smaller greatest load.
    """
    held = dict.fromkeys(sorted(load), 1)
    if patrols < len(held):
        return {}
    for _ in range(patrols - len(held)):
        held[max(held, key=lambda cell: (load[cell] / held[cell], cell))] += 1
    return held


def greatest(load: dict[str, int], held: dict[str, int]) -> float:
    """最重负担 · The most incidents that one patrol has."""
    return max(load[cell] / held[cell] for cell in load)
