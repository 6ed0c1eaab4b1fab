"""打印 · A register as PDF and as XLSX, with its own column names; who printed it is written down."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from io import BytesIO
from typing import Final

from django.db import transaction

from tianping.casework.changes import changed
from tianping.casework.engine.actors import Actor
from tianping.casework.watch.entries import Told
from tianping.casework.writs.typeset import compiled_pdf
from tianping.law.text import Lang, T

LEFT_OUT: Final = T("件数较多，只列出前面的；请缩短日期范围", "Too many: only the first are listed; choose fewer days")


def printed(told: Told, kind: str, *, lang: Lang, actor: Actor, at: datetime, institution: T) -> bytes:
    """The file. Raises CannotTypeset."""
    made = _pdf(told, lang, institution, at) if kind == "pdf" else _xlsx(told, lang, institution)
    with transaction.atomic():
        body: dict[str, object] = {"kind": kind, "first": told.first.isoformat(), "last": told.last.isoformat(), "rows": len(told.rows)}
        subject = f"register:{told.register.code}"
        changed("register.printed", account=actor.account, at=at, subject=subject, organisation=actor.organisation, body=body)
    return made


def _pdf(told: Told, lang: Lang, institution: T, at: datetime) -> bytes:
    data = {
        "title": told.register.title.pick(lang), "institution": institution.pick(lang), "span": f"{told.first} — {told.last}",
        "note": "" if told.whole else LEFT_OUT.pick(lang), "widths": [c.width for c in told.register.columns],
        "head": [c.title.pick(lang) for c in told.register.columns], "rows": [[cell.pick(lang) for cell in row] for row in told.rows],
    }  # fmt: skip
    return compiled_pdf(files("tianping.casework.watch").joinpath("register.typ").read_text("utf-8"), data, at=at)


def _xlsx(told: Told, lang: Lang, institution: T) -> bytes:
    import xlsxwriter  # noqa: PLC0415 — loaded only to write a workbook

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(told.register.title.pick(lang)[:31])
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"})
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        head = f"{institution.pick(lang)} {told.register.title.pick(lang)} {told.first} — {told.last}"
        sheet.write_string(0, 0, head, book.add_format({"bold": True}))
        for n, column in enumerate(told.register.columns):
            sheet.set_column(n, n, 12 * column.width)
            sheet.write_string(1, n, column.title.pick(lang), bold)
        for r, row in enumerate(told.rows, 2):
            for n, cell in enumerate(row):
                sheet.write_string(r, n, cell.pick(lang), plain)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.repeat_rows(1)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()
