"""城市报告成 PDF · The same report, typeset by Typst. It needs the documents extra and a Chinese font of the system."""

from __future__ import annotations

from dataclasses import asdict
from importlib.resources import files

from tianping.casework.writs.typeset import compiled_pdf
from tianping.law.text import Lang
from tianping.project.city_report import WORDS, Report


def as_pdf(report: Report, lang: Lang) -> bytes:
    """The report as PDF. Raises CannotTypeset."""
    data = asdict(report) | {"words": {k: v.pick(lang) for k, v in WORDS.items()}, "lang": lang}
    return compiled_pdf(files("tianping.project").joinpath("city_report.typ").read_text("utf-8"), data)
