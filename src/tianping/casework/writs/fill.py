"""填写 · A Word file filled with what is known of a case. What is not known stands as 【待填】, and nothing with such a place is issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from jinja2.exceptions import TemplateError

from tianping.casework.writs.errors import CannotTypeset, NotADraft
from tianping.law.corpus.numerals import numeral
from tianping.law.text import T

OPEN: Final = "【待填"
"""How a place begins that is not filled."""
HAN: Final = str.maketrans("0123456789", "〇一二三四五六七八九")


class Blank(str):
    """待填处 · The place of something unknown: it prints as what is wanted, and counts as nothing."""

    __slots__ = ()

    def __new__(cls, wanted: str) -> Blank:
        """With the words for what is wanted."""
        return super().__new__(cls, f"{OPEN}：{wanted}】")

    def __bool__(self) -> bool:
        return False


class Day(str):
    """日期 · A day as documents write it: 2026年12月2日; ``han`` is 二〇二六年十二月二日."""

    __slots__ = ()

    @property
    def han(self) -> str:
        """In Chinese figures, as a document is dated."""
        year, month, day = (int(part) for part in self.replace("年", "-").replace("月", "-").rstrip("日").split("-"))
        return f"{str(year).translate(HAN)}年{numeral(month)}月{numeral(day)}日"


def written_day(day: date) -> Day:
    """A day in words."""
    return Day(f"{day.year}年{day.month}月{day.day}日")


def filled(docx: bytes, context: Mapping[str, Any], *, title: T) -> bytes:
    """The Word file with its places filled. Raises NotADraft when it speaks of what there is not, CannotTypeset without the library."""
    try:
        from docxtpl import DocxTemplate  # noqa: PLC0415 — the documents extra
    except ImportError as error:
        raise CannotTypeset(reason=error) from error
    document = DocxTemplate(BytesIO(docx))
    try:
        document.render(dict(context), Environment(undefined=StrictUndefined, autoescape=True), autoescape=True)
    except TemplateError as error:
        raise NotADraft(title=title, reason=error) from error
    out = BytesIO()
    document.save(out)
    return out.getvalue()
