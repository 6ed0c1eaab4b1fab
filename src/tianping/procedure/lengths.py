"""期间长度 · Lengths that vary as a statute says it: the rule first, exceptions after, the last row that matches wins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tianping.law.periods import Period
from tianping.procedure.expressions import Bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a length: this period, if ``when`` holds as things stand, for triggers before the day ``before``."""

    period: Period
    when: Bool | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A period that varies. ``but`` is tested as things stand when reckoning; ``before`` at the trigger, or at ``law_at``."""

    rows: tuple[Row, ...]

    def but(self, period: Period, *, when: Bool) -> Length:
        """Except: this period when the rule holds."""
        return replace(self, rows=(*self.rows, Row(period, when=when)))

    def before(self, day: date, period: Period) -> Length:
        """Except: this period for a trigger before the day (the older law)."""
        return replace(self, rows=(*self.rows, Row(period, before=day)))


class Term(Period):
    """A period as procedures write it: ``months(6).but(months(3), when=…)``."""

    __slots__ = ()

    def but(self, period: Period, *, when: Bool) -> Length:
        """Except: this period when the rule holds."""
        return Length((Row(self),)).but(period, when=when)

    def before(self, day: date, period: Period) -> Length:
        """Except: this period for a trigger before the day (the older law)."""
        return Length((Row(self),)).before(day, period)


def rows_of(within: Period | Length) -> tuple[Row, ...]:
    """The rows of a length; a plain period is one row."""
    return within.rows if isinstance(within, Length) else (Row(within),)


@dataclass(frozen=True, slots=True)
class Count:
    """次数 · A number that varies like a length: ``Count(2).but(1, when=…)``."""

    n: int
    rows: tuple[tuple[int, Bool], ...] = ()

    def but(self, n: int, *, when: Bool) -> Count:
        """Except: this number when the rule holds."""
        return replace(self, rows=(*self.rows, (n, when)))


def days(n: int) -> Term:
    """Calendar days."""
    return Term(days=n)


def months(n: int) -> Term:
    """Calendar months."""
    return Term(months=n)


def years(n: int) -> Term:
    """Calendar years, as twelve months each."""
    return Term(months=12 * n)


def working_days(n: int) -> Term:
    """Working days."""
    return Term(working=n)


def hours(n: int) -> Term:
    """Hours, on instants."""
    return Term(seconds=3600 * n)


def minutes(n: int) -> Term:
    """Minutes, on instants."""
    return Term(seconds=60 * n)
