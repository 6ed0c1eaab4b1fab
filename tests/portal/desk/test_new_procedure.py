"""新程序 · A procedure written into one folder has its worklist row, case page and forms at once, with every kind of question."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.conftest import organisation
from tests.portal.desk.conftest import Seat, form_of, seat, text_of
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine import lookups, registered
from tianping.casework.models import Case, Event

PROCEDURE = '''
"""借阅 · Lending of a file."""
from datetime import date
from decimal import Decimal
from enum import Enum
from tianping.law.statutes import CPL23
from tianping.law.text import T
from tianping.procedure import NEW, Fact, Ground, Limit, Many, Procedure, Stage, Step, Track, days
from tianping.procedure.contracts.roles import Roles

class Purpose(Enum):
    TRIAL = "审理"
    RESEARCH = T("研究", "Research")

class Volume(Track):
    """卷册 · One volume."""
    title = T("卷册", "Volume")
    out = Stage(T("借出", "Lent"))
    back = Stage(T("归还", "Back"), end=True)
    lend = Step(NEW >> out, T("借出一册", "Lend a volume"), by=Roles.CLERK, cites=CPL23[122])
    bring = Step(out >> back, T("归还一册", "Bring it back"), by=Roles.CLERK, cites=CPL23[122])
    to_bring = Limit(since=lend, until=bring, within=days(10), title=T("归还期限", "Time to bring it back"), cites=CPL23[126])

class Lending(Procedure):
    title = T("案卷借阅", "Lending of files")
    code = "lending"
    valid_from = date(2020, 1, 1)
    corrects = Roles.CLERK
    outside = Fact(bool, T("是否外借", "Taken out of the house?"))
    purpose = Fact(Purpose, T("用途", "Purpose"), hint=T("写明用途", "Say what for"))
    pages = Fact(int, T("页数", "Pages"))
    deposit = Fact(Decimal, T("押金", "Deposit"))
    needed = Fact(date, T("需用日期", "Needed on"))
    remark = Fact(str, T("备注", "Remark"))
    deposited = Ground(deposit >= 100, T("押金不足100元", "The deposit is below CNY 100"), CPL23[122])
    asked = Stage(T("已申请", "Asked for"))
    granted = Stage(T("已批准", "Granted"))
    closed = Stage(T("已归档", "Closed"), end=True)
    ask = Step(NEW >> asked, T("申请借阅", "Ask for the file"), by=Roles.CLERK, asks=(outside, purpose, pages, needed, remark), cites=CPL23[122])
    pay = Step(asked, T("收押金", "Take the deposit"), by=Roles.CLERK, asks=(deposit,), cites=CPL23[122])
    grant = Step(asked >> granted, T("批准借阅", "Grant it"), by=Roles.JUDGE & Roles.CLERK, when=deposited, cites=CPL23[122])
    finish = Step(granted >> closed, T("办结", "Finish"), by=Roles.CLERK, cites=CPL23[122])
    volumes = Many(Volume)
    to_grant = Limit(since=ask, until=grant, within=days(7), title=T("批准期限", "Time to grant"), cites=CPL23[126])
'''
ASK = "new/lending/Lending.ask"
ANSWERS = {
    "title": "借阅旧卷", "fact.outside": "true", "fact.purpose": "RESEARCH", "fact.pages": "1,200", "fact.needed-year": "2027",
    "fact.needed-month": "1", "fact.needed-day": "4", "fact.remark": "当日归还",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def lending(database: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folder, and nothing else."""
    root = tmp_path_factory.mktemp("city")
    folder = root / "procedures" / "lending"
    folder.mkdir(parents=True)
    (folder / "procedure.py").write_text(textwrap.dedent(PROCEDURE), "utf-8")
    _roots([root])
    yield
    _roots([])


def _roots(roots: list[Path]) -> None:
    registered.ROOTS[:] = roots
    for known in (registered.folders, registered.tables_of, lookups.watched):
        known.cache_clear()


@pytest.fixture
def clerk() -> Seat:
    return seat(organisation(), "CLERK")


def lent(clerk: Seat) -> int:
    """A lending that was asked for."""
    return int(clerk.filled(ASK, ANSWERS)["Location"].split("/")[-1].partition("?")[0])


def test_every_kind_of_question_is_asked_and_kept(clerk: Seat) -> None:
    assert "案卷借阅" in text_of(clerk.get("new"))
    page = clerk.get(ASK)
    assert "写明用途" in page
    assert "研究" in page
    assert "开始计算：批准期限" in text_of(page)
    case = lent(clerk)
    facts = Case.objects.get(pk=case).facts
    assert facts == {"outside": True, "purpose": "RESEARCH", "pages": 1200, "needed": "2027-01-04", "remark": "当日归还"}
    shown = text_of(clerk.get(f"cases/{case}"))
    for words in ("案卷借阅", "已申请", "批准期限", "研究", "1200", "2027-01-04"):
        assert words in shown
    assert "批准借阅" in text_of(clerk.get("?procedure=lending"))


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("fact.pages", "许多", "页数须是整数，您填的是 许多"), ("fact.needed-day", "40", "需用日期须是真实的日期，您填的是 2027-01-40"),
        ("fact.purpose", "NAP", "请在所列各项中选择：用途"), ("title", "", "请填写：案由标题"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_told_and_kept(clerk: Seat, name: str, given: str, words: str) -> None:
    answer = clerk.filled(ASK, {**ANSWERS, name: given}, 422)
    assert words in text_of(answer.text)
    kept = form_of(answer.text)
    assert kept.get(name) == (None if name == "fact.purpose" else given)
    assert kept["fact.remark"] == "当日归还"


def test_a_step_that_waits_says_for_what_and_what_comes_first(clerk: Seat) -> None:
    case = lent(clerk)
    page = clerk.get(f"cases/{case}")
    assert "押金不足100元" not in text_of(page) or f"/desk/cases/{case}/do/Lending.pay" in page
    clerk.filled(f"cases/{case}/do/Lending.pay", {"fact.deposit": "99.50元"})
    refused = text_of(clerk.get(f"cases/{case}"))
    assert "押金不足100元" in refused
    assert "先办：收押金" in refused
    assert "押金不足100元" in text_of(clerk.get(f"cases/{case}/do/Lending.grant"))


def test_two_sign_together_with_a_consent(clerk: Seat) -> None:
    case, judge = lent(clerk), seat(clerk.organisation, "JUDGE")
    clerk.filled(f"cases/{case}/do/Lending.pay", {"fact.deposit": "200"})
    alone = clerk.filled(f"cases/{case}/do/Lending.grant", status=409)
    assert "没有写入" in text_of(alone.text)
    judge.post(f"cases/{case}/do/Lending.grant/consent", {"version": "2", "role": "Roles.JUDGE", "run": ""})
    clerk.filled(f"cases/{case}/do/Lending.grant")
    event = Event.objects.get(case_id=case, seq=3)
    assert sorted(role for _, role in event.signers) == ["Roles.CLERK", "Roles.JUDGE"]


def test_a_part_is_named_once_and_then_chosen(clerk: Seat) -> None:
    case = lent(clerk)
    clerk.filled(f"cases/{case}/do/Volume.lend", {"entity": "第一册"})
    assert "请填写：对象名称" in text_of(clerk.filled(f"cases/{case}/do/Volume.lend", status=422).text)
    page = clerk.get(f"cases/{case}")
    assert "归还期限" in text_of(page)
    clerk.filled(f"cases/{case}/do/Volume.bring?entity=第一册")
    assert Event.objects.get(case_id=case, seq=3).entity == "第一册"


def test_an_entry_is_corrected_or_voided(clerk: Seat) -> None:
    case = lent(clerk)
    clerk.filled(f"cases/{case}/do/Lending.pay", {"fact.deposit": "20"})
    form = form_of(clerk.get(f"cases/{case}/do/Lending.pay?voids=2"))
    assert form["fact.deposit"] == "20"
    clerk.filled(f"cases/{case}/do/Lending.pay?voids=2", {"fact.deposit": "200"})
    assert Case.objects.get(pk=case).facts["deposit"] == "200"
    assert "已更正" in text_of(clerk.get(f"cases/{case}"))
    assert "这一条不能更正" in text_of(clerk.get(f"cases/{case}/correct/3"))
    clerk.filled(f"cases/{case}/do/Lending.pay", {"fact.deposit": "300"})
    clerk.filled(f"cases/{case}/correct/4")
    assert Case.objects.get(pk=case).facts["deposit"] == "200"


def test_several_cases_are_handled_together_and_none_stops_the_others(clerk: Seat) -> None:
    cases = [lent(clerk) for _ in range(3)]
    other = seat(organisation(), "CLERK")
    strange = int(other.filled(ASK, ANSWERS)["Location"].split("/")[-1].partition("?")[0])
    ticked = {"case": [*cases, strange, "x"]}
    assert "收押金" in text_of(clerk.post("bulk", ticked, 200).text)
    preview = clerk.post("bulk", ticked | {"step": "lending:Lending.pay"}, 200).text
    assert "3 件可以办" in text_of(preview)
    form = form_of(preview)
    form["case"] = [str(c) for c in cases]
    clerk.filled(f"cases/{cases[1]}/do/Lending.pay", {"fact.deposit": "5"})  # it moves on meanwhile
    done = clerk.post("bulk", form | {"fact.deposit": "300"}, 200).text
    assert "已办理 2 件，未办理 1 件" in text_of(done)
    assert [Case.objects.get(pk=c).facts.get("deposit") for c in (*cases, strange)] == ["300", "5", "300", None]
    assert "没有办成的 1 件，现在还可以办" in text_of(done)
    kept = form_of(done)
    assert (kept["fact.deposit"], kept["case"], kept[f"version-{cases[1]}"]) == ("300", str(cases[1]), "2")
    again = clerk.post("bulk", form | {"fact.deposit": "300"}, 200).text
    assert "已办理 2 件，未办理 1 件" in text_of(again)
    assert [Case.objects.get(pk=c).seq for c in cases] == [2, 2, 2]


def test_two_people_never_overwrite_each_other(clerk: Seat) -> None:
    case, colleague = lent(clerk), seat(clerk.organisation, "CLERK")
    form = form_of(clerk.get(f"cases/{case}/do/Lending.pay")) | {"fact.deposit": "150"}
    colleague.filled(f"cases/{case}/do/Lending.pay", {"fact.deposit": "80"})
    stale = clerk.post(f"cases/{case}/do/Lending.pay", form, 412)
    page = text_of(stale.text)
    assert "本案在您填写时有了新的办理" in page
    assert "收押金" in page
    kept = form_of(stale.text)
    assert (kept["fact.deposit"], kept["version"]) == ("150", "2")
    assert Case.objects.get(pk=case).facts["deposit"] == "80"
    clerk.post(f"cases/{case}/do/Lending.pay", kept)
    assert Case.objects.get(pk=case).facts["deposit"] == "150"


def test_a_form_sent_twice_is_one_act(clerk: Seat) -> None:
    case = lent(clerk)
    form = form_of(clerk.get(f"cases/{case}/do/Lending.pay")) | {"fact.deposit": "150"}
    for _ in range(2):
        assert clerk.post(f"cases/{case}/do/Lending.pay", form)["Location"] == f"/desk/cases/{case}?done=2"
    assert Case.objects.get(pk=case).seq == 2
