"""指标说明 · What a figure counts, in words: its formula, its two sets, by what it is told apart, where it is asked for. One page a room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tianping.law.text import Lang, T
from tianping.procedure.expressions import Expr
from tianping.procedure.grammar import Steps
from tianping.procedure.measures import Days, Entry, Indicator, Indicators, Per, Ratio, Share, Total
from tianping.procedure.wording import wording

_STATISTICS: Final = {"mean": T("平均", "mean"), "median": T("中位", "median"), "p90": T("九分位", "ninth decile")}
_STATUS: Final = {
    "verified": T("经原文核对", "checked against the text"),
    "secondary": T("见于报道", "seen in a report"),
    "policy": T("我们自己的选择", "our own choice"),
    "local": T("由本地设定", "set locally"),
}
_HEAD: Final = T(
    "| 指标 | 公式 | 分子 | 分母 | 分组 | 目标 | 出处 |\n|---|---|---|---|---|---|---|",
    "| indicator | formula | numerator | denominator | by | target | source |\n|---|---|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True)
class Defined:
    """说明 · A figure in words. ``of`` is empty where there is no numerator."""

    code: str
    title: T
    formula: T
    of: T
    among: T
    by: tuple[T, ...]
    target: str
    source: T
    status: T


def defined(indicator: Indicator) -> Defined:
    """A figure in words."""
    of = wording(indicator.of) if isinstance(indicator, Share | Ratio) else T("", "")
    by = tuple(per.title for per in indicator.by)
    target = "" if indicator.target is None else str(indicator.target)
    return Defined(
        indicator.code, indicator.title, _formula(indicator), of, wording(indicator.among), by, target, indicator.source, _STATUS[indicator.status]
    )


def _formula(indicator: Indicator) -> T:
    what = indicator.unit.title
    if isinstance(indicator, Share):
        return T("分子÷分母（{what}）", "numerator ÷ denominator ({what})").fill(what=what)
    if isinstance(indicator, Days):
        unit = T("小时", "hours") if indicator.hours else T("天", "days")
        said = T("自首次“{since}”至末次“{until}”的{unit}数，{how}", "{how} of the {unit} from the first “{since}” to the last “{until}”")
        return said.fill(since=_acts(indicator.since), until=_acts(indicator.until), unit=unit, how=_STATISTICS[indicator.statistic])
    if isinstance(indicator, Total):
        return T("{what}之和", "the sum of {what}").fill(what=wording(indicator.of))
    if isinstance(indicator, Ratio):
        return T("“{of}”之和÷{per}（{what}）", "the sum of “{of}” ÷ {per} ({what})").fill(
            of=wording(indicator.of), per=_per(indicator.per), what=what
        )
    return T("件数（{what}）", "number ({what})").fill(what=what)


def _per(by: Expr[Any] | tuple[Per, ...]) -> T:
    if isinstance(by, Expr):
        return T("“{what}”之和", "the sum of “{what}”").fill(what=wording(by))
    names = [per.title for per in by]
    return T("{what}的个数", "how many there are of {what}").fill(what=T("、".join(n.zh for n in names), ", ".join(n.en for n in names)))


def _acts(steps: Steps) -> T:
    words = [s.title for s in steps.stages] if isinstance(steps, Entry) else [s.words for s in steps.steps]
    return T("、".join(w.zh for w in words), ", ".join(w.en for w in words))


def page(rooms: list[type[Indicators]], lang: Lang) -> str:
    """The definition page of some rooms, as Markdown."""
    lines: list[str] = []
    for room in rooms:
        lines += [f"## {room.title.pick(lang)}", "", _HEAD.pick(lang)]
        lines += [_row(defined(indicator), lang) for indicator in room.listed()]
        lines.append("")
    return "\n".join(lines)


def _row(d: Defined, lang: Lang) -> str:
    cells = [d.title, d.formula, d.of, d.among]
    words = [c.pick(lang).replace("|", "\\|") for c in cells]
    words[0] += f" `{d.code}`"
    by = ("、" if lang == "zh" else ", ").join(t.pick(lang) for t in d.by)
    return "| " + " | ".join([*words, by, d.target, f"{d.source.pick(lang)} ({d.status.pick(lang)})"]) + " |"
