"""导出 · What is seen on a page of the board as a workbook, a PDF or a picture: the same tables, with scope, period and when it was taken."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from tianping.casework.extracts.cells import defused
from tianping.law.text import Lang, T
from tianping.portal.board.errors import NoTypesetter

FONTS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Serif CJK SC", "PingFang SC", "Microsoft YaHei")
Cell = str | int | float | None


class Percent(float):
    """比率 · A share, written as percent."""


def percent(share: float | None) -> Percent | None:
    """A share; None of nothing."""
    return None if share is None else Percent(share)


@dataclass(frozen=True, slots=True)
class Sheet:
    """一张表 · Its title, the heads of its columns, and its rows."""

    title: T
    head: tuple[T, ...]
    rows: tuple[tuple[T | Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """一份导出 · What stands on it: the finding, its scope in words, the note at its foot, the bars (the first table drawn) and the tables."""

    title: T
    scope: T
    note: T
    bars: tuple[tuple[T, int, float, T, int, float], ...]
    sheets: tuple[Sheet, ...]


def workbook(made: Leaf, lang: Lang) -> bytes:
    """The tables as XLSX, a sheet each; the first says what it is."""
    from xlsxwriter import Workbook  # noqa: PLC0415 — only for this format

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, shares = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
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
                    _written(page, row, column, value, lang, shares if isinstance(value, Percent) else None)
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
    def said(value: T | Cell) -> str:
        if isinstance(value, T):
            return value.pick(lang)
        if value is None:
            return "—"
        return f"{value:.1%}" if isinstance(value, Percent) else f"{value:,}" if isinstance(value, int | float) else value

    return {
        "title": made.title.pick(lang),
        "scope": made.scope.pick(lang),
        "note": made.note.pick(lang),
        "bars": [_bar(*bar, lang) for bar in made.bars],
        "sheets": [
            {
                "title": s.title.pick(lang),
                "head": [h.pick(lang) for h in s.head],
                "left": [n for n in range(len(s.head)) if any(isinstance(row[n], T) for row in s.rows)],
                "rows": [[said(v) for v in row] for row in s.rows],
            }
            for s in made.sheets[1 if made.bars else 0 :]
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
