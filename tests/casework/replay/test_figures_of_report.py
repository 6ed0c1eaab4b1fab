"""报道数字从案件来 · Each number of the report is as many cases, and one case less is one less in its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT, size
from tianping.casework.city.load import load
from tianping.casework.city.pack import read_pack
from tianping.casework.engine.importing import steps_import
from tianping.casework.figures import Figures
from tianping.casework.replay.run import RECORDER
from tianping.casework.replay.stories import Story, imported_stories, read_stories
from tianping.procedure.measures import Indicator
from tianping.procedure.registry import indicators
from tianping.project.city_report import as_html, read_report, told

CITY = ROOT / "cities" / "jinzhong"
PACK = read_pack(CITY)
AT = datetime(2022, 7, 19, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FEWER = size(20, 1)
"""The largest stories are told of so many times fewer cases at the bar."""
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def told_of(stories: Sequence[Story], seed: int) -> None:
    cases = list(imported_stories(stories, seed, load(PACK, replay=True)))
    steps_import(cases=cases, recorder=RECORDER, at=AT, recorded="happened")


def known() -> dict[str, Indicator]:
    return {i.code: i for room in indicators().values() for i in room.listed()}


def shown(story: Story, figures: Figures) -> int:
    indicator = known()[story.figure["indicator"]]
    return int(figures.row(indicator, story.figure.get("where", {})).get(indicator.name) or 0)


@pytest.fixture(scope="module")
def stories(database: object) -> tuple[int, list[Story]]:
    seed, found = read_stories(CITY / "scenarios" / "report.toml", PACK)
    return seed, [replace(s, count=s.count // FEWER) if s.count >= 1000 else s for s in found]


def test_every_story_shows_in_a_figure(stories: tuple[int, list[Story]]) -> None:
    assert all(story.figure["indicator"] in known() for story in stories[1])


def test_the_figures_are_the_report_s_and_one_case_less_is_one_less(stories: tuple[int, list[Story]]) -> None:
    seed, whole = stories
    before = Figures()
    start = {s.code: shown(s, before) for s in whole}
    told_of(whole, seed)
    middle = Figures()
    first = {s.code: shown(s, middle) - start[s.code] for s in whole}
    fewer = [replace(s, code=f"{s.code}-less", count=s.count - 1) for s in whole]
    told_of(fewer, seed)
    after = Figures()
    second = {s.code: shown(s, after) - start[s.code] - first[s.code] for s in whole}
    for story in whole:
        same = [s for s in whole if (s.figure["indicator"], s.figure.get("where")) == (story.figure["indicator"], story.figure.get("where"))]
        each = sum(s.count * s.figure.get("each", 1) for s in same)
        assert first[story.code] == each, story.code
        assert second[story.code] == each - sum(s.figure.get("each", 1) for s in same), story.code


def test_the_report_tells_each_figure_with_its_formula_and_its_cases(stories: tuple[int, list[Story]]) -> None:
    moment = datetime(2022, 7, 19)  # noqa: DTZ001 — local time
    data = read_report(CITY / "report.toml")
    for lang in ("zh", "en"):
        report = told(data, Figures(until=moment), moment, "zh" if lang == "zh" else "en")
        page = as_html(report, "zh" if lang == "zh" else "en")
        every: list[Any] = [f for section in report.sections for sentence in section.sentences for f in sentence.figures]
        assert len(every) >= 20
        assert all(f.words.formula.zh and f.words.among.en for f in every)
        assert all(f.cases for f in every if f.denominator and f.numerator != 0)
        assert "http" not in page.replace("http-equiv", "")
        assert page.count("<details") == len(every)
