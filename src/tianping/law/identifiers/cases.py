"""案号 · Court case numbers such as （2022）晋0702民初123号: year, court, kind of case, number.

No list of courts or kinds is kept: the shape is checked, not whether such a court sits. A court's code is its province's character and no digits
(high court), two (intermediate) or four (basic court), the digits following the division codes; 最高法 is the Supreme People's Court.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from tianping.law.corpus.numerals import CHARACTERS, numeral, numeral_value
from tianping.law.errors import TianpingError
from tianping.law.text import T

CourtLevel = Literal["supreme", "high", "intermediate", "basic"]
LEVELS: Final[dict[int, CourtLevel]] = {0: "high", 2: "intermediate", 4: "basic"}
SUPREME: Final = "最高法"
HAN: Final = "\u4e00-\u9fff"

COURT: Final = re.compile(rf"{SUPREME}|([{HAN}])((?:[0-9]{{2}}){{0,2}})")
CASE: Final = re.compile(
    rf"[（(\[〔]([0-9]{{4}})[）)\]〕]({SUPREME}|[{HAN}][0-9]{{4}}|[{HAN}][0-9]{{2}}|[{HAN}])([{HAN}]{{1,8}})([0-9]{{1,9}})号(?:之([{CHARACTERS}]+))?"
)


class BadCaseNumber(TianpingError):
    """案号有误 · Text that is no case number."""

    code = "LAW-143"
    what = T("“{text}”不是法院案号。", "“{text}” is no court case number.")
    todo = T("请写成（年份）法院代字、类型代字、编号、号，例如 {example}。", "Write (year), court, kind, number, 号: for example {example}.")


class BadCourtCode(TianpingError):
    """法院代字有误 · Text that is no court code."""

    code = "LAW-144"
    what = T("“{text}”不是法院代字。", "“{text}” is no court code.")
    todo = T("请写省份简称加0、2或4位数字，例如 晋、晋07、晋0702。", "Write the province's character with 0, 2 or 4 digits: 晋, 晋07, 晋0702.")


@dataclass(frozen=True, slots=True)
class CourtCode:
    """法院代字 · ``晋0702``: the province's character and the digits of the court within it."""

    province: str
    digits: str

    @classmethod
    def parse(cls, text: str) -> CourtCode:
        """A court code. Raises BadCourtCode."""
        found = COURT.fullmatch(text.strip())
        if found is None:
            raise BadCourtCode(text=text)
        return cls(found[1] or SUPREME, found[2] or "")

    @property
    def level(self) -> CourtLevel:
        """Supreme, high, intermediate or basic."""
        return "supreme" if self.province == SUPREME else LEVELS[len(self.digits)]

    @property
    def above(self) -> CourtCode | None:
        """The code one level up: 晋0702 stands under 晋07, that under 晋, that under 最高法; None above it."""
        if self.province == SUPREME:
            return None
        return CourtCode(self.province, self.digits[:-2]) if self.digits else CourtCode(SUPREME, "")

    def __str__(self) -> str:
        return self.province + self.digits


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """案号 · Year, court, kind (民初, 民终, 诉前调确 …), number, and the order of a further ruling (号之一), 0 for none."""

    year: int
    court: CourtCode
    kind: str
    number: int
    further: int = 0

    @classmethod
    def parse(cls, text: str) -> CaseNumber:
        """A case number; half-width brackets and blanks are understood. Raises BadCaseNumber."""
        found = CASE.fullmatch(re.sub(r"\s", "", text))
        if found is None or int(found[4]) == 0 or found[4].startswith("0"):
            raise BadCaseNumber(text=text, example="（2022）晋0702民初123号")
        further = numeral_value(found[5]) if found[5] else 0
        return cls(int(found[1]), CourtCode.parse(found[2]), found[3], int(found[4]), further)

    def __str__(self) -> str:
        tail = f"之{numeral(self.further)}" if self.further else ""
        return f"（{self.year}）{self.court}{self.kind}{self.number}号{tail}"

    @property
    def series(self) -> tuple[int, str, str]:
        """What its numbers are counted within: year, court and kind."""
        return self.year, str(self.court), self.kind
