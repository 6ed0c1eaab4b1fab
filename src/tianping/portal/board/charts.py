"""图表 · A figure by period as a chart: the numbers of its table, and what each bar or point says when the pointer is on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from tianping.law.text import Lang, T
from tianping.portal.board.rooms import Figure, Group

FEW: Final = 12
"""So many bars have their numbers above them; more would write over one another."""
NONE: Final = T("", "")
UNITS: Final = {"percent": T("%", "%"), "days": T("天", " days"), "hours": T("小时", " hours"), "sum": NONE, "number": T("件", " cases")}


def by_period(figure: Figure, groups: Sequence[Group], lang: Lang) -> dict[str, Any] | None:
    """The option of the chart; None where there is nothing to compare."""
    if len(groups) < 2:
        return None
    line, said = figure.kind in ("percent", "days", "hours"), UNITS[figure.kind].pick(lang)
    points = []
    for group in groups:
        value = None if group.value is None else round(100 * float(group.value), 1) if figure.kind == "percent" else round(float(group.value), 2)
        among = f" ({group.of}/{group.among})" if group.of is not None else ""
        points.append({"value": value, "words": f"{group.title.pick(lang)}: {value:,}{said}{among}" if value is not None else ""})
    own: dict[str, Any] = {
        "type": "line" if line else "bar",
        "data": points,
        "label": {"show": len(groups) <= FEW, "position": "top", "color": "--ink-2"} | ({"formatter": "{c}%"} if figure.kind == "percent" else {}),
    }
    own |= {"symbolSize": 10, "lineStyle": {"width": 2.5}} if line else {"barMaxWidth": 56}
    top = {"max": 100, "axisLabel": {"formatter": "{value}%"}} if figure.kind == "percent" else {}
    return {
        "xAxis": {"type": "category", "data": [g.title.pick(lang) for g in groups], "axisTick": {"show": False}},
        "yAxis": {"type": "value", "min": 0, **top, "splitLine": {"lineStyle": {"color": "--line"}}},
        "series": [own],
    }
