"""看板页面 · The pages say what the ledger says, each figure opens its cases, names stay masked, and all is closed where it is no demonstration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.core.checks import ERROR, run_checks
from django.test import Client, override_settings
from openpyxl import load_workbook

from tests.casework.conftest import CITY, Replay, city_rows, one_settlement_less
from tests.conftest import PROOF
from tests.portal.desk.conftest import Seat
from tianping.casework.access.acting import actor_for
from tianping.casework.access.policy import overseen
from tianping.casework.city.accounts import may_sign_in
from tianping.casework.city.pack import read_pack
from tianping.casework.funnel import Counted, Scope, funnel, total
from tianping.casework.funnel_cases import MARKS, Mark, Place, behind
from tianping.casework.models import Account, Case, Organisation, Party
from tianping.casework.security.administration import ADMINISTRATORS
from tianping.casework.watch.alarms import near
from tianping.portal.board.asking import Asked
from tianping.portal.board.overview import overview
from tianping.portal.house.navigation import STAFF
from tianping.portal.house.offered import first_face
from tianping.procedure.registry import indicators


@pytest.fixture
def demo() -> Iterator[Client]:
    with override_settings(TIANPING_DEMO=True):
        yield Client()


def page(demo: Client, address: str) -> str:
    answer = demo.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("lang", "word"), [("zh", "调解成功"), ("en", "Settled")])
def test_the_page_shows_the_figures_of_the_ledger(replayed: Replay, demo: Client, lang: str, word: str) -> None:
    text = page(demo, f"/board/?lang={lang}")
    counted = total(funnel())
    assert word in text
    assert ("回放" if lang == "zh" else "Replay") in text
    for mark in MARKS:
        if number := getattr(counted, mark):
            assert re.search(rf'href="/board/cases/{mark}"[^>]*>.*?{number:,}</', text), mark
    assert ("工会平台" if lang == "zh" else "Trade unions") in text
    policy = demo.get("/board/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|style=|onclick|<script>", text)


def test_its_title_is_the_finding_and_its_sums_agree(replayed: Replay, demo: Client) -> None:
    seen, counted = overview(Asked()), total(funnel())
    assert f"<h1>每100件推送的纠纷，{round(100 * counted.settled / counted.pushed)}件调解成功" in page(demo, "/board/?lang=zh")
    for lines in (seen.platforms, seen.courts):
        assert sum((line.counted for line in lines), Counted()) == counted
    assert sum(e.number for e in seen.endings) == counted.unsettled
    assert sum((c.counted for c in seen.columns), Counted()) == counted
    for bar in seen.bars:
        assert bar.mark == bar.of or bar.number + bar.left == getattr(counted, bar.of)


def test_scope_and_period_stand_in_the_address(replayed: Replay, demo: Client) -> None:
    row = next(r for r in city_rows() if r.counted.settled)
    text = page(demo, f"/board/?lang=zh&period=2021&court={row.court}&source={row.source}&against=2021-Q3")
    inside = total(funnel(Scope(date(2021, 1, 1), date(2021, 12, 31), row.court, row.source)))
    assert f'href="/board/cases/settled?period=2021&amp;court={row.court}&amp;source={row.source}&amp;against=2021-Q3"' in text
    assert f">{inside.settled}</" in text
    assert row.court_name.zh in text
    assert "对比2021年第3季度" in text


@pytest.mark.parametrize("form", ["xlsx", "pdf", "png"])
def test_what_is_seen_is_exported(replayed: Replay, demo: Client, form: str) -> None:
    answer = demo.get(f"/board/export.{form}?lang=zh")
    assert answer.status_code == 200
    assert answer.content[:4] in (b"PK\x03\x04", b"%PDF", b"\x89PNG")
    assert f"tianping-board.{form}" in answer.headers["Content-Disposition"]
    if form == "xlsx":
        book = load_workbook(BytesIO(answer.content))
        rows = {row[0].value: row[1].value for row in book["漏斗"].iter_rows(min_row=2)}
        counted = total(funnel())
        assert (rows["推送"], rows["调解成功"], rows["在办"]) == (counted.pushed, counted.settled, counted.open)
        assert book["按法院"].cell(book["按法院"].max_row, 2).value == counted.pushed
        assert "回放" in str([cell.value for cell in book["说明"]["A"]])


@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
def test_every_room_shows_its_figures_and_each_opens_its_cases(replayed: Replay, demo: Client, tmp_path: Path) -> None:
    with override_settings(TIANPING_BOARD=str(tmp_path)):
        listing = page(demo, "/board/figures/?lang=en")
        for name in indicators():
            assert f'href="/board/figures/{name}/"' in listing
        for name in ("Docking", "OnlineMediations"):
            text = page(demo, f"/board/figures/{name}/?lang=en")
            for one in indicators()[name].listed():
                assert f'href="/board/figures/{name}/{one.name}"' in text
        text = page(demo, "/board/figures/Docking/share_settled?by=source&lang=en")
        assert "Trade unions" in text
        assert "50%" in text
        cases = page(demo, "/board/figures/Docking/share_settled/cases?part=of&source=union&lang=en")
        assert 0 < cases.count('class="masked title"') <= 50
        for address in ("Docking/nothing", "Nowhere/", "Docking/pushed/cases?part=of", "Docking/share_settled/cases?part=x"):
            assert demo.get("/board/figures/" + address).status_code == 404


@pytest.mark.parametrize("mark", MARKS)
def test_each_figure_is_its_cases(replayed: Replay, mark: Mark) -> None:
    own: set[int] = set(replayed.cases)
    seen: list[int] = []
    after: Place | None = Place()
    while after is not None:
        found = behind(mark, after=after)
        assert len(found.rows) <= 50
        seen += [row.case for row in found.rows]
        after = found.after
    assert all(seen.count(case) == 1 for case in own & set(seen))  # a case of another test may have been sent twice
    assert len(seen) == getattr(total(funnel()), mark)
    assert len(own & set(seen)) == getattr(replayed.counted, mark)
    row = city_rows()[0]
    one = behind(mark, Scope(court=row.court, source=row.source))
    assert len(one.rows) == min(50, getattr(row.counted, mark))
    assert {r.court for r in one.rows} == {row.court_name}


def test_a_sealed_case_is_neither_listed_nor_counted(replayed: Replay) -> None:
    first, before = behind("settled").rows[0].case, total(funnel()).settled
    Case.objects.filter(pk=first).update(level=1)
    try:
        assert first not in {row.case for row in behind("settled").rows}
        assert total(funnel()).settled == before - 1
    finally:
        Case.objects.filter(pk=first).update(level=0)


def test_one_drills_down_from_the_settled_to_their_last_page(replayed: Replay, demo: Client) -> None:
    address, titles = "/board/cases/settled?lang=en", list[str]()
    while address:
        text = page(demo, address)
        titles += re.findall(r'<span class="masked title">(.*?)</span>', text)
        found = re.search(r'rel="next" href="([^"]*)"', text)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(titles) == total(funnel()).settled
    names = Party.objects.filter(case_id__in=replayed.cases, kind="person").values_list("name", flat=True)
    shown = "\n".join(titles)
    assert not [n for n in set(names) if n in shown]


@pytest.mark.parametrize("address", ["?after=x", "?after=1-1", "?after=" + "9" * 40 + "-1", "?court=nowhere", "?court=%00", "?source='"])
def test_strange_questions_get_a_page(replayed: Replay, demo: Client, address: str) -> None:
    page(demo, "/board/cases/open" + address)
    assert demo.get("/board/cases/nothing").status_code == 404


def test_one_settlement_less_in_the_scenario_is_490_on_the_page(replayed: Replay, demo: Client) -> None:
    """The half-year once more, without one settlement: the page then shows 490 more."""

    def shown() -> int:
        found = re.search(r'href="/board/cases/settled"[^>]*><rect[^>]*/><text[^>]*>([\d,]+)</text>', page(demo, "/board/?lang=en"))
        assert found is not None
        return int(found[1].replace(",", ""))

    before = shown()
    assert one_settlement_less() == Counted(1263, 1148, 490, 149)
    assert shown() - before == 490


def test_sample_accounts_sign_in_with_the_password_of_their_demonstration_only(replayed: Replay) -> None:
    pack = read_pack(CITY)
    people = may_sign_in(pack, "of this start")
    posts = {p.username: p for p in pack.posts}
    assert {r for p in people for r in posts[p.username].roles} >= {
        "Roles.FILING_JUDGE", "Roles.JUDGE", "Roles.JUDGE_ASSISTANT", "Roles.CLERK", "Roles.PRESIDENT", "Roles.SERVER", "Roles.MEDIATOR",
    }  # fmt: skip
    assert {posts[p.username].administrator for p in people} == {"", "system", "security", "audit"}
    assert {c for p in people if (c := pack.by_code[posts[p.username].organisation].channel)} == set(pack.channels)
    account = Account.objects.get(username=people[0].username)
    assert account.check_password("of this start")
    assert not account.check_password("of another")
    assert not Account.objects.get(username="lishichuan").has_usable_password()
    Account.objects.filter(pk=account.pk).update(replay=False)
    may_sign_in(pack, "tried again")
    assert not Account.objects.get(pk=account.pk).check_password("tried again")
    Account.objects.filter(pk=account.pk).update(replay=True)


def links_of(text: str, nav: str) -> list[str]:
    """The addresses in a list of links of a page."""
    found = re.search(rf'<nav class="{nav}".*?</nav>', text, re.S)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


def test_every_sample_account_is_offered_what_it_may_open_and_is_told_why_not_else(replayed: Replay, demo: Client) -> None:
    accounts = Account.objects.filter(username__in=[p.username for p in read_pack(CITY).posts if p.sign_in]).order_by("pk")
    assert len(accounts) > 20
    asked: set[str] = set()
    for account in accounts:
        client, now = Seat(account, Organisation.objects.all()[0]).client, datetime.now(UTC)
        faces = links_of(page(client, "/style/"), "faces")
        assert first_face(account, now) in faces, account.username
        for face, needs in STAFF:
            if needs in ("anybody", "post") and face.href in asked and not PROOF:
                continue  # in a demonstration the same page for everybody
            asked.add(face.href)
            answer = client.get(face.href, follow=True)
            text = answer.content.decode()
            assert answer.status_code in ((200,) if face.href in faces else (403, 404)), (account.username, face.href)
            if answer.status_code == 403:
                assert f"{ADMINISTRATORS[account.administrator].zh}不办案" in text, "the true reason"
            beside = [link for link in links_of(text, "side") if PROOF or link not in asked]
            asked.update(beside)
            assert not [link for link in beside if client.get(link, follow=True).status_code != 200], account.username
    assert {"/desk/messages", "/desk/identity", "/centre/registers", "/administration/log"} <= asked


def test_the_committee_sees_what_needs_somebody_in_the_city_and_may_only_look(replayed: Replay, demo: Client) -> None:
    account = Account.objects.get(username="guoshezhu")
    committee, now = actor_for(account, at=datetime.now(UTC)), datetime.now(UTC)
    assert first_face(account, now) == "/centre/"
    seen = near(committee, now).alarms
    assert seen
    assert {a.unit.zh for a in seen} <= {o.zh for o in Organisation.objects.filter(parent__kind__in=overseen())}
    text = page(Seat(account, Organisation.objects.get(pk=committee.organisation)).client, "/centre/")
    assert seen[0].unit.zh in text
    assert "/centre/alarms/" not in text or "督办</a>" not in text, "no order is its own to give"
    names = Party.objects.filter(case_id__in=[a.case for a in seen[:12]], kind="person").values_list("name", flat=True)
    assert names
    assert not [name for name in names if name in text]


def test_django_finds_nothing_wrong_with_the_installation() -> None:
    assert not [found for found in run_checks() if found.level >= ERROR]


def test_it_is_closed_where_it_is_no_demonstration(database: object) -> None:
    with override_settings(TIANPING_DEMO=False):
        for address in ("/board/", "/board/cases/settled", "/board/figures/", "/board/export.xlsx"):
            assert Client().get(address).status_code == 302
            assert Client().post(address).status_code in (403, 405)
