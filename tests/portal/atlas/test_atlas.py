"""图册测试 · Every procedure has its page with all that its definition says; an article leads to what rests on it and back; versions compared."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from django.test import Client, override_settings

from tianping.casework.engine import registered
from tianping.casework.engine.registered import folders
from tianping.law.corpus import import_corpus
from tianping.law.statutes import CPL21, CPL23, INDEX
from tianping.law.text import Lang
from tianping.portal.atlas.differences import differences, turns
from tianping.portal.atlas.finding import find
from tianping.portal.atlas.sheets import sheet
from tianping.portal.atlas.statutes import article, families
from tianping.portal.atlas.uses import by_article, cited, uses

NODES: Final = 2_500
VERSIONS: Final = [(f.code, v.valid_from, lang) for f in folders().values() for v in f.versions for lang in ("zh", "en")]


@pytest.fixture
def asked() -> Client:
    return Client()


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return unescape(answer.content.decode())


@pytest.mark.parametrize(("code", "day", "lang"), VERSIONS, ids=[f"{c}-{d}-{lang}" for c, d, lang in VERSIONS])
def test_a_page_says_all_that_its_definition_says(asked: Client, code: str, day: date, lang: Lang) -> None:
    version = folders()[code].on(day)
    shown = sheet(version, lang)
    for part in [t.name for t in shown.tracks] if shown.large else [""]:
        page = text(asked, f"/atlas/{code}/?on={day}&part={part}&lang={lang}")
        assert page.count("<h1>") == 1
        assert len(re.findall(r"<[a-z]", page)) <= NODES
        assert not re.search(r'style="|<style|onclick|href="#"', page)
        for track in shown.shown(part):
            for step in track.steps:
                assert f'id="{step.code}"' in page
                assert step.title.pick(lang) in page
            for limit in track.limits:
                assert f'id="{limit.code}"' in page
                assert all(length.pick(lang) in page for length in limit.lengths)
            for ref in shown.cites((track,)).refs:
                assert f'href="/atlas/law/{ref.statute.key}/{quote(ref.article, safe="")}"' in page


def test_the_index_names_every_procedure_once(asked: Client) -> None:
    page = text(asked, "/atlas/")
    listed = page[page.index('class="institution"') : page.index('class="foot-of-site"')]
    assert sorted(re.findall(r'href="/atlas/(\w+)/"', listed)) == sorted(folders())


@pytest.mark.parametrize(
    ("query", "key", "number"),
    [
        ("民诉法第201条", "CPL21", "201"),
        ("《中华人民共和国民事诉讼法》第二百零五条", "CPL23", "205"),
        ("CPL23 205", "CPL23", "205"),
        ("civil procedure law art. 205", "CPL23", "205"),
        ("民诉法解释 355", "CI22", "355"),
        ("刑诉法第109条", "CrPL", "109"),
    ],
)
def test_an_article_is_found_by_how_people_write_it(asked: Client, query: str, key: str, number: str) -> None:
    found = find(query)
    assert (key, number) in [(a.statute.key, a.number) for a in found.articles]
    assert next(a for a in found.articles if a.statute.key == key).uses == by_article()[key, number]
    page = text(asked, "/atlas/?q=" + quote(query))
    assert f'href="/atlas/law/{key}/{number}"' in page


def test_a_law_a_procedure_or_nothing_is_found(asked: Client) -> None:
    assert [s.key for s in find("在线调解规则").statutes] == ["OMR"]
    assert "judicial_confirmation" in [p.code for p in find("司法确认").procedures]
    assert find("民诉法第999条").nothing
    assert "没有程序依据这一条" in text(asked, "/atlas/?q=" + quote("民诉法第999条"))
    for strange in ("%00", "' or 1", "第条", "(" * 80, "第一百二百条"):
        text(asked, "/atlas/?q=" + quote(strange))


def test_what_rests_on_an_article_leads_back_to_it(asked: Client) -> None:
    """Links both ways: each use that an article names stands on the page it leads to, and that page leads back."""
    for key, number in (("CPL23", "205"), ("CrPL", "109"), ("OMR", "12"), ("LOCAL_STATION", "批复")):
        page = text(asked, f"/atlas/law/{key}/{quote(number)}")
        links = re.findall(r'href="(/atlas/\w+/\?on=[^"#]+)#([\w.]+)"', page)
        assert links or not by_article()[key, number]
        for address, code in links:
            target = text(asked, address)
            assert f'id="{code}"' in target
            assert f'href="/atlas/law/{key}/{quote(number, safe="")}"' in target


def test_an_article_tells_its_number_in_other_versions(asked: Client) -> None:
    there = {e.statute.key: e.number for e in article(CPL21, "201").elsewhere}
    assert (there["CPL23"], there["CPL17"]) == ("205", "194")
    page = text(asked, "/atlas/law/CPL21/201")
    assert 'href="/atlas/law/CPL23/205"' in page
    assert "我们的转述" in page or "没有导入原文" in page


def test_the_text_is_shown_where_a_corpus_is_imported(asked: Client, shared: Path, tmp_path: Path) -> None:
    to = tmp_path / "corpus.jsonl"
    import_corpus(shared / "data" / "laws", to)
    with override_settings(TIANPING_CORPUS=str(to)):
        assert article(CPL23, "205").quoted.startswith("经依法设立的调解组织调解达成调解协议，申请司法确认的")
        page = text(asked, "/atlas/law/CPL23/205")
    assert "原文" in page
    assert "司法确认" in page
    with override_settings(TIANPING_CORPUS=str(tmp_path / "none")):
        assert article(CPL23, "205").quoted == ""


def test_every_use_has_words_and_every_law_its_page(asked: Client) -> None:
    assert len(uses()) > 2_000
    assert all(u.words.zh and u.words.en for u in uses())
    for family in families():
        for statute, count in family.versions:
            page = text(asked, f"/atlas/law/{statute.key}/")
            assert len(cited(statute.key)) == count
            assert page.count("<h1>") == 1


def test_two_versions_differ_in_what_the_law_changed(asked: Client) -> None:
    """The 2023 text moved article 201 to 205; what both versions have differs in its articles alone."""
    older, newer = (sheet(v, "zh") for v in folders()["judicial_confirmation"].versions[-2:])
    found = differences(older, newer)
    points = {(p.what.zh, p.before.zh, p.after.zh) for d in found if d.how == "changed" for p in d.points}
    assert any("第201条" in before and "第205条" in after for _, before, after in points)
    assert "gone" not in {d.how for d in found}
    assert {what for what, _, _ in points} == {"条文"}
    assert all("2021年修正" in before and "2023年修正" in after for _, before, after in points)
    assert differences(newer, newer) == []
    page = text(asked, "/atlas/judicial_confirmation/changes?to=2024-01-01")
    assert f"有{len(found)}处不同" in page
    assert text(asked, "/atlas/judicial_confirmation/changes?from=2021-01-01&to=2024-01-01").count("<tr>") > len(found)


def test_days_of_change_tell_laws_and_versions(asked: Client) -> None:
    by_day = {turn.day: turn for turn in turns()}
    assert [s.key for s in by_day[date(2024, 1, 1)].laws] == ["CPL23"]
    assert "CPL21" in [s.key for s in by_day[date(2024, 1, 1)].ended]
    assert {new.code for new, _ in by_day[date(2022, 1, 1)].procedures} >= {"judicial_confirmation", "first_instance_civil"}
    assert sum(len(t.laws) for t in by_day.values()) == len(INDEX)
    page = text(asked, "/atlas/changes")
    assert page.index("2024-01-01") < page.index("2022-01-01")


@pytest.mark.parametrize("address", ["nope/", "hall_question/changes", "law/NOPE/", "law/CPL23/999", "law/CPL23/0", "law/CPL23/x%00"])
def test_what_is_not_there_is_404(asked: Client, address: str) -> None:
    assert "POR-" not in text(asked, "/atlas/" + address, 404)


def test_it_is_open_to_strangers_and_takes_no_writing(asked: Client) -> None:
    assert asked.post("/atlas/").status_code in (403, 405)
    policy = asked.get("/atlas/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_a_new_folder_has_its_page_with_no_other_change(asked: Client, tmp_path: Path) -> None:
    folder = tmp_path / "procedures" / "shelf_loan"
    folder.mkdir(parents=True)
    (folder / "procedure.py").write_text(SHELF, "utf-8")
    before = list(registered.ROOTS)
    known = (registered.folders, uses, by_article, cited)
    registered.ROOTS[:] = [tmp_path]
    for one in known:
        one.cache_clear()
    try:
        page = text(asked, "/atlas/shelf_loan/?lang=zh")
        for words in ("上架借阅", "借出", "归还", "归还期限", "30日", "未还", "其他程序"):
            assert words in page
        assert 'href="/atlas/shelf_loan/"' in text(asked, "/atlas/")
        assert "上架借阅" in text(asked, "/atlas/law/CPL23/126")
    finally:
        registered.ROOTS[:] = before
        for one in known:
            one.cache_clear()


SHELF: Final = """
from datetime import date
from tianping.law.statutes import CPL23
from tianping.procedure import NEW, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.roles import Roles


class ShelfLoan(Procedure):
    title, code, valid_from = T("上架借阅", "Shelf loan"), "shelf_loan", date(2024, 1, 1)
    out = Stage(T("未还", "Out"))
    back = Stage(T("已还", "Back"), end=True)
    lend = Step(NEW >> out, T("借出", "Lend"), by=Roles.CLERK, cites=CPL23[126])
    give_back = Step(out >> back, T("归还", "Give back"), by=Roles.CLERK, cites=CPL23[126])
    to_give_back = Limit(lend, give_back, days(30), title=T("归还期限", "Time to give back"), cites=CPL23[126])
"""
