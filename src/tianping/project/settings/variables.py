"""设置项 · Every environment variable, declared once with its default and its help. ``docs/operate/settings.md`` is generated from here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from tianping.law.errors import TianpingError
from tianping.law.text import T

V = TypeVar("V")
REGISTER: Final[dict[str, Variable[Any]]] = {}


class BadSetting(TianpingError):
    """设置不当 · An environment variable whose value cannot be read."""

    code = "CLI-201"
    what = T("设置 {name} 的值不能读取：{value}", "The setting {name} cannot be read: {value}")
    todo = T("{help}", "{help}")


@dataclass(frozen=True, slots=True)
class Variable(Generic[V]):
    """设置项 · One variable: its name, what it is without it, and what it is for."""

    name: str
    default: V
    read: Callable[[str], V]
    help: T

    def value(self, env: Mapping[str, str] | None = None) -> V:
        """What it is set to. Raises BadSetting."""
        given = (os.environ if env is None else env).get(self.name, "")
        if not given:
            return self.default
        try:
            return self.read(given)
        except ValueError as error:
            raise BadSetting(name=self.name, value=given, help=self.help) from error


def declared(name: str, default: V, read: Callable[[str], V], *, zh: str, en: str) -> Variable[V]:
    """A new variable, entered in the register."""
    assert name not in REGISTER, name
    REGISTER[name] = Variable(name, default, read, T(zh, en))
    return REGISTER[name]


def truth(word: str) -> bool:
    """``1``, ``true``, ``yes``, ``on`` or their opposites. Raises ValueError."""
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if word.lower() not in known:
        raise ValueError(word)
    return known[word.lower()]


def whole(word: str) -> int:
    """A whole number of at least 0. Raises ValueError."""
    number = int(word)
    if number < 0:
        raise ValueError(word)
    return number


def words(listed: str) -> list[str]:
    """A list with commas between."""
    return [word.strip() for word in listed.split(",") if word.strip()]


def one_of(*choices: str) -> Callable[[str], str]:
    """Reads one of some words."""

    def read(word: str) -> str:
        if word not in choices:
            raise ValueError(word)
        return word

    return read
