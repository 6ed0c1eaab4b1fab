"""移送接口 · What was sent to one's institution and by it; to take a matter, each procedure at its own address, or to send it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from tianping.casework.engine.actors import Actor
from tianping.casework.exchange.addressing import referral_address
from tianping.casework.exchange.errors import NoSuchReferral
from tianping.casework.exchange.services import referral_return, referral_take
from tianping.casework.selectors.lists import referral_inbox, referral_outbox
from tianping.casework.selectors.pages import Page
from tianping.casework.selectors.referrals import ReferralRow
from tianping.portal.api import shown
from tianping.portal.api.acting import actor_of, answers, moment, signed_papers
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import READS, WRITES
from tianping.portal.api.description import answers as declared
from tianping.portal.api.door import door
from tianping.portal.api.kinds import LARGEST, After, Asked, Code, Key, Line, Post, RowId, Size, uuid_of
from tianping.portal.api.offered import offered
from tianping.portal.api.typed import taking_model
from tianping.portal.api.writing import Done, annotated
from tianping.portal.arrived import Arrived

State = Annotated[Literal["unaddressed", "sent", "taken", "answered", "refused"] | None, Query()]


class Returned(Asked):
    """退回 · Why a matter is sent back, and with which of its outcomes."""

    reason: Annotated[Line, Field(max_length=400)]
    outcome: Code = "returned"


class Addressed(Asked):
    """收件机构 · The institution that a referral goes to."""

    receiver: Annotated[int, Field(ge=1, le=LARGEST)]


class Told(Schema):
    """已退回 · The event that the sender's ledger got."""

    sender_version: int


def referrals_router() -> Router:
    """The inbox, the outbox, and the two answers to a matter."""
    router = Router(auth=door(), tags=["referrals"])
    get: dict[str, Any] = {"response": shown.ReferralPage, "openapi_extra": declared(*READS)}
    router.get("/referrals/in", operation_id="referrals.in", summary="收到的移送 · Sent to us", **get)(inbox)
    router.get("/referrals/out", operation_id="referrals.out", summary="发出的移送 · Sent by us", **get)(outbox)
    back: dict[str, Any] = {"response": Told, "openapi_extra": declared(*WRITES)}
    router.post("/referrals/{number}/return", operation_id="referrals.return", summary="退回 · Send it back", **back)(send_back)
    named: dict[str, Any] = {"response": {204: None}, "openapi_extra": declared(*WRITES)}
    router.post("/referrals/{number}/address", operation_id="referrals.address", summary="补写收件机构 · Name its receiver", **named)(address)
    for one in offered():
        if one.opens and one.answers:
            words = one.step.words
            router.add_api_operation(
                f"/referrals/{{number}}/take/{one.procedure}/{one.code}",
                ["POST"],
                _taking(one.procedure, one.code, taking_model(one)),
                response={201: Done},
                operation_id=f"referrals.take.{one.procedure}.{one.code}",
                summary=f"接收：{words.zh} · Take it: {words.en}",
                openapi_extra=declared(*WRITES, etag=201),
            )
    return router


def inbox(request: Arrived, state: State = None, size: Size = 50, after: After = None, post: Post = None) -> shown.ReferralPage:
    """What was sent to one's institution, newest first."""
    return _page(request, referral_inbox, f"in:{state}:{post}", state, size, after, post)


def outbox(request: Arrived, state: State = None, size: Size = 50, after: After = None, post: Post = None) -> shown.ReferralPage:
    """What one's institution sent, newest first."""
    return _page(request, referral_outbox, f"out:{state}:{post}", state, size, after, post)


def _page(
    request: Arrived, read: Callable[..., Page[ReferralRow]], of: str, state: str | None, size: int, after: str | None, post: int | None
) -> shown.ReferralPage:
    whose = request.auth.account.pk
    page = read(actor_of(request, post), after=opened(after, account=whose, of=of), size=size, state=state)
    items = [shown.referral(r) for r in page.rows]
    return shown.ReferralPage(items=items, next=sealed(page.after, account=whose, of=of) if page.after else None)


def send_back(request: Arrived, number: RowId, body: Returned, post: Post = None) -> Told:
    """Send a matter back with a reason."""
    told = referral_return(actor=_receiving(request, number, post), referral_id=number, reason=body.reason, at=request.at, outcome=body.outcome)
    return Told(sender_version=told)


def address(request: Arrived, number: RowId, body: Addressed, post: Post = None) -> HttpResponse:
    """Name the receiver of a referral that was sent without one."""
    referral_address(actor=_receiving(request, number, post), referral_id=number, receiver=body.receiver, at=request.at)
    return HttpResponse(status=204)


def _taking(procedure: str, step: str, body_model: type[Asked]) -> Callable[..., Any]:
    def taken(request: Arrived, response: HttpResponse, number: int, body: Asked, key: str, post: int | None) -> Done:
        actor, sent = _receiving(request, number, post), body.model_dump(exclude_unset=True)
        done = referral_take(
            actor=actor,
            referral_id=number,
            at=request.at,
            procedure=procedure,
            step=step,
            facts=answers(sent),
            happened=moment(sent.get("happened")),
            title=sent.get("title") or "",
            role=sent.get("role"),
            co_signers=signed_papers(sent.get("papers", [])),
            key=uuid_of(key),
        )
        response.headers["Location"] = f"/api/v1/cases/{done.case_id}"
        response.headers["ETag"] = f'"{done.seq}"'
        return Done(case=done.case_id, version=done.seq, stage=done.stage, replayed=done.replayed)

    return annotated(taken, number=RowId, body=body_model, key=Key, post=Post)


def _receiving(request: Arrived, number: int, post: int | None) -> Actor:
    """Who acts for the receiver. Somebody without a role there has no key, and sees no referral. Raises NoSuchReferral."""
    actor = actor_of(request, post)
    if not actor.keys:
        raise NoSuchReferral(referral=number)
    return actor
