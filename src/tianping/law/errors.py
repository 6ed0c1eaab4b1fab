"""错误 · Errors that speak to the clerk: what happened, which article, what to do next, in both languages, with a stable code.

An error is a class: its ``code`` never changes, its ``what`` and ``todo`` are bilingual templates with named placeholders.
Every class registers itself; ``docs/law/errors.md`` is generated from the register::

    TianpingError
    ├── LAW-…   law: calendar, periods, statutes, parameters, calculators, identifiers
    ├── PRO-…   procedure: definitions, the model checker, the registry
    ├── EVT-…   engines: event logs that are read and written
    ├── SUP-…   engines: supervision
    ├── MEA-…   engines: figures
    └── CLI-…   the command line
"""

from __future__ import annotations

from typing import ClassVar

from tianping.law.text import Lang, T

REGISTER: dict[str, type[TianpingError]] = {}


class TianpingError(Exception):
    """An error with words. Subclasses set ``code``, ``what`` and ``todo``; keyword arguments fill the placeholders."""

    code: ClassVar[str]
    what: ClassVar[T]
    todo: ClassVar[T]
    article: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        code = cls.__dict__.get("code")
        if code is None:
            return
        if code in REGISTER:
            raise TypeError(f"error code {code} stands for {REGISTER[code].__name__} and {cls.__name__}")
        REGISTER[code] = cls

    def __init__(self, **values: object) -> None:
        self.values = values
        self.message = self.what.fill(**values)
        self.advice = self.todo.fill(**values)
        super().__init__(f"{self.code} {self.message}")

    def text(self, lang: Lang) -> str:
        """Code, what happened, the article if one applies, and what to do next, as lines."""
        lines = [f"{self.code}  {self.message.pick(lang)}"]
        if self.article:
            lines.append(f"{'依据' if lang == 'zh' else 'Article'}: {self.article.format(**self.values)}")
        lines.append(f"{'下一步' if lang == 'zh' else 'Next'}: {self.advice.pick(lang)}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str]:
        """The error for ``--json``: code, message and advice in both languages."""
        return {
            "code": self.code,
            "message_zh": self.message.zh,
            "message_en": self.message.en,
            "todo_zh": self.advice.zh,
            "todo_en": self.advice.en,
        }
