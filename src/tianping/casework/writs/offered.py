"""文书目录 · What may be written in a case, what was written, and what keeps each from being issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tianping.casework.documents.store import place
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.registered import tables_of
from tianping.casework.errors import NoSuchCase
from tianping.casework.handling.guard import capacities
from tianping.casework.models import Case, Writ
from tianping.casework.writs.checked import Checked, checked
from tianping.casework.writs.context import prefilled
from tianping.casework.writs.patterns import template_of, templates
from tianping.law.text import T
from tianping.procedure.writs import Template

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Offered:
    """可制作的文书 · A template of the case's procedure, whether the actor may issue it, the step that it follows, its draft if there is one, and
    what the case knows of what is to be written.
    """

    template: Template
    may_issue: bool
    after: T | None
    draft: int | None
    known: dict[str, str]


@dataclass(frozen=True, slots=True)
class WritView:
    """文书 · One document in writing as it stands."""

    id: int
    template: Template
    state: str
    day: date
    written: dict[str, str]
    draft: int
    edited: bool
    issued: int | None
    public: int | None
    seq: int | None
    made: datetime
    issued_at: datetime | None
    signer: str
    checked: Checked | None


def writs_offered(*, case_id: int, actor: Actor) -> list[Offered]:
    """The templates of a case that the actor handles, in the order of their codes. Raises NoSuchCase."""
    case = _handled(case_id, actor)
    tables = tables_of(case.definition_id)
    drafts = dict(Writ.objects.filter(case=case, state="draft").values_list("template", "pk"))
    return [
        Offered(
            t,
            bool(actor.roles & set(t.by)),
            tables.steps[tables.by_step[t.after]].step.words if t.after else None,
            drafts.get(code),
            prefilled(t, case, tables),
        )
        for code, t in templates(case.definition.code).items()
    ]


def writs_of(*, case_id: int, actor: Actor, before: int | None = None) -> list[WritView]:
    """A page of what was written in a case, newest first; drafts are not checked here. Raises NoSuchCase."""
    case = _handled(case_id, actor)
    rows = Writ.objects.filter(case=case)
    rows = rows if before is None else rows.filter(pk__lt=before)
    return [_view(row, case, None) for row in rows.order_by("-pk")[:PAGE]]


def writ_view(row: Writ) -> WritView:
    """One document in writing, a draft with what keeps it from being issued."""
    template = template_of(row.case.definition.code, row.template)
    result = checked(place(row.draft.content_id).read_bytes(), template, row.case, row.day) if row.state == "draft" else None
    return _view(row, row.case, result)


def _view(row: Writ, case: Case, result: Checked | None) -> WritView:
    template = template_of(case.definition.code, row.template)
    return WritView(
        row.pk, template, row.state, row.day, row.written, row.draft_id, row.edited, row.issued_id, row.public_id, row.seq, row.made, row.issued_at,
        row.signer, result,
    )  # fmt: skip


def _handled(case_id: int, actor: Actor) -> Case:
    if HANDLE not in capacities(case_id, actor):
        raise NoSuchCase(case=case_id)
    return Case.objects.select_related("definition").get(pk=case_id)
