"""现行数据 · The figures that hold, and how one is added. What a figure takes the place of is kept; no figure is changed.

Every calculation that is made on a page asks here, so that a figure holds in every process from the moment it is added.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final, cast

from django.db import transaction

from tianping.casework.models import Account, CityParameter
from tianping.casework.moments import instant
from tianping.casework.parameters.errors import BadFigure
from tianping.casework.security.administration import By
from tianping.casework.security.audit import Kind
from tianping.law.citations import Status
from tianping.law.parameters import Figures, Parameter, known_as, laid_over, parameter, parameters
from tianping.law.text import T

STATUSES: Final[tuple[Status, ...]] = ("verified", "secondary", "unverified", "policy", "local")
"""How far a figure may have been checked. That of another country is none of this city's."""
LARGEST: Final = Decimal(10) ** 12
_REGION: Final = re.compile(r"CN(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Row:
    """一行 · A figure as it stands or stood: who added it (empty: it stands in the tables), and whether all its days still hold."""

    figure: Parameter
    by: str
    holds: bool

    @property
    def shown(self) -> str:
        """Its value with thousands."""
        return f"{self.figure.value:,}"


def held() -> Figures:
    """The figures that hold. One look-up."""
    return laid_over(parameters(), map(_figure, CityParameter.objects.order_by("pk")))


def held_parameter() -> Callable[..., Parameter]:
    """How a calculation looks a figure up, for one calculation."""
    return partial(parameter, table=held())


def rows(by: By) -> list[Row]:
    """Every figure, those that were replaced too, the newest of each parameter first. For the system administrator."""
    by.must_be("system")
    added = list(CityParameter.objects.order_by("pk"))
    names = dict(Account.objects.filter(pk__in={row.account for row in added}).values_list("pk", "username"))
    told = [(figure, "") for figures in parameters().values() for figure in figures] + [(_figure(r), names.get(r.account, "")) for r in added]
    standing = held()
    found = [Row(figure, who, figure in standing[figure.name]) for figure, who in told]
    return sorted(found, key=lambda r: (_natural(r.figure.name), r.figure.region, -r.figure.start.toordinal(), not r.holds))


def _natural(name: str) -> tuple[str, int]:
    """``…_2`` before ``…_10``."""
    series, _, number = name.rpartition("_")
    return (series, int(number)) if number.isdigit() else (name, 0)


@transaction.atomic
def parameter_added(
    by: By, *, name: str, region: str, value: Decimal, start: date, end: date | None, status: str, source: T
) -> CityParameter:  # fmt: skip
    """Add a figure. Raises NotThisAdministrator, UnknownParameter, BadFigure."""
    by.must_be("system")
    standing = held()
    title, _ = known_as(name, standing)
    reason = _wrong(region, value, start, end, status, source)
    if reason is not None:
        raise BadFigure(title=title, reason=reason)
    days = {"start": start, "end": end}
    row = CityParameter(
        name=name, region=region, value=value, status=status, zh=source.zh, en=source.en, added=instant(by.at), account=by.account.pk, **days
    )
    if any(_same(_figure(row), old) for old in standing.get(name, [])):
        raise BadFigure(title=title, reason=T("同样的数据已在册", "the same figure is there already"))
    row.save()
    by.noted(Kind.PARAMETER_ADDED, row.pk, name=name, region=region, start=start.isoformat())
    return row


def _figure(row: CityParameter) -> Parameter:
    title, cites = known_as(row.name, parameters())
    value = row.value.quantize(Decimal(1)) if row.value == row.value.to_integral_value() else row.value.normalize()
    return Parameter(row.name, title, value, row.region, row.start, row.end, cites, cast(Status, row.status), T(row.zh, row.en))


def _same(new: Parameter, old: Parameter) -> bool:
    return (new.region, new.value, new.start, new.end, new.source) == (old.region, old.value, old.start, old.end, old.source)


def _wrong(region: str, value: Decimal, start: date, end: date | None, status: str, source: T) -> T | None:
    """What is wrong with a figure, or None."""
    if not _REGION.fullmatch(region):
        return T("地区写 CN 或者 CN-SX 这样的代码", "the region is a code as CN or CN-SX")
    if not value.is_finite() or not 0 <= value < LARGEST or value != round(value, 4):
        return T("数值须是不小于零的数，至多四位小数", "the value is a number, not below zero, with four decimals at most")
    if end is not None and end < start:
        return T(f"{end} 早于 {start}", f"{end} is before {start}")
    if status not in STATUSES:
        return T("核实情况须从列出的选择", "the status is one of those listed")
    if not source.zh.strip() or not source.en.strip():
        return T("须写明来源", "its source must be given")
    return None
