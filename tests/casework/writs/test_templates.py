"""模板 · Every template of the house fits its procedure, says all of its sections, and relies on what is in force; a wrong one is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tianping.casework.engine.registered import folders
from tianping.casework.writs.context import Named, _law, shown
from tianping.casework.writs.fill import OPEN, filled, written_day
from tianping.casework.writs.word import blocks, compiled_docx, sections_of, text_of
from tianping.law.mentions import mentions
from tianping.procedure.registry import Folder
from tianping.procedure.tables import Tables, compiled
from tianping.procedure.writs import BadTemplate, Template, read_template, templates_of

DAY = date(2026, 3, 5)
HOUSE = [(folder, template) for folder in folders().values() for template in templates_of(folder).values()]
ANSWERS: dict[str, object] = {"bool": True, "int": 3, "str": "文字", "date": DAY.isoformat()}


def whole(tables: Tables, template: Template) -> dict[str, Any]:
    """A case of which everything is known and in which everything was written."""
    answers = SimpleNamespace(**dict.fromkeys(tables.facts, "已知"))
    run = SimpleNamespace(entity="一号", stage="小额诉讼程序", f=answers)
    parties = [
        Named("申请人", "张晓明", "person", "140702198501010011", "", False, ""),
        Named("对方当事人", "某公司", "body", "91140700", "", False, ""),
    ]
    return {
        "number": "（2026）晋0702民初1号", "title": "某案", "institution": "试点法院", "procedure": "程序", "parties": parties, "f": answers,
        "w": SimpleNamespace(**{w.name: f"所写{w.title.zh}" for w in template.written}), "day": written_day(DAY), "writer": "李审判",
        "runs": SimpleNamespace(**{t.name: [run, run] for t in tables.tracks if t.name}), "law": lambda text: _law(text, DAY),
        "steps": SimpleNamespace(**{r.step.name: written_day(DAY) for r in tables.steps}),
        "clocks": SimpleNamespace(**{r.code.rpartition(".")[2]: written_day(DAY) for r in tables.limits}),
    }  # fmt: skip


@pytest.mark.parametrize(("folder", "template"), HOUSE, ids=[f"{f.code}-{t.code}" for f, t in HOUSE])
def test_a_template_says_all_of_its_sections(folder: Folder, template: Template) -> None:
    tables = compiled(folder.current)
    file = filled(compiled_docx(template), whole(tables, template), title=template.title)
    found = sections_of(file)
    assert list(found) == [s.code for s in template.sections]
    assert not [code for code, text in found.items() if not text.strip()]
    text = text_of(file)
    assert OPEN not in text
    assert "{{" not in text
    assert "{%" not in text
    assert not [m for m in mentions(text, DAY) if m.verdict != "in_force"]
    assert [b for b in blocks(file) if b["kind"] == "table" or b["runs"]]


def test_the_documents_that_the_law_names_are_there() -> None:
    names = {(t.procedure, t.code) for _, t in HOUSE}
    assert names >= {
        ("online_mediation", "agreement"), ("judicial_confirmation", "ruling"), ("judgment_document", "judgment"),
        ("judgment_document", "mediation_letter"), ("pre_filing", "correction"), ("pre_filing", "receipt"), ("first_instance_civil", "filing_notice"),
        ("first_instance_civil", "summons"), ("service_of_process", "receipt"), ("incident", "register_case"), ("incident", "receipt_crime"),
        ("first_instance_civil", "response_notice"), ("first_instance_civil", "party_notice"), ("first_instance_civil", "hearing_notice"),
        ("first_instance_civil", "hearing_announcement"), ("first_instance_civil", "service_receipt"), ("first_instance_civil", "judgment"),
        ("first_instance_civil", "small_judgment"), ("first_instance_civil", "mediation_letter"),
        ("petition_item", "register"), ("court_fee", "notice"), ("case_property", "seizure_list"),
    }  # fmt: skip
    for procedure in ("judgment_document", "first_instance_civil"):
        judgment = next(t for _, t in HOUSE if (t.procedure, t.code) == (procedure, "judgment"))
        required = {s.code: s.cites for s in judgment.sections if s.required and s.cites is not None}
        assert set(required) == {"claims", "findings", "result", "appeal", "signatures"}
        assert all("155" in {ref.article for ref in cites.refs} for cites in required.values())


def test_a_judgment_says_whether_it_may_be_appealed_by_its_route() -> None:
    tables = compiled(folders()["first_instance_civil"].current)
    judgment, small = (next(t for _, t in HOUSE if (t.procedure, t.code) == (tables.procedure.code, code)) for code in ("judgment", "small_judgment"))

    def said(template: Template, *stages: str) -> str:
        known = whole(tables, template)
        known["runs"].route = [SimpleNamespace(entity="", stage=stage, f=None) for stage in stages]
        return text_of(filled(compiled_docx(template), known, title=template.title))

    assert "终审" not in said(judgment, "普通程序")
    assert "上诉于所写上诉法院" in said(judgment, "普通程序")
    assert "本判决为终审判决" in said(judgment, "小额诉讼程序")
    assert "本判决为终审判决" in said(small, "小额诉讼程序")
    for refused in (said(small, "简易程序"), said(judgment)):  # what is open keeps it from being issued
        assert OPEN in refused


GOOD = 'zh = "甲"\nen = "A"\nby = ["JUDGE"]\nbasis_zh = "拟"\nbasis_en = "own"\n[[write]]\nname = "terms"\nzh = "协议"\nen = "terms"\n'
SECTION = '[[section]]\ncode = "a"\nzh = "一"\nen = "one"\ntext = "{text}"\n{more}'


@pytest.mark.parametrize(
    ("head", "text", "more", "why"),
    [
        ("", "{{ f.no_such_fact }}", "", "no_such_fact"),
        ("", "{{ w.nothing }}", "", "nothing"),
        ("", "{{ somebody }}", "", "somebody"),
        ("", "{{ w.terms }", "", "unexpected"),
        ("", "{{ law('CPL23 999') }}", "", "LAW-111"),
        ("", "字", 'needs = ["w.other"]', "other"),
        ("", "字", 'cites = "XYZ 1"', "XYZ"),
        ("", "字", 'unless = "no_such"', "no_such"),
        ('after = "no_step"\n', "字", "", "no_step"),
    ],
)
def test_a_template_that_does_not_fit_is_told(tmp_path: Path, head: str, text: str, more: str, why: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(head + GOOD + SECTION.format(text=text, more=more), "utf-8")
    with pytest.raises(BadTemplate) as told:
        read_template(file, compiled(folders()["judicial_confirmation"].current))
    assert why in told.value.message.en


def test_answers_are_printed_as_documents_write_them() -> None:
    tables = compiled(folders()["court_fee"].current)
    assert shown(tables.facts["claimed"][0], Decimal("1234.5")) == "1234.50"
    assert shown(tables.facts["pay_by"][0], date(2026, 12, 20)) == "2026年12月20日"
    assert not shown(tables.facts["pay_by"][0], None)
    assert written_day(date(2026, 12, 20)).han == "二〇二六年十二月二十日"
    assert written_day(date(2030, 10, 31)).han == "二〇三〇年十月三十一日"
