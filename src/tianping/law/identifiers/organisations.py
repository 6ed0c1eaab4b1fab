"""统一社会信用代码 · The unified social credit code of an organisation (GB 32100), checked by python-stdnum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from tianping.law.errors import TianpingError
from tianping.law.text import T

LENGTH: Final = T("应为18位", "it has 18 characters")
FORMAT: Final = T("含有不允许的字符（前8位为数字，其后不用 I、O、S、V、Z）", "a character is not allowed (8 digits, then no I, O, S, V, Z)")
ORDER: Final = T("校验码不符", "its check character is wrong")


class BadCreditCode(TianpingError):
    """统一社会信用代码有误 · A code that is no unified social credit code."""

    code = "LAW-142"
    what = T("统一社会信用代码“{number}”有误：{why}。", "“{number}” is no unified social credit code: {why}.")
    todo = T("请对照营业执照或法人证书核对。", "Compare it with the licence or certificate.")


@dataclass(frozen=True, slots=True)
class CreditCode:
    """统一社会信用代码 · A checked code of 18 characters: registering body, kind, division, organisation, check character."""

    number: str

    @classmethod
    def parse(cls, text: str) -> CreditCode:
        """A code as a person types it; blanks and hyphens fall away, letters are upper case. Raises BadCreditCode."""
        if not text.isascii():
            raise BadCreditCode(number=text, why=FORMAT)
        try:
            return cls(uscc.validate(text))
        except ValidationError as error:
            why = LENGTH if isinstance(error, InvalidLength) else ORDER if isinstance(error, InvalidChecksum) else FORMAT
            raise BadCreditCode(number=text, why=why) from error

    @property
    def division(self) -> str:
        """The division code of the registering body, six digits."""
        return self.number[2:8]

    @property
    def organisation(self) -> str:
        """The organisation's own code, nine characters."""
        return self.number[8:17]

    def __str__(self) -> str:
        return self.number
