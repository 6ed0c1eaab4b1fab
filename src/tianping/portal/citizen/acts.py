"""办一步 · The page of one step of one's own case: what is asked, words and files to hand in, one button that names the act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from tianping.casework.citizens.acting import party_at, party_step
from tianping.casework.citizens.looking import code_fits
from tianping.casework.citizens.papers import Paper, handed_in, written
from tianping.casework.citizens.signing import party_signed, signed_answers
from tianping.casework.engine.actors import Actor
from tianping.casework.handling.messages import texts_of
from tianping.casework.models import Citizen
from tianping.casework.moments import instant, local
from tianping.casework.registers.mediators import offered
from tianping.casework.selectors.detail import StepOffer, available_steps
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.problems import status_of
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.followed import Followed, followed, role_title
from tianping.portal.citizen.known import SCANNED, answered
from tianping.portal.citizen.matters import said_to
from tianping.portal.citizen.questions import Question, Read, asked, line, read, shown
from tianping.portal.citizen.session import for_citizens, page

WORDS: Final = 4_000
LAST: Final = 2
"""So many of the last words of the institution stand beside the form that they ask for."""
NOTE: Final = T("说明", "Note")


@dataclass(frozen=True, slots=True)
class Given:
    """所填 · What was typed into the page of a step."""

    read: Read
    words: str
    version: int
    key: UUID


@for_citizens
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Arrived, citizen: Citizen, case_id: int, step: str) -> HttpResponse:
    """The step's page, and taking it. What another wrote meanwhile is said, and what was typed is kept."""
    actor, run = party_at(citizen, case_id), line(request.GET, "run", 80)
    it = followed(actor, case_id, request.at)
    offer = _offer(actor, case_id, step, run, request)
    known = answered(citizen)
    questions = _questions(offer, known, it, request)
    if request.method != "POST":
        return _page(request, actor, it, offer, Given(Read(questions), "", it.version, uuid4()))
    given = Given(read(questions, request.POST), line(request.POST, "words", WORDS), _whole(request), key_of(request))
    if given.read.errors:
        return _page(request, actor, it, offer, given, status=422)
    facts = {f.name: known[f.name] for f in offer.asks if f.name in known} | given.read.answers
    try:
        facts |= {n: code_fits(citizen, case_id, str(facts[n]), at=request.at) for n in SCANNED if n in facts}
        _taken(request, citizen, case_id, offer, facts, given)
    except TianpingError as error:
        return _page(request, actor, it, offer, given, error, status=status_of(error))
    return HttpResponseRedirect(f"/my/cases/{case_id}")


def _offer(actor: Actor, case_id: int, step: str, run: str, request: Arrived) -> StepOffer:
    """The step, if it may be taken by this party now: one that may not is not there, its reasons stand on the case's page."""
    for offer in available_steps(actor, case_id, request.at):
        if offer.step == step and offer.entity == run and offer.role in actor.roles and offer.may:
            return offer
    raise Http404


def _questions(offer: StepOffer, known: dict[str, Any], it: Followed, request: Arrived) -> tuple[Question, ...]:
    """What is asked; of a code that is scanned, the code; of a register, whom it offers; filled with what another side has signed for."""
    facts = [f for f in offer.asks if f.name not in known]
    day = local(instant(request.at)).date()
    named = {"mediators": tuple(offered(it.organisation, day))} if any(f.register for f in facts) else {}
    signed = signed_answers(it.case_id, offer.step, version=it.version, entity=offer.entity) if offer.co_signers else {}
    listed = tuple(replace(q, value=shown(q, signed.get(q.name))) for q in asked(facts, of=it.step(offer.step), offered=named))
    return tuple(Question(q.name, "text", *SCANNED[q.name], most=20) if q.name in SCANNED else q for q in listed)


@transaction.atomic
def _taken(request: Arrived, citizen: Citizen, case_id: int, offer: StepOffer, facts: dict[str, Any], given: Given) -> None:
    entity = f"c{citizen.pk}-{given.key.hex[:8]}" if offer.begins else offer.entity
    common: dict[str, Any] = {"at": request.at, "facts": facts, "entity": entity, "key": given.key}
    if offer.co_signers:
        taken = party_signed(citizen, case_id, offer.step, version=given.version, **common).taken
    else:
        taken = party_step(citizen, case_id, offer.step, expected_version=given.version, **common)
    if taken is not None and not taken.replayed:
        handed_in(party_at(citizen, case_id), case_id, taken.seq, papers_of(request.FILES, offer.title, given.words), at=request.at)


def papers_of(files: MultiValueDict[str, Any], title: T, words: str) -> list[Paper]:
    """The files, and what was written, as papers."""
    listed = [Paper(f.name, f) for f in files.getlist("papers")]
    return ([written(title.zh, words)] if words else []) + listed


def key_of(request: Arrived) -> UUID:
    """The key of the form: pressed twice it is one act."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _whole(request: Arrived) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _page(
    request: Arrived, actor: Actor, it: Followed, offer: StepOffer, given: Given, error: TianpingError | None = None, *, status: int = 200
) -> HttpResponse:
    others = tuple(role_title(r) for r in offer.co_signers)
    clock = next((a.until for a in it.acts if a.step == offer.step and a.entity == offer.entity), None)
    told = texts_of(said_to(it), actor, at=request.at)[-LAST:]
    shown = {"replies": told, "it": it, "offer": offer, "given": given, "others": others, "until": clock, "error": error, "errors": given.read.errors}
    return page(request, "act", shown, status=status)
