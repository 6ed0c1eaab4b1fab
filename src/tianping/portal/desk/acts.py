"""办理 · The page of a step: its form, or why it may not be taken now. A stale form keeps what was typed and shows what came between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from tianping.casework.engine.read import snapshot
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, NoSuchStep, Refusal, StaleCase
from tianping.casework.handling.consents import consented, signers_of
from tianping.casework.handling.messages import LONGEST, followed_by_parties, told_to_parties
from tianping.casework.selectors.detail import StepOffer, available_steps
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.acting import signed_parties
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.case_page import CannotDo, cannot_do
from tianping.portal.desk.forms import CONSENTS, ENTITY, HAPPENED, INTO, PAPERS, ROLE, Form, sent_to, step_form
from tianping.portal.desk.reading import Read, read
from tianping.portal.desk.rooms import desk_page
from tianping.portal.desk.steps import cited
from tianping.portal.house.asked import Asked, asked, key_of, new_key, whole
from tianping.portal.house.doors import for_staff
from tianping.procedure.roles import Signer
from tianping.procedure.tables import StepRow

WORDS: Final = "words"
WRITTEN: Final = frozenset({"EFiling.ask_correction", "PreFiling.ask_correction"})
"""Steps of which the article says that the parties are told in writing, once, all that is wanted (REG15 art. 7)."""
SAY_WHAT: Final = T("写明要补什么、哪里要改，一次说全", "Say all that is to be supplied or changed, once")


@dataclass(frozen=True, slots=True)
class Act:
    """一次办理 · A step of a case that somebody looks at: the case as it stands, the step, the run, the entry that it corrects."""

    who: Asked
    now: Snapshot
    row: StepRow
    entity: str
    voids: int | None
    offer: StepOffer | None
    offers: list[StepOffer]
    tells: bool = False
    """Whether words may go with the step to somebody who follows his case here."""

    @property
    def must_tell(self) -> bool:
        """Whether an article wants them told in writing."""
        return self.tells and self.row.step.code in WRITTEN

    @property
    def refused(self) -> CannotDo | None:
        """Why the step may not be taken now, where that is known before any question is answered."""
        if self.voids is not None or (self.offer is not None and self.offer.may):
            return None
        return cannot_do(self.now.tables, self.offer, self.offers, self.now.case_id) if self.offer is not None else None

    def form(self) -> Form:
        """The form; for a correction, filled with what the entry said."""
        known: Mapping[str, object] | None = None
        if self.voids is not None:
            known = next((e.facts for e in self.now.events if e.seq == self.voids), {})
        signers = self.offer.co_signers if self.offer is not None else ()
        return step_form(self.now, self.row, self.who.actor, self.who.at, entity=self.entity, known=known, co_signers=signers)


def act_of(request: HttpRequest, case_id: int, step: str) -> Act:
    """The step that is looked at. Raises NoSuchCase, NoSuchStep."""
    who = asked(request)
    given = request.POST if request.method == "POST" else request.GET
    now = snapshot(case_id, who.actor)
    if step not in now.tables.by_step:
        raise NoSuchStep(procedure=now.tables.procedure.title, step=step[:60])
    row = now.tables.steps[now.tables.by_step[step]]
    entity, voids = given.get("run", given.get(ENTITY, "") if request.method != "POST" else "")[:80], whole(given.get("voids", ""))
    offers = available_steps(who.actor, case_id, who.at, of=now)
    offer = next((o for o in offers if o.step == row.step.code and o.entity == entity), None)
    return Act(who, now, row, entity, voids, offer, offers, tells=voids is None and followed_by_parties(case_id))


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, case_id: int, step: str) -> HttpResponse:
    """The form of a step; sent, it is taken."""
    one = act_of(request, case_id, step)
    form = one.form()
    if request.method != "POST":
        return _shown(request, one, form)
    filled = read(form.fields, request.POST)
    version = whole(request.POST.get("version", "")) or 0
    form = form.with_read(filled)
    if not filled.good:
        return _shown(request, one, form, read_in=filled, version=version, status=422)
    if one.must_tell and not request.POST.get(WORDS, "").strip():
        return _shown(request, one, form, read_in=filled, version=version, wordless=True, status=422)
    try:
        _taken(request, one, filled, version)
    except NoSuchCase:
        raise
    except StaleCase as error:
        return _shown(request, one, form, read_in=filled, stale=_since(one.now, version), status=status_of(error))
    except TianpingError as error:
        denial_noted(request, error, status_of(error))
        return _shown(request, one, form, read_in=filled, error=error, version=version, status=status_of(error))
    return HttpResponseRedirect(f"/desk/cases/{case_id}?done={version + 1}")


@transaction.atomic
def _taken(request: HttpRequest, one: Act, filled: Read, version: int) -> None:
    """Take the step for the version that the form was made of. Raises what ``step_take`` raises."""
    answers: Mapping[str, Any] = filled.answers
    entity = one.entity or answers.get(ENTITY, "")
    taken = step_take(
        case_id=one.now.case_id, step=one.row.step.code, actor=one.who.actor, at=one.who.at, facts=filled.facts, happened=moment_of(answers),
        entity=entity, role=answers.get(ROLE), co_signers=_signers(one, answers, version), voids=one.voids, into=answers.get(INTO),
        key=key_of(request), expected_version=version, receivers=sent_to(answers),
    )  # fmt: skip
    words = request.POST.get(WORDS, "")
    if one.tells and words.strip() and not taken.replayed:
        told_to_parties(case_id=one.now.case_id, seq=taken.seq, name=one.row.step.words.zh, words=words, actor=one.who.actor, at=one.who.at)


def moment_of(answers: Mapping[str, Any]) -> datetime | None:
    """When it was done, as the form says; None: now."""
    found = answers.get(HAPPENED)
    return None if found is None else datetime.fromisoformat(f"{found.isoformat()}+08:00")


def _signers(one: Act, answers: Mapping[str, Any], version: int) -> tuple[Signer, ...]:
    parties = signed_parties([int(n) for n in answers.get(PAPERS, ())], case=one.now.case_id, actor=one.who.actor)
    accounts = list(answers.get(CONSENTS, ()))
    if not accounts:
        return parties
    of: dict[str, Any] = {"case_id": one.now.case_id, "seq": version, "step": one.row.step.code, "entity": one.entity}
    return parties + signers_of(**of, accounts=accounts, actor=one.who.actor, at=one.who.at)


def _since(now: Snapshot, version: int) -> list[tuple[T, datetime]]:
    """What came into the case since the form was made."""
    steps = now.tables.steps
    return [(steps[e.step].step.words if e.step >= 0 else T("更正", "Correction"), e.happened) for e in now.events if e.seq > version]


def _shown(
    request: HttpRequest, one: Act, form: Form, *, read_in: Read | None = None, error: TianpingError | None = None, version: int | None = None,
    stale: list[tuple[T, datetime]] | None = None, wordless: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    data = {
        "form": form, "case": one.now.case_id, "version": one.now.seq if version is None else version, "entity": one.entity, "voids": one.voids,
        "refused": one.refused if error is None and stale is None else None, "key": request.POST.get("key") or new_key(),
        "errors": (read_in.errors if read_in else []) + ([(WORDS, SAY_WHAT)] if wordless else []),
        "say_what": SAY_WHAT if wordless else "", "told": told(error), "stale": stale, "number": one.now.number,
        "procedure": one.now.tables.procedure.title, "may_consent": one.offer is not None and bool(one.offer.co_signers),
        "role": one.offer.role if one.offer else "", "offered": one.offer is not None or one.voids is not None,
        "tells": one.tells, "must_tell": one.must_tell, "words": request.POST.get(WORDS, "")[:LONGEST], "longest": LONGEST,
    }  # fmt: skip
    if stale is not None:
        data["key"] = new_key()  # another request than the one that was refused
    return desk_page(request, one.who, "act", data, status=status)


def told(error: TianpingError | None) -> list[tuple[T, T | None, T]]:
    """An error as a form says it: what is wrong, the article, what to do; a refusal with each of its reasons."""
    if error is None:
        return []
    if isinstance(error, Refusal):
        return [(r.text, cited(r.cites), r.todo) for r in error.reasons]
    return [(error.message, None, error.advice)]


@for_staff
@require_POST
def consent(request: HttpRequest, case_id: int, step: str) -> HttpResponse:
    """Consent to a step that a colleague will take, for the case as it stands."""
    one = act_of(request, case_id, step)
    version = whole(request.POST.get("version", "")) or 0
    role = request.POST.get("role", "")[:60]
    consented(case_id=case_id, seq=version, step=one.row.step.code, entity=one.entity, role=role, actor=one.who.actor, at=one.who.at)
    return HttpResponseRedirect(f"/desk/cases/{case_id}?consented={one.row.step.code}")
