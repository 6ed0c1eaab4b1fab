"""城市报告成 PDF · The same report, typeset by Typst. It needs the documents extra and a Chinese font of the system."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Final

from tianping.law.errors import TianpingError
from tianping.law.text import Lang, T
from tianping.project.city_report import WORDS, Report

FONTS: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Songti SC", "SimSun")


class CannotTypeset(TianpingError):
    """不能排版 · The typesetter, or a Chinese font, is not there."""

    code = "CLI-402"
    what = T("不能生成 PDF：{reason}", "No PDF can be made: {reason}")
    todo = T(
        "请安装 tianping[documents] 和中文字体（如 fonts-noto-cjk），或者写 .html。",
        "Install tianping[documents] and a Chinese font (fonts-noto-cjk), or write .html.",
    )


def as_pdf(report: Report, lang: Lang) -> bytes:
    """The report as PDF. Raises CannotTypeset."""
    try:
        import typst  # noqa: PLC0415 — the documents extra
    except ImportError as error:
        raise CannotTypeset(reason=error) from error
    families = set(typst.Fonts().families())
    font = next((name for name in FONTS if name in families), None)
    if font is None:
        raise CannotTypeset(reason=T("没有中文字体", "there is no Chinese font"))
    data = asdict(report) | {"words": {k: v.pick(lang) for k, v in WORDS.items()}, "lang": lang, "font": font}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False, default=str), "utf-8")
        (folder / "report.typ").write_text(files("tianping.project").joinpath("city_report.typ").read_text("utf-8"), "utf-8")
        made: bytes = typst.compile(str(folder / "report.typ"), root=str(folder))
    return made
