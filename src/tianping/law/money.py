"""金额 · Exact arithmetic with fractions; yuan and cents appear only where an amount is stated."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

CENT: Final = Decimal("0.01")


def yuan(amount: Fraction | Decimal | int) -> Decimal:
    """The amount to the cent, half up (四舍五入: not regulated, our choice)."""
    exact = Fraction(amount)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)


def in_cents(parts: Sequence[Fraction]) -> list[Decimal]:
    """The parts to the cent so that they add up to their total to the cent: the largest remainders get the spare cents, the earlier first."""
    total = int(yuan(sum(parts, Fraction(0))) * 100)
    floors = [int(p * 100) for p in parts]
    spare = total - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * 100, i))
    lifted = set(order[:spare])
    return [Decimal(n + (i in lifted)) / 100 for i, n in enumerate(floors)]
