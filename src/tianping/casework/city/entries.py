"""条目 · Typed access to the entries of a TOML file: what is missing, of another type or unknown is refused with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tianping.law.errors import TianpingError
from tianping.law.text import T

MISSING = T("缺少 {key}", "{key} is missing")
WRONG = T("{key} 应为{kind}", "{key} should be {kind}")
STRANGE = T("没有名为 {key} 的字段", "there is no field {key}")
TEXT, NUMBER, DAY, LIST, TABLE, TRUTH = (
    T("文字", "text"),
    T("不小于零的整数", "a whole number, not below zero"),
    T("日期 年-月-日", "a date, YYYY-MM-DD"),
    T("列表", "a list"),
    T("表", "a table"),
    T("true 或 false", "true or false"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """条目 · One table of a file. ``where`` names it in messages, ``error`` is what it raises: filled with ``where`` and ``reason``."""

    data: Mapping[str, Any]
    where: str
    error: type[TianpingError]

    def only(self, *known: str) -> Entry:
        """The entry itself, if it has no field but these."""
        for key in self.data:
            if key not in known:
                raise self.wrong(STRANGE.fill(key=key))
        return self

    def wrong(self, reason: T) -> TianpingError:
        """The entry's error, with a reason."""
        return self.error(where=self.where, reason=reason)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; an empty one only where there is a default."""
        value = self._get(key, default)
        if not isinstance(value, str) or not (value or default is not None):
            raise self.wrong(WRONG.fill(key=key, kind=TEXT))
        return value

    def words(self) -> T:
        """The fields ``zh`` and ``en``."""
        return T(self.text("zh"), self.text("en"))

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number, not below zero."""
        value = self._get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(WRONG.fill(key=key, kind=NUMBER))
        return value

    def truth(self, key: str) -> bool:
        """True or false; false where it does not stand."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(WRONG.fill(key=key, kind=TRUTH))
        return value

    def day(self, key: str) -> date:
        """A day."""
        found = self.day_or_none(key)
        if found is None:
            raise self.wrong(MISSING.fill(key=key))
        return found

    def day_or_none(self, key: str) -> date | None:
        """A day, or nothing."""
        value = self.data.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.wrong(WRONG.fill(key=key, kind=DAY))
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise self.wrong(WRONG.fill(key=key, kind=LIST))
        return tuple(value)

    def table(self, key: str, default: Mapping[str, Any] | None = None) -> Entry:
        """A table in it."""
        value = self._get(key, default)
        if not isinstance(value, Mapping):
            raise self.wrong(WRONG.fill(key=key, kind=TABLE))
        return Entry(value, f"{self.where} [{key}]", self.error)

    def entries(self, key: str) -> list[Entry]:
        """A list of tables; each is named by its code, name or username in messages."""
        value = self._get(key, None)
        if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
            raise self.wrong(WRONG.fill(key=key, kind=LIST))
        return [Entry(v, f"{self.where} [[{key}]] {_name(v) or n}", self.error) for n, v in enumerate(value, 1)]

    def _get(self, key: str, default: object) -> object:
        if key not in self.data and default is None:
            raise self.wrong(MISSING.fill(key=key))
        return self.data.get(key, default)


def read_toml(path: Path, error: type[TianpingError]) -> Entry:
    """A whole file. Raises the error given if it cannot be read."""
    try:
        return Entry(tomllib.loads(path.read_text("utf-8")), path.name, error)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise error(where=path.name, reason=T(f"不能读取（{cause}）", f"it cannot be read ({cause})")) from cause


def _name(data: Mapping[str, Any]) -> str:
    return next((str(data[k]) for k in ("code", "username", "name") if k in data), "")
