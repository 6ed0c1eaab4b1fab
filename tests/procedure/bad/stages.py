"""阶段之错 · Stages in which a case would be lost."""

from __future__ import annotations

from tests.procedure.bad.drafts import ART, Built, case, draft, made, track
from tianping.procedure import (
    NEW,
    Limit,
    Many,
    Stage,
    Step,
    T,
    days,
)
from tianping.procedure.contracts.roles import Roles


@case("PRO-211")
def part_without_opening(good: bool) -> Built:
    going, over = Stage(T("进行中", "Going on"), no_limit=T("无期限", "none")), Stage(T("已结束", "Over"), end=True)
    begin = Step(NEW >> going if good else going >> over, T("开始", "Begin"), by=Roles.CLERK, cites=ART)
    end = Step(going >> over, T("结束", "End"), by=Roles.CLERK, cites=ART)
    return made(draft(), visits=Many(track("Visit", going=going, over=over, begin=begin, end=end)))


@case("PRO-212")
def nobody_enters(good: bool) -> Built:
    d = draft()
    d.dropped = Stage(T("已撤回", "Withdrawn"), end=True)
    if good:
        d.drop = Step(d.filed >> d.dropped, T("撤回", "Withdraw"), by=Roles.APPLICANT, cites=ART)
    return made(d)


@case("PRO-213")
def nobody_leaves(good: bool) -> Built:
    d = draft()
    d.stuck = Stage(T("已搁置", "Laid aside"), end=good, no_limit=T("无期限", "none"))
    d.shelve = Step(d.filed >> d.stuck, T("搁置", "Lay aside"), by=Roles.JUDGE, cites=ART)
    return made(d)


@case("PRO-213")
def a_circle(good: bool) -> Built:
    d = draft()
    d.left = Stage(T("甲处", "Left"), no_limit=T("无期限", "none"))
    d.right = Stage(T("乙处", "Right"), no_limit=T("无期限", "none"))
    d.go = Step(d.filed >> d.left, T("转甲", "To the left"), by=Roles.CLERK, cites=ART)
    d.over = Step(d.left >> d.right, T("转乙", "To the right"), by=Roles.CLERK, cites=ART)
    d.back = Step(d.right >> d.left, T("退甲", "Back"), by=Roles.CLERK, cites=ART)
    if good:
        d.close = Step(d.right >> d.decided, T("终结", "Close"), by=Roles.CLERK, cites=ART)
    return made(d)


@case("PRO-214")
def waits_for_ever(good: bool) -> Built:
    d = draft()
    d.heard = Stage(T("已听取", "Heard"))
    d.hear = Step(d.filed >> d.heard, T("听取", "Hear"), by=Roles.JUDGE, cites=ART)
    d.decide = Step(d.heard >> d.decided, T("决定", "Decide"), by=Roles.JUDGE, cites=ART)
    return made(d, to_decide=Limit(d.file, d.decide if good else d.hear, days(7), title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-215")
def merge_stays_open(good: bool) -> Built:
    d = draft()
    d.merged = Stage(T("已并案", "Merged"), end=good, no_limit=T("无期限", "none"))
    d.merge = Step(d.filed >> d.merged, T("并案", "Merge"), by=Roles.CLERK, into=True, cites=ART)
    d.undo = Step(d.merged >> d.decided, T("了结", "Finish"), by=Roles.CLERK, cites=ART)
    return made(d)
