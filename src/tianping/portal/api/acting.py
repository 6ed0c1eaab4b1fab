"""以何身份 · From a request to the actor of the engine, and from what was sent to what the engine asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.signing import BadSignature as Unsigned
from django.core.signing import dumps, loads

from tianping.casework.access.acting import actor_for
from tianping.casework.access.errors import OnlyItsHandlers
from tianping.casework.access.probe import seen
from tianping.casework.engine.actors import HANDLE, PARTIES, Actor
from tianping.casework.models import Party
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.errors import BadMoment, BadSignature
from tianping.procedure.roles import Signer

SIGNED_FOR: Final = timedelta(minutes=15)
VOUCH: Final = T("记录当事人在纸质材料上的签名", "record what parties signed on paper")
SALT: Final = "tianping.co-signature"
EARLIEST: Final = date(1949, 10, 1)


def actor_of(request: Arrived, post: int | None) -> Actor:
    """Who acts: the account that signed in, from the post asked for. Raises NotYourPost."""
    return actor_for(request.auth.account, at=request.at, post=post)


def moment(given: str | None) -> datetime | None:
    """A moment as sent. Raises BadMoment for the 30th of February and for times before the statutes begin."""
    if given is None:
        return None
    try:
        read = datetime.fromisoformat(given)
    except ValueError as error:
        raise BadMoment(given=given) from error
    if read.date() < EARLIEST:
        raise BadMoment(given=given)
    return read


def day(given: str) -> date:
    """A day as sent. Raises BadMoment."""
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise BadMoment(given=given) from error


def signature(actor: Actor, *, case: int, version: int, step: str, entity: str, role: str) -> str:
    """The actor's consent to a step of a case as it stands, which whoever takes the step sends along."""
    return dumps([actor.account, role if role in actor.roles else "NONE", case, version, step, entity], salt=SALT)


def co_signers(given: list[str], *, case: int, version: int, step: str, entity: str, own: str) -> tuple[Signer, ...]:
    """Who signed: each once, for this step of this case as it stands, and not too long ago. Raises BadSignature."""
    out = []
    for one in given:
        try:
            account, role, *of = loads(one, salt=SALT, max_age=SIGNED_FOR)
        except (Unsigned, ValueError) as error:
            raise BadSignature from error
        if of != [case, version, step, entity] or account == own:
            raise BadSignature
        out.append(Signer(account, role))
    return tuple(out)


def signed_parties(numbers: list[int], *, case: int, actor: Actor) -> tuple[Signer, ...]:
    """Parties of the case who signed on paper, in the capacity that they have in it; a role of an institution is never vouched for in this way.

    Only who handles the case holds the paper. Raises OnlyItsHandlers.
    """
    if not numbers:
        return ()
    held = seen(actor, [case]).get(case, frozenset())
    if held and HANDLE not in held:
        raise OnlyItsHandlers(case=case, act=VOUCH)
    found = Party.objects.filter(case_id=case, pk__in=numbers)[:20]
    return tuple(Signer(f"party:{p.pk}", code) for p in found if (code := _code(p.capacity)) in PARTIES)


def signed_papers(roles: list[str]) -> tuple[Signer, ...]:
    """Who signed an application on paper, before there is a case with parties: each a person of its own."""
    return tuple(Signer(f"paper:{n}", role) for n, role in enumerate(roles, 1) if role in PARTIES)


def _code(capacity: str) -> str:
    return capacity if capacity.startswith("Roles.") else f"Roles.{capacity}"


def answers(body: Mapping[str, Any]) -> dict[str, object]:
    """The answers that were given: a question that is not in the request stays as it was."""
    facts: dict[str, object] = body.get("facts") or {}
    return facts
