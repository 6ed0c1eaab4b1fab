"""网上立案 · A complaint from the draft to the receipt: the draft is a case that its writer alone sees; handed in, the court sees it too.

What the procedure asks (identified, agreed, stated) is answered from what is there, not by a tick of the writer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import connection, transaction

from tianping.casework.access.keys import keys_for
from tianping.casework.access.titles import retitled
from tianping.casework.citizens.acting import party_at
from tianping.casework.citizens.drafts import draft_of
from tianping.casework.citizens.looking import code_made
from tianping.casework.citizens.openings import Begun, begun, opening_of
from tianping.casework.citizens.papers import Paper, handed_in, written
from tianping.casework.engine.writers import NewParty, step_take
from tianping.casework.models import Case, Citizen, Draft, Party
from tianping.casework.moments import instant, local
from tianping.casework.parties.papers import check_papers
from tianping.law.text import T

PROCEDURE: Final = "e_filing"
TITLE: Final = "网上立案草稿"
COMPLAINT: Final = T("起诉状", "Complaint")
SPACE: Final = UUID("8e6e7a42-6f0e-5c1b-9a57-3c2f6f4b7d10")
"""The name space of the keys of a hand-in's steps: a constant of this software."""
_SEEN: Final = """insert into casework_visibility (key_id, case_id, level, lifecycle, due)
select k, c.id, c.level, c.lifecycle, c.due from casework_case c cross join unnest(%s::bigint[]) as k where c.id = %s on conflict do nothing"""


@dataclass(frozen=True, slots=True)
class Complaint:
    """起诉状内容 · What the draft says, read whole. ``defendants``: name, kind, identity, phone, address."""

    suit: str
    cause: str
    defendants: tuple[dict[str, str], ...]
    claims: str
    reasons: str
    online: bool
    e_service: bool

    @property
    def stated(self) -> bool:
        """Whether parties, claims and reasons are there (CPL 124)."""
        return bool(self.defendants and self.claims.strip() and self.reasons.strip())


def complaint_of(draft: Draft) -> Complaint:
    """What a draft says."""
    w: dict[str, Any] = draft.written
    listed = tuple(d for d in w.get("defendants", ()) if d.get("name", "").strip())
    return Complaint(
        w.get("suit", "ORDINARY"), w.get("cause", ""), listed, w.get("claims", ""), w.get("reasons", ""), w.get("online") is True,
        w.get("e_service") is True,
    )  # fmt: skip


def facts_of(citizen: Citizen, complaint: Complaint) -> dict[str, object]:
    """The answers that the procedure asks for."""
    return {
        "suit": complaint.suit, "cause": complaint.cause, "identified": citizen.identified is not None, "online": complaint.online,
        "e_service": complaint.e_service, "claims_given": complaint.stated,
    }  # fmt: skip


@transaction.atomic
def court_chosen(citizen: Citizen, number: int, organisation: int, *, at: datetime) -> Draft:
    """选定法院 · The draft becomes a case of the court that its writer alone sees; another court before, and that draft is thrown away there."""
    draft = draft_of(citizen, number)
    if draft.case_id is not None and draft.organisation_id == organisation:
        return draft
    if draft.case_id is not None:
        _discarded(citizen, draft.case_id, at=at)
    opening = opening_of(PROCEDURE, "begin", local(instant(at)).date())
    key = uuid5(SPACE, f"{draft.pk} {draft.case_id} {organisation}")
    facts = facts_of(citizen, complaint_of(draft))
    case = begun(citizen, opening, organisation, at=at, title=TITLE, key=key, facts=facts, shown=False)
    draft.case_id, draft.organisation_id, draft.saved = case.case_id, organisation, at
    draft.save(update_fields=["case", "organisation", "saved"])
    return draft


@transaction.atomic
def draft_discarded(citizen: Citizen, number: int, *, at: datetime) -> None:
    """作废 · Throw a draft away, with the case that was opened for it. Raises NoSuchDraft."""
    draft = draft_of(citizen, number)
    if draft.case_id is not None and draft.procedure == PROCEDURE:
        _discarded(citizen, draft.case_id, at=at)
    draft.handed_in = at if draft.case_id is not None else None
    if draft.case_id is None:
        draft.delete()
    else:
        draft.save(update_fields=["handed_in"])


def _discarded(citizen: Citizen, case_id: int, *, at: datetime) -> None:
    step_take(case_id=case_id, step="discard", actor=party_at(citizen, case_id), at=at)


@transaction.atomic
def submitted(citizen: Citizen, number: int, papers: Sequence[Paper], *, at: datetime) -> Begun:
    """提交 · Hand the complaint in, if the procedure lets it be; then title and parties stand, the papers are filed, and the court sees it.

    Raises NoSuchDraft, Refusal, BadParty and what the filing of documents raises.
    """
    draft = draft_of(citizen, number)
    assert draft.case_id is not None and draft.organisation_id is not None, "a court was chosen"
    case_id, actor, complaint = draft.case_id, party_at(citizen, draft.case_id), complaint_of(draft)
    step_take(case_id=case_id, step="write", actor=actor, at=at, facts=facts_of(citizen, complaint))
    taken = step_take(case_id=case_id, step="submit", actor=actor, at=at)
    _parties(citizen, case_id, complaint)
    handed_in(actor, case_id, taken.seq, [written(COMPLAINT.zh, text_of(citizen, complaint, draft)), *papers], at=at)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [list(keys_for(draft.organisation_id)), case_id])
    retitled([case_id])
    draft.handed_in = at
    draft.save(update_fields=["handed_in"])
    return Begun(case_id, taken.seq, code_made(citizen, case_id, at=at))


def _parties(citizen: Citizen, case_id: int, complaint: Complaint) -> None:
    """The title and the defendants, as the complaint names them: from the beginning of what the court sees."""
    for d in complaint.defendants:
        check_papers(d.get("kind", "person"), d["name"], d.get("identity", ""), d.get("phone", ""))
    others = [
        NewParty(d["name"].strip(), "Roles.DEFENDANT", d.get("kind", "person"), d.get("identity", "").strip(), d.get("phone", "").strip())
        for d in complaint.defendants
    ]
    rows = [Party(case_id=case_id, capacity=p.capacity, kind=p.kind, name=p.name, identity=p.identity, phone=p.phone) for p in others]
    Party.objects.bulk_create(rows)
    Party.objects.filter(case_id=case_id, citizen=citizen).update(name=citizen.name, identity=citizen.identity)
    names = "、".join(p.name for p in others)
    Case.objects.filter(pk=case_id).update(title=f"{citizen.name}诉{names}{complaint.cause or '纠纷'}"[:200])


def text_of(citizen: Citizen, complaint: Complaint, draft: Draft) -> str:
    """The complaint as a text, with what an article asks of one (CPL 124)."""
    own: dict[str, Any] = draft.written
    lines = ["民事起诉状", "", f"原告：{citizen.name}，公民身份号码 {citizen.identity}，电话 {citizen.phone}，住址 {own.get('address', '')}"]
    for d in complaint.defendants:
        about = [d.get("identity", ""), d.get("phone", ""), d.get("address", "")]
        lines.append("被告：" + "，".join([d["name"], *(a for a in about if a)]))
    lines += ["", f"案由：{complaint.cause}", "", "诉讼请求", complaint.claims.strip(), "", "事实与理由", complaint.reasons.strip(), ""]
    court = draft.organisation.zh if draft.organisation is not None else ""
    return "\n".join([*lines, "此致", court, "", f"具状人：{citizen.name}"])
