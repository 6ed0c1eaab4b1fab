"""小程序 · The smallest lawful procedure, made afresh each time, and the register of what can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from tianping.law.statutes import CPL23
from tianping.procedure import NEW, Limit, Procedure, Stage, Step, T, Track, days
from tianping.procedure.contracts.roles import Roles

ART = CPL23[126]
Built = type[Procedure]
Case = Callable[[bool], Built]
CASES: list[tuple[str, Case]] = []


def case(code: str) -> Callable[[Case], Case]:
    """Register a function that builds the bad definition (False) or its repaired twin (True)."""

    def register(build: Case) -> Case:
        CASES.append((code, build))
        return build

    return register


def draft() -> SimpleNamespace:
    """The parts of the smallest lawful procedure, made afresh: filed, then decided within seven days."""
    filed, decided = Stage(T("已收件", "Filed")), Stage(T("已决定", "Decided"), end=True)
    file = Step(NEW >> filed, T("收件", "File"), by=Roles.CLERK, cites=ART)
    decide = Step(filed >> decided, T("决定", "Decide"), by=Roles.JUDGE, cites=ART)
    to_decide = Limit(since=file, until=decide, within=days(7), title=T("决定期限", "Time to decide"), cites=ART)
    return SimpleNamespace(filed=filed, decided=decided, file=file, decide=decide, to_decide=to_decide)


def made(parts: SimpleNamespace, **more: object) -> Built:
    """A procedure of these parts; ``more`` adds to them or takes their place."""
    head = {"title": T("小程序", "Small procedure"), "code": "small", "valid_from": date(2024, 1, 1)}
    return type("Small", (Procedure,), {**head, **vars(parts), **more})


def track(name: str, **members: object) -> type[Track]:
    return type(name, (Track,), {"title": T("分线", "Part"), **members})


def visit(good: bool = True, **more: object) -> type[Track]:
    """A part that is opened and closed."""
    going, over = Stage(T("进行中", "Going on"), no_limit=T("无期限", "none")), Stage(T("已结束", "Over"), end=True)
    begin = Step(NEW >> going, T("开始", "Begin"), by=Roles.CLERK, cites=ART)
    end = Step(going >> over, T("结束", "End"), by=Roles.CLERK, cites=ART)
    return track("Visit", going=going, over=over, begin=begin, end=end, **more)


def untyped(value: object) -> Any:
    """What an author without a type checker might write."""
    return value


def limit_by_stage(d: SimpleNamespace) -> Limit:
    return Limit(since=d.file, until=d.decided, within=days(7), title=T("决定期限", "Time to decide"), cites=ART)


def nowhere() -> Stage:
    """A stage of another procedure, which no step here enters."""
    return Stage(T("无人进入", "Nobody enters"))
