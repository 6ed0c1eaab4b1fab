"""导出的内容 · What the files of the board hold: the overview of a scope, the figures of a room, one figure by its groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tianping.casework.funnel import Counted
from tianping.law.text import T
from tianping.portal.board.exports import Cell, Leaf, Percent, Sheet, percent
from tianping.portal.board.overview import MEANS, STAGES, WORDS, Line, Overview, mean_days, rate
from tianping.portal.board.rooms import Figure, Group, Room
from tianping.procedure.measures import Per

COLUMNS: Final = (
    *(WORDS[m] for m in ("pushed", "closed", "open", "settled", "unsettled")),
    T("成功率", "Share settled"),
    WORDS["confirmed"],
    T("平均天数", "Mean days"),
)
REPLAY: Final = T("回放：总数依报道，人物与日期均为虚构。", "A replay: the totals are the report's, people and days are invented.")


def overview_leaf(seen: Overview, taken: str, *, replay: bool) -> Leaf:
    """The overview as it is seen. ``replay``: it is a demonstration's, and says so."""
    scope = T("，".join(n.zh for n in seen.scope), ", ".join(n.en for n in seen.scope))
    counted = seen.counted
    note = T(
        "按推送日归入期间；{p} = {c} 结案 + {o} 在办；{c} = {s} 成功 + {u} 未成。取数时间 {at}。",
        "By the day of pushing; {p} = {c} closed + {o} open; {c} = {s} settled + {u} not. Taken {at}.",
    ).fill(p=counted.pushed, c=counted.closed, o=counted.open, s=counted.settled, u=counted.unsettled, at=taken)
    if replay:
        note = T(f"{REPLAY.zh}{note.zh}", f"{REPLAY.en} {note.en}")
    bars = tuple((WORDS[b.mark], b.number, b.width, WORDS[b.rest], b.left, b.rest_width) for b in seen.bars)
    return Leaf(seen.finding, scope, note, bars, tuple(_sheets(seen)))


def _sheets(seen: Overview) -> list[Sheet]:
    stages = [(WORDS[m], getattr(seen.counted, m), MEANS[m]) for m in dict.fromkeys(n for stage in STAGES for n in (stage[0], stage[2]))]
    out = [Sheet(T("漏斗", "Funnel"), (T("环节", "Stage"), T("件", "Cases"), T("口径", "What is counted")), tuple(stages))]
    out.append(
        Sheet(
            T("未成的原因", "Why not settled"),
            (T("结束方式", "Ended"), T("件", "Cases"), T("占比", "Share")),
            tuple((e.title, e.number, percent(e.share)) for e in seen.endings),
        )
    )
    for title, lines in ((T("按平台", "By platform"), seen.platforms), (T("按法院", "By court"), seen.courts)):
        out.append(Sheet(title, (T("名称", "Name"), *COLUMNS), (*(_row(line.name, line) for line in lines), _total(seen, lines))))
    trend = tuple((c.title, c.counted.pushed, c.counted.closed, c.counted.settled, c.counted.confirmed) for c in seen.columns)
    out.append(Sheet(T("逐月", "By month"), (T("月", "Month"), *(WORDS[m] for m in ("pushed", "closed", "settled", "confirmed"))), trend))
    return out


def _row(name: T, line: Line) -> tuple[T | Cell, ...]:
    return (name, *_counts(line.counted, line.days))


def _total(seen: Overview, lines: Sequence[Line]) -> tuple[T | Cell, ...]:
    return (T("合计", "All"), *_counts(seen.counted, mean_days(lines)))


def _counts(c: Counted, days: float | None) -> tuple[Cell, ...]:
    numbers = (c.pushed, c.closed, c.open, c.settled, c.unsettled)
    return (*numbers, percent(rate(c)), c.confirmed, None if days is None else round(days, 1))


# ---- the figures of a room -----------------------------------------------------------------------------------------------------------

HEAD: Final = (
    T("指标", "Figure"), T("数值", "Value"), T("单位", "Unit"), T("分子", "Of"), T("分母", "Among"), T("目标", "Target"), T("算式", "Formula"),
    T("出处", "Source"),
)  # fmt: skip
UNITS: Final = {"percent": T("", ""), "days": T("天", "days"), "hours": T("小时", "hours"), "sum": T("", ""), "number": T("件", "cases")}


def room_leaf(room: Room, taken: str, *, replay: bool) -> Leaf:
    """The figures of a room, with the sums that must agree."""
    rows = tuple(_figure(f) for f in room.figures)
    sums = tuple((s.title, s.whole, " + ".join(f"{p:,}" for p in s.parts), s.broken) for s in room.sums)
    sheets = [Sheet(T("指标", "Figures"), HEAD, rows)]
    if sums:
        sheets.append(Sheet(T("守恒", "Sums"), (T("规则", "Rule"), T("合计", "Whole"), T("各部分", "Parts"), T("不符", "Broken")), sums))
    return Leaf(room.title, T("各项指标", "Its figures"), _note(taken, replay=replay), (), tuple(sheets))


def figure_leaf(room: Room, figure: Figure, per: Per | None, groups: Sequence[Group], taken: str, *, replay: bool) -> Leaf:
    """One figure by one of its groups."""
    sheets = [Sheet(T("定义", "Definition"), HEAD, (_figure(figure),))]
    if per is not None:
        rows = tuple((g.title, _value(figure.kind, g.value), g.of, g.among) for g in groups)
        sheets.insert(0, Sheet(T("按{by}", "By {by}").fill(by=per.title), (per.title, T("数值", "Value"), T("分子", "Of"), T("分母", "Among")), rows))
    return Leaf(figure.indicator.title, room.title, _note(taken, replay=replay), (), tuple(sheets))


def _figure(f: Figure) -> tuple[T | Cell, ...]:
    target = None if f.indicator.target is None else _value(f.kind, f.indicator.target)
    source = T("{a}（{b}）", "{a} ({b})").fill(a=f.indicator.source, b=f.words.status)
    return (f.indicator.title, _value(f.kind, f.value), UNITS[f.kind], f.of, f.among, target, f.words.formula, source)


def _value(kind: str, value: object) -> Cell:
    if value is None:
        return None
    number = float(str(value))
    return Percent(number) if kind == "percent" else int(number) if number.is_integer() else round(number, 2)


def _note(taken: str, *, replay: bool) -> T:
    note = T("从台账算出，取数时间 {at}。", "Reckoned from the ledger, taken {at}.").fill(at=taken)
    return T(f"{REPLAY.zh}{note.zh}", f"{REPLAY.en} {note.en}") if replay else note
