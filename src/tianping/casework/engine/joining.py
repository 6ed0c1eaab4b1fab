"""并案 · May a case be merged into another? Asked only of the few steps that merge; the answer is of the moment, as everything a guard reads."""

from __future__ import annotations

from typing import Final

from tianping.casework.access.probe import seen
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.hot import hot
from tianping.casework.errors import BadAnswer, NoSuchCase, NotMerged
from tianping.law.text import T
from tianping.procedure.tables import Tables

_WAY: Final = """with recursive way(id, n) as (select %(into)s::bigint, 1 union
  select e."into", n + 1 from way join casework_event e on e.case_id = way.id and e."into" is not null
    and not exists (select from casework_event v where v.case_id = e.case_id and v.voids = e.seq) where n < 100)
select d.code, exists (select from way where id = %(case)s), c.level < (select o.level from casework_case o where o.id = %(case)s)
from casework_case c join casework_definition d on d.id = c.definition_id where c.id = %(into)s"""
"""The procedure of a case, whether it went into another one by whatever way, and whether more may see it than see that one."""


def check_into(case_id: int, into: int | None, tables: Tables, step: str, actor: Actor) -> None:
    """Raises BadAnswer where the step merges nothing, NoSuchCase, NotMerged."""
    if into is None:
        return
    if not step or step not in tables.by_step or not tables.steps[tables.by_step[step]].step.into:
        raise BadAnswer(fact=T("并入的案件", "the case that it goes into"), reason=T("此环节不并案", "the step merges nothing"))
    if HANDLE not in seen(actor, [into]).get(into, frozenset()):
        raise NoSuchCase(case=into)
    row = hot(_WAY, {"into": into, "case": case_id})
    assert row is not None, "a case that is seen is there"
    code, circle, open_ = row
    if circle:
        raise NotMerged(into=into, reason=T("它就是本案，或已并入本案", "it is this case, or was merged into it"))
    if code != tables.procedure.code:
        raise NotMerged(into=into, reason=T("程序不同", "it is of another procedure"))
    if open_:  # the names of its runs would stand there for whoever sees that one
        raise NotMerged(into=into, reason=T("它的封存等级低于本案，请先封存它", "it is sealed less than this case; let it be sealed first"))
