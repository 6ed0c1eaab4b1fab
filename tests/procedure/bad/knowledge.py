"""要素之错 · Facts nobody asks for and rules that cannot be judged."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from tests.procedure.bad.drafts import ART, Built, case, draft, limit_by_stage, made, nowhere, track, untyped, visit
from tianping.procedure import (
    NEW,
    Condition,
    Fact,
    Ground,
    Many,
    One,
    Stage,
    Step,
    T,
    Tally,
)
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.expressions import Bool


def guarded(rule: Callable[[Fact[bool], Fact[Decimal]], Bool], *, asks_early: bool = True, asks_late: bool = False) -> Built:
    d = draft()
    d.urgent, d.amount = Fact(bool, T("是否紧急", "Is it urgent?")), Fact(Decimal, T("金额", "Amount"))
    d.ground = Ground(rule(d.urgent, d.amount), T("符合条件", "The condition is met"), ART)
    asked = (d.urgent, d.amount)
    d.file = Step(NEW >> d.filed, T("收件", "File"), by=Roles.CLERK, asks=asked if asks_early else (), cites=ART)
    d.decide = Step(d.filed >> d.decided, T("决定", "Decide"), by=Roles.JUDGE, when=d.ground, cites=ART)
    d.publish = Step(d.decided, T("公布", "Publish"), by=Roles.JUDGE, asks=asked if asks_late else (), cites=ART)
    return made(d, to_decide=limit_by_stage(d))


@case("PRO-231")
def nobody_asks(good: bool) -> Built:
    return guarded(lambda urgent, _: urgent.is_(True), asks_early=good)


@case("PRO-238")
def named_as_a_column(good: bool) -> Built:
    d = draft()
    fact = Fact(str, T("来源", "Where from?"))
    d.file = Step(NEW >> d.filed, T("收件", "File"), by=Roles.CLERK, asks=(fact,), cites=ART)
    return made(d, **{"origin" if good else "source": fact}, to_decide=limit_by_stage(d))


@case("PRO-232")
def asked_too_late(good: bool) -> Built:
    return guarded(lambda urgent, _: urgent.is_(True), asks_early=good, asks_late=True)


@case("PRO-233")
def fact_of_nobody(good: bool) -> Built:
    elsewhere = Fact(bool, T("别处要素", "A fact of elsewhere"))
    return guarded(lambda urgent, _: (urgent if good else elsewhere).is_(True))


@case("PRO-233")
def stage_of_another_track(good: bool) -> Built:
    d, part = draft(), visit()
    d.region = One(part)
    place = cast(Stage, vars(part)["going"]) if good else d.filed
    d.there = Ground(d.region.at(place), T("正在进行", "It is going on"), ART)
    d.decide = Step(d.filed >> d.decided, T("决定", "Decide"), by=Roles.JUDGE, unless=d.there, cites=ART)
    return made(d, to_decide=limit_by_stage(d))


@case("PRO-233")
def fact_of_a_run_read_by_the_case(good: bool) -> Built:
    d = draft()
    asked = Fact(bool, T("是否本人", "In person?"))
    ground = Ground(asked.is_(True), T("本人到场", "In person"), ART)
    going, over = Stage(T("进行中", "Going on"), no_limit=T("无期限", "none")), Stage(T("已结束", "Over"), end=True)
    begin = Step(NEW >> going, T("开始", "Begin"), by=Roles.CLERK, asks=(asked,), cites=ART)
    end = Step(going >> over, T("结束", "End"), by=Roles.CLERK, when=ground if good else (), cites=ART)
    d.visits = Many(track("Visit", asked=asked, ground=ground, going=going, over=over, begin=begin, end=end))
    if not good:
        d.condition = Condition(cast(Step, d.decide), when=ground)
    return made(d)


@case("PRO-233")
def not_by_a_stranger(good: bool) -> Built:
    d = draft()
    other = Step(NEW >> nowhere(), T("别处环节", "A step of elsewhere"), by=Roles.CLERK, cites=ART)
    d.decide = Step(d.filed >> d.decided, T("决定", "Decide"), by=Roles.JUDGE, not_by=d.file if good else other, cites=ART)
    return made(d, to_decide=limit_by_stage(d))


@case("PRO-234")
def number_against_text(good: bool) -> Built:
    return guarded(lambda _, amount: amount < (Decimal(50000) if good else untyped("50000")))


@case("PRO-234")
def python_in_a_rule(good: bool) -> Built:
    return guarded(lambda urgent, _: urgent.is_(True) if good else Bool("python", urgent))


@case("PRO-235")
def ground_without_name(good: bool) -> Built:
    d = draft()
    ground = Ground(d.file.done, T("已经收件", "It has been filed"), ART)
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, when=ground, cites=ART)
    return made(d, was_filed=ground) if good else made(d)


@case("PRO-236")
def set_to_another_kind(good: bool) -> Built:
    d = draft()
    d.urgent = Fact(bool, T("是否紧急", "Is it urgent?"))
    d.hasten = Step(d.filed, T("加急", "Hasten"), by=Roles.JUDGE, sets=((d.urgent, True if good else "yes"),), cites=ART)
    return made(d)


@case("PRO-237")
def counted_by_a_stranger(good: bool) -> Built:
    d = draft()
    slot, elsewhere = Fact(str, T("时段", "Slot")), Fact(str, T("别处要素", "A fact of elsewhere"))
    d.slot = slot
    d.taken = Fact(int, T("该时段已约数", "Bookings of the slot"), known_by=Tally(d.filed, same=(slot if good else elsewhere,)))
    d.file = Step(NEW >> d.filed, T("收件", "File"), by=Roles.CLERK, asks=(slot, d.taken), cites=ART)
    return made(d, to_decide=limit_by_stage(d))


@case("PRO-237")
def counted_as_a_truth(good: bool) -> Built:
    d = draft()
    kind: type[Any] = int if good else bool
    d.taken = Fact(kind, T("已约数", "Bookings"), known_by=Tally(d.filed))
    d.file = Step(NEW >> d.filed, T("收件", "File"), by=Roles.CLERK, asks=(d.taken,), cites=ART)
    return made(d, to_decide=limit_by_stage(d))
