"""成批办理 · One step for several cases: first what each of them allows, then the form once, then each case by itself; none stops the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tianping.casework.engine.read import snapshots
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.engine.writers import step_take
from tianping.casework.selectors.detail import StepOffer, available_steps
from tianping.casework.selectors.lists import CaseRow
from tianping.casework.selectors.worklist import cases_of
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.desk.acts import moment_of, told
from tianping.portal.desk.fields import fact_fields
from tianping.portal.desk.forms import WHEN, Form, receivers, sent_to
from tianping.portal.desk.reading import Read, read
from tianping.portal.desk.rooms import desk_page
from tianping.portal.desk.steps import cited, effects
from tianping.portal.house.asked import Asked, asked, key_of, new_key, whole
from tianping.portal.house.doors import for_staff

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class One:
    """其中一件 · A case among several: as it stands, and the steps of its own track that it allows or not."""

    row: CaseRow
    now: Snapshot
    offers: Mapping[str, StepOffer]


@dataclass(frozen=True, slots=True)
class Choice:
    """可选环节 · A step that some of the cases are at: how many of them allow it."""

    step: str
    title: T
    cites: T
    may: int
    of: int

    @property
    def all(self) -> bool:
        """Whether every selected case allows it."""
        return self.may == self.of


@dataclass(frozen=True, slots=True)
class Line:
    """预览一行 · One case: whether the step may be taken, or was; else why not, and under which article."""

    row: CaseRow
    version: int
    good: bool
    reasons: tuple[tuple[T, T | None, T], ...]


def chosen(request: HttpRequest, who: Asked) -> list[One]:
    """The cases that were ticked and may be worked on, in the order of their numbers: one statement reads them all."""
    ids = [n for given in request.POST.getlist("case")[:MOST] if (n := whole(given)) is not None]
    found = snapshots(ids, who.actor)
    rows = {r.id: r for r in cases_of(who.actor, found)}
    return [One(rows[n], now, _offers(who, n, now)) for n, now in sorted(found.items()) if n in rows]


def _offers(who: Asked, case: int, now: Snapshot) -> dict[str, StepOffer]:
    """The steps of the case itself: those of its parts are taken one by one."""
    return {o.step: o for o in available_steps(who.actor, case, who.at, of=now) if not o.entity and not o.begins and not o.co_signers}


def choices(cases: list[One]) -> list[Choice]:
    """The steps that at least one case is at, those that most allow first."""
    out: dict[tuple[str, str], list[StepOffer]] = {}
    for one in cases:
        for offer in one.offers.values():
            out.setdefault((one.now.tables.procedure.code, offer.step), []).append(offer)
    listed = [Choice(f"{code}:{step}", o[0].title, o[0].cites.words, sum(x.may for x in o), len(cases)) for (code, step), o in out.items()]
    return sorted((c for c in listed if c.may), key=lambda c: -c.may)


@for_staff
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Choose the step; see for each case whether it may be taken; take it."""
    who = asked(request)
    cases = chosen(request, who)
    procedure, _, step = request.POST.get("step", "").partition(":")
    picked = [one for one in cases if one.now.tables.procedure.code == procedure and step in one.offers]
    if not picked and "act" not in request.POST:
        return desk_page(request, who, "bulk", {"stage": "choose", "choices": choices(cases), "cases": cases, "most": MOST}, part="_bulk_steps")
    lines = [_preview(one, picked, step) for one in cases]
    if not picked:  # all of them have moved on since they were looked at
        return desk_page(request, who, "bulk", {"stage": "done", "lines": lines, "errors": [], "again": [], "form": None})
    form = _form(picked, step, who)
    data: dict[str, Any] = {"stage": "preview", "form": form, "lines": lines, "step": f"{procedure}:{step}", "errors": [], "key": new_key()}
    if "act" not in request.POST:
        return desk_page(request, who, "bulk", data)
    filled = read(form.fields, request.POST)
    if not filled.good:
        data |= {"form": form.with_read(filled), "errors": filled.errors, "key": request.POST.get("key") or new_key()}
        return desk_page(request, who, "bulk", data, status=422)
    able = [one for one in picked if one.offers[step].may]
    done = [_taken(request, who, one, step, filled) if one in able else _preview(one, picked, step) for one in cases]
    again = _again(request, who, done, step)
    data |= {"stage": "done", "lines": done, "again": again, "form": form.with_read(filled) if again else form}
    return desk_page(request, who, "bulk", data)


def _again(request: HttpRequest, who: Asked, done: list[Line], step: str) -> list[Line]:
    """Those that were refused and allow the step as they stand now: what was typed may be sent for them once more."""
    refused = {line.row.id for line in done if not line.good}
    cases = [one for one in chosen(request, who) if one.row.id in refused] if refused else []
    return [_preview(one, cases, step) for one in cases if step in one.offers and one.offers[step].may]


def _form(picked: list[One], step: str, who: Asked) -> Form:
    """The questions of the step, once for all of them."""
    tables = picked[0].now.tables
    row = tables.steps[tables.by_step[step]]
    fields = (*fact_fields(row.step.asks, row=row, tables=tables), *receivers(row.step.opens, who.actor, who.at), WHEN)
    return Form(step, row.step.words, row.step.cites.words, row.step.by.words, "", fields, tuple(effects(tables, row)))


def _preview(one: One, picked: list[One], step: str) -> Line:
    if one not in picked:
        return Line(one.row, one.now.seq, good=False, reasons=((NOT_HERE, None, T("", "")),))
    offer = one.offers[step]
    return Line(one.row, one.now.seq, offer.may, tuple((r.text, cited(r.cites), r.todo) for r in offer.reasons))


NOT_HERE: Final = T("现在不在这一环节", "It is not at this step")


def _taken(request: HttpRequest, who: Asked, one: One, step: str, filled: Read) -> Line:
    """Take the step in one case, for the version that was previewed; what is refused is told, and the next one is tried."""
    version = whole(request.POST.get(f"version-{one.row.id}", "")) or 0
    answers: Mapping[str, Any] = filled.answers
    try:
        taken = step_take(
            case_id=one.row.id, step=step, actor=who.actor, at=who.at, facts=filled.facts, happened=moment_of(answers),
            key=uuid5(key_of(request), str(one.row.id)), expected_version=version, receivers=sent_to(answers),
        )  # fmt: skip
    except TianpingError as error:
        return Line(one.row, one.now.seq, good=False, reasons=tuple(told(error)))
    return Line(one.row, taken.seq, good=True, reasons=())
