"""写入值 · What the statement of a plan is filled with, and which branches of it the plan needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from tianping.casework.access.keys import make_keys
from tianping.casework.engine.appointed import agenda, appointment_rows
from tianping.casework.engine.decide import Plan
from tianping.casework.engine.lookups import watch_rows, watching
from tianping.casework.engine.rows import (
    FEW,
    Origin,
    clock_json,
    clock_values,
    event_rows,
    event_values,
    facts_json,
    grant_rows,
    granting,
    open_referrals,
    pausing,
    referring,
    run_rows,
    span_rows,
    text,
)
from tianping.casework.engine.snapshot import ARCHIVED, Snapshot
from tianping.casework.ledger.canonical import DIGESTS
from tianping.casework.moments import instant
from tianping.procedure.events import VOID, effective
from tianping.procedure.fold import State, fold_to
from tianping.procedure.tables import Tables


def digest() -> Any:
    """The digest that the setting names."""
    return DIGESTS[settings.TIANPING_DIGEST]


def filled(
    now: Snapshot, plan: Plan, origin: Origin, at: datetime, receivers: Mapping[str, int] | None = None, *, said: Mapping[str, object] | None = None
) -> tuple[dict[str, Any], set[str]]:
    """The values and the branches of a plan. ``said`` stands in the place of answers: then every run is written anew."""
    tables, events, log = now.tables, plan.events, plan.judged.log
    happened = events[0].happened
    refolds = bool(said is not None or now.kin or any(e.voids is not None for e in events) or any(e.happened > happened for e in now.events))
    rows, head = event_rows(tables, events, now.head, origin, said=said)
    values: dict[str, Any] = {
        "case": now.case_id, "organisation": origin.organisation, "stage": plan.stage, "lifecycle": plan.lifecycle, "seq": events[-1].seq,
        "head": head, "due": None if plan.due is None else instant(plan.due), "facts": facts_json(plan.state.case_facts),
        "recorded": instant(at), "recorder": origin.recorder, "expect": now.seq, "number": None, "joined": now.joined,
        "procedure": tables.procedure.code, "receivers": [], "live": open_referrals(tables, own_state(now, plan)),
    }  # fmt: skip
    out = {"event"}
    if len(rows) == 1:
        values |= event_values(rows[0])
    else:
        values["events"], out = text(rows), {"events"}
    runs = run_rows(tables, plan, every=refolds)
    if len(runs) == 1 and not refolds:
        values |= {"r_track": runs[0]["track"], "r_entity": runs[0]["entity"], "r_stage": runs[0]["stage"], "r_facts": text(runs[0]["facts"])}
        out.add("run")
    elif runs or refolds:
        values["runs"] = text(runs)
        out.add("runs")
    many = {
        "clocks": [clock_json(r) for r in plan.changed] if len(plan.changed) > len(FEW) else [],
        "gone": gone_rows(plan),
        "watched": watch_rows(tables, plan, every=refolds),
        "appointed": appointment_rows(tables, plan, every=refolds),
        "spans": span_rows(tables, log) if refolds or any(e.step in pausing(tables) for e in events) else [],
        "grants": grant_rows(tables, plan, log) if refolds or _grants(now, plan) else [],
    }
    for name, found in many.items():
        if found or refolds:
            values[name] = text(found)
        if found:
            out.add(name)
    if 0 < len(plan.changed) <= len(FEW):
        values |= clock_values(plan.changed)
        out.add(f"clocks_{len(plan.changed)}")
    if refolds:
        out |= _struck(tables)
    if now.seq and (refolds or _ended(plan, values["live"])):
        out.add("unseen")
    elif now.seq and (plan.due, plan.lifecycle) != now.shown:
        out.add("seen")
    return _sent(values, out, plan, receivers)


def standing(now: Snapshot, plan: Plan) -> tuple[dict[str, Any], set[str]]:
    """The values and the branches of a plan without events: a case stands otherwise because something was done in one that it was merged with."""
    tables = now.tables
    rows: dict[str, list[dict[str, Any]]] = {
        "runs": run_rows(tables, plan, every=True),
        "clocks": [clock_json(r) for r in plan.changed],
        "gone": gone_rows(plan),
        "watched": watch_rows(tables, plan, every=True),
        "appointed": appointment_rows(tables, plan, every=True),
        "spans": span_rows(tables, plan.judged.log),
        "grants": grant_rows(tables, plan, plan.judged.log),
    }
    values = {name: text(found) for name, found in rows.items()} | {
        "case": now.case_id, "organisation": now.organisation, "procedure": tables.procedure.code, "stage": plan.stage,
        "lifecycle": ARCHIVED if now.shown[1] == ARCHIVED else plan.lifecycle,
        "due": None if plan.due is None else instant(plan.due), "facts": facts_json(plan.state.case_facts), "expect": now.seq,
    }  # fmt: skip
    return values, {name for name, found in rows.items() if found} | _struck(tables) | {"seen"}


def _struck(tables: Tables) -> set[str]:
    """The branches that take away what stands no more."""
    return {"struck"} | ({"unappointed"} if agenda(tables) else set()) | ({"unwatched"} if watching(tables) else set())


def gone_rows(plan: Plan) -> list[dict[str, Any]]:
    """The clocks that are no more."""
    return [dict(zip(("code", "entity", "since_seq"), k, strict=True)) for k in plan.gone]


def own_state(now: Snapshot, plan: Plan) -> State:
    """Where the case's own runs stand, wherever they count: whoever was asked something in them still has to answer."""
    if not now.kin:
        return plan.state
    log = effective([*now.events, *plan.events])
    return fold_to(now.tables, log, len(log))


def _ended(plan: Plan, live: list[str]) -> bool:
    """Whether a plan may have ended a referral: then institutions to which it was open may no longer see the case."""
    sent = referring(plan.state.tables)
    return any(e.step != VOID and e.track in sent and e.entity not in live for e in plan.events)


def _grants(now: Snapshot, plan: Plan) -> bool:
    """Whether a plan may have extended a clock: by its step, or because a clock has begun that was extended before."""
    steps = granting(now.tables)
    return bool(steps) and (any(e.step in steps for e in plan.events) or any(row.key not in now.clocks for row in plan.changed))


def _sent(values: dict[str, Any], out: set[str], plan: Plan, receivers: Mapping[str, int] | None) -> tuple[dict[str, Any], set[str]]:
    """With what is sent to others."""
    if plan.sent:
        sent = [
            {"entity": s.entity, "part": s.referral.name, "matter": s.referral.matter.__name__, "receiver": (receivers or {}).get(s.referral.name)}
            for s in plan.sent
        ]
        values |= {"referrals": text(sent), "receivers": [s["receiver"] for s in sent if s["receiver"] is not None]}
        out.add("referrals")
        if values["receivers"]:
            make_keys(values["receivers"])
            out.add("shown")
    messages = [
        {"seq": s.seq, "topic": "referral.sent", "body": {"entity": s.entity, "part": s.referral.name}}
        for s in plan.sent
        if (receivers or {}).get(s.referral.name) is not None  # nobody to tell: it stands as unaddressed until somebody is named
    ]
    if plan.answers:
        messages.append({"seq": plan.events[-1].seq, "topic": "matter.answered", "body": {"outcome": plan.answers}})
    if messages:
        values["outbox"] = text(messages)
        out.add("outbox")
    return values, out


_ORDER: Final = (
    "event", "events", "run", "runs", "watched", "unwatched", "appointed", "unappointed", "clocks_1", "clocks_2", "clocks", "gone", "spans", "grants",
    "struck", "seen", "unseen", "keys", "search", "parties", "referrals", "shown", "outbox",
)  # fmt: skip


def ordered(branches: set[str]) -> tuple[str, ...]:
    """Branches in the one order in which a statement holds them."""
    return tuple([b for b in _ORDER if b in branches])
