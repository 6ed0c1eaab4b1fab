"""两案一事 · A matter between two institutions, moved step by step by people and by the exchange."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.casework.conftest import actor_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.exchange.services import Received, referral_take
from tianping.casework.models import Organisation, Party, Referral
from tianping.procedure.roles import Signer

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
BOTH = ("Roles.APPLICANT", "Roles.OPPONENT")


def minutes(n: int) -> datetime:
    """So many minutes after the beginning."""
    return MONDAY + timedelta(minutes=n)


def body_of(code: str) -> Organisation:
    """A mediation body of its own."""
    return Organisation.objects.get_or_create(code=code, defaults={"kind": "mediation", "zh": "调解组织", "en": "Mediation body"})[0]


def sent(court: Organisation, body: Organisation | None, *, at: datetime = MONDAY, title: str = "甲诉乙买卖合同纠纷") -> int:
    """A complaint that was received and sent to mediation: the sender's case."""
    judge = actor_of(court, "FILING_JUDGE")
    facts = {"suit": "ORDINARY", "qualifies": True}
    new = NewCase(title, court.pk, source="grid", keys=judge.keys)
    case = case_open(procedure="pre_filing", step="PreFiling.receive", actor=judge, at=at, new=new, facts=facts).case_id
    one = Party.objects.create(case_id=case, capacity="Roles.APPLICANT", name="甲")
    Party.objects.create(case_id=case, capacity="Roles.OPPONENT", name="乙")
    Party.objects.create(case_id=case, capacity="Roles.APPLICANT", name="丙律师", acts_for=one)
    to = {} if body is None else {"mediation": body.pk}
    step_take(case_id=case, step="refer", actor=judge, at=at + timedelta(minutes=5), facts={"suitable": True, "consents": True}, receivers=to)
    return case


def judge_at(body: Organisation) -> Actor:
    """The court's judge as the body's platform knows him."""
    return actor_of(body, "FILING_JUDGE", "MEDIATION_BODY")


def taken(case: int, body: Organisation, *, at: datetime) -> Received:
    """The body takes the matter: the receiver's case."""
    referral = Referral.objects.get(case_id=case)
    return referral_take(
        actor=judge_at(body),
        referral_id=referral.pk,
        at=at,
        step="push",
        facts={"origin": "DELEGATED"},
        title="甲与乙买卖合同纠纷诉前调解",
        key=uuid4(),
    )


def parties(*roles: str) -> tuple[Signer, ...]:
    """Signatures of the parties."""
    return tuple(Signer(role, role) for role in roles)


def mediated(case: int, body: Organisation, *, at: datetime) -> None:
    """Consent, naming, acceptance, mediation: up to the day before it is settled or fails."""
    party = Actor("Roles.APPLICANT", body.pk, frozenset(BOTH), judge_at(body).keys)
    mediator = actor_of(body, "MEDIATOR", name="zhao")
    step_take(case_id=case, step="agree", actor=party, at=at, role=BOTH[0], co_signers=parties(BOTH[1]))
    step_take(case_id=case, step="choose", actor=party, at=at + timedelta(minutes=1), role=BOTH[0], co_signers=parties(BOTH[1]))
    step_take(case_id=case, step="accept", actor=mediator, at=at + timedelta(minutes=2), facts={"conflict": False})
    step_take(case_id=case, step="begin", actor=mediator, at=at + timedelta(minutes=3))


def settled(case: int, body: Organisation, *, at: datetime) -> None:
    """The receiver's case comes to its end: settled."""
    party = Actor("Roles.APPLICANT", body.pk, frozenset(BOTH), judge_at(body).keys)
    mediator = actor_of(body, "MEDIATOR", name="zhao")
    step_take(
        case_id=case, step="settle", actor=party, at=at, role=BOTH[0], co_signers=(*parties(BOTH[1]), Signer(mediator.account, "Roles.MEDIATOR"))
    )


def given_up(case: int, body: Organisation, *, at: datetime) -> None:
    """The receiver's case comes to its end at once: one side does not agree to mediate."""
    party = Actor("Roles.OPPONENT", body.pk, frozenset(BOTH), judge_at(body).keys)
    step_take(case_id=case, step="dissent", actor=party, at=at, role=BOTH[1])
