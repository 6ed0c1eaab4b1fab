"""写入值 · What the statement of a plan is filled with, and which branches of it the plan needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from tianping.casework.access.keys import make_keys
from tianping.casework.engine.appointed import agenda, appointment_rows
from tianping.casework.engine.decide import Plan
from tianping.casework.engine.lookups import watch_rows
from tianping.casework.engine.rows import (
    Origin,
    clock_json,
    event_rows,
    facts_json,
    grant_rows,
    open_referrals,
    referring,
    run_rows,
    span_rows,
    text,
)
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.ledger.canonical import DIGESTS
from tianping.casework.moments import instant
from tianping.procedure.events import VOID


def digest() -> Any:
    """The digest that the setting names."""
    from django.conf import settings  # noqa: PLC0415 — read when used: tests choose another

    return DIGESTS[settings.TIANPING_DIGEST]


def values_of(now: Snapshot, plan: Plan, origin: Origin, at: datetime) -> dict[str, Any]:
    """What the statement of a plan is filled with."""
    rows, head = event_rows(now.tables, plan.events, now.head, origin)
    log = plan.judged.log
    happened = plan.events[0].happened
    refolds = any(e.voids is not None for e in plan.events) or any(e.happened > happened for e in now.events)
    return {
        "case": now.case_id, "organisation": origin.organisation, "stage": plan.stage, "lifecycle": plan.lifecycle, "seq": plan.events[-1].seq,
        "head": head.hex(), "due": None if plan.due is None else instant(plan.due), "facts": facts_json(plan.state.case_facts),
        "recorded": instant(at), "recorder": origin.recorder, "events": text(rows), "runs": text(run_rows(now.tables, plan, every=refolds)),
        "clocks": text([clock_json(r) for r in plan.changed]),
        "gone": text([dict(zip(("code", "entity", "since_seq"), k, strict=True)) for k in plan.gone]),
        "procedure": now.tables.procedure.code, "watched": text(watch_rows(now.tables, plan, every=refolds)),
        "appointed": text(appointment_rows(now.tables, plan, every=refolds)),
        "spans": text(span_rows(now.tables, log)) if now.tables.pauses else "[]",
        "grants": text(grant_rows(now.tables, plan, log)), "refolds": refolds, "receivers": [], "live": open_referrals(now.tables, plan),
    }  # fmt: skip


def branches_of(values: dict[str, Any], now: Snapshot, plan: Plan, receivers: Mapping[str, int] | None) -> set[str]:
    """The branches that the plan has something for. What the statement does not name is taken out of its values by psycopg itself."""
    out = {"events", "runs"} | {name for name in ("clocks", "gone", "spans", "grants", "watched", "appointed") if values[name] != "[]"}
    refolds = values.pop("refolds")
    if refolds:
        out.add("struck")
        if agenda(now.tables):
            out.add("unappointed")
    if now.seq and (refolds or any(e.step != VOID and e.track in referring(now.tables) for e in plan.events)):
        out.add("unseen")
    if plan.sent:
        sent = [
            {"entity": s.entity, "part": s.referral.name, "matter": s.referral.matter.__name__, "receiver": (receivers or {}).get(s.referral.name)}
            for s in plan.sent
        ]
        values |= {"referrals": text(sent), "receivers": [s["receiver"] for s in sent if s["receiver"] is not None]}
        make_keys(values["receivers"])
        out.add("referrals")
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
    return out


_ORDER: Final = (
    "events", "runs", "watched", "appointed", "unappointed", "clocks", "gone", "spans", "grants", "struck", "seen", "unseen", "keys", "search",
    "parties", "referrals", "outbox",
)  # fmt: skip


def ordered(branches: set[str]) -> tuple[str, ...]:
    """Branches in the one order in which a statement holds them. Where keys lapse, that branch also does what ``seen`` does."""
    return tuple(b for b in _ORDER if b in branches and not (b == "seen" and "unseen" in branches))
