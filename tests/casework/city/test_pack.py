"""城市包 · The pack of Jinzhong holds together; a pack that does not is refused in both languages."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tianping.casework.city.model import Pack
from tianping.casework.city.pack import read_pack
from tianping.law.errors import TianpingError
from tianping.law.identifiers import CourtCode

JINZHONG = ROOT / "cities" / "jinzhong"
DAY = date(2021, 7, 5)
CHANNELS = {"grid", "union", "women", "youth", "commerce"}
PILOTS = {"court.jiexiu", "court.pingyao", "court.yuci"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(JINZHONG)


def test_there_is_no_code_in_it() -> None:
    assert {p.suffix for p in JINZHONG.rglob("*") if p.is_file()} <= {".toml", ".md", ".geojson"}


def test_codes_are_unique(pack: Pack) -> None:
    assert not [c for c, n in Counter(o.code for o in pack.organisations).items() if n > 1]
    assert not [c for c, n in Counter(p.username for p in pack.posts).items() if n > 1]
    standing = [o.court_code for o in pack.on(DAY) if o.court_code]
    assert len(standing) == len(set(standing))


@pytest.mark.parametrize("branch", ["court", "procuratorate"])
def test_twelve_of_each(pack: Pack, branch: str) -> None:
    upper = "court_intermediate" if branch == "court" else "procuratorate_city"
    standing = pack.on(DAY, upper, f"{branch}_basic")
    assert len(standing) == 12
    top = next(o for o in standing if o.kind == upper)
    assert {o.parent for o in standing if o is not top} == {top.code}
    assert len({o.division for o in standing}) == 12


def test_a_basic_courts_code_follows_its_division_and_stands_under_the_intermediate_court(pack: Pack) -> None:
    for court in (o for o in pack.organisations if o.kind == "court_basic"):
        code = CourtCode.parse(court.court_code)
        assert code.digits == court.division[2:]
        assert str(code.above) == "晋07"


def test_taigu_is_a_county_or_a_district_but_never_both(pack: Pack) -> None:
    for day in (date(2018, 5, 2), date(2019, 12, 31), date(2020, 1, 1), DAY):
        assert len([o for o in pack.on(day, "court_basic") if "太谷" in o.name.zh]) == 1
        assert len(pack.on(day, "procuratorate_basic")) == 11
    assert {o.status for o in pack.organisations if "太谷" in o.name.zh} == {"local"}


def test_five_platforms_are_docked_with_each_pilot_court_and_each_has_two_mediators(pack: Pack) -> None:
    docked = [o for o in pack.organisations if o.kind == "docked_body"]
    assert {(o.court, o.channel) for o in docked} == {(c, k) for c in PILOTS for k in CHANNELS}
    assert all(len(pack.holders(o.code, "Roles.MEDIATOR", DAY, DAY)) >= 2 for o in docked)
    assert all(pack.holders(o.code, "Roles.MEDIATION_BODY", DAY, DAY) for o in docked)


def test_every_pilot_court_has_its_people(pack: Pack) -> None:
    for court in PILOTS:
        for role in ("FILING_JUDGE", "JUDGE", "JUDGE_ASSISTANT", "CLERK", "PRESIDENT", "SERVER"):
            assert pack.holders(court, f"Roles.{role}", DAY, DAY), (court, role)


def test_the_three_administrators_and_the_supervisor_are_there(pack: Pack) -> None:
    assert Counter(p.administrator for p in pack.posts if p.administrator) == {"system": 1, "security": 1, "audit": 1}
    assert [p.organisation for p in pack.posts if "supervisor" in p.duties] == ["committee.jinzhong"]
    held = {r for p in pack.posts for r in p.roles}
    assert {f"Roles.{r}" for r in ("PROSECUTOR", "CHIEF_PROSECUTOR", "OFFICER", "STATION_HEAD", "CENTRE_MANAGER", "KEEPER")} <= held
    assert any("legal_officer" in p.duties for p in pack.posts)


def test_nobody_has_a_duty_without_a_role_or_is_neither_at_work_nor_an_administrator(pack: Pack) -> None:
    assert [p.username for p in pack.posts if p.duties and not p.roles] == []
    assert [p.username for p in pack.posts if not p.roles and not p.administrator] == []
    reviewers = {p.organisation for p in pack.posts if "legal_officer" in p.duties and "Roles.LEGAL_REVIEW" in p.roles}
    assert {o.code for o in pack.on(DAY, "police_city")} < reviewers


def test_nothing_is_called_verified_and_every_entry_says_where_it_comes_from(pack: Pack) -> None:
    assert {o.status for o in pack.organisations} == {"secondary", "local"}
    assert all(o.source and len(o.source) <= 200 for o in pack.organisations)


def test_above(pack: Pack) -> None:
    assert [o.code for o in pack.above("police.yuci.station1")] == ["police.yuci", "police.jinzhong"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("organisations.toml", 'code = "court.yuci"', "code = 7", "OPS-701"),
        ("organisations.toml", 'division = "140700"', 'division = "1407"', "OPS-701"),
        ("organisations.toml", 'court_code = "晋07"', 'court_code = "晋7"', "OPS-701"),
        ("organisations.toml", "[[organisation]]", "[[organisation]", "OPS-701"),
        ("organisations.toml", 'status = "secondary"', 'status = "secondary"\ncolour = "red"', "OPS-701"),
        ("organisations.toml", 'code = "court.taigu"', 'code = "court.yuci"', "OPS-702"),
        ("organisations.toml", 'channel = "union"', 'channel = "grid"', "OPS-702"),
        ("organisations.toml", 'court_code = "晋0728"', 'court_code = "晋0702"', "OPS-702"),
        ("organisations.toml", 'parent = "court.jinzhong"', 'parent = "court.jinzhon"', "OPS-703"),
        ("organisations.toml", "valid_to = 2019-12-31", "valid_from = 2020-02-01\nvalid_to = 2019-12-31", "OPS-705"),
        ("organisations.toml", "valid_to = 2019-12-31", 'valid_to = "2019-12-31"', "OPS-701"),
        ("organisations.toml", 'kind = "court_intermediate"', 'kind = "court_intermediate"\nparent = "court.yuci"', "OPS-706"),
        ("organisations.toml", 'kind = "court_basic"', 'kind = "tribunal"', "OPS-707"),
        ("organisations.toml", 'status = "local"', 'status = "certain"', "OPS-707"),
        ("posts.toml", 'roles = ["JUDGE"]', 'roles = ["JUDGES"]', "OPS-704"),
        ("posts.toml", 'organisation = "court.yuci"', 'organisation = "court.yucy"', "OPS-703"),
        ("posts.toml", "valid_from = 2021-01-01", "valid_from = 2021-01-01\nvalid_to = 2020-01-01", "OPS-705"),
        ("posts.toml", 'organisation = "court.yuci"', 'organisation = "court.taigu_county"', "OPS-705"),
        ("posts.toml", 'duties = ["supervisor"]', 'duties = ["tea"]', "OPS-707"),
        ("posts.toml", 'roles = []\nadministrator = "system"', 'roles = ["JUDGE"]\nadministrator = "system"', "OPS-701"),
        ("posts.toml", 'username = "lishichuan"', 'username = "wangshichuan"', "OPS-702"),
        ("city.toml", 'zh = "晋中市"', 'zh = ""', "OPS-701"),
    ],
)
def test_a_pack_that_does_not_hold_together_is_refused(tmp_path: Path, file: str, old: str, new: str, code: str) -> None:
    folder = tmp_path / "city"
    shutil.copytree(JINZHONG, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TianpingError) as refused:
        read_pack(folder)
    assert refused.value.code == code
    assert refused.value.text("zh") != refused.value.text("en")


def test_a_pack_without_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TianpingError) as refused:
        read_pack(tmp_path)
    assert refused.value.code == "OPS-701"
