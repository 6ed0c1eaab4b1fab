"""下钻与守恒 · The units behind a figure, page by page; and whether a whole is the sum of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tianping.engines.measure.frames import each, lasting, summed, within
from tianping.engines.measure.rollup import Rollup
from tianping.engines.portable.connect import collect
from tianping.procedure.measures import Conserve, Days, Indicator, Ratio, Share


def members(
    rollup: Rollup, indicator: Indicator, *, part: str = "among", where: Mapping[str, object] | None = None, after: Sequence[str] = (), size: int = 50
) -> pa.Table:
    """The units of one figure, keyset-paged by case (and run). ``part``: ``among``, ``of``, or ``rest`` (among but not of). ``where``: the group.

    Columns: ``case_id`` (and ``entity``), and ``taken`` for days. Raises UnknownGroup.
    """
    rollup = within(rollup, indicator, where or {})
    table, inside = rollup.table, rollup.true(indicator.among)
    if isinstance(indicator, Share) and part != "among":
        of = rollup.true(indicator.of)
        inside &= of if part == "of" else ~of
    keys = ["case_id", "entity"] if rollup.needs.runs else ["case_id"]
    shown = {key: table[key] for key in keys}
    if isinstance(indicator, Days):
        shown["taken"] = lasting(rollup, indicator)
        inside &= shown["taken"].notnull()
    if isinstance(indicator, Ratio):
        inside &= summed(rollup, indicator.of).notnull() & each(rollup, indicator.per).notnull()
    if after:
        inside &= _beyond([table[key] for key in keys], after)
    return collect(rollup.connection, table.filter(inside).select(**shown).order_by(keys).limit(size))


def _beyond(keys: list[Any], after: Sequence[str]) -> Any:
    found = keys[0] > after[0]
    return found if len(keys) == 1 else found | ((keys[0] == after[0]) & (keys[1] > after[1]))


@dataclass(frozen=True, slots=True)
class Kept:
    """守恒结果 · The size of the whole and of each part, how many units break the rule, and the first of them."""

    whole: int
    parts: tuple[int, ...]
    broken: int
    first: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether each unit of the whole is in exactly one part, and no other is."""
        return not self.broken


def conserved(rollup: Rollup, rule: Conserve, *, shown: int = 20) -> Kept:
    """Check a rule of conservation, unit by unit."""
    whole = rollup.true(rule.whole)
    parts = [rollup.true(p) for p in rule.parts]
    times = sum((p.cast("int64") for p in parts[1:]), parts[0].cast("int64"))
    broken = times != whole.cast("int64")
    table = rollup.table.mutate(whole=whole.cast("int64"), broken=broken, **{f"part{i}": p.cast("int64") for i, p in enumerate(parts)})
    sums = {"whole": table.whole.sum(), "broken": table.broken.sum(), **{f"part{i}": table[f"part{i}"].sum() for i in range(len(parts))}}
    row = collect(rollup.connection, table.aggregate(**sums)).to_pylist()[0]
    first = collect(rollup.connection, table.filter(table.broken).select("case_id").order_by("case_id").limit(shown))["case_id"].to_pylist()
    return Kept(row["whole"] or 0, tuple(row[f"part{i}"] or 0 for i in range(len(parts))), row["broken"] or 0, tuple(first))
