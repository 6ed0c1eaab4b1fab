"""表单 · The five mechanisms that the report names, and what a form of theirs may say."""

from __future__ import annotations

from enum import Enum


class Mechanism(Enum):
    """协作机制 · The five that the report names."""

    CLUE = "线索移交"
    EARLY = "提前介入"
    CONSULT = "案件会商"
    LISTED = "挂牌督办"
    JOINT = "联合执法"


class Weight(Enum):
    """案件情况 · What makes a case one in whose investigation the procuratorate may take part (PPR 256)."""

    MAJOR = "重大"
    DOUBTFUL = "疑难"
    COMPLEX = "复杂"
    ORDINARY = "一般"
