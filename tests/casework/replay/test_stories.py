"""成批的故事 · The report's numbers come out of cases, the same for the same seed; a story that does not fit is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tianping.casework.city.load import Loaded
from tianping.casework.city.pack import read_pack
from tianping.casework.engine.importing import ImportedCase
from tianping.casework.replay.errors import BadScenario, UnlawfulPath
from tianping.casework.replay.stories import imported_stories, read_stories
from tianping.procedure.registry import find
from tianping.procedure.tables import compiled

CITY = ROOT / "cities" / "jinzhong"
REPORT = CITY / "scenarios" / "report.toml"
PACK = read_pack(CITY)
NOWHERE = Loaded({o.code: n for n, o in enumerate(PACK.organisations)}, {o.code: () for o in PACK.organisations}, 0, 0)


@pytest.fixture(scope="module")
def told() -> list[ImportedCase]:
    seed, stories = read_stories(REPORT, PACK)
    return list(imported_stories(stories, seed, NOWHERE))


def test_each_story_has_as_many_cases_as_it_says(told: list[ImportedCase]) -> None:
    seed, stories = read_stories(REPORT, PACK)
    for story in stories:
        assert sum(c.key.rpartition("-")[0] == story.code for c in told) == story.count
    assert told == list(imported_stories(stories, seed, NOWHERE))


def test_steps_follow_each_other_and_belong_to_their_procedure(told: list[ImportedCase]) -> None:
    known_as = {code: find(code) for code in {case.procedure for case in told}}
    for case in told:
        moments = [s.happened for s in case.steps]
        assert moments == sorted(moments)
        known = compiled(known_as[case.procedure].on(moments[0].date())).by_step
        assert all(s.step in known for s in case.steps)


def test_the_stories_quote_the_report(shared: Path) -> None:
    text = (shared / "mission" / "report.txt").read_text("utf-8")
    for story in read_stories(REPORT, PACK)[1]:
        assert all(words in text for words in story.report.split("…"))


STORY = """[[story]]
code = "x"
procedure = "unit_plan"
count = 1
over = ["{place}"]
first = 2021-01-04
last = 2021-01-04
title = "x"
steps = [{{ do = "{step}", by = ["POLITICAL_DEPARTMENT"], facts = {{ level = "{level}", staffing = 10 }} }}]
"""


@pytest.mark.parametrize(
    ("place", "step", "level"),
    [("procuratorate.yuci", "UnitPlan.nothing", "BASIC"), ("procuratorate.yuci", "UnitPlan.draft", "MIDDLE")],
    ids=["step", "answer"],
)
def test_a_story_that_does_not_fit_its_procedure_is_refused(tmp_path: Path, place: str, step: str, level: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(STORY.format(place=place, step=step, level=level), "utf-8")
    seed, stories = read_stories(path, PACK)
    with pytest.raises(UnlawfulPath):
        list(imported_stories(stories, seed, NOWHERE))


def test_a_story_at_no_known_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(STORY.format(place="court.nowhere", step="UnitPlan.draft", level="BASIC"), "utf-8")
    with pytest.raises(BadScenario):
        read_stories(path, PACK)
    path.write_text('[[story]]\ncode = "y"\n', "utf-8")
    with pytest.raises(BadScenario):
        read_stories(path, PACK)
