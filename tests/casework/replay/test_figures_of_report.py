"""报道数字从案件来 · Every number of the newspaper's report is told by a sentence of ours, from cases; one of its cases less, and it moves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT
from tianping.casework.city.load import load
from tianping.casework.city.pack import read_pack
from tianping.casework.engine.brought import Imported
from tianping.casework.engine.importing import steps_import
from tianping.casework.figures import Figures
from tianping.casework.replay.run import RECORDER
from tianping.casework.replay.stories import Story, imported_stories, read_stories
from tianping.procedure.measures import Days, Indicator, Share
from tianping.procedure.registry import indicators
from tianping.project.city_report import Report, Told, as_html, read_numbers, read_report, told

CITY = ROOT / "cities" / "jinzhong"
PACK = read_pack(CITY)
AT = datetime(2022, 7, 19, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
YEARS_END = datetime(2021, 12, 31, 23, 59, 59)  # noqa: DTZ001 — local time, as in the ledger's tables
NUMBERS = read_numbers(CITY / "report_numbers.toml")
SENTENCES = {row["code"]: row for part in read_report(CITY / "report.toml")["section"] for row in part["sentence"]}
ASKED: Final[dict[str, dict[str, Any]]] = {f"{code}.{name}": asked for code, row in SENTENCES.items() for name, asked in row["figures"].items()}
SEED, STORIES = read_stories(CITY / "scenarios" / "report.toml", PACK)
NUMERAL = re.compile(r"[0-9][0-9.+]*|十九|[一二三四五六七八九十百千万两半双首零]")
TRIED = 30
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def known() -> dict[str, Indicator]:
    return {i.code: i for room in indicators().values() for i in room.listed()}


class Without(Figures):
    """The ledger less one unit: everything after the log is reckoned as ever."""

    def __init__(self, whole: Figures, unit: dict[str, Any]) -> None:
        super().__init__(until=whole.until)
        self.connection, self.whole, self.unit = whole.connection, whole, unit

    def _log(self, code: str) -> Any:
        log = self.whole._log(code)
        mine = log.case_id == self.unit["case_id"]
        return log.filter(~(mine & (log.entity == self.unit["entity"]) if "entity" in self.unit else mine))


@pytest.fixture(scope="module")
def city(half_year: Imported) -> Iterator[Figures]:
    """The half-year and every story of the report, in whole."""
    steps_import(cases=list(imported_stories(STORIES, SEED, load(PACK, replay=True))), recorder=RECORDER, at=AT, recorded="happened")
    yield Figures(until=YEARS_END)


@pytest.fixture(scope="module")
def report(city: Figures) -> Report:
    return told(read_report(CITY / "report.toml"), city, YEARS_END, "zh", NUMBERS)


def figures_of(report: Report) -> dict[str, Told]:
    return {f.anchor: f for section in report.sections for sentence in section.sentences for f in sentence.figures}


# ---- the table -----------------------------------------------------------------------------------------------------------------


def numerals(text: str) -> dict[int, str]:
    return {m.start(): m.group() for m in NUMERAL.finditer(text)}


def test_every_number_of_the_report_is_in_the_table(shared: Path) -> None:
    text = (shared / "mission" / "report.txt").read_text("utf-8")
    covered = set[int]()
    for row in (*NUMBERS["number"], *NUMBERS["name"]):
        assert row["words"] in text, row["words"]
        assert list(numerals(row["words"]).values()) == row["numbers"], row["words"]
        starts = [m.start() for m in re.finditer(re.escape(row["words"]), text)]
        covered |= {start + at for start in starts for at in numerals(row["words"])}
    missing = {text[max(0, at - 10) : at + 10] for at in numerals(text) if at not in covered}
    assert not missing


def test_what_the_table_names_is_there() -> None:
    told_by = {name for row in NUMBERS["number"] for name in row["told"]}
    assert told_by <= set(ASKED)
    assert all(row["told"] for row in NUMBERS["number"])
    assert all(row["zh"] and row["en"] for row in NUMBERS["name"])
    for code, row in SENTENCES.items():
        assert {*re.findall(r"\{(\w+)\}", row["zh"])} == {*re.findall(r"\{(\w+)\}", row["en"])} == set(row["figures"]), code


def test_each_number_is_the_report_s(report: Report) -> None:
    found = figures_of(report)
    exact = [(name, wanted) for row in NUMBERS["number"] if "sum" not in row for name, wanted in row["told"].items()]
    assert not {(name, wanted): found[name].value for name, wanted in exact if float(found[name].value) != wanted}
    for row in NUMBERS["number"]:
        if "sum" in row:
            assert sum(int(found[name].value) for name in row["told"]) == row["sum"], row["words"]


# ---- its cases -----------------------------------------------------------------------------------------------------------------


def candidates(city: Figures, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Some of the units of a figure; of a mean, those that are not the mean itself."""
    indicator, where = known()[asked["indicator"]], asked.get("where", {})
    found = city.cases(indicator, part="of" if isinstance(indicator, Share) else "among", where=where, size=TRIED).to_pylist()
    mean = city.row(indicator, where)[indicator.name]
    return [unit for unit in found if not isinstance(indicator, Days) or unit["taken"] != mean]


@pytest.mark.parametrize("name", ASKED)
def test_one_case_less_and_the_figure_moves(city: Figures, name: str) -> None:
    asked = ASKED[name]
    indicator, where = known()[asked["indicator"]], asked.get("where", {})
    whole = city.row(indicator, where)[indicator.name]
    units = candidates(city, asked)
    assert whole and units, name
    assert any(Without(city, unit).row(indicator, where)[indicator.name] != whole for unit in units), name


def test_every_story_shows_in_its_figure(city: Figures) -> None:
    told_of: dict[tuple[str, str], list[Story]] = defaultdict(list)
    for story in STORIES:
        told_of[story.figure["indicator"], str(story.figure.get("where", {}))].append(story)
    for stories in told_of.values():
        figure = stories[0].figure
        indicator = known()[figure["indicator"]]
        names = {s.code for s in STORIES if s.figure["indicator"] == figure["indicator"]}
        expected = sum(s.count * s.figure.get("each", 1) for s in stories)
        value = city.row(indicator, figure.get("where", {}))[indicator.name]
        assert int(value) == expected or (not figure.get("where") and int(value) >= expected), names


# ---- the page ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_each_figure_with_its_formula_and_links_to_its_cases(city: Figures, report: Report, lang: str) -> None:
    shown = report if lang == "zh" else told(read_report(CITY / "report.toml"), city, YEARS_END, "en", NUMBERS)
    every = list(figures_of(shown).values())
    page = as_html(shown, "zh" if lang == "zh" else "en", "https://tianping.example/")
    assert len(every) == len(ASKED)
    assert all(f.words.formula.zh and f.words.among.en and f.cases for f in every)
    assert page.count("<details") == len(every)
    assert page.count('href="https://tianping.example/desk/cases/') == sum(len(f.cases) for f in every)
    assert {words for f in every for words in f.reported} == {row["words"] for row in NUMBERS["number"]}
    assert "http" not in as_html(shown, "zh" if lang == "zh" else "en").replace("http-equiv", "")
