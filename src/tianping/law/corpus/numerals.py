"""汉字数目 · Chinese numerals as statutes write them: 第一百二十八条, 三十日. From 0 to 9999."""

from __future__ import annotations

from typing import Final

from tianping.law.errors import TianpingError
from tianping.law.text import T

DIGITS: Final = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNITS: Final = {"十": 10, "百": 100, "千": 1000}
CHARACTERS: Final = "".join((*DIGITS, *UNITS))


class NotANumeral(TianpingError):
    """不是汉字数目 · Characters that are no Chinese numeral."""

    code = "LAW-151"
    what = T("“{text}”不是汉字数目。", "“{text}” is no Chinese numeral.")
    todo = T("请使用零至九千九百九十九之间的数目，如“一百二十八”。", "Write a number from 0 to 9999, such as 一百二十八.")


def numeral_value(text: str) -> int:
    """The number that a numeral stands for: 一百二十八 is 128, 十五 is 15. Raises NotANumeral."""
    total, digit, smallest = 0, -1, 10_000
    for character in text:
        if character in DIGITS:
            if digit > 0:
                raise NotANumeral(text=text)
            digit = DIGITS[character]
        elif character in UNITS and UNITS[character] < smallest and digit != 0:
            smallest = UNITS[character]
            total += max(digit, 1) * smallest
            digit = -1
        else:
            raise NotANumeral(text=text)
    if not text:
        raise NotANumeral(text=text)
    return total + max(digit, 0)


def numeral(number: int) -> str:
    """The numeral of a number: 128 is 一百二十八, 15 is 十五, 105 is 一百零五. Raises NotANumeral outside 0 to 9999."""
    if not 0 <= number <= 9999:
        raise NotANumeral(text=number)
    out, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            out += ("零" if gap else "") + "零一二三四五六七八九"[digit] + unit
            gap = False
        else:
            gap = bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out or "零"
