"""案件详情 · One case in one statement: where it stands, its ledger, clocks, runs, parties and referrals, as this actor may see them.

Who handles the case sees it whole but for its parties, which are masked. An institution above sees it with the names taken out. One that a matter
was referred to sees what was carried, and of the ledger only its own referral. A party sees what was done and by which role, its own answers, and
the documents that are its own or were shown to the parties.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tianping.casework.access.masking import masked
from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import HANDLE, OUTSIDE, PARTY, REFER, Actor
from tianping.casework.engine.appointed import told_to_come
from tianping.casework.engine.read import clock_of
from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.titles import UNKNOWN
from tianping.casework.errors import NoSuchCase
from tianping.casework.models import Party
from tianping.casework.moments import local, read
from tianping.casework.selectors.clocks import ClockExplained, clocks_explained
from tianping.casework.selectors.offers import StepOffer, available_steps
from tianping.casework.selectors.referrals import OPEN, carried
from tianping.casework.selectors.views import Detail, DocumentView, EventView, ReferralView, RunView
from tianping.law.identifiers import mask_name, mask_text
from tianping.law.text import T
from tianping.procedure.referral import Referral
from tianping.procedure.tables import Tables

__all__ = [
    "ClockExplained", "Detail", "DocumentView", "EventView", "ReferralView", "RunView", "StepOffer", "available_steps", "case_detail",
    "clocks_explained",
]  # fmt: skip

_EVENT: Final = """json_build_array(e.seq, e.step, e.entity, e.happened, e.recorded, e.voids, e.signers, e.payload -> 'facts', e.recorder,
  encode(e.hash, 'hex'), e.payload is null)"""
_CLOCK: Final = """json_build_array(k.code, k.entity, k.since_seq, k.since, k.due, k.timed, k.fixed, k.provisional, k.status, k.ended, k.met_on,
  k.awaited)"""
_PARTY: Final = "json_build_array(p.id, p.capacity, p.kind, p.name, p.identity, p.phone, p.minor, p.acts_for_id, p.left is not null)"
_DOCUMENT: Final = """json_build_array(m.id, m.seq, m.name, m.version, m.replaces_id, b.size, b.kind, b.sha256, m.filed, m.withdrawn is not null,
  m.account, m.shown is not null)"""
_REFERRAL: Final = """json_build_array(f.id, f.entity, f.part, f.sender_id, f.receiver_id, f.received_id, f.state, f.outcome, f.sent, f.ended,
  f.reason)"""
DETAIL: Final = f"""
select c.number, c.title, d.code, d.version, c.definition_id, c.organisation_id, o.zh, o.en, c.stage, c.lifecycle, c.level, c.flags, c.seq,
  encode(c.head, 'hex'), c.facts, c.due, c.source, c.holder_id, c.lead_id, c.opened, c.updated, s.held, t.masked,
  (select json_agg({_EVENT} order by e.seq) from casework_event e where e.case_id = c.id),
  (select json_agg({_CLOCK} order by k.since_seq, k.code, k.entity) from casework_clock k where k.case_id = c.id),
  (select json_agg(json_build_array(r.track, r.entity, r.stage, r.facts) order by r.track, r.entity) from casework_run r where r.case_id = c.id),
  (select json_agg({_PARTY} order by p.id) from casework_party p where p.case_id = c.id),
  (select json_agg({_REFERRAL} order by f.id) from casework_referral f where f.case_id = c.id),
  (select json_agg({_DOCUMENT} order by m.id) from casework_document m join casework_content b on b.sha256 = m.content_id where m.case_id = c.id)
from casework_case c join casework_definition d on d.id = c.definition_id join casework_organisation o on o.id = c.organisation_id
left join casework_searchrow t on t.case_id = c.id {SEEN}
where c.id = %(case)s and s.held is not null"""  # noqa: S608 — constants only


def case_detail(actor: Actor, case_id: int, at: datetime) -> Detail:
    """A case, if the actor may see it at the instant ``at``, for which its keys were given. Raises NoSuchCase."""
    with connection.cursor() as cursor:
        cursor.execute(DETAIL, probe_of(actor) | {"case": case_id, "at": at})
        row = cursor.fetchone()
    if row is None:
        raise NoSuchCase(case=case_id)
    return _Shown(case_id, row, actor).detail()


class _Shown:
    """A row as an actor may see it. ``hides``: the names of the parties are taken out of every text. ``part``: only what was carried."""

    def __init__(self, case_id: int, row: tuple[Any, ...], actor: Actor) -> None:
        self.case_id, self.row, self.actor = case_id, row[:23], actor
        self.tables = tables_of(row[4])
        self.held = frozenset(row[21])
        self.events, self.clocks, runs, self.parties, self.referrals, self.documents = (_loaded(found) for found in row[23:])
        self.runs = [["", "", row[8], {}], *runs]
        self.hides, self.part, self.party = HANDLE not in self.held, self.held == {REFER}, self.held == {PARTY}
        self.names = sorted((p[3] for p in self.parties if p[2] == "person" and p[3]), key=len, reverse=True)
        self.others = self._others()
        self.mine = {f[1] for f in self.referrals if f[4] == actor.organisation and f[6] in OPEN}

    def detail(self) -> Detail:
        number, title, code, version, _, organisation, zh, en, stage, lifecycle, level, flags, seq, head, facts, *rest = self.row
        due, source, holder, lead, opened, updated, _, hidden = rest
        events = tuple(self._event(e) for e in self.events if self._concerns(e[2]))
        outside = self.part or self.party
        return Detail(
            id=self.case_id, number=number, title=(hidden or UNKNOWN) if self.hides else title, procedure=code, version=version.isoformat(),
            name=self.tables.procedure.title, organisation=organisation, institution=T(zh, en), stage=stage,
            stage_title=_stage(self.tables, "", stage), lifecycle=lifecycle, level=level, flags=tuple(flags),
            seq=seq if not self.part else max((e.seq for e in events), default=0), head="" if self.part else head,
            facts=self._case_facts(_object(facts)),
            due=None if due is None else local(due), source="" if outside else source, holder=None if outside else holder,
            lead=None if outside else lead, opened=local(opened), updated=local(updated), capacities=self.held, events=events,
            clocks=tuple(clock_of(k) for k in self.clocks if self._concerns(k[1])),
            runs=tuple(self._run(r) for r in self.runs if self._concerns(r[1])),
            parties=() if self.part else tuple(masked(_party(self.case_id, p)) for p in self.parties if not p[8]),
            referrals=tuple(self._referral(f) for f in self.referrals if self._concerns(f[1])),
            documents=() if self.part else tuple(self._document(d) for d in self.documents if self._reads(d)), covered=hidden or UNKNOWN,
        )  # fmt: skip

    def _concerns(self, entity: str) -> bool:
        return entity not in self.others and (not self.part or entity in self.mine)

    def _others(self) -> frozenset[str]:
        """To a party: the runs that other people outside the institutions began (their opinions, their ratings)."""
        first: dict[str, list[Any]] = {}
        for e in self.events if self.party else ():
            if e[2]:
                first.setdefault(e[2], e)
        begun = {run: e[6] for run, e in first.items() if not any(name == self.actor.account for name, _ in e[6])}
        return frozenset(run for run, signers in begun.items() if signers and all(role in OUTSIDE for _, role in signers))

    def _reads(self, d: list[Any]) -> bool:
        """A party reads what it handed in and what was shown to the parties."""
        return not self.party or d[10] == self.actor.account or (d[11] and not d[9])

    def _case_facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        if self.party:  # a party is told when and where it is to come, and nothing else
            return {n: v for n, v in facts.items() if n in self.tables.facts and told_to_come(self.tables.facts[n][0])}
        if not self.part:
            return self._texts(facts)
        return self._texts({n: v for f in self.referrals if f[1] in self.mine for n, v in carried(self.tables, f[2], facts).items()})

    def _event(self, e: list[Any]) -> EventView:
        step = self.tables.steps[self.tables.by_step[e[1]]].step.words if e[1] else T("更正", "Correction")
        struck = {other[5] for other in self.events if other[5] is not None}
        own = any(name == self.actor.account for name, _ in e[6])
        signers = tuple(("" if self.party and name != self.actor.account else mask_name(name) if name in self.names else name, r) for name, r in e[6])
        answers, recorder = ({}, "") if self.party and not own else (e[7] or {}, e[8])
        return EventView(e[0], e[1], step, e[2], read(e[3]), read(e[4]), e[5], e[0] in struck, signers, self._texts(answers), recorder, e[9], e[10])

    def _run(self, r: list[Any]) -> RunView:
        return RunView(r[0], r[1], r[2], _stage(self.tables, r[0], r[2]), {} if self.party else self._texts(r[3]))

    def _referral(self, f: list[Any]) -> ReferralView:
        track = next(t for t in self.tables.tracks if t.name == f[2])
        told = {} if self.party else self._texts(carried(self.tables, f[2], _object(self.row[14])))
        ended = None if f[9] is None else read(f[9])
        called = track.part.matter.called(f[7]) if f[7] and isinstance(track.part, Referral) else None
        reason = "" if self.party else self._text(f[10]) if self.hides else f[10]
        return ReferralView(f[0], f[1], f[2], track.track.title, f[3], f[4], f[5], f[6], f[7], read(f[8]), ended, told, called, reason)

    def _document(self, d: list[Any]) -> DocumentView:
        return DocumentView(d[0], d[1], self._text(d[2]) if self.hides else d[2], d[3], d[4], d[5], d[6], d[7], read(d[8]), d[9], d[10], d[11])

    def _texts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Answers; for who does not handle the case, without names and numbers of people in what was written freely."""
        return {name: self._text(value) if self.hides and isinstance(value, str) else value for name, value in facts.items()}

    def _text(self, value: str) -> str:
        for name in self.names:
            value = value.replace(name, mask_name(name))
        return mask_text(value)


def _stage(tables: Tables, track: str, stage: str) -> T:
    stages = next(t.stages for t in tables.tracks if t.name == track)
    return next(s.title for s in stages if s.name == stage)


def _party(case_id: int, p: list[Any]) -> Party:
    return Party(id=p[0], case_id=case_id, capacity=p[1], kind=p[2], name=p[3], identity=p[4], phone=p[5], minor=p[6], acts_for_id=p[7])


def _loaded(found: Any) -> list[list[Any]]:
    listed: list[list[Any]] = (json.loads(found) if isinstance(found, str) else found) or []
    return listed


def _object(found: Any) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads(found) if isinstance(found, str) else found
    return loaded
