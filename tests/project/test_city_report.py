"""城市报告命令 · An unknown city is told in words; the list names every figure; a PDF is made where there is a Chinese font."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.project.test_cli import call
from tianping.casework.writs.errors import CannotTypeset
from tianping.engines.measure.defined import defined
from tianping.institutions.establishment.quota.indicators import Quota
from tianping.procedure.registry import indicators
from tianping.project.city_pdf import as_pdf
from tianping.project.city_report import Report, Section, Sentence, Told


def test_a_city_without_a_report_is_told() -> None:
    for lang, following in (("zh", "下一步"), ("en", "Next")):
        got = call("report", "--city", "nowhere", lang=lang)
        assert got.returncode == 2
        assert "CLI-401" in got.stderr
        assert following in got.stderr
        assert "Traceback" not in got.stderr


def test_every_figure_is_listed() -> None:
    got = call("report", "--list", lang="en")
    assert got.returncode == 0, got.stderr
    for room in indicators().values():
        for indicator in room.listed():
            assert f"`{indicator.code}`" in got.stdout


def test_a_pdf_is_made_where_there_is_a_chinese_font() -> None:
    figure = Told("a", "254", defined(Quota.judges), 254, "", None, 254, ("1", "2"), 252, ("员额法官254名",))
    report = Report("报告", "回放", f"{datetime(2021, 12, 31):%Y-%m-%d}", (Section("节", (Sentence(("共", figure, "名。")),)),))  # noqa: DTZ001 — a label
    try:
        made = as_pdf(report, "zh")
    except CannotTypeset as error:
        pytest.skip(f"no PDF here: {error}")
    assert made.startswith(b"%PDF")
