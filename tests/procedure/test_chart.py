"""流程图测试 · Every track of every procedure fits a page or is told as rows; no box lies on another, no word leaves its box, nothing is left out."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from tests.procedure.house import ALL
from tests.procedure.sample import Trial
from tianping.law.text import Lang
from tianping.procedure import Procedure
from tianping.procedure.draw.canvas import width, wrap
from tianping.procedure.draw.chart import SMALL, TITLE, WIDEST, Box, Chart, chart
from tianping.procedure.draw.flow import flow
from tianping.procedure.draw.rail import LANES, rail
from tianping.procedure.tables import STAYS, TrackRow, compiled

PROCEDURES: list[type[Procedure]] = [Trial, *ALL]
LANGS: tuple[Lang, ...] = ("zh", "en")
TRACKS = [(p, row, lang) for p in PROCEDURES for row in compiled(p).tracks for lang in LANGS]
IDS = [f"{p.code}-{p.valid_from}-{row.name or 'main'}-{lang}" for p, row, lang in TRACKS]


def drawn(procedure: type[Procedure], row: TrackRow, lang: Lang) -> Chart | None:
    return chart(flow(compiled(procedure), row), lang)


def apart(a: Box, b: Box) -> bool:
    return a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y


@pytest.mark.parametrize(("procedure", "row", "lang"), TRACKS, ids=IDS)
def test_nothing_lies_on_anything_and_words_stay_inside(procedure: type[Procedure], row: TrackRow, lang: Lang) -> None:
    made = drawn(procedure, row, lang)
    if made is None:
        assert len(rail(flow(compiled(procedure), row)).rows) > 20, "only a large track may be too wide"
        return
    assert made.width <= WIDEST
    boxes = (*made.stages, *made.labels)
    assert [(a.hint, b.hint) for a, b in combinations(boxes, 2) if not apart(a, b)] == []
    for box in boxes:
        assert 0 <= box.x <= box.x + box.width <= made.width
        assert 0 <= box.y <= box.y + box.height <= made.height
        for line in box.lines:
            half = width(line.text, TITLE if line.kind == "title" else SMALL) / 2
            left = line.x - half if line.x > box.x + 13 else line.x
            assert left >= box.x - 1, (box.hint, line.text)
            assert left + 2 * half <= made.width, (box.hint, line.text)
            assert box.y <= line.y <= box.y + box.height


@pytest.mark.parametrize(("procedure", "row", "lang"), [t for t in TRACKS if t[2] == "zh"], ids=[i for i in IDS if i.endswith("zh")])
def test_every_stage_step_and_limit_is_told(procedure: type[Procedure], row: TrackRow, lang: Lang) -> None:
    tables = compiled(procedure)
    told = flow(tables, row)
    codes = {a.code for a in told.arrows} | {n.code for notes in told.notes.values() for n in notes}
    assert {s.step.code for s in tables.steps if s.track == row.no} <= codes
    rows = rail(told)
    assert {r.code for r in rows.rows if r.code} >= codes
    assert rows.lanes <= LANES
    made = drawn(procedure, row, lang)
    if made is not None:
        assert {a.code for a in told.arrows} == {b.code for b in made.labels}
        moving = {s.step.code for s in tables.steps if s.track == row.no and s.target != STAYS}
        assert len([x for x in made.lines if x.arrow]) >= len({a.code for a in told.arrows if a.kind != "limit"} & moving)


def test_every_limit_of_a_procedure_stands_in_one_of_its_tracks() -> None:
    for procedure in ALL:
        tables = compiled(procedure)
        told = [flow(tables, row) for row in tables.tracks]
        codes = {a.code for f in told for a in f.arrows} | {n.code for f in told for notes in f.notes.values() for n in notes}
        assert {x.code for x in tables.limits if x.since} <= codes


def test_a_line_never_breaks_a_number_from_its_unit_nor_begins_with_a_stop() -> None:
    for room in range(20, 200, 7):
        lines = wrap("民诉法第205条，自协议生效之日起30日内（双方共同）申请；逾期不予受理。", SMALL, room)
        assert not [line for line in lines if line[0] in "，。；）" and room > 75], lines
        assert not [one for one, other in pairwise(lines) if room > 75 and (one[-1] == "第" or (one[-1].isdigit() and other[0] in "条日"))], lines


def test_lanes_of_a_rail_are_whole() -> None:
    """A line that begins in one row and ends in another passes through every row between, in the same lane."""
    for procedure in ALL:
        for row in compiled(procedure).tracks:
            rows = rail(flow(compiled(procedure), row)).rows
            for lane in range(LANES):
                inside = False
                for one in rows:
                    here = [s for s in one.strands if s.lane == lane]
                    assert ("up" in [s.reach for s in here] or "through" in [s.reach for s in here]) == inside
                    inside = "down" in [s.reach for s in here] or "through" in [s.reach for s in here]
                assert not inside
