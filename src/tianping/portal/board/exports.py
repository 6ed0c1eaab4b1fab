"""导出 · What is seen on a page of the board as a workbook, a PDF or a picture: the same tables, with scope, period and when it was taken."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from tianping.casework.extracts.cells import defused
from tianping.law.text import Lang, T
from tianping.portal.board.errors import NoTypesetter
from tianping.portal.board.overview import MEANS, STAGES, WORDS, Line, Overview, mean_days, rate

FONTS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Serif CJK SC", "PingFang SC", "Microsoft YaHei")
COLUMNS: Final = (
    *(WORDS[m] for m in ("pushed", "closed", "open", "settled", "unsettled")),
    T("成功率", "Share settled"),
    WORDS["confirmed"],
    T("平均天数", "Mean days"),
)
REPLAY: Final = T("回放：总数依报道，人物与日期均为虚构。", "A replay: the totals are the report's, people and days are invented.")
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """一张表 · Its title, the heads of its columns, and its rows; a share is written as percent where ``percent`` names its column."""

    title: T
    head: tuple[T, ...]
    rows: tuple[tuple[T | Cell, ...], ...]
    percent: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """一份导出 · What stands on it: the finding, its scope in words, the note at its foot, the bars and the tables."""

    title: T
    scope: T
    note: T
    bars: tuple[tuple[T, int, float, T, int, float], ...]
    sheets: tuple[Sheet, ...]


def leaf(seen: Overview, taken: str, *, replay: bool) -> Leaf:
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
            tuple((e.title, e.number, e.share) for e in seen.endings),
            (2,),
        )
    )
    for title, lines in ((T("按平台", "By platform"), seen.platforms), (T("按法院", "By court"), seen.courts)):
        out.append(Sheet(title, (T("名称", "Name"), *COLUMNS), (*(_row(line.name, line) for line in lines), _total(seen, lines)), (6,)))
    trend = tuple((c.title, c.counted.pushed, c.counted.closed, c.counted.settled, c.counted.confirmed) for c in seen.columns)
    out.append(Sheet(T("逐月", "By month"), (T("月", "Month"), *(WORDS[m] for m in ("pushed", "closed", "settled", "confirmed"))), trend))
    return out


def _row(name: T, line: Line) -> tuple[T | Cell, ...]:
    c = line.counted
    return (name, c.pushed, c.closed, c.open, c.settled, c.unsettled, line.rate, c.confirmed, None if line.days is None else round(line.days, 1))


def _total(seen: Overview, lines: Sequence[Line]) -> tuple[T | Cell, ...]:
    c, days = seen.counted, mean_days(lines)
    return (T("合计", "All"), c.pushed, c.closed, c.open, c.settled, c.unsettled, rate(c), c.confirmed, None if days is None else round(days, 1))


def workbook(made: Leaf, lang: Lang) -> bytes:
    """The tables as XLSX, a sheet each; the first says what it is."""
    from xlsxwriter import Workbook  # noqa: PLC0415 — only for this format

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        about = book.add_worksheet(T("说明", "About").pick(lang))
        for row, words in enumerate((made.title, made.scope, made.note)):
            about.write_string(row, 0, defused(words.pick(lang)), bold if row == 0 else None)
        for sheet in made.sheets:
            page = book.add_worksheet(sheet.title.pick(lang)[:31])
            for column, head in enumerate(sheet.head):
                page.write_string(0, column, head.pick(lang), bold)
            page.set_column(0, 0, 28)
            page.freeze_panes(1, 1)
            for row, cells in enumerate(sheet.rows, 1):
                for column, value in enumerate(cells):
                    _written(page, row, column, value, lang, percent if column in sheet.percent else None)
    return out.getvalue()


def _written(page: Any, row: int, column: int, value: T | Cell, lang: Lang, form: Any) -> None:
    if isinstance(value, int | float):
        page.write_number(row, column, value, form)
    elif value is not None:
        page.write_string(row, column, defused(value.pick(lang) if isinstance(value, T) else value))


def pdf(made: Leaf, lang: Lang) -> bytes:
    """The page as PDF. Raises NoTypesetter."""
    return _typeset(made, lang, "pdf")


def picture(made: Leaf, lang: Lang) -> bytes:
    """The page as PNG. Raises NoTypesetter."""
    return _typeset(made, lang, "png")


def _typeset(made: Leaf, lang: Lang, form: str) -> bytes:
    try:
        import typst  # noqa: PLC0415 — the documents extra
    except ImportError as error:
        raise NoTypesetter(reason=error) from error
    families = set(typst.Fonts().families())
    font = next((name for name in FONTS if name in families), None)
    if font is None:
        raise NoTypesetter(reason=T("没有中文字体", "there is no Chinese font"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = _data(made, lang) | {"font": font, "lang": lang, "picture": form == "png"}
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        (folder / "board.typ").write_text(files("tianping.portal.board").joinpath("board.typ").read_text("utf-8"), "utf-8")
        source = str(folder / "board.typ")
        found = typst.compile(source, root=name, format="pdf") if form == "pdf" else typst.compile(source, root=name, format="png", ppi=144.0)
    assert isinstance(found, bytes), "one page, one file"
    return found


def _data(made: Leaf, lang: Lang) -> dict[str, Any]:
    def said(value: T | Cell, percent: bool = False) -> str:
        if isinstance(value, T):
            return value.pick(lang)
        if value is None:
            return "—"
        return f"{value:.1%}" if percent else f"{value:,}" if isinstance(value, int | float) else value

    return {
        "title": made.title.pick(lang),
        "scope": made.scope.pick(lang),
        "note": made.note.pick(lang),
        "bars": [_bar(*bar, lang) for bar in made.bars],
        "sheets": [
            {
                "title": s.title.pick(lang),
                "head": [h.pick(lang) for h in s.head],
                "rows": [[said(v, n in s.percent) for n, v in enumerate(row)] for row in s.rows],
            }
            for s in made.sheets[1:]
            if s.rows
        ],
    }


def _bar(name: T, number: int, width: float, rest: T, left: int, rest_width: float, lang: Lang) -> dict[str, Any]:
    shown = {"name": name.pick(lang), "number": f"{number:,}", "rest": rest.pick(lang), "left": f"{left:,}" if left else ""}
    return shown | {"width": width, "restwidth": rest_width}


FORMS: Final[dict[str, tuple[Callable[[Leaf, Lang], bytes], str]]] = {
    "xlsx": (workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (pdf, "application/pdf"),
    "png": (picture, "image/png"),
}
