"""双语文本 · Words in both languages; nothing is shown to a person in one language only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class T:
    """A text in Chinese and in English. Placeholders are named: ``T("{n} 日", "{n} days").fill(n=3)``."""

    zh: str
    en: str

    def pick(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en

    def fill(self, **values: object) -> T:
        """The same text with its named placeholders filled; a :class:`T` value is filled in its own language."""
        zh = {k: v.zh if isinstance(v, T) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, T) else v for k, v in values.items()}
        return T(self.zh.format(**zh), self.en.format(**en))

    def __str__(self) -> str:
        return f"{self.zh} · {self.en}"
