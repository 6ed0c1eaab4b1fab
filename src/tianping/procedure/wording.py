"""判断式成文 · A rule on whole cases in words, in both languages: what a definition page says a figure counts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

from tianping.law.text import T
from tianping.procedure.columns import FactColumn, StageColumn, TimesColumn
from tianping.procedure.expressions import Expr
from tianping.procedure.grammar import Stage
from tianping.procedure.measures import ClocksColumn, HeldColumn, ReachedColumn, StandingColumn

_HOW: Final = {
    "at": T("“{part}”处于{stages}", "“{part}” stands in {stages}"),
    "any": T("有“{part}”处于{stages}", "a “{part}” stands in {stages}"),
    "every": T("全部“{part}”处于{stages}", "every “{part}” stands in {stages}"),
}
_CLOCKS: Final = {
    "judged": T("“{limit}”已有结果的次数", "the clocks of “{limit}” that came to an end"),
    "late": T("“{limit}”逾期的次数", "the clocks of “{limit}” that were late"),
}
_OPS: Final = {
    "and": T("{a}，且{b}", "{a}, and {b}"),
    "or": T("{a}，或{b}", "{a}, or {b}"),
    "eq": T("{a}为{b}", "{a} is {b}"),
    "lt": T("{a}少于{b}", "{a} is below {b}"),
    "gt": T("{b}多于{a}", "{b} is above {a}"),
    "ge": T("{b}不少于{a}", "{b} is at least {a}"),
    "le": T("{a}不多于{b}", "{a} is at most {b}"),
    "add": T("{a}加{b}", "{a} plus {b}"),
    "mul": T("{a}乘{b}", "{a} times {b}"),
    "not": T("并非（{a}）", "not ({a})"),
    "known": T("已答“{a}”", "“{a}” was answered"),
    "done": T("办理过“{a}”", "“{a}” was taken"),
    "been": T("到过{a}", "it has been in {a}"),
    "had": T("有{a}", "there are {a}"),
    "isin": T("{a}为{b}之一", "{a} is one of {b}"),
}


def wording(rule: Expr[Any]) -> T:
    """A rule in words. Steps, stages and facts go by their titles."""
    op, args = rule.op, rule.args
    if op == "const":
        return T("全部", "all") if args[0] is True else T(str(args[0]), str(args[0]))
    if op == "col":
        return _column(args[0])
    if op in ("not", "known"):
        return _OPS[op].fill(a=wording(args[0]))
    if op == "lt" and (some := _some(args)) is not None:
        return some
    if op == "isin":
        return _OPS["isin"].fill(a=wording(args[0]), b=_listed([_constant(a, args[0]) for a in args[1:]]))
    if op in ("eq", "lt", "le"):
        turned = {"lt": "gt", "le": "ge"}.get(op, op) if args[0].op == "const" else op
        return _OPS[turned].fill(a=_constant(args[0], args[1]), b=_constant(args[1], args[0]))
    return _OPS[op].fill(a=wording(args[0]), b=wording(args[1]))


def _some(args: Sequence[Any]) -> T | None:
    """``0 < how often``, which reads as: it happened."""
    if args[0].op == "const" and args[0].args[0] == 0 and args[1].op == "col":
        column = args[1].args[0]
        if isinstance(column, TimesColumn):
            return _OPS["done"].fill(a=column.step.words)
        if isinstance(column, ReachedColumn):
            return _OPS["been"].fill(a=_stages(column.stages.stages))
        if isinstance(column, ClocksColumn):
            return _OPS["had"].fill(a=_column(column))
    return None


def _column(column: object) -> T:
    match column:
        case FactColumn():
            return column.fact.title
        case TimesColumn():
            return T("“{a}”的次数", "how often “{a}” was taken").fill(a=column.step.words)
        case StageColumn():
            return _HOW[column.how].fill(part=column.part.track.title, stages=_stages(column.stages))
        case StandingColumn():
            return T("现处于{a}", "stands now in {a}").fill(a=_stages(column.stages.stages))
        case ReachedColumn():
            return T("进入{a}的次数", "how often it came to {a}").fill(a=_stages(column.stages.stages))
        case ClocksColumn():
            return _CLOCKS[column.what].fill(limit=column.limit.words)
        case HeldColumn():
            return column.title
    raise AssertionError(column)


def _stages(stages: Sequence[Stage]) -> T:
    return _listed([T(f"“{s.title.zh}”", f"“{s.title.en}”") for s in stages])


def _listed(words: Sequence[T]) -> T:
    return T("、".join(w.zh for w in words), ", ".join(w.en for w in words))


def _constant(side: Expr[Any], other: Expr[Any]) -> T:
    """A side of a comparison; the name of an answer is said as the fact says it."""
    if side.op != "const" or other.op != "col" or not isinstance(other.args[0], FactColumn):
        return wording(side)
    value, kind = side.args[0], other.args[0].fact.kind
    if isinstance(value, bool):
        return T("是", "yes") if value else T("否", "no")
    if issubclass(kind, Enum) and value in kind.__members__:
        return T(str(kind[value].value), str(value).replace("_", " ").lower())
    return T(str(value), str(value))
