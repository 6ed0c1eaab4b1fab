"""推算单与阶段轨 · A slip says what the derivation says; a rail is the log on the definition, then the way that the law writes first."""

from __future__ import annotations

from datetime import date

from tianping.casework.engine.registered import folders
from tianping.law.calendar import calendar
from tianping.law.periods import CIVIL, Period
from tianping.law.reckoning import reckon
from tianping.law.statutes import CPL23
from tianping.portal.house.rails import rail
from tianping.portal.house.slips import PROVISIONAL, slip
from tianping.procedure.tables import STAYS, Tables, compiled


def test_a_slip_has_every_line_with_its_article_and_one_answer() -> None:
    due = reckon(date(2026, 10, 9), Period(months=3), CIVIL, calendar(), cites=CPL23[164])
    shown = slip(due.derivation, provisional=due.provisional)
    assert [r.what for r in shown.rows] == [line.what for line in due.derivation.lines]
    assert [r.cites for r in shown.rows] == [line.cites for line in due.derivation.lines]
    assert [r.value for r in shown.rows if r.total] == [due.day]
    assert not shown.rows[-1].total, "that a calendar is not published yet is a remark, not the answer"
    assert due.provisional and shown.note == PROVISIONAL
    assert slip(due.derivation).note is None


def tables(code: str) -> Tables:
    return compiled(folders()[code].current)


def test_a_rail_of_every_procedure_leads_from_new_as_far_as_it_goes() -> None:
    for code in folders():
        told = tables(code)
        stops = rail(told, [])
        assert stops, code
        assert all(s.state == "next" for s in stops)
        row = told.tracks[0]
        last = next(i for i, s in enumerate(row.stages) if s.title == stops[-1].title)
        shown = {s.title for s in stops} | {row.stages[0].title}
        onward = [row.stages[s.target].title for s in told.steps if s.track == 0 and s.target != STAYS and s.mask >> last & 1]
        assert row.stages[last].end or set(onward) <= shown, (code, stops)


def test_a_rail_follows_the_log() -> None:
    told = tables("online_mediation")
    walked: list[int] = []
    stage, steps, day = 0, [], date(2026, 3, 2)
    while len(walked) < 3:
        step = next(s for s in told.steps if s.track == 0 and s.mask >> stage & 1 and s.target not in (STAYS, stage) and s.target not in walked)
        stage = step.target
        walked.append(stage)
        steps.append((step.step.code, day))
        if told.tracks[0].stages[stage].end:
            break
    stops = rail(told, steps)
    titles = [told.tracks[0].stages[n].title for n in walked]
    assert [s.title for s in stops[: len(titles)]] == titles
    assert [s.state for s in stops[: len(titles)]] == ["done"] * (len(titles) - 1) + ["done" if told.tracks[0].stages[stage].end else "current"]
    assert stops[0].note is not None and stops[0].note.zh == "3-02"
    assert not [s for s in rail(told, steps, following=False) if s.state == "next"]
    assert rail(told, [("Unknown.step", day)]) == rail(told, [])
