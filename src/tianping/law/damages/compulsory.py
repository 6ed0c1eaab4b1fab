"""交强险分配 · How the compulsory limits are shared: between vehicles by their limits, between victims by their losses.

Several vehicles, one loss: above the sum of the limits each pays its limit, below it each pays in proportion to its limit (解释 18). Several
victims, one limit: in proportion to their losses (19). Both at once are the same rule applied until nothing is left to give.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

Cell = tuple[str, str]
"""(victim, vehicle)."""


def share_out(losses: Mapping[str, Decimal], limits: Mapping[str, Decimal], covered: Collection[Cell]) -> dict[Cell, Decimal]:
    """What each vehicle's insurer pays each victim, to the cent; no limit and no loss is exceeded. ``covered``: who may claim on whom."""
    return _in_cents(_exact(losses, limits, covered), losses, limits)


def _exact(losses: Mapping[str, Decimal], limits: Mapping[str, Decimal], covered: Collection[Cell]) -> dict[Cell, Fraction]:
    unpaid = {v: Fraction(x) for v, x in losses.items()}
    room = {k: Fraction(x) for k, x in limits.items()}
    paid: dict[Cell, Fraction] = dict.fromkeys(sorted(covered), Fraction(0))
    while True:
        asked = _asked(unpaid, room, list(paid))
        if not asked:
            return paid
        sums = {k: sum((x for (_, at), x in asked.items() if at == k), Fraction(0)) for k in room}
        for (victim, vehicle), wanted in asked.items():
            given = wanted * min(Fraction(1), room[vehicle] / sums[vehicle])
            paid[victim, vehicle] += given
            unpaid[victim] -= given
        for vehicle, wanted in sums.items():
            room[vehicle] = max(Fraction(0), room[vehicle] - wanted)


def _asked(unpaid: Mapping[str, Fraction], room: Mapping[str, Fraction], cells: list[Cell]) -> dict[Cell, Fraction]:
    """Each unpaid loss, asked of the vehicles that have room, in proportion to their room."""
    open_cells = [(v, k) for v, k in cells if unpaid[v] > 0 and room[k] > 0]
    weight = {v: sum((room[k] for w, k in open_cells if w == v), Fraction(0)) for v, _ in open_cells}
    return {(v, k): unpaid[v] * room[k] / weight[v] for v, k in open_cells}


def _in_cents(paid: Mapping[Cell, Fraction], losses: Mapping[str, Decimal], limits: Mapping[str, Decimal]) -> dict[Cell, Decimal]:
    """Cents rounded down, then the spare ones to the largest remainders, as long as neither a loss nor a limit is exceeded."""
    cents = {cell: int(x * 100) for cell, x in paid.items()}
    spare = int(sum(paid.values(), Fraction(0)) * 100 + Fraction(1, 2)) - sum(cents.values())
    left = {v: int(x * 100) - sum(n for (w, _), n in cents.items() if w == v) for v, x in losses.items()}
    room = {k: int(x * 100) - sum(n for (_, at), n in cents.items() if at == k) for k, x in limits.items()}
    for victim, vehicle in sorted(cents, key=lambda c: (cents[c] - paid[c] * 100, c)):
        if spare > 0 and left[victim] > 0 and room[vehicle] > 0 and paid[victim, vehicle] > 0:
            cents[victim, vehicle] += 1
            spare, left[victim], room[vehicle] = spare - 1, left[victim] - 1, room[vehicle] - 1
    return {cell: Decimal(n) / 100 for cell, n in cents.items()}
