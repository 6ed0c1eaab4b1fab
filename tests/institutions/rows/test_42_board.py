"""领导驾驶舱 · Every figure of every room can stand on the board: its words, its formula, where it is asked for, and the cases behind it."""

from __future__ import annotations

import pytest

from tianping.casework.figures import Figures
from tianping.engines.measure.defined import defined
from tianping.procedure.measures import Indicator
from tianping.procedure.registry import indicators

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
LISTED: list[Indicator] = [one for room in indicators().values() for one in room.listed()]


def test_no_two_figures_have_one_code() -> None:
    codes = [one.code for one in LISTED]
    assert len(set(codes)) == len(codes)


def test_every_figure_says_its_formula_and_where_it_is_asked_for() -> None:
    for one in LISTED:
        shown = defined(one)
        for words in (one.title, one.source, shown.formula):
            assert words.zh, one.code
            assert words.en, one.code


def test_every_tile_shows_its_formula_and_its_rows(database: object) -> None:
    figures = Figures()
    for one in LISTED[::9]:
        value, rows = figures.value(one), figures.cases(one, size=5)
        assert "case_id" in rows.column_names, one.code
        assert value is None or rows.num_rows or not value, one.code
