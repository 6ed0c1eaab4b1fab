"""模型检查测试 · Every refusal has a small definition that must be refused for it, and a repaired twin that passes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import ROOT
from tests.procedure.bad import knowledge, parts, stages, timing, words
from tests.procedure.bad.drafts import ART, CASES, Case, draft, limit_by_stage, made, nowhere
from tests.procedure.bad.knowledge import guarded
from tests.procedure.bad.parts import Favour, sending
from tests.procedure.bad.stages import nobody_enters
from tests.procedure.house import ALL, BROKEN, FOLDERS
from tianping.law.statutes import CI22
from tianping.procedure import (
    NEW,
    Condition,
    Limit,
    Period,
    Stage,
    Step,
    T,
    Wait,
    days,
)
from tianping.procedure.check import Refusal, check, check_folder
from tianping.procedure.check.coverage import coverage
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.expressions import Bool, Expr, lift
from tianping.procedure.registry import Folder
from tianping.procedure.tables import Uncompilable

MODULES = (words, stages, timing, knowledge, parts)
"""Importing them fills CASES."""


@pytest.mark.parametrize(("code", "build"), CASES, ids=[f"{code}-{build.__name__}" for code, build in CASES])
def test_bad_is_refused_and_repaired_passes(code: str, build: Case) -> None:
    found = check(build(False))
    assert {r.code for r in found} == {code}, [r.text("en") for r in found]
    assert check(build(True)) == []


def _refusals() -> list[type[Refusal]]:
    return Refusal.__subclasses__()


def test_every_refusal_is_tried() -> None:
    tried = {code for code, _ in CASES} | {"PRO-251", "PRO-252"}
    assert {r.code for r in _refusals()} == tried


@pytest.mark.parametrize("kind", _refusals(), ids=lambda r: r.code)
def test_words_say_what_to_do_in_both_languages(kind: type[Refusal]) -> None:
    assert any("\u4e00" <= c <= "\u9fff" for c in kind.todo.zh)
    assert not any("\u4e00" <= c <= "\u9fff" for c in kind.todo.en.replace("中文", ""))


def test_a_refusal_says_where_and_what() -> None:
    refusal = next(r for r in check(nobody_enters(False)) if isinstance(r, Refusal))
    assert refusal.where == "Small.dropped"
    assert refusal.text("en") == "PRO-212  The stage Small.dropped cannot be reached.\nNext: Write a step that enters it, or take the stage out."


def test_what_cannot_be_compiled_is_told_too() -> None:
    d = draft()
    outside = Step(NEW >> nowhere(), T("别处环节", "A step of elsewhere"), by=Roles.CLERK, cites=ART)
    d.condition = Condition(outside, when=())
    d.broken = Limit(outside, None, days(1), title=T("不成立", "Broken"), cites=ART)
    assert [type(r) for r in check(made(d))] == [Uncompilable]


def test_limits_that_wait_for_each_other_are_refused() -> None:
    d = draft()
    d.one = Limit(d.to_decide, d.decide, days(1), title=T("一", "One"), cites=ART)
    d.other = Limit(d.one, d.decide, days(1), title=T("二", "Other"), cites=ART)
    d.one.since = d.other
    (refusal,) = check(made(d))
    assert isinstance(refusal, Uncompilable)
    assert "Small.one, Small.other" in refusal.text("en")


def test_a_receiver_is_looked_for_among_all_procedures() -> None:
    sender = sending(Favour)
    assert [r.code for r in check(sender, among=[made(draft())])] == ["PRO-241"]
    d = draft()
    d.decided = Stage(T("已决定", "Decided"), answers=Favour.done)
    d.decide = Step(d.filed >> d.decided, T("决定", "Decide"), by=Roles.JUDGE, cites=ART)
    receiver = made(d, to_decide=limit_by_stage(d))
    assert check(sender, among=[receiver, sender]) == []


def test_a_wait_does_not_make_a_stage_run() -> None:
    d = draft()
    d.to_decide = Wait(d.file, d.decide, days(7), title=T("等待期", "Wait"), cites=ART)
    assert [r.code for r in check(made(d))] == ["PRO-214"]


def test_whether_a_fact_is_known_may_be_read_before_it_is_asked() -> None:
    assert check(guarded(lambda urgent, _: ~urgent.known(), asks_early=False, asks_late=True)) == []


def test_an_older_number_counts_where_the_law_was_renumbered() -> None:
    d = draft()
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, cites=CI22[140])
    assert check(made(d, valid_from=date(2022, 1, 1))) == []


def test_rules_of_enum_facts_take_members_by_name() -> None:
    assert check(guarded(lambda urgent, _: Bool("eq", urgent, lift(True)))) == []
    assert [r.code for r in check(guarded(lambda urgent, _: Bool("eq", Expr("const", None), urgent)))] == ["PRO-234"]


def test_zero_lengths_do_not_mix() -> None:
    d = draft()
    d.now = Limit(d.file, d.decide, Period(), title=T("当场", "At once"), cites=ART)
    assert check(made(d)) == []


# ---- the procedures of the house -------------------------------------------------------------------------------------------


def test_every_folder_can_be_loaded() -> None:
    assert BROKEN == {}


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_every_procedure_passes(folder: Folder) -> None:
    assert [r.text("en") for version in folder.versions for r in check(version)] == []


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_its_examples_take_every_step(folder: Folder) -> None:
    assert [r.where for r in coverage(folder)] == []


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_its_referrals_are_answered_somewhere(folder: Folder) -> None:
    assert [r.text("en") for r in check_folder(folder, among=ALL) if r.code == "PRO-241"] == []


def test_steps_that_no_example_takes_are_named() -> None:
    folder = FOLDERS["road_traffic_fines"]
    assert list(coverage(folder)) == []
    bare = Folder(ROOT / "tests", folder.versions)
    codes = [(r.code, r.where) for r in coverage(bare)]
    assert codes[0] == ("PRO-251", "Fine.create")
    assert codes[-1] == ("PRO-252", "road_traffic_fine")
    assert len(codes) == 12
