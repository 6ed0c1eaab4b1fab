"""回放脚本 · The script reads; sums that disagree and paths that the procedures do not know are refused in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casework.replay.sample import SCRIPT, scenario
from tianping.casework.replay.scenario import read_scenario
from tianping.law.errors import TianpingError


def test_it_says_that_it_is_a_replay() -> None:
    assert scenario().label == "replay"
    assert "invented" in SCRIPT.read_text("utf-8")
    assert "虚构" in SCRIPT.read_text("utf-8")


def test_three_courts_and_five_sources() -> None:
    assert len({s.court for s in scenario().shares}) == 3
    assert len({s.channel for s in scenario().shares}) == 5
    assert len(scenario().shares) == 15


def test_the_versions_are_those_of_2021() -> None:
    assert [s.tables.procedure.__name__ for s in scenario().sides.values()] == ["PreFiling", "InvitedMediation", "JudicialConfirmation"]
    assert {s.tables.procedure.valid_to.isoformat() for s in scenario().sides.values() if s.tables.procedure.valid_to} == {"2021-12-31"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("settled = 491", "settled = 490", "OPS-752"),
        ("open = 115", "open = 114", "OPS-752"),
        ("confirmed = 149", "confirmed = 492", "OPS-752"),
        ("failed = 69, returned = 10", "failed = 70, returned = 9", "OPS-752"),
        ("last = 2021-12-24", "last = 2021-06-24", "OPS-751"),
        ('channel = "union", pushed', 'channel = "grid", pushed', "OPS-751"),
        ('\noutcome = "returned"', '\noutcome = "lost"', "OPS-751"),
        ('legs = ["intake", "refused", "filed"]', 'legs = ["intake", "filed"]', "OPS-755"),
        ('legs = ["intake", "refused", "filed"]', 'legs = ["intake", "nowhere"]', "OPS-751"),
        ('do = "PreFiling.receive"', 'do = "PreFiling.recieve"', "OPS-755"),
        ('do = "PreFiling.receive", by = ["CLERK"]', 'do = "PreFiling.receive", by = ["JUDGE"]', "OPS-755"),
        ('by = ["APPLICANT", "OPPONENT", "MEDIATOR"]', 'by = ["APPLICANT", "MEDIATOR"]', "OPS-755"),
        ('by = ["CLERK"]', 'by = ["CLERC"]', "OPS-704"),
        ('suit = "ORDINARY"', 'suit = "ORDINARILY"', "OPS-755"),
        ("suitable = true", "weather = true", "OPS-755"),
        ('correct_by = "=plus 10"', 'correct_by = "=plus ten"', "OPS-755"),
        ('"=day InvitedMediation.settle"', '"=day InvitedMediation.terminate"', "OPS-755"),
        ('of = "PreFiling.come_back"', 'of = "InvitedMediation.terminate"', "OPS-755"),
        ('entity = "m1", by = ["FILING_JUDGE"]', 'by = ["FILING_JUDGE"]', "OPS-755"),
        ("gap = [0, 4]", "gap = [4, 0]", "OPS-751"),
        ('at = "same" }', 'at = "later" }', "OPS-751"),
        ('referrals = { mediation = "body" }', 'referrals = { mediation = "nobody" }', "OPS-751"),
        ('referrals = { mediation = "body" }', 'referrals = { arbitration = "body" }', "OPS-751"),
        ('procedure = "pre_filing"', 'procedure = "pre_filling"', "PRO-401"),
        ("first = 2021-07-05", "first = 2015-07-05", "PRO-402"),
        ('channels = ["union"]', 'channels = ["onion"]', "OPS-751"),
        ('sides = ["person", "person"]', 'sides = ["person"]', "OPS-751"),
        ("seed = 20210705", "seed = -1", "OPS-751"),
        ('label = "replay"', 'label = "replay"\ncolour = "red"', "OPS-751"),
    ],
)
def test_a_script_that_does_not_hold_together_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = SCRIPT.read_text("utf-8")
    assert old in text
    path = tmp_path / "scenario.toml"
    path.write_text(text.replace(old, new) if "channels" in old else text.replace(old, new, 1), "utf-8")
    with pytest.raises(TianpingError) as refused:
        read_scenario(path)
    assert refused.value.code == code
    assert refused.value.text("zh") != refused.value.text("en")
