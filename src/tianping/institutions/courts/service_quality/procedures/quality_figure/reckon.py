"""质效计算 · The rates of service quality from their counts.

The rate of online filing is inferred: no text was found, and the formula gives every figure that courts published, to the last digit.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

CENT: Final = Decimal("0.01")


class NothingToDivide(ValueError):
    """分母为零 · A rate of nothing: the period had no case that could count."""


class Filings(NamedTuple):
    """网上立案数据 · The counts behind the rate of online filing, of one court and period."""

    passed: int
    mediated: int
    new_cases: int
    mediations: int
    failed_to_filing: int
    letters: int

    @property
    def numerator(self) -> int:
        """网上审核通过 + 互联网申请调解."""
        return self.passed + self.mediated

    @property
    def denominator(self) -> int:
        """新收 + 诉前调解总数 − 调解失败转立案 − 申请出具调解书."""
        return self.new_cases + self.mediations - self.failed_to_filing - self.letters


def rate(numerator: int, denominator: int) -> Decimal:
    """Per cent, to two places, half up. Raises NothingToDivide."""
    if denominator <= 0:
        raise NothingToDivide(denominator)
    return (Decimal(100 * numerator) / Decimal(denominator)).quantize(CENT, ROUND_HALF_UP)


def hundredths(numerator: int, denominator: int) -> int:
    """The rate in hundredths of a per cent, as a figure holds it. Raises NothingToDivide."""
    return int(rate(numerator, denominator) * 100)
