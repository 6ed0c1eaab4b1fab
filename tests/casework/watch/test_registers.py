"""登记表 · Each register keeps to its own columns, is filled from the cases, says what was in time, and is printed as PDF and XLSX."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.casework.watch.conftest import AT, Bureau, somebody
from tianping.casework.access.keys import keys_for
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.models import Change
from tianping.casework.watch.entries import Told, told
from tianping.casework.watch.printed import printed
from tianping.casework.watch.registers import BadRegister, NoSuchRegister, _read, register_of, registers
from tianping.law.text import T
from tianping.procedure.roles import Signer

DAY = AT.date()


def incident(bureau: Bureau, at: datetime, *, taken_up: timedelta | None = None) -> int:
    """A call that was answered, and perhaps taken up as a crime."""
    answering, _ = somebody(bureau.station, "梁接警", "DISPATCHER", "OFFICER", "UNIT")
    keys = keys_for(bureau.station.pk)
    new = NewCase("张三报称手机被盗", bureau.station.pk, keys=keys)
    facts = {"category": "CRIMINAL"}
    opened = case_open(procedure="incident", step="Incident.take", actor=answering, at=at, new=new, facts=facts, role="Roles.DISPATCHER")
    if taken_up is not None:
        sent = {"unit": "所一", "reason": "距离最近", "kind": "STATION"}
        step_take(case_id=opened.case_id, step="Unit.send_out", actor=answering, at=at, entity="u1", facts=sent, role="Roles.DISPATCHER")
        step_take(case_id=opened.case_id, step="Incident.engage", actor=answering, at=at, role="Roles.DISPATCHER")
        step_take(case_id=opened.case_id, step="Incident.accept_crime", actor=answering, at=at + taken_up, role="Roles.OFFICER")
    return opened.case_id


def cells(found: Told, en: str) -> list[str]:
    """The cells of a column, in Chinese."""
    place = [c.title.en for c in found.register.columns].index(en)
    return [row[place].zh for row in found.rows]


def the(bureau: Bureau, code: str) -> Told:
    return told(register_of(code), bureau.reviewer, first=DAY - timedelta(days=7), last=DAY)


def test_the_registers_have_the_columns_that_a_legal_officer_knows() -> None:
    assert set(registers()) == {"incidents", "acceptance", "criminal", "administrative", "persons"}
    columns = [c.title.zh for c in register_of("incidents").columns]
    assert columns == [
        "接警编号", "报警内容", "报警时间", "接警民警", "处警民警", "处警标识", "警情类别", "执法记录仪音视频上传", "警情状态", "登记本填写",
        "巡查人", "巡查问题", "巡查提示", "巡查时间", "整改情况",
    ]  # fmt: skip
    with pytest.raises(NoSuchRegister):
        register_of("nothing")


def test_incidents_are_rows_with_their_times_people_and_what_was_in_time(bureau: Bureau) -> None:
    for hours in (2, 90):
        incident(bureau, AT - timedelta(days=5), taken_up=timedelta(hours=hours))
    not_taken = incident(bureau, AT - timedelta(hours=1))
    found = the(bureau, "acceptance")
    assert len(found.rows) == 3
    assert cells(found, "in 24 h / 3 days") == ["24h内", "超3日", "未办"]
    assert cells(found, "Taken up") == ["是", "是", "未办"]
    assert cells(found, "Officers")[:2] == ["梁接警", "梁接警"]
    assert not any("张三" in title for title in cells(found, "Matter")), "from above the title is masked"
    assert str(not_taken) in cells(the(bureau, "incidents"), "Number")
    assert told(register_of("acceptance"), bureau.stranger, first=DAY - timedelta(days=7), last=DAY).rows == ()
    only_other = told(register_of("acceptance"), bureau.reviewer, first=DAY - timedelta(days=7), last=DAY, unit=bureau.other.pk)
    assert only_other.rows == ()


def test_what_an_inspection_found_stands_beside_its_incident(bureau: Bureau) -> None:
    case = incident(bureau, AT - timedelta(hours=3))
    keys = keys_for(bureau.bureau.pk)
    system = Actor("system", bureau.bureau.pk, frozenset({"Roles.SYSTEM"}), keys)
    new = NewCase("三月三日巡查", bureau.bureau.pk, keys=keys)
    register = case_open(procedure="daily_inspection", step="DailyInspection.generate", actor=system, at=AT, new=new, facts={"day": date(2026, 3, 3)})
    facts = {"register": "INCIDENTS", "subject": str(case), "rule": "未在24小时内登记受案"}
    step_take(case_id=register.case_id, step="Point.list_", actor=bureau.reviewer, at=AT, entity="p1", facts=facts, role="Roles.LEGAL_REVIEW")
    found = the(bureau, "incidents")
    row = cells(found, "Number").index(str(case))
    assert cells(found, "Problem found")[row] == "未在24小时内登记受案"
    assert cells(found, "Inspected by")[row] == "孟法制"
    assert cells(found, "Put right")[row] == "已生成"


def test_persons_have_a_row_each_with_measures_and_limits(bureau: Bureau) -> None:
    keys = keys_for(bureau.station.pk)
    police = Actor("chief", bureau.station.pk, frozenset({"Roles.CHIEF", "Roles.OFFICER"}), keys)
    new = NewCase("王大力盗窃案", bureau.station.pk, keys=keys)
    at = AT - timedelta(days=2)
    opened = case_open(procedure="criminal_case", step="CriminalCase.open_case", actor=police, at=at, new=new, role="Roles.CHIEF")
    for entity in ("王大力", "赵二"):
        step_take(case_id=opened.case_id, step="Suspect.name_one", actor=police, at=at, entity=entity, role="Roles.OFFICER")
    second = (Signer("other", "Roles.OFFICER"),)
    step_take(case_id=opened.case_id, step="Suspect.summon", actor=police, at=at, entity="王大力", role="Roles.OFFICER", co_signers=second)
    found = the(bureau, "persons")
    assert cells(found, "Person") == ["王某某", "赵某"]
    assert cells(found, "Summoned")[0].startswith("2026-03-02 10:00")
    assert cells(found, "Summoned")[1] == ""
    assert cells(found, "Counted anew") == ["0", "0"]


def test_a_register_is_printed_with_its_own_columns_and_the_print_is_recorded(bureau: Bureau) -> None:
    incident(bureau, AT - timedelta(hours=2))
    found = the(bureau, "incidents")
    where = T("县公安局", "County bureau")
    book = openpyxl.load_workbook(io.BytesIO(printed(found, "xlsx", lang="zh", actor=bureau.reviewer, at=AT, institution=where)))
    sheet = book.active
    assert [c.value for c in sheet[2]] == [c.title.zh for c in found.register.columns]
    assert sheet.max_row == 2 + len(found.rows)
    pdf = printed(found, "pdf", lang="zh", actor=bureau.reviewer, at=AT, institution=where)
    assert pdf.startswith(b"%PDF-")
    assert list(Change.objects.filter(subject="register:incidents").values_list("act", flat=True)) == ["register.printed"] * 2
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: the words of the PDF are not read")
    words = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "每日警情巡查登记表" in words.replace("\n", "")


def test_a_cell_that_begins_like_a_formula_is_text(bureau: Bureau) -> None:
    answering, _ = somebody(bureau.bureau, "梁接警", "DISPATCHER")
    new = NewCase('=HYPERLINK("http://x")', bureau.bureau.pk, keys=keys_for(bureau.bureau.pk))
    case_open(procedure="incident", step="Incident.take", actor=answering, at=AT, new=new, facts={"category": "CRIMINAL"}, role="Roles.DISPATCHER")
    found = told(register_of("incidents"), answering, first=DAY, last=DAY)
    book = openpyxl.load_workbook(io.BytesIO(printed(found, "xlsx", lang="zh", actor=answering, at=AT, institution=T("", ""))))
    assert {c.data_type for row in book.active.iter_rows(min_row=3) for c in row if c.value} == {"s"}


@pytest.mark.parametrize("source", ["fact:no_such", "step:Incident.nothing", "runs:nowhere.unit", "due:Nothing", "points:score", "odd"])
def test_a_register_that_does_not_fit_is_told(tmp_path: Path, source: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(f'zh="甲"\nen="a"\nprocedure="incident"\npoint="INCIDENTS"\ncolumn=[{{zh="一",en="one",from="{source}"}}]', "utf-8")
    with pytest.raises(BadRegister):
        _read(file)
