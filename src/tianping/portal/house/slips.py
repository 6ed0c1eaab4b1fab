"""推算单 · From a derivation of the law to the slip that is shown and printed."""

from __future__ import annotations

from typing import Final

from tianping.law.derivation import Derivation
from tianping.law.reckoning import PROVISIONAL as UNPUBLISHED
from tianping.law.text import T
from tianping.portal.house.shapes import Row, Slip

PROVISIONAL: Final = T(
    "有的年份的放假安排还没有公布，所以写“暂定”；公布后自动更新。",
    "Provisional: the holidays of some year are not published yet; it is renewed when they are.",
)


def slip(derivation: Derivation, *, provisional: bool = False, note: T | None = None) -> Slip:
    """The slip of a derivation; its answer is the last line that arrives at something, whatever is remarked on it afterwards."""
    lines = derivation.lines
    answer = max((i for i, line in enumerate(lines) if line.value is not None and line.what != UNPUBLISHED), default=-1)
    rows = tuple(Row(line.what, line.cites, line.value, i == answer) for i, line in enumerate(lines))
    return Slip(rows, note or (PROVISIONAL if provisional else None))
