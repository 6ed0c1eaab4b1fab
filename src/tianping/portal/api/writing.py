"""办理接口 · For every procedure and step its own address: open a case, take a step. Made from the definitions when the server starts."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import Field

from tianping.casework.access.keys import keys_for
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.portal.api.acting import actor_of, answers, co_signers, moment, signed_papers, signed_parties
from tianping.portal.api.description import MOVES, WRITES
from tianping.portal.api.description import answers as declared
from tianping.portal.api.door import door
from tianping.portal.api.kinds import Asked, CaseId, Key, Match, Number, Post, uuid_of
from tianping.portal.api.offered import Offered, offered
from tianping.portal.api.typed import opening_model, step_model
from tianping.portal.arrived import Arrived
from tianping.portal.errors import NoIfMatch


class Done(Schema):
    """办理结果 · What was written: the case, its version after it, its stage. ``replayed``: the same request had been done before."""

    case: int
    version: int
    stage: str
    replayed: bool


def version_of(match: str | None) -> int | None:
    """The version of an If-Match header; None for ``*``. Raises NoIfMatch."""
    if match is None:
        raise NoIfMatch
    return None if match == "*" else int(match.strip('"').partition("-")[0])


def typed_router() -> Router:
    """The addresses of every step that a person may take."""
    router = Router(auth=door(), by_alias=True)
    for one in offered():
        if one.opens:
            _add(router, one, f"/procedures/{one.procedure}/cases/{one.code}", _opening(one), opening=True)
        if one.moves:
            _add(router, one, f"/cases/{{case_id}}/steps/{one.procedure}/{one.code}", _moving(one), opening=False)
    return router


def _add(router: Router, one: Offered, path: str, view: Callable[..., Any], *, opening: bool) -> None:
    words, cites = one.step.words, one.step.cites
    by = one.step.by.words
    router.add_api_operation(
        path,
        ["POST"],
        view,
        response={201 if opening else 200: Done},
        operation_id=f"{'open' if opening else 'take'}.{one.procedure}.{one.code}",
        summary=f"{words.zh} · {words.en}",
        description=f"由{by.zh}办理，依据{cites.text('zh')}。\n\nBy {by.en}, under {cites.text('en')}.",
        tags=[one.procedure],
        openapi_extra=declared(*(WRITES if opening else MOVES), etag=201 if opening else 200),
    )


def _opening(one: Offered) -> Callable[..., Any]:
    body_model = opening_model(one)

    def opened(request: Arrived, response: HttpResponse, body: Asked, key: str, post: int | None) -> Done:
        actor, sent = actor_of(request, post), body.model_dump(exclude_unset=True)
        new = NewCase(sent["title"], actor.organisation, source=sent.get("source") or "", keys=keys_for(actor.organisation))
        taken = case_open(
            procedure=one.procedure,
            step=one.code,
            actor=actor,
            at=request.at,
            new=new,
            facts=answers(sent),
            happened=moment(sent.get("happened")),
            role=sent.get("role"),
            co_signers=signed_papers(sent.get("papers", [])),
            key=uuid_of(key),
            receivers=_receivers(sent),
        )
        response.headers["Location"] = f"/api/v1/cases/{taken.case_id}"
        return _done(response, taken)

    return annotated(opened, body=body_model, key=Key, post=Post)


def _moving(one: Offered) -> Callable[..., Any]:
    body_model = step_model(one)

    def moved(request: Arrived, response: HttpResponse, case_id: int, body: Asked, key: str, match: str | None, post: int | None) -> Done:
        expected, actor, sent = version_of(match), actor_of(request, post), body.model_dump(exclude_unset=True)
        entity = sent.get("entity", "")
        given = sent.get("signatures", [])
        others = co_signers(given, case=case_id, version=expected or 0, step=one.code, entity=entity, own=actor.account)
        taken = step_take(
            case_id=case_id,
            step=one.code,
            actor=actor,
            at=request.at,
            facts=answers(sent),
            happened=moment(sent.get("happened")),
            entity=entity,
            role=sent.get("role"),
            co_signers=others + signed_parties(sent.get("parties", []), case=case_id, actor=actor),
            into=sent.get("into"),
            key=uuid_of(key),
            expected_version=expected,
            receivers=_receivers(sent),
        )
        return _done(response, taken)

    return annotated(moved, case_id=CaseId, body=body_model, key=Key, match=Match, post=Post)


class Correction(Asked):
    """更正 · Voids an entry of the ledger. What should stand there instead is taken as a step of its own, with when it happened."""

    voids: Number = Field(description="要更正的办理（台账序号） · the entry (its number in the ledger) that is void")


def correct(request: Arrived, response: HttpResponse, case_id: CaseId, body: Correction, key: Key, match: Match = None, post: Post = None) -> Done:
    """更正 · Void an entry of the ledger; the case is folded anew."""
    expected, actor = version_of(match), actor_of(request, post)
    taken = step_take(case_id=case_id, step="", voids=body.voids, actor=actor, at=request.at, key=uuid_of(key), expected_version=expected)
    return _done(response, taken)


def _done(response: HttpResponse, taken: Taken) -> Done:
    response.headers["ETag"] = f'"{taken.seq}"'
    return Done(case=taken.case_id, version=taken.seq, stage=taken.stage, replayed=taken.replayed)


def _receivers(sent: dict[str, Any]) -> dict[str, int] | None:
    given = sent.get("receivers")
    return None if given is None else {part: number for part, number in given.items() if number is not None}


def annotated(view: Callable[..., Any], **kinds: Any) -> Callable[..., Any]:
    """The view with the annotations that ninja reads: its body is another model at each address."""
    optional = {"match", "post"}
    first = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD), Parameter("response", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpResponse)]
    rest = [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind, default=None if name in optional else Parameter.empty)
        for name, kind in kinds.items()
    ]
    view.__signature__ = Signature([*first, *rest])  # type: ignore[attr-defined]  # what inspect.signature looks at first
    return view
