"""要素 · How an item came, which way the regulation sends it, and on what it was closed."""

from __future__ import annotations

from enum import Enum


class Channel(Enum):
    """来源 · By which channel it came."""

    LETTER = "来信"
    VISIT = "来访"
    CALL = "来电"
    ONLINE = "网上"
    ASSIGNED = "转送、交办"
    SEARCH = "排查发现"


class Route(Enum):
    """处理途径 · The six ways of article 31."""

    LAWSUIT = "诉讼、法律监督等法定程序"
    ARBITRATION = "仲裁"
    PARTY = "党员申诉、复审"
    ADMINISTRATIVE = "行政程序"
    DUTY = "履行法定职责"
    PETITION = "信访程序"


class Basis(Enum):
    """化解依据 · On what an item was closed."""

    SATISFIED = "诉求解决"
    SETTLED = "调解、和解"
    EXPLAINED = "释法说理后息诉"
    AIDED = "司法救助后息诉"
    WITHDRAWN = "撤回诉求"
