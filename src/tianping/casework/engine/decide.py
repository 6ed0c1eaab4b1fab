"""裁断 · May this step be taken, and what follows from it? Pure: a case's ledger and an attempt in, a plan or a refusal out.

The guard of a live case is the oracle of supervision, run on the case's own ledger with the attempt at its end. So what is refused here is exactly
what would be found there, late entries and corrections included, and no second reckoning can drift from the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tianping.casework.engine.snapshot import ACTIVE, CLOSED, SUSPENDED, ClockKey, ClockRow, Snapshot, clock_row
from tianping.casework.errors import NoSuchEntity, NothingToVoid, OutOfTime, Reason, Refusal
from tianping.law.calendar import Calendar
from tianping.law.text import T
from tianping.procedure.columns import FactColumn
from tianping.procedure.events import VOID, Event, effective
from tianping.procedure.expressions import columns
from tianping.procedure.fold import State, fold_to
from tianping.procedure.referral import Heard, Referral
from tianping.procedure.roles import Signer
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import Finding, Judged, supervise_case
from tianping.procedure.tables import StepRow, Tables


class Attempt(NamedTuple):
    """尝试 · A step that somebody wants to take. ``step`` VOID only corrects. Times are local."""

    step: int
    happened: datetime
    recorded: datetime
    signers: tuple[Signer, ...] = ()
    entity: str = ""
    facts: Mapping[str, object] = MappingProxyType({})
    voids: int | None = None
    into: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """已发出 · A referral that this plan sends: in which run, about what."""

    referral: Referral
    entity: str
    seq: int


class Plan(NamedTuple):
    """办理方案 · What is to be written if the attempt succeeds: events, where the case then stands, and the clocks that changed."""

    events: list[Event]
    state: State
    stage: str
    lifecycle: int
    due: datetime | None
    changed: list[ClockRow]
    gone: list[ClockKey]
    sent: list[Sent]
    answers: str
    """The outcome of a matter that the case's new stage gives, or ""."""
    judged: Judged


def decide(now: Snapshot, attempt: Attempt, calendar: Calendar) -> Plan:
    """The plan of an attempt. Raises Refusal, OutOfTime, NoSuchEntity, NothingToVoid; then nothing is to be written."""
    _possible(now, attempt)
    first = _event(now, attempt)
    judged = _refuse(now, first, calendar)
    new = [first]
    sent: list[Sent] = []
    if attempt.step != VOID:
        sent = _sent(now, first)
        new += [_send(now.tables, s, first) for s in sent if s.seq != first.seq]
        new += _heard(now, new, calendar)
    # What was judged at the moment of the act serves as the state only if that moment is the last: another node's clock may be ahead of ours.
    live = first.happened == first.recorded and len(new) == 1 and all((e.recorded or e.happened) <= first.happened for e in now.events)
    return planned(now, new, sent, calendar, judged if live and not now.kin else None)


def planned(now: Snapshot, new: list[Event], sent: list[Sent], calendar: Calendar, judged: Judged | None = None) -> Plan:
    """Where the case stands after new events, and what of its clocks changed. ``judged``: the case with them, where it has been judged."""
    tables = now.tables
    if judged is None:
        log = now.log(new)
        last = max(e.recorded or e.happened for e in (*now.events, *log, *new))
        judged = supervise_case(tables, log, last, calendar, about=0, before=now.judged)
    log, state = judged.log, judged.state
    rows = {row[:3]: row for row in _clock_rows(now, judged)}
    number = state.stage.get((0, ""), 0)
    stage = tables.tracks[0].stages[number]
    running = [r.due for r in rows.values() if r.awaited and r.ended is None and r.fixed and r.status != "met"]
    return Plan(
        events=new,
        state=state,
        stage=stage.name,
        lifecycle=CLOSED if stage.end else (SUSPENDED if _halted(tables, log) else ACTIVE),
        due=min(running, default=None),
        changed=[row for key, row in rows.items() if now.clocks.get(key) != row],
        gone=[key for key in now.clocks if key not in rows],
        sent=sent,
        answers=stage.answers.name if stage.answers is not None and number != _stood(now) else "",
        judged=judged,
    )


def _clock_rows(now: Snapshot, judged: Judged) -> list[ClockRow]:
    """The clocks as rows; one that nothing could move any more has the row that it had."""
    stood = set() if now.judged is None else {id(c) for c in now.judged.clocks}
    return [now.clocks[c.row.code, c.entity, c.since_seq] if id(c) in stood else clock_row(c, judged.log) for c in judged.clocks]


def moved(now: Snapshot, plan: Plan, head: bytes, number: str | None, row: str) -> Snapshot:
    """The case after a plan was written: what reading it would give. ``row``: the version of the case's row that was written."""
    clocks = now.clocks
    if plan.changed or plan.gone:
        clocks = {**clocks, **{r.key: r for r in plan.changed}}
        for key in plan.gone:
            del clocks[key]
    events, shown = [*now.events, *plan.events], (plan.due, plan.lifecycle)
    return Snapshot(
        now.case_id, now.tables, now.organisation, plan.events[-1].seq, head, events, clocks, shown, number or now.number, now.erased, now.held, row,
        now.by, now.mark, plan.judged,
    )  # fmt: skip


def _stood(now: Snapshot) -> int:
    """The stage in which the case stood before."""
    log = effective(now.events)
    return fold_to(now.tables, log, len(log)).stage.get((0, ""), 0)


def _possible(now: Snapshot, attempt: Attempt) -> None:
    if attempt.happened > attempt.recorded:
        raise OutOfTime(happened=attempt.happened, recorded=attempt.recorded)
    if attempt.step != VOID:
        row = now.tables.steps[attempt.step]
        if now.tables.tracks[row.track].many != bool(attempt.entity):
            need = T("须写明对象", "needs the run that it is about") if not attempt.entity else T("不分对象", "has no run of its own")
            raise NoSuchEntity(step=row.step.words, need=need)
    if attempt.voids is None:
        return
    struck = {e.voids for e in now.events}
    target = next((e for e in now.events if e.seq == attempt.voids), None)
    if target is None or target.step == VOID or target.voids is not None or attempt.voids in struck:
        reason = T("没有此步", "there is none") if target is None else T("已更正或者本身是更正", "it was corrected, or is a correction")
        raise NothingToVoid(seq=attempt.voids, reason=reason)


def _event(now: Snapshot, attempt: Attempt) -> Event:
    track = 0 if attempt.step == VOID else now.tables.steps[attempt.step].track
    into = None if attempt.into is None else str(attempt.into)
    return Event(
        now.seq + 1,
        attempt.step,
        track,
        attempt.entity,
        attempt.happened,
        attempt.recorded,
        attempt.voids,
        attempt.signers,
        attempt.facts,
        into,
    )


def _refuse(now: Snapshot, tried: Event, calendar: Calendar) -> Judged | None:
    if tried.voids is not None:
        _may_correct(now.tables, tried)
    if tried.step == VOID:
        return None
    judged, found = _found(now, tried, calendar, now.judged)
    out = still_out(now, tried)
    if found or out:
        state, there = _state_at(now, tried)
        reasons = tuple(_reason(now.tables, f, there, state) for f in found)
        raise Refusal(now.tables.steps[tried.step].step.words, reasons + out)
    return judged


def still_out(now: Snapshot, tried: Event) -> tuple[Reason, ...]:
    """同一事项在外 · A referral whose answer moves the case is not sent again while one is out: whose answer it then was, nobody could tell."""
    row = now.tables.steps[tried.step]
    part = now.tables.tracks[row.track].part
    sends = (*row.step.opens, *((part,) if isinstance(part, Referral) and row.step is part.send else ()))
    moving = [p for p in sends if any(on.referral is p for _, on in _answering(now.tables))]
    if not moving:
        return ()
    log = effective(now.events)
    stages = fold_to(now.tables, log, len(log)).stage
    out = []
    for part in moving:
        track = next(t for t in now.tables.tracks if t.part is part)
        open_ = [run for (no, run), stage in stages.items() if no == track.no and not track.stages[stage].end]
        if open_:
            text = STILL_OUT.fill(matter=part.matter.title, runs="、".join(open_))
            out.append(Reason(f"{now.tables.procedure.__name__}.{part.name}.out", text, str(part.send.cites), ANSWER_FIRST))
    return tuple(out)


STILL_OUT: T = T("“{matter}”已发出一件（{runs}），尚未答复或者退回", "“{matter}” was sent ({runs}) and is neither answered nor sent back")
ANSWER_FIRST: T = T("请等对方答复；要改送别处的，请对方先退回。", "Wait for the answer; to send it elsewhere, let the receiver send it back first.")


def _found(now: Snapshot, tried: Event, calendar: Calendar, before: Judged | None = None) -> tuple[Judged, list[Finding]]:
    """The log of an event, judged, and why it may not follow. A merge must also be lawful in the case as it stands before its runs leave it."""
    log, there = now.placed(tried)
    judged = supervise_case(now.tables, log, tried.happened, calendar, about=tried.seq, origin=there.origin, before=before)
    found = _against(judged, there)
    if now.kin and tried.into is not None:
        known = {f.rule.code for f in found}
        found += [f for f in refused(now, replace(tried, into=None), calendar) if f.rule.code not in known]
    return judged, found


def refused(now: Snapshot, tried: Event, calendar: Calendar) -> list[Finding]:
    """Why an event may not follow; empty when it may."""
    return _found(now, tried, calendar)[1]


def _against(judged: Judged, tried: Event) -> list[Finding]:
    return [f for f in judged.findings if f.seq == tried.seq and f.origin == tried.origin and f.rule.kind in REFUSED]


def why_not(now: Snapshot, tried: Event, calendar: Calendar) -> tuple[Reason, ...]:
    """Why an event may not follow, in words. A guard that only waits for what the step itself asks says nothing yet."""
    row, found, out = now.tables.steps[tried.step], refused(now, tried, calendar), still_out(now, tried)
    if not found:
        return out
    state, there = _state_at(now, tried)
    asked = {f.name for f in row.step.asks}
    told = (f for f in found if not (f.rule.kind == "guard" and _waits(row, f, there, state, asked)))
    return (*(_reason(now.tables, f, there, state) for f in told), *out)


def _waits(row: StepRow, found: Finding, tried: Event, state: State, asked: set[str]) -> bool:
    """Whether the ground reads something that is not known yet and that the step itself asks: the answer comes with the act."""
    run = (tried.track, tried.entity)
    for ground, _ in row.guards:
        if ground.code == found.rule.code:
            unknown = [c for c in columns(ground.rule) if isinstance(c, FactColumn) and state.look_up(c, run) is None]
            return any(c.fact.name in asked for c in unknown)
    return False


def reasons_of(tables: Tables, log: list[Event], judged: Judged) -> tuple[Reason, ...]:
    """Why a whole ledger would not have come about step by step: the reasons of the first event that would have been refused."""
    first = min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=None)
    tried = next((e for e in log if e.seq == first), None)
    if tried is None:
        return ()
    state = fold_to(tables, log, log.index(tried))
    state.answer(tried)
    return tuple(_reason(tables, f, tried, state) for f in _against(judged, tried))


def _may_correct(tables: Tables, tried: Event) -> None:
    corrects = tables.procedure.corrects
    if corrects is None or not corrects.satisfied(tried.signers):
        who = corrects.words if corrects is not None else T("（无人）", "(nobody)")
        text = T("更正台账须由{who}办理", "The ledger is corrected by {who}").fill(who=who)
        todo = T("请由有权更正的人办理。", "Ask somebody who may correct it.")
        raise Refusal(T("更正", "Correct"), (Reason(f"{tables.procedure.__name__}.corrects", text, "", todo),))


def _state_at(now: Snapshot, tried: Event) -> tuple[State, Event]:
    """What was known when an event was tried, its own answers too, and the event as it stands in the log that it is judged in."""
    log, there = now.placed(tried)
    state = fold_to(now.tables, log, next(at for at, e in enumerate(log) if e is there))
    state.answer(there)
    return state, there


NEXT: dict[str, T] = {
    "order": T("请先办理前置环节。", "Take the steps that come before it first."),
    "closed": T("如记录有误，请更正台账。", "If the record is wrong, correct the ledger."),
    "missing": T("请补记所缺环节：{steps}。", "Record what is missing first: {steps}."),
    "guard": T("请核对要素{facts}后再办理。", "Look at the answers{facts} and try again."),
    "by": T("请由{who}办理。", "Let it be taken by {who}."),
    "not_by": T("请换他人办理。", "Let somebody else take it."),
    "barred": T("期限已过，见该期限的计算依据。", "The time has run out: see how it was reckoned."),
    "early": T("请在期满之后办理。", "Take it when the time has passed."),
    "halted": T("请先结束中止。", "End the suspension first."),
    "one_open": T("请先结束在办的一项。", "End the one that is open first."),
    "on": T("请等待期满或者答复。", "Wait for the answer, or for the time to run out."),
    "count": T("次数已用完，不能再办。", "It may not be taken again."),
    "times": T("延长次数已用完。", "It may not be extended again."),
}


def _reason(tables: Tables, found: Finding, tried: Event, state: State) -> Reason:
    rule, row = found.rule, tables.steps[tried.step]
    words: dict[str, object] = {"who": row.step.by.words, "steps": T("", ""), "facts": T("", "")}
    if rule.kind == "missing":
        way = row.missing[state.before(tried)] or ()
        titles = [tables.steps[n].step.words for n in way]
        words["steps"] = T("、".join(t.zh for t in titles), ", ".join(t.en for t in titles))
    if rule.kind == "guard":
        words["facts"] = _unknown(tables, rule.code, tried, state)
    return Reason(rule.code, rule.text, str(rule.cites), NEXT[rule.kind].fill(**words))


def _unknown(tables: Tables, ground: str, tried: Event, state: State) -> T:
    """The questions without an answer that a guard reads, in brackets."""
    titles: list[T] = []
    for guard, _ in tables.steps[tried.step].guards:
        if guard.code == ground:
            for column in sorted((c for c in columns(guard.rule) if isinstance(c, FactColumn)), key=lambda c: c.key):
                if state.look_up(column, (tried.track, tried.entity)) is None:
                    titles.append(column.fact.title)
    return T(f"（未答：{'、'.join(t.zh for t in titles)}）", f" (not answered: {', '.join(t.en for t in titles)})") if titles else T("", "")


# ---- what follows by itself ------------------------------------------------------------------------------------------------------


def _sent(now: Snapshot, first: Event) -> list[Sent]:
    """The referrals that a step sends, each in a run of its own; a step that is itself the sending of one sends that."""
    row = now.tables.steps[first.step]
    part = now.tables.tracks[row.track].part
    out = [Sent(part, first.entity, first.seq)] if isinstance(part, Referral) and row.step is part.send else []
    for n, referral in enumerate(row.step.opens, 1):
        used = {e.entity for e in now.events if now.tables.tracks[e.track].part is referral}
        out.append(Sent(referral, f"{referral.name}-{len(used) + 1}", first.seq + n))
    return out


def _send(tables: Tables, sent: Sent, first: Event) -> Event:
    number = tables.number(sent.referral.send)
    return replace(first, seq=sent.seq, step=number, track=tables.steps[number].track, entity=sent.entity, facts={}, voids=None, into=None)


def _heard(now: Snapshot, new: list[Event], calendar: Calendar) -> list[Event]:
    """The steps that the system takes by itself because an answer came: this answer, not one that came before to an earlier referral."""
    first = new[0]
    for row, on in _answering(now.tables):
        if now.tables.tracks[first.track].part is not on.referral:
            continue
        if first.facts.get(on.referral.outcome.name) not in {o.name for o in on.outcomes}:
            continue
        signers = (Signer("system", "Roles.SYSTEM"),)
        tried = Event(new[-1].seq + 1, row.no, row.track, "", first.happened, first.recorded, None, signers)
        after = replace(now, events=[*now.events, *new], seq=new[-1].seq)
        if not refused(after, tried, calendar):
            return [tried]
    return []


@cache
def _answering(tables: Tables) -> tuple[tuple[StepRow, Heard], ...]:
    """The steps that the system takes because an answer came, and to which referral."""
    heard = [(row, row.step.on) for row in tables.steps if isinstance(row.step.on, Heard)]
    return tuple((row, on) for row, on in heard if [r.name for r in row.step.by.sets()[0]] == ["SYSTEM"])


def _halted(tables: Tables, log: list[Event]) -> bool:
    """Whether a suspension of the case itself has begun and not ended."""
    for pause in tables.pauses:
        if not pause.pause.halts or tables.tracks[pause.track].many:
            continue
        marks = [e.step in pause.since for e in log if e.step in pause.since or e.step in pause.until]
        if marks and marks[-1]:
            return True
    return False
