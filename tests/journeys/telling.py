"""讲故事 · Institutions, what they do at which hour, what passes between them, and what supervision finds of it all in the ledger afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tianping.casework.access.keys import keys_for, make_keys
from tianping.casework.alarms.lapses import lapses_take
from tianping.casework.bridge.log import ledger_logs
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.exchange.services import referral_return, referral_take
from tianping.casework.handling.team import member_joined
from tianping.casework.ledger.verify import verify
from tianping.casework.models import AccessKey, Case, Clock, Organisation, Person, Post, PostRole, Referral
from tianping.casework.moments import local
from tianping.casework.outbox.dispatch import drain
from tianping.engines.supervise.run import supervise
from tianping.procedure.roles import Signer

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Side:
    """一方 · One institution, and somebody there who holds some roles; ``name`` tells two people of one institution apart."""

    organisation: Organisation
    roles: tuple[str, ...]
    name: str = "li"

    def actor(self) -> Actor:
        """As a post gives it: with the keys of what is its own, what was sent to it and what is below it."""
        keys = tuple(AccessKey.objects.filter(organisation=self.organisation).values_list("pk", flat=True))
        return Actor(f"{self.name}@{self.organisation.code}", self.organisation.pk, frozenset(f"Roles.{r}" for r in self.roles), keys)

    def other(self, name: str, *roles: str) -> Side:
        """Somebody else of the institution, in his own roles."""
        return replace(self, name=name, roles=roles or self.roles)


def side(code: str, kind: str, zh: str, *roles: str, court_code: str = "", above: Side | None = None) -> Side:
    """An institution of the story."""
    made = Organisation.objects.create(
        code=code, kind=kind, zh=zh, en=code, court_code=court_code, parent=None if above is None else above.organisation
    )
    Organisation.objects.filter(pk=made.pk).update(path=f"{above.organisation.path if above else '/'}{made.pk}/")
    made.refresh_from_db()
    make_keys([made.pk])
    return Side(made, roles)


def at(when: str) -> datetime:
    """``2026-03-02 09:30`` at the place of the story."""
    return datetime.fromisoformat(when).replace(tzinfo=SHANGHAI)


def on(moment: datetime | None) -> date | None:
    """The day on which an instant falls there."""
    return None if moment is None else moment.astimezone(SHANGHAI).date()


@dataclass
class Story:
    """一个故事 · The cases that came of it, in the order in which they were opened."""

    cases: list[int] = field(default_factory=list)

    def opens(self, own: Side, procedure: str, step: str, role: str, when: str, /, *co: str, title: str = "", **facts: Any) -> int:
        """Somebody opens a case of the institution. ``co``: roles of those who sign with him."""
        new = NewCase(title or procedure, own.organisation.pk, keys=keys_for(own.organisation.pk))
        taken = case_open(
            procedure=procedure, step=step, actor=own.actor(), at=at(when), new=new, facts=facts, role=f"Roles.{role}", co_signers=_signed(co)
        )
        self.cases.append(taken.case_id)
        return taken.case_id

    def does(
        self, own: Side, case: int, step: str, role: str, when: str, /, *co: str, entity: str = "", to: dict[str, Side] | None = None, **facts: Any
    ) -> None:
        """Somebody takes a step; ``to``: to whom its referrals go."""
        step_take(
            case_id=case, step=step, actor=own.actor(), at=at(when), facts=facts, role=f"Roles.{role}", entity=entity, co_signers=_signed(co),
            receivers={part: other.organisation.pk for part, other in (to or {}).items()},
        )  # fmt: skip

    def gets(self, own: Side, sender: int, part: str, role: str, when: str, /, *co: str, step: str = "", procedure: str = "", **facts: Any) -> int:
        """The institution takes what was sent to it: a case of its own."""
        row = Referral.objects.filter(case_id=sender, part=part, state="sent").latest("pk")
        assert row.receiver_id == own.organisation.pk
        opened = referral_take(
            actor=own.actor(), referral_id=row.pk, at=at(when), step=step, procedure=procedure, facts=facts, role=f"Roles.{role}",
            co_signers=_signed(co),
        )  # fmt: skip
        self.cases.append(opened.case_id)
        return opened.case_id

    def sends_back(self, own: Side, sender: int, part: str, when: str, reason: str, outcome: str = "returned") -> None:
        """The institution sends back what was sent to it."""
        row = Referral.objects.filter(case_id=sender, part=part, state="sent").latest("pk")
        referral_return(actor=own.actor(), referral_id=row.pk, reason=reason, at=at(when), outcome=outcome)

    def joins(self, owner: Side, case: int, other: Side, role: str, when: str) -> None:
        """Somebody of another institution works on the case with its owner."""
        post = Post.objects.create(
            person=Person.objects.create(name=other.name), organisation=other.organisation, zh="岗位", en="Post", valid_from=date(2020, 1, 1)
        )
        PostRole.objects.create(post=post, role=f"Roles.{role}", valid_from=date(2020, 1, 1))
        member_joined(case_id=case, post=post.pk, capacity=f"Roles.{role}", actor=owner.actor(), at=at(when))


def delivered(when: str) -> None:
    """What was sent between the institutions arrives; nothing fails on the way."""
    done = drain(at=at(when))
    assert done.failed == done.dead == 0


def lapsed(when: str) -> None:
    """What follows by itself when a time has run out is done."""
    lapses_take(at=at(when))


def due(case: int, code: str) -> datetime:
    """The last day (or moment) of a clock of a case."""
    return Clock.objects.filter(case_id=case, code=code).latest("since_seq").due.astimezone(SHANGHAI)


def stage(case: int) -> str:
    """Where a case stands."""
    return Case.objects.get(pk=case).stage


def outcome(case: int, part: str) -> str:
    """What came back on a referral."""
    return Referral.objects.filter(case_id=case, part=part).latest("pk").outcome


def found(cases: list[int], when: str) -> dict[int, list[str]]:
    """What the supervise engine finds in the ledger of the cases: case → rules. A case without a finding is not in it."""
    assert verify(ledger_lines(cases)).cases == len(cases), "the ledger is whole"
    wanted, out = {str(case) for case in cases}, dict[int, list[str]]()
    judged = set[str]()
    for log in ledger_logs():
        report = supervise(log.folder, log.table, as_of=local(at(when)), workers=1)
        judged |= set(log.table["case_id"].to_pylist())
        for row in report.findings.to_pylist():
            if row["case_id"] in wanted:
                out.setdefault(int(row["case_id"]), []).append(row["rule"])
    assert wanted <= judged, "every case was judged"
    return out


def _signed(roles: tuple[str, ...]) -> tuple[Signer, ...]:
    return tuple(Signer(f"{role.lower()}.{n}", f"Roles.{role}") for n, role in enumerate(roles, 1))
