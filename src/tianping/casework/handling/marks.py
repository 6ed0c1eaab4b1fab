"""标记 · What a case is marked with: the answers that its procedure calls flags, and marks of supervision with a basis and a day of review."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Final

from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.registered import folders, tables_of
from tianping.casework.handling.errors import BadWords, NotNow, NotThere, OnlyHandlers
from tianping.casework.handling.guard import capacities, held, why
from tianping.casework.models import Case, Flag
from tianping.law.text import T
from tianping.procedure.tables import compiled

CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
PAGE: Final = 200
MARK = T("标记", "mark it")
MARKS: Final = {
    "listed": T("挂牌督办", "Listed for supervision"),
    "foreign": T("涉外", "Foreign-related"),
    "minor": T("涉未成年人", "A minor is involved"),
}
"""Marks of supervision that have a name in the glossary. One that is a flag of a definition is called as there, another by its code."""
OTHER: Final = T("监督标记（{code}）", "Mark of supervision ({code})")


def flag_raised(*, case_id: int, code: str, basis: str, review_on: date, actor: Actor, at: datetime) -> None:
    """挂标记 · Mark a case, on a basis that is named and until a day on which somebody looks again. Raises BadWords, NotNow, WhyNeeded."""
    if not CODE.fullmatch(code):
        raise BadWords(field=T("标记代号", "the mark's code"), reason=T("应为小写字母、数字与下划线", "it should be small letters, digits and _"))
    if not basis.strip() or len(basis) > 200:
        raise BadWords(field=T("依据", "the basis"), reason=T("应为1至200字", "it should have 1 to 200 characters"))
    with held(case_id, actor, at=at) as h:
        if review_on <= h.day:
            raise BadWords(field=T("复核日", "the day of review"), reason=T(f"应晚于 {h.day}", f"it should be after {h.day}"))
        if code in h.case.flags:
            raise NotNow(case=case_id, act=MARK, reason=T("已有此标记", "it bears the mark already"))
        Flag.objects.create(case_id=case_id, code=code, basis=basis.strip(), raised=at, raised_by=actor.account, review_on=review_on)
        Case.objects.filter(pk=case_id).update(flags=[*h.case.flags, code])
        h.changed("flag.raised", f"flag:{code}", reason=basis.strip(), review_on=review_on.isoformat())


def flag_lowered(*, case_id: int, code: str, actor: Actor, at: datetime, reason: str) -> None:
    """去标记 · Raises NotThere, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        said = why(reason, MARK)
        if code not in h.case.flags:
            raise NotThere(case=case_id, what=T("标记", "mark"), name=code)
        Flag.objects.filter(case_id=case_id, code=code, lowered__isnull=True).update(lowered=at, lowered_by=actor.account)
        Case.objects.filter(pk=case_id).update(flags=[f for f in h.case.flags if f != code])
        h.changed("flag.lowered", f"flag:{code}", reason=said)


def marks_of(*, case_id: int, actor: Actor, after: int = 0, size: int = PAGE) -> list[Flag]:
    """标记记录 · A page of the marks of supervision of a case, also those taken off, for those who handle it. Raises OnlyHandlers, NoSuchCase."""
    if HANDLE not in capacities(case_id, actor):
        raise OnlyHandlers(case=case_id)
    return list(Flag.objects.filter(case_id=case_id, pk__gt=after).order_by("pk")[:size])


def flags_of(case: Case) -> dict[str, T]:
    """Every mark of a case and its words: answers of its procedure first, then marks of supervision."""
    tables = tables_of(case.definition_id)
    answered = {name: fact.mark for name, (fact, _) in tables.facts.items() if fact.flag and case.facts.get(name) is True}
    return answered | {code: mark_words(code) for code in case.flags}


@cache
def _defined() -> dict[str, T]:
    """Flags of the definitions by name; of several versions, the latest one's words."""
    versions = sorted((v for folder in folders().values() for v in folder.versions), key=lambda v: v.valid_from)
    return {name: fact.mark for version in versions for name, (fact, _) in compiled(version).facts.items() if fact.flag}


def mark_words(code: str) -> T:
    """What a mark of supervision is called."""
    return MARKS.get(code) or _defined().get(code) or OTHER.fill(code=code)
