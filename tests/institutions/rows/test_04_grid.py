"""网格化布警 · A shift taken away is a gap with its cell and minutes; sharing by load is no worse than an even share; planted faults."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import size
from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import answered, fault, later, planted, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.models import Event
from tianping.institutions.police.patrol.procedures.patrol_shift.coverage import Gap, Shift, allotted, gaps, greatest

START = datetime.fromisoformat("2021-05-03 00:00")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CELLS = ("c1", "c2", "c3")
ROLES = ("COMMAND_CENTRE", "STATION_HEAD", "UNIT")


def round_the_clock() -> list[Shift]:
    """Three cells, three shifts of eight hours each."""
    return [Shift(cell, START + timedelta(hours=h), START + timedelta(hours=h + 8)) for cell in CELLS for h in (0, 8, 16)]


@pytest.mark.parametrize("left_out", range(9))
def test_a_shift_taken_away_is_a_gap_with_its_cell_and_minutes(left_out: int) -> None:
    shifts = round_the_clock()
    assert gaps(shifts, CELLS, START, START + DAY) == []
    missing = shifts.pop(left_out)
    (gap,) = gaps(shifts, CELLS, START, START + DAY)
    assert gap == Gap(missing.cell, missing.begins, missing.ends)
    assert gap.minutes == 480


@given(st.lists(st.tuples(st.sampled_from(CELLS), st.integers(-200, 1500), st.integers(1, 700)), max_size=12))
def test_gaps_are_the_minutes_that_a_count_by_hand_finds_uncovered(rows: list[tuple[str, int, int]]) -> None:
    shifts = [Shift(cell, START + at * MINUTE, START + (at + length) * MINUTE) for cell, at, length in rows]
    by_hand = {(c, m) for c in CELLS for m in range(1440) if not any(cell == c and at <= m < at + length for cell, at, length in rows)}
    found = {(g.cell, (g.begins - START) // MINUTE + n) for g in gaps(shifts, CELLS, START, START + DAY) for n in range(g.minutes)}
    assert found == by_hand


def test_sharing_by_load_is_no_worse_than_an_even_share_on_public_calls(shared: Path) -> None:
    with gzip.open(shared / "data" / "seattle911" / "events.csv.gz", "rt", encoding="utf-8") as lines:
        load = Counter(row["sector"] for row in csv.DictReader(lines) if row["sector"])
    assert len(load) > 5
    for patrols in range(len(load), 4 * len(load)):
        naive = {cell: patrols // len(load) + (n < patrols % len(load)) for n, cell in enumerate(sorted(load))}
        ours = allotted(load, patrols)
        assert sum(ours.values()) == patrols
        assert greatest(load, ours) <= greatest(load, naive)
    assert greatest(load, allotted(load, 2 * len(load))) < max(load.values()) / 2
    assert allotted(load, len(load) - 1) == {}, "too few patrols for one in each cell"


@given(st.dictionaries(st.sampled_from("abc"), st.integers(0, 50), min_size=2, max_size=3), st.integers(2, 8))
def test_no_other_sharing_has_a_smaller_greatest_load(load: dict[str, int], patrols: int) -> None:
    if patrols < len(load):
        assert allotted(load, patrols) == {}
        return
    ways = [{}] if not load else _ways(sorted(load), patrols)
    assert greatest(load, allotted(load, patrols)) == min(greatest(load, way) for way in ways)


def _ways(cells: list[str], patrols: int) -> list[dict[str, int]]:
    """Every way to give each cell at least one."""
    if len(cells) == 1:
        return [{cells[0]: patrols}]
    return [{cells[0]: n, **rest} for n in range(1, patrols - len(cells) + 2) for rest in _ways(cells[1:], patrols - n)]


def test_the_shifts_on_record_are_what_the_gaps_are_reckoned_from(database: object) -> None:
    own = office("grid", *ROLES)
    plan = [("grid-1", "g1", 0), ("grid-1", "g2", 480), ("grid-1", "g3", 960), ("grid-2", "g4", 0), ("grid-2", "g5", 480)]
    for cell, unit, minute in plan:
        facts = {"cell": cell, "unit": unit, "duty": "STANDBY", "day": "2021-06-02", "from_minute": minute, "to_minute": minute + 480}
        case = opened(own, "patrol_shift", "draft", "COMMAND_CENTRE", facts)
        with pytest.raises(Refusal) as refused:
            opened(own, "patrol_shift", "draft", "COMMAND_CENTRE", facts)
        assert why(refused) == ["PatrolShift.twice"]
        take(own, case, "report", "STATION_HEAD", {"people": 2, "vehicles": 1, "equipment": "e"})
        with pytest.raises(Refusal) as refused:
            take(own, case, "approve", "COMMAND_CENTRE")
        assert why(refused) == ["PatrolShift.approve.not_by"]
    told = Event.objects.filter(organisation=own.organisation, seq=1).values_list("payload__facts", flat=True)
    day = datetime.fromisoformat("2021-06-02 00:00")
    shifts = [Shift(f["cell"], day + f["from_minute"] * MINUTE, day + f["to_minute"] * MINUTE) for f in told]
    assert len(shifts) == 5
    assert gaps(shifts, ("grid-1", "grid-2"), day, day + DAY) == [Gap("grid-2", day + timedelta(hours=16), day + DAY)]


FILE, CODE = "cases.yaml", "patrol_shift"
FAULTS = [
    fault(CODE, FILE, 1, answered("PatrolShift.draft", same=1), "PatrolShift.twice"),
    fault(CODE, FILE, 1, answered("PatrolShift.draft", to_minute=100), "PatrolShift.no_time"),
    fault(CODE, FILE, 1, answered("PatrolShift.draft", to_minute=2000), "PatrolShift.too_long"),
    fault(CODE, FILE, 1, answered("PatrolShift.report", people=0), "PatrolShift.nobody"),
    fault(CODE, FILE, 1, signed("PatrolShift.approve", "大队长 COMMAND_CENTRE"), "PatrolShift.approve.not_by"),
    fault(CODE, FILE, 1, answered("PatrolShift.sign_in", in_cell=False), "PatrolShift.outside"),
    fault(CODE, FILE, 1, later("PatrolShift.sign_in", days=1), "PatrolShift.to_sign_in"),
    fault(CODE, FILE, 1, signed("PatrolShift.relieve", "巡一 UNIT"), "PatrolShift.relieve.by"),
    fault(CODE, FILE, 1, without("PatrolShift.come_back"), "PatrolShift.relieve.order", "PatrolShift.relieve.missing"),
    fault(CODE, FILE, 1, signed("PatrolShift.check", "巡一 UNIT"), "PatrolShift.check.by"),
]


def test_ten_planted_faults_are_found_and_none_elsewhere() -> None:
    seen, wanted = planted(FAULTS, count=size(60, 600))
    assert seen == wanted
