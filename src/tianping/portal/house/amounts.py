"""金额读法 · An amount as people type it, and as a Chinese deed writes it out, so that a nought too many is seen."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
TYPED: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?", re.ASCII)


def amount_of(typed: str) -> Decimal | None:
    """An amount as people type it: 3万8千 is not read, 38,600.50元 is."""
    plain = re.sub(r"[,，\s元￥¥]", "", typed)
    return Decimal(plain) if TYPED.fullmatch(plain) else None


def written_out(amount: Decimal) -> str:
    """``38600.50`` as ``叁万捌仟陆佰元伍角``; a sum without parts of a yuan ends in 整."""
    fen = int(amount * 100)
    yuan, rest = divmod(fen, 100)
    whole = _whole(yuan) + "元" if yuan or not rest else ""
    if not rest:
        return whole + "整"
    jiao, last = divmod(rest, 10)
    parts = (DIGITS[jiao] + "角" if jiao else "零" if whole else "") + (DIGITS[last] + "分" if last else "")
    return whole + parts


def _whole(number: int) -> str:
    """Groups of four digits under 亿 and 万; one 零 for whatever is skipped between two digits."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            between = DIGITS[0] if 0 < low < size // 10 else ""
            return _whole(high) + name + (between + _whole(low) if low else "")
    said, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += (DIGITS[0] if skipped and said else "") + DIGITS[digit] + PLACES[place]
        skipped = not digit
    return said or DIGITS[0]
