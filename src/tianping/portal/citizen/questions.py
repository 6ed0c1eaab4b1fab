"""问题 · Facts of a definition as questions on a page, and what was typed as answers: what is missing or will not do is said beside its question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal

from tianping.law.text import T
from tianping.portal.house.amounts import amount_of
from tianping.portal.house.idle import Idle, fires, folded, idle
from tianping.procedure.grammar import Fact
from tianping.procedure.moot import moot
from tianping.procedure.oclock import hour_of
from tianping.procedure.tables import Tables

Kind = Literal["yes", "choice", "select", "date", "money", "whole", "hour", "text"]
YES: Final = (("yes", T("是", "Yes")), ("no", T("否", "No")))
MOST: Final = 2_000
FEW: Final = 7
"""So many options stand open; more are folded into a list."""


@dataclass(frozen=True, slots=True)
class Question:
    """一问 · One field of a form: what is asked, how, what was typed, and what is wrong with it."""

    name: str
    kind: Kind
    title: T
    hint: T | None = None
    options: tuple[tuple[str, T], ...] = ()
    value: Any = ""
    error: T | None = None
    optional: bool = False
    most: int = MOST
    offers: tuple[str, ...] = ()
    moot: tuple[Idle, ...] = ()
    """Where the answers to an earlier question leave nothing to ask here."""

    @property
    def mooted(self) -> list[tuple[str, tuple[str, ...], str]]:
        """For the part of the page that folds it away."""
        return folded(self.moot)


@dataclass(frozen=True, slots=True)
class Read:
    """所填 · The questions with what was typed, and the answers where nothing is wrong."""

    questions: tuple[Question, ...]
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def errors(self) -> list[tuple[str, T]]:
        """For the summary: the field and the words."""
        return [(q.name, q.error) for q in self.questions if q.error is not None]


def asked(
    facts: Iterable[Fact[Any]],
    *,
    optional: frozenset[str] = frozenset(),
    of: tuple[Tables, int] | None = None,
    offered: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Question, ...]:
    """The questions of some facts; ``of``: the step that asks them, whose rules tell which answers leave nothing to ask."""
    made = [(f, _question(f, optional=f.name in optional)) for f in facts if f.known_by is None]
    deciding = {} if of is None else moot(*of)
    shown = {f for f, _ in made}
    return tuple(
        replace(
            q, offers=(offered or {}).get(f.register, ()),
            moot=tuple(_idle(f, earlier, answers) for earlier, answers in deciding.get(f, ()) if earlier in shown),
        )
        for f, q in made
    )  # fmt: skip


def _idle(fact: Fact[Any], earlier: Fact[Any], answers: tuple[object, ...]) -> Idle:
    """The rule by which an earlier answer leaves nothing to ask, with that answer as it is sent from here."""
    told = [YES[not a] if isinstance(a, bool) else (str(a), words_of(fact_of(earlier, a))) for a in answers]
    return idle(fact, earlier, earlier.name, told)


def fact_of(fact: Fact[Any], name: object) -> Enum:
    """The choice of a question by its name."""
    member: Enum = fact.kind[name]
    return member


def _question(fact: Fact[Any], *, optional: bool) -> Question:
    if fact.kind is bool:
        return Question(fact.name, "yes", fact.title, fact.hint, YES, optional=optional)
    if issubclass(fact.kind, Enum):
        options = tuple((name, words_of(member)) for name, member in fact.kind.__members__.items())
        return Question(fact.name, "choice" if len(options) <= FEW else "select", fact.title, fact.hint, options, optional=optional)
    kinds: dict[type[Any], Kind] = {date: "date", Decimal: "money", int: "whole"}
    kind: Kind = "hour" if fact.hour else kinds.get(fact.kind, "text")
    return Question(fact.name, kind, fact.title, fact.hint, optional=optional or fact.hour)


def words_of(member: Enum) -> T:
    """An option in both languages: its Chinese stands in the definition, its English is its name."""
    return T(str(member.value), member.name.replace("_", " ").capitalize())


def shown(question: Question, answer: object) -> Any:
    """An answer, plain as it is kept, as it stands in the field of a question."""
    if isinstance(answer, bool):
        return YES[not answer][0]
    if question.kind == "date" and isinstance(answer, str):
        return dict(zip(("year", "month", "day"), answer.split("-"), strict=False))
    return "" if answer is None else str(answer)


def read(questions: Iterable[Question], given: Mapping[str, str]) -> Read:
    """What was typed."""
    out: list[Question] = []
    answers: dict[str, Any] = {}
    for question in questions:
        typed, answer, wrong = _READ[question.kind](question, given)
        if wrong is None and answer is None and not question.optional and not fires(question.moot, {q.name: q.value for q in out}):
            wrong = _missing(question)
        out.append(replace(question, value=typed, error=wrong))
        if wrong is None and answer is not None:
            answers[question.name] = answer
    return Read(tuple(out), answers)


Found = tuple[Any, Any, T | None]


def line(given: Mapping[str, str], name: str, most: int = MOST) -> str:
    """What was typed into a field, without what a database cannot hold."""
    return given.get(name, "")[: most + 1].replace("\0", "").strip()


def _missing(question: Question) -> T:
    if question.kind in ("yes", "choice", "select"):
        return T("请选一项：{title}", "Choose one: {title}").fill(title=question.title)
    return T("请填写：{title}", "Enter: {title}").fill(title=question.title)


def _yes(question: Question, given: Mapping[str, str]) -> Found:
    typed = line(given, question.name)
    return typed, {"yes": True, "no": False}.get(typed), None


def _choice(question: Question, given: Mapping[str, str]) -> Found:
    typed = line(given, question.name)
    return typed, typed if typed in dict(question.options) else None, None


def _text(question: Question, given: Mapping[str, str]) -> Found:
    typed = line(given, question.name, question.most)
    if len(typed) > question.most:
        return typed, None, T(f"最多{question.most}字，您填了{len(typed)}字", f"At most {question.most} characters: you typed {len(typed)}")
    return typed, typed or None, None


def _money(question: Question, given: Mapping[str, str]) -> Found:
    typed = line(given, question.name, 40)
    if not typed:
        return typed, None, None
    amount = amount_of(typed)
    wrong = T(f"金额须是数字，如 38600 或 38600.50，您填的是{typed}", f"The amount must be a number such as 38600 or 38600.50; you typed {typed}")
    return (typed, amount, None) if amount is not None else (typed, None, wrong)


def _whole(question: Question, given: Mapping[str, str]) -> Found:
    typed = line(given, question.name, 20)
    if not typed:
        return typed, None, None
    fits = re.fullmatch(r"[0-9]{1,9}", typed)
    wrong = T(f"须是整数，您填的是{typed}", f"It must be a whole number; you typed {typed}")
    return (typed, int(typed), None) if fits else (typed, None, wrong)


def _hour(question: Question, given: Mapping[str, str]) -> Found:
    typed = line(given, question.name, 20)
    found = hour_of(typed) if typed else None
    wrong = T(f"须是一天里的时间，如 9:30，您填的是{typed}", f"It must be a time of day such as 9:30; you typed {typed}")
    return typed, found, wrong if typed and found is None else None


def _date(question: Question, given: Mapping[str, str]) -> Found:
    parts = {p: line(given, f"{question.name}-{p}", 4) for p in ("year", "month", "day")}
    if not any(parts.values()):
        return parts, None, None
    try:
        return parts, date(int(parts["year"]), int(parts["month"]), int(parts["day"])), None
    except ValueError:
        said = "-".join(parts.values())
        return parts, None, T(f"须是一个日期，如 2026 年 3 月 2 日，您填的是{said}", f"It must be a date such as 2 3 2026; you typed {said}")


_READ: Final = {"yes": _yes, "choice": _choice, "select": _choice, "date": _date, "money": _money, "whole": _whole, "hour": _hour, "text": _text}
