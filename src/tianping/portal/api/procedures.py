"""程序接口 · Which procedures there are, and the shape of each: stages, steps with their articles and addresses, questions, limits."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated

from ninja import Path, Router, Schema

from tianping.casework.engine.registered import folders
from tianping.law.text import T
from tianping.portal.api.description import READS, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import CODE
from tianping.portal.api.offered import Offered, offered
from tianping.portal.arrived import Arrived
from tianping.procedure.registry import UnknownProcedure
from tianping.procedure.tables import Tables, compiled

router = Router(auth=door(), tags=["procedures"])
Procedure = Annotated[str, Path(max_length=60, pattern=CODE, description="程序代号 · code of the procedure")]


class Both(Schema):
    """双语 · Words in both languages."""

    zh: str
    en: str


class Version(Schema):
    """版本 · A version of a procedure and the days on which a case of it may be opened."""

    valid_from: date
    valid_to: date | None


class ProcedureListed(Schema):
    """程序 · One procedure of the list."""

    code: str
    title: Both
    versions: list[Version]


class Question(Schema):
    """要素 · A question: its kind, and for an enumeration what may be answered."""

    name: str
    title: Both
    kind: str
    choices: list[str]


class StageShape(Schema):
    """阶段 · A stage of a track."""

    track: str
    name: str
    title: Both
    end: bool


class StepShape(Schema):
    """环节 · A step: who, under which article, from where to where, and at which address."""

    code: str
    title: Both
    by: Both
    article: Both
    roles: list[str]
    asks: list[str]
    open_at: str | None
    take_at: str | None


class LimitShape(Schema):
    """期限 · A limit, its lengths and its article."""

    code: str
    title: Both
    lengths: list[Both]
    article: Both


class Shape(ProcedureListed):
    """程序的样子 · The newest version of a procedure, whole."""

    stages: list[StageShape]
    questions: list[Question]
    steps: list[StepShape]
    limits: list[LimitShape]


def both(text: T) -> Both:
    """Words as they are sent."""
    return Both(zh=text.zh, en=text.en)


@router.get("/procedures", response=list[ProcedureListed], operation_id="procedures", summary="程序清单 · Procedures", openapi_extra=answers(*READS))
def procedures(request: Arrived) -> list[ProcedureListed]:  # noqa: ARG001 — ninja gives every view its request
    """Every registered procedure."""
    return [_listed(code) for code in folders()]


@router.get("/procedures/{code}", response=Shape, operation_id="procedure", summary="程序 · One procedure", openapi_extra=answers(*READS))
def procedure(request: Arrived, code: Procedure) -> Shape:  # noqa: ARG001 — ninja gives every view its request
    """One procedure: its stages, questions, steps and limits."""
    if code not in folders():
        raise UnknownProcedure(name=code, near="")
    tables = compiled(folders()[code].current)
    steps = [_step(o) for o in offered() if o.procedure == code]
    return Shape(**_listed(code).model_dump(), stages=_stages(tables), questions=_questions(tables), steps=steps, limits=_limits(tables))


def _listed(code: str) -> ProcedureListed:
    folder = folders()[code]
    versions = [Version(valid_from=v.valid_from, valid_to=v.valid_to) for v in folder.versions]
    return ProcedureListed(code=code, title=both(folder.current.title), versions=versions)


def _stages(tables: Tables) -> list[StageShape]:
    return [StageShape(track=t.name, name=s.name, title=both(s.title), end=s.end) for t in tables.tracks for s in t.stages[1:]]


def _questions(tables: Tables) -> list[Question]:
    out = []
    for name, (fact, _) in tables.facts.items():
        choices = list(fact.kind.__members__) if issubclass(fact.kind, Enum) else []
        out.append(Question(name=name, title=both(fact.title), kind="enum" if choices else fact.kind.__name__.lower(), choices=choices))
    return out


def _step(one: Offered) -> StepShape:
    cites = one.step.cites
    return StepShape(
        code=one.code,
        title=both(one.step.words),
        by=both(one.step.by.words),
        article=Both(zh=cites.text("zh"), en=cites.text("en")),
        roles=one.roles,
        asks=[f.name for f in one.step.asks],
        open_at=f"/api/v1/procedures/{one.procedure}/cases/{one.code}" if one.opens else None,
        take_at=f"/api/v1/cases/{{case_id}}/steps/{one.procedure}/{one.code}" if one.moves else None,
    )


def _limits(tables: Tables) -> list[LimitShape]:
    return [
        LimitShape(
            code=x.code,
            title=both(x.limit.words),
            lengths=[both(r.period.text) for r in x.rows],
            article=Both(zh=x.limit.cites.text("zh"), en=x.limit.cites.text("en")),
        )
        for x in tables.limits
    ]
