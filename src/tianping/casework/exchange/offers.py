"""可接程序 · Which procedures answer a matter, and with which first steps: found in the definitions, so that rooms need not know each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tianping.casework.engine.registered import folders
from tianping.casework.exchange.errors import ChooseProcedure, NobodyAnswers
from tianping.law.text import T
from tianping.procedure.grammar import Step
from tianping.procedure.referral import Matter
from tianping.procedure.registry import NoVersionOn
from tianping.procedure.tables import STAYS, Tables, compiled


@dataclass(frozen=True, slots=True)
class Offer:
    """可接方式 · One way to take a matter: a procedure in the version of the day, and a step that opens it."""

    procedure: str
    title: T
    step: Step
    tables: Tables


def offers(matter: type[Matter], day: date) -> list[Offer]:
    """可接方式 · Every first step of every procedure whose stages answer the matter on a day, in the order of their codes."""
    outcomes = matter.outcomes()
    found = []
    for code in sorted(folders()):
        try:
            tables = compiled(folders()[code].on(day))
        except NoVersionOn:
            continue
        if any(stage.answers in outcomes for stage in tables.tracks[0].stages if stage.answers is not None):
            found += [Offer(code, tables.procedure.title, step, tables) for step in opening(tables)]
    return found


def opening(tables: Tables) -> list[Step]:
    """立案环节 · The steps that may open a case, but for those that the system takes by itself."""
    return [row.step for row in tables.steps if row.track == 0 and row.mask & 1 and row.target != STAYS and row.step.on is None]


def chosen(matter: type[Matter], day: date, procedure: str, step: str) -> Offer:
    """The one offer that the receiver means; what it leaves out must follow by itself. Raises NobodyAnswers, ChooseProcedure."""
    known = offers(matter, day)
    if not known:
        raise NobodyAnswers(matter=matter.title, day=day)
    left = [o for o in known if procedure in ("", o.procedure) and step in ("", o.step.code, o.step.name)]
    if len(left) != 1:
        raise ChooseProcedure(matter=matter.title, known="; ".join(f"{o.procedure}/{o.step.code}" for o in known))
    return left[0]
