"""排版 · Typst makes the PDF. It needs the documents extra and a Chinese font of the system; nothing is fetched."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from tianping.casework.writs.errors import CannotTypeset
from tianping.casework.writs.word import blocks
from tianping.law.text import T

FONTS: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Songti SC", "SimSun", "FangSong")
DRAFT: Final = T("草稿，未签发", "Draft, not issued")
PUBLIC: Final = T("公开本", "Copy for the public")


def compiled_pdf(source: str, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """A Typst source with its data as PDF; ``data["font"]`` is set here. Raises CannotTypeset."""
    try:
        import typst  # noqa: PLC0415 — the documents extra
    except ImportError as error:
        raise CannotTypeset(reason=error) from error
    families = set(typst.Fonts().families())
    font = next((name for name in FONTS if name in families), None)
    if font is None:
        raise CannotTypeset(reason=T("没有中文字体", "there is no Chinese font"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data.json").write_text(json.dumps({**data, "font": font}, ensure_ascii=False, default=str), "utf-8")
        (folder / "main.typ").write_text(source, "utf-8")
        made: bytes = typst.compile(
            str(folder / "main.typ"), root=str(folder), timestamp=None if at is None else int(at.timestamp()), pdf_standards="a-2b"
        )  # fmt: skip
    return made


def writ_pdf(listed: list[dict[str, Any]], *, title: str, note: str, at: datetime) -> bytes:
    """The blocks of a Word file as PDF; ``note`` stands at the head of each page. Raises CannotTypeset."""
    source = files("tianping.casework.writs").joinpath("writ.typ").read_text("utf-8")
    return compiled_pdf(source, {"title": title, "note": note, "blocks": listed}, at=at)


def pdf_of(docx: bytes, *, title: str, note: str = "", at: datetime) -> bytes:
    """A Word file as PDF. Raises CannotTypeset."""
    return writ_pdf(list(blocks(docx)), title=title, note=note, at=at)
