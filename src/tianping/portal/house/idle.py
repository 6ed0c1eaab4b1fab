"""无关之问 · The rule by which an earlier answer leaves nothing to ask: how a form says it, and folds the question away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tianping.law.text import T
from tianping.portal.house.words import t
from tianping.procedure.grammar import Fact

MOOT: Final = T("不用填：{title}（“{earlier}”为{answers}）", "Not needed: {title} (“{earlier}”: {answers})")
Idle = tuple[str, tuple[str, ...], T]
"""The field that decides, its answers as a form sends them, why in words."""


def idle(fact: Fact[Any], earlier: Fact[Any], field: str, answers: Sequence[tuple[str, T]]) -> Idle:
    """The rule for one question: ``field`` is that of the earlier one, ``answers`` are those that leave nothing to ask."""
    which = T("、".join(words.zh for _, words in answers), " / ".join(words.en for _, words in answers))
    return field, tuple(sent for sent, _ in answers), MOOT.fill(title=fact.title, earlier=earlier.title, answers=which)


def folded(rules: Iterable[Idle]) -> list[tuple[str, tuple[str, ...], str]]:
    """For the part of the page that folds it away."""
    return [(name, answers, t(why)) for name, answers, why in rules]


def fires(rules: Iterable[Idle], typed: Mapping[str, Any]) -> bool:
    """Whether what was typed leaves nothing to ask."""
    return any(typed.get(name) in answers for name, answers, _ in rules)
