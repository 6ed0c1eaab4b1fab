"""一审民事与刑事案件 · What the worked cases cannot say: every version passes the checker, law.md names every article, merged cases share clocks."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from tianping.law.calendar import calendar
from tianping.procedure.check import check_folder
from tianping.procedure.check.words import tracks
from tianping.procedure.events import Event
from tianping.procedure.registry import Folder, find
from tianping.procedure.supervision import supervise_cases
from tianping.procedure.tables import Tables, compiled

CODES = ["first_instance_civil", "criminal_case"]


@pytest.mark.parametrize("code", CODES)
def test_every_version_and_its_cases_satisfy_the_checker(code: str) -> None:
    assert [str(refusal) for refusal in check_folder(find(code))] == []


def _cited(folder: Folder) -> set[str]:
    parts = [part for version in folder.versions for track in tracks(version) for part in track.members.values()]
    refs = [ref for part in parts if hasattr(part, "cites") for ref in part.cites.refs]
    return {f"{ref.statute.key} {article}" for ref in refs for article in ref.articles}


@pytest.mark.parametrize("code", CODES)
def test_law_md_has_each_cited_article_and_no_other(code: str) -> None:
    folder = find(code)
    headings = re.findall(r"^## (\S+ \S+) · .+ · .+$", (folder.path / "law.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert set(headings) == _cited(folder)


def test_the_law_of_2021_is_chosen_by_the_day_of_filing() -> None:
    folder = find("first_instance_civil")
    assert folder.on(date(2021, 12, 31)).valid_to == date(2021, 12, 31)
    assert folder.on(date(2022, 1, 1)) is folder.current


def _event(tables: Tables, seq: int, code: str, day: str, entity: str = "", into: str | None = None) -> Event:
    number = tables.by_step[code]
    facts: dict[str, object] = {"roaming": False, "identity_known": True} if code == "Suspect.detain" else {}
    return Event(seq, number, tables.steps[number].track, entity, datetime.fromisoformat(day), facts=facts, into=into)


def test_a_suspect_of_a_merged_case_is_judged_in_the_case_it_went_into() -> None:
    tables = compiled(find("criminal_case").current)
    cases = {
        "A": [_event(tables, 0, "CriminalCase.open_case", "2022-03-01"), _event(tables, 1, "Suspect.name_one", "2022-03-01", "s1")],
        "B": [
            _event(tables, 0, "CriminalCase.open_case", "2022-03-02"),
            _event(tables, 1, "Suspect.name_one", "2022-03-02", "s9"),
            _event(tables, 2, "CriminalCase.merge", "2022-03-05", into="A"),
            _event(tables, 3, "Suspect.detain", "2022-03-07", "s9"),
        ],
    }
    judged = supervise_cases(tables, cases, date(2022, 3, 31), calendar())
    requests = [c for c in judged["A"].clocks if c.row.code == "Suspect.to_request"]
    assert [(c.entity, c.due, c.status) for c in requests] == [("B/s9", date(2022, 3, 10), "missed")]
    assert not [c for c in judged["B"].clocks if c.row.code == "Suspect.to_request"]
