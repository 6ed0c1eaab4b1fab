"""环节表单 · The form of any step of any procedure, made from its definition: the questions, who signs, to whom it is sent, when it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from tianping.casework.access.masking import masked
from tianping.casework.engine.actors import HANDLE, MACHINES, PARTIES, Actor
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.exchange.offers import offers
from tianping.casework.handling.consents import consents_to
from tianping.casework.models import Consent, Party
from tianping.casework.moments import instant, local
from tianping.casework.registers.mediators import offered
from tianping.casework.selectors.named import names_of
from tianping.casework.selectors.proposals import proposed
from tianping.law.text import T
from tianping.portal.desk.case_page import role_title
from tianping.portal.desk.fields import Field, fact_fields
from tianping.portal.desk.reading import Read
from tianping.portal.desk.steps import Effect, effects
from tianping.procedure.fold import fold_to
from tianping.procedure.grammar import Fact
from tianping.procedure.referral import Referral
from tianping.procedure.tables import StepRow, Tables

ENTITY, HAPPENED, ROLE, PAPERS, CONSENTS, INTO, RECEIVER = "entity", "happened", "role", "papers", "consents", "into", "receiver."
MOST_PARTIES: Final = 50
LATE: Final = T("现在办理的不用填；补录的，填实际时间", "Leave empty for now; for a late entry, when it really was")
TELLS: Final = T("嫌疑人、渠道、物品等的名称或编号，此后以它区分", "Name of the suspect, channel, item: it tells it apart")
PROPOSED: Final = 3
"""So many institutions are proposed with their reasons; any other may be chosen."""
HANDLES: Final = T("列出的是能办理此事项的机构；送哪一个由您决定", "Institutions that handle such a matter; you decide which")
NOBODY_HANDLES: Final = T("现在没有能办理此事项的机构，先不写；有了再补写", "No institution handles it now: the receiver is named later")
WHEN: Final = Field(HAPPENED, "moment", T("办理时间", "When it was done"), LATE)
NAME: Final = Field(ENTITY, "line", T("对象名称", "Which one"), TELLS, required=True, most=80)
INTO_WORDS: Final = T("并入的案件编号", "Number of the case that it goes into")
CASE_INTO: Final = Field(INTO, "whole", INTO_WORDS, T("案件页地址末尾的数字", "It ends that case's address"))
CONSENTED: Final = T("同事打开这一页点“同意”后列在这里，一刻钟内有效", "Colleagues who consented on this page; good for 15 minutes")


@dataclass(frozen=True, slots=True)
class Form:
    """表单 · A step's form: its fields in groups, what taking it will cause, its article."""

    step: str
    title: T
    cites: T
    who: T
    entity: str
    fields: tuple[Field, ...]
    effects: tuple[Effect, ...]
    joint: tuple[T, ...] = ()
    roles: tuple[str, ...] = ()

    def with_read(self, read: Read) -> Form:
        """The same form with what was typed."""
        return replace(self, fields=read.fields)


def known_answers(now: Snapshot, row: StepRow, entity: str) -> dict[str, object]:
    """The answers that stand where a step is to be taken."""
    log = now.shown_log()
    state = fold_to(now.tables, log, len(log))
    return {**state.case_facts, **state.run_facts.get((row.track, entity), {})}


def step_form(
    now: Snapshot,
    row: StepRow,
    actor: Actor,
    at: datetime,
    *,
    entity: str = "",
    known: Mapping[str, object] | None = None,
    co_signers: Sequence[str] = (),
) -> Form:
    """The form of a step of a case as it stands. ``known``: what its questions are filled with, by default the answers that stand."""
    step, many = row.step, now.tables.tracks[row.track].many
    begins = many and not entity
    part = now.tables.tracks[row.track].part
    sends = isinstance(part, Referral) and step is part.send
    fields = [replace(NAME, value=_next_name(now, row) if sends else "")] if begins else []
    stands = known_answers(now, row, entity) if known is None else known
    fields += fact_fields(step.asks, row=row, tables=now.tables, known=stands, offered=offered_of(step.asks, now.organisation, at))
    fields += receivers((part,) if isinstance(part, Referral) and sends else step.opens, actor, at)
    fields += _roles(row, actor.through(now.held))
    if HANDLE in now.held:
        fields += _papers(now.case_id, row)
    fields += _consents(now, row, actor, at, entity)
    fields += [CASE_INTO] if step.into else []
    joint = tuple(role_title(r) for r in co_signers)
    return Form(step.code, step.words, step.cites.words, step.by.words, entity, (*fields, WHEN), tuple(effects(now.tables, row)), joint)


def offered_of(facts: Iterable[Fact[Any]], organisation: int, at: datetime) -> dict[str, tuple[str, ...]]:
    """Register → whom it offers in a case of an institution on the day; asked only where a fact speaks of one."""
    day = local(instant(at)).date()
    return {"mediators": tuple(offered(organisation, day))} if any(f.register == "mediators" for f in facts) else {}


def _next_name(now: Snapshot, row: StepRow) -> str:
    """The name of the next referral of a part, as the engine names those that a step opens."""
    used = {e.entity for e in now.events if e.track == row.track}
    return f"{now.tables.tracks[row.track].name}-{len(used) + 1}"


def receivers(parts: Sequence[Referral], actor: Actor, at: datetime) -> list[Field]:
    """To whom each referral that a step opens is sent: institutions in which somebody works who answers such a matter, the likely ones with why."""
    out = []
    for part in parts:
        day = local(instant(at)).date()
        wanted = {role for offer in offers(part.matter, day) for role in _answering(offer.tables, part)}
        found = proposed(wanted, matter=part.matter.__name__, own=actor.organisation, day=day)
        choices = tuple((str(p.organisation), p.title) for p in found)
        told = tuple((p.title, p.reasons) for p in found[:PROPOSED] if p.weight) if len(found) > 1 else ()
        title = T("{matter}：送往", "{matter}: to").fill(matter=part.matter.title)
        only = choices[0][0] if len(choices) == 1 else ""
        hint = HANDLES if choices else NOBODY_HANDLES
        out.append(Field(RECEIVER + part.name, "select", title, hint, choices, value=only, required=bool(choices), proposed=told))
    return out


def _answering(tables: Tables, part: Referral) -> set[str]:
    """The roles that bring a procedure to one of its answers, but for those of the sender: who holds one can deal with the matter."""
    ends = {n for n, stage in enumerate(tables.tracks[0].stages) if stage.answers is not None}
    rows = [row for row in tables.steps if row.track == 0 and row.target in ends]
    sender = {r.code for signed in part.send.by.sets() for r in signed}
    return {r.code for row in rows for signed in row.step.by.sets() for r in signed} - MACHINES - PARTIES - sender


def _roles(row: StepRow, actor: Actor) -> list[Field]:
    """In which of its roles the actor takes the step, where it holds several that fit."""
    wanted = [r.code for signed in row.step.by.sets() for r in signed]
    fit = [r for r in dict.fromkeys(wanted) if r in actor.roles]
    if len(fit) < 2:
        return []
    choices = tuple((r, role_title(r)) for r in fit)
    return [Field(ROLE, "choice" if len(fit) <= 4 else "select", T("以何身份办理", "In which role"), None, choices, value=fit[0], required=True)]


def _papers(case_id: int, row: StepRow) -> list[Field]:
    """The parties of the case who may have signed on paper."""
    wanted = {r.code for signed in row.step.by.sets() for r in signed} & PARTIES
    if not wanted:
        return []
    rows = Party.objects.filter(case_id=case_id, left__isnull=True).order_by("pk")[:MOST_PARTIES]
    choices = tuple((str(p.pk), _named(p)) for p in rows if _code(p.capacity) in wanted)
    hint = T("已在纸质材料上签名的，勾选；名单已脱敏", "Tick who signed on paper; names are masked")
    return [Field(PAPERS, "checks", T("当事人签名", "Signed by parties"), hint, choices)] if choices else []


def _named(party: Party) -> T:
    role, name = role_title(_code(party.capacity)), masked(party).name
    return T(f"{role.zh}　{name}", f"{role.en}: {name}")


def _code(capacity: str) -> str:
    return capacity if capacity.startswith("Roles.") else f"Roles.{capacity}"


def _consents(now: Snapshot, row: StepRow, actor: Actor, at: datetime, entity: str) -> list[Field]:
    """Colleagues who consented to this step of the case as it stands."""
    if all(len(signed) < 2 for signed in row.step.by.sets()):
        return []
    return [consent_field(consents_to(case_id=now.case_id, seq=now.seq, step=row.step.code, entity=entity, actor=actor, at=at))]


def consent_field(given: Sequence[Consent]) -> Field:
    """Who consented, as boxes that are ticked."""
    people = names_of(accounts=[c.account for c in given]).accounts
    choices = tuple((c.account, _signs(people.get(c.account, c.account), c.role)) for c in given)
    return Field(CONSENTS, "checks", T("共同办理人", "Together with"), CONSENTED, choices, values=tuple(c.account for c in given))


def _signs(name: str, role: str) -> T:
    title = role_title(role)
    return T(f"{name}（{title.zh}）", f"{name} ({title.en})")


def sent_to(answers: Mapping[str, Any]) -> dict[str, int] | None:
    """Part → institution, as the engine takes it."""
    found = {name.removeprefix(RECEIVER): int(value) for name, value in answers.items() if name.startswith(RECEIVER)}
    return found or None
