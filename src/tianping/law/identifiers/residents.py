"""公民身份号码 · The resident identity number (GB 11643): region, date of birth, order, check character.

The region is checked down to the province (GB/T 2260); its county may have been renumbered since, so a county code is not held against anyone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tianping.law.errors import TianpingError
from tianping.law.text import T

Sex = Literal["male", "female"]

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK: Final = "10X98765432"
RANGES: Final = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82, 83))
PROVINCES: Final = frozenset(str(n) for numbers in RANGES for n in numbers)
"""Province codes of GB/T 2260; 81, 82 and 83 also begin the numbers of residents from Hong Kong, Macao and Taiwan."""

LENGTH: Final = T("应为18位（旧号15位），末位可为X", "it has 18 characters (old numbers 15), the last of which may be X")
REGION: Final = T("前两位不是省级行政区划代码", "its first two digits are no province code")
BIRTH: Final = T("第7至14位不是有效的出生日期", "digits 7 to 14 are no date of birth")
FUTURE: Final = T("出生日期晚于 {day}", "the date of birth is later than {day}")
ORDER: Final = T("校验码应为 {right}", "its check character should be {right}")


class BadResidentId(TianpingError):
    """公民身份号码有误 · A number that is no resident identity number. The number itself is never repeated in the message."""

    code = "LAW-141"
    what = T("公民身份号码有误：{why}。", "This is no resident identity number: {why}.")
    todo = T("请对照证件核对号码。", "Compare it with the card.")


def check_character(first17: str) -> str:
    """The check character of the first 17 digits: weights modulo 11 (GB 11643)."""
    return CHECK[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True, slots=True)
class ResidentId:
    """公民身份号码 · A checked number of 18 characters."""

    number: str

    @classmethod
    def parse(cls, text: str, *, not_after: date | None = None) -> ResidentId:
        """A number as a person types it: blanks fall away, ``x`` is X; an old one of 15 digits gets its century and check character.

        ``not_after``: a later date of birth is refused. Raises BadResidentId.
        """
        number = re.sub(r"\s", "", text).upper()
        if re.fullmatch(r"[0-9]{15}", number):
            first17 = f"{number[:6]}19{number[6:]}"
            number = first17 + check_character(first17)
        if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
            raise BadResidentId(why=LENGTH)
        if number[:2] not in PROVINCES:
            raise BadResidentId(why=REGION)
        born = _birth(number)
        if not_after is not None and born > not_after:
            raise BadResidentId(why=FUTURE.fill(day=not_after))
        if number[17] != check_character(number[:17]):
            raise BadResidentId(why=ORDER.fill(right=check_character(number[:17])))
        return cls(number)

    @property
    def region(self) -> str:
        """The division code of the place where the number was first given, six digits."""
        return self.number[:6]

    @property
    def born(self) -> date:
        """The date of birth."""
        return _birth(self.number)

    @property
    def sex(self) -> Sex:
        """Odd order numbers are given to men, even ones to women."""
        return "male" if int(self.number[16]) % 2 else "female"

    def age_on(self, day: date) -> int:
        """Completed years on a day; a birthday on 29 February falls on 1 March of other years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def __str__(self) -> str:
        return self.number


def _birth(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise BadResidentId(why=BIRTH) from error
