"""措辞 · In which language a page speaks. Set around the rendering of a page; macros and filters read it, so none of them is handed a language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from tianping.law.text import Lang, T

_SPOKEN: Final[ContextVar[Lang]] = ContextVar("spoken", default="zh")


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Everything inside is said in one language."""
    before = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> Lang:
    """The language of the page being made."""
    return _SPOKEN.get()


def t(text: T | str) -> str:
    """A bilingual text as the page speaks; what is no bilingual text (a name, a number) stays as it is."""
    return text.pick(_SPOKEN.get()) if isinstance(text, T) else text


def w(zh: str, en: str, **values: object) -> str:
    """Words of the template itself: ``w("第{n}题", "Question {n}", n=3)``."""
    said = T(zh, en)
    return (said.fill(**values) if values else said).pick(_SPOKEN.get())
