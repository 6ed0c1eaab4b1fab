"""编码后的日志 · An event log as sorted arrays of small integers: what the array engine works on.

Rows stand in the order of case, then when it happened, then seq; a row's index is its position. Voided entries are gone, merged runs stand in
the case they were merged into.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tianping.procedure.columnar import Ints

Steps = npt.NDArray[np.int16]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class FactValues:
    """One fact's answers: numbers (with ``scale`` decimal digits), days, 0/1, or codes of texts; ``known`` says where there is one."""

    values: npt.NDArray[Any]
    known: Flags
    scale: int
    codes: dict[str, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """编码后的日志 · Arrays of one length, and the names behind the codes.

    ``case`` counts up from 0 along the rows. ``micro`` is the local instant in microseconds since 1970, ``day`` its date. ``entity`` is 0 for
    the case itself, else an index into ``entities``; ``cases`` and ``entities`` are Arrow arrays of text. ``signers`` is an index into
    ``signatures`` (-1: none).
    """

    case: Codes
    step: Steps
    track: Steps
    entity: Codes
    micro: Ints
    day: Codes
    seq: Codes
    ghost: Flags | None
    recorded: Ints | None
    signers: Codes | None
    facts: dict[str, FactValues]
    cases: Any
    entities: Any
    signatures: list[tuple[tuple[str, str], ...]]

    def __len__(self) -> int:
        return len(self.case)

    @property
    def second(self) -> Ints:
        """Local instants in whole seconds."""
        return self.micro // 1_000_000


def starts_of(groups: npt.NDArray[Any]) -> Flags:
    """Where a new group begins, in sorted groups."""
    out = np.ones(len(groups), dtype=np.bool_)
    out[1:] = groups[1:] != groups[:-1]
    return out
