"""普通做法 · The same step as one writes it with Django's ORM: the row locked, ledger and clocks read, decided alike, saved row by row."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.city import Walk


def plainly(case_id: int, walk: Walk) -> None:
    """Take the steps of a case after its first, each in a transaction of its own."""
    for act in walk.acts[1:]:
        _step(case_id, walk, act)


def _step(case_id: int, walk: Walk, act: Any) -> None:
    from django.db import transaction  # noqa: PLC0415 — needs Django set up

    from tianping.casework.engine.decide import Attempt, decide  # noqa: PLC0415
    from tianping.casework.engine.facts import typed_facts  # noqa: PLC0415
    from tianping.casework.engine.registered import tables_of  # noqa: PLC0415
    from tianping.casework.engine.snapshot import Snapshot  # noqa: PLC0415
    from tianping.casework.models import Case, Clock, Event, Recusal, Visibility  # noqa: PLC0415
    from tianping.casework.moments import local  # noqa: PLC0415
    from tianping.law.calendar import calendar  # noqa: PLC0415

    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if not Visibility.objects.filter(case_id=case_id, key_id__in=walk.actor(act).keys).exists():
            raise LookupError
        if Recusal.objects.filter(case_id=case_id, person_id=0).exists():
            raise LookupError
        tables = tables_of(case.definition_id)
        events = [_event(tables, e) for e in Event.objects.filter(case_id=case_id).order_by("seq")]
        clocks = {row.key: row for row in (_clock(c) for c in Clock.objects.filter(case_id=case_id))}
        shown = (None if case.due is None else local(case.due), case.lifecycle)
        now = Snapshot(case_id, tables, case.organisation_id, case.seq, bytes(case.head), events, clocks, shown, case.number)
        number = tables.by_step[act.step]
        attempt = Attempt(number, act.happened, act.happened, act.signers, act.entity, typed_facts(tables, act.facts, number))
        _saved(case, now, decide(now, attempt, calendar()), walk.actor(act).account)


def _saved(case: Any, now: Any, plan: Any, account: str) -> None:
    from tianping.casework.engine.rows import Origin, event_rows, facts_json, run_rows  # noqa: PLC0415
    from tianping.casework.engine.values import digest  # noqa: PLC0415
    from tianping.casework.models import Clock, Event, Run, Visibility  # noqa: PLC0415
    from tianping.casework.moments import instant  # noqa: PLC0415

    rows, head = event_rows(now.tables, plan.events, now.head, Origin(case.pk, case.organisation_id, account, digest()))
    for row in rows:
        row |= {"payload_hash": bytes.fromhex(row["payload_hash"]), "hash": bytes.fromhex(row["hash"])}
        Event.objects.create(case_id=case.pk, organisation=case.organisation_id, recorder=account, **row)
    due = None if plan.due is None else instant(plan.due)
    case.stage, case.lifecycle, case.seq, case.head, case.due = plan.stage, plan.lifecycle, plan.events[-1].seq, head, due
    case.updated = instant(plan.events[-1].recorded)
    case.facts = json.loads(facts_json(plan.state.case_facts))
    case.save(update_fields=["stage", "lifecycle", "seq", "head", "due", "updated", "facts"])
    for row in run_rows(now.tables, plan, every=False):
        Run.objects.update_or_create(
            case_id=case.pk, track=row["track"], entity=row["entity"], defaults={"stage": row["stage"], "facts": row["facts"]}
        )
    for row in plan.changed:
        values = {n: getattr(row, n) for n in ("timed", "fixed", "provisional", "status", "ended", "awaited")}
        values |= {n: None if getattr(row, n) is None else instant(getattr(row, n)) for n in ("since", "due", "met_on")}
        Clock.objects.update_or_create(case_id=case.pk, code=row.code, entity=row.entity, since_seq=row.since_seq, defaults=values)
    if (plan.due, plan.lifecycle) != now.shown:
        Visibility.objects.filter(case_id=case.pk).update(due=due, lifecycle=plan.lifecycle)


def _event(tables: Any, e: Any) -> Any:
    from tianping.casework.engine.facts import from_ledger  # noqa: PLC0415
    from tianping.casework.moments import local  # noqa: PLC0415
    from tianping.procedure.events import Event  # noqa: PLC0415
    from tianping.procedure.roles import Signer  # noqa: PLC0415

    step = tables.by_step[e.step]
    signers = tuple(Signer(*who) for who in e.signers)
    facts = from_ledger(tables, e.payload["facts"])
    return Event(e.seq, step, tables.steps[step].track, e.entity, local(e.happened), local(e.recorded), e.voids, signers, facts)


def _clock(c: Any) -> Any:
    from tianping.casework.engine.snapshot import ClockRow  # noqa: PLC0415
    from tianping.casework.moments import local  # noqa: PLC0415

    met = None if c.met_on is None else local(c.met_on)
    instants = (local(c.since), local(c.due))
    return ClockRow(c.code, c.entity, c.since_seq, *instants, c.timed, c.fixed, c.provisional, c.status, c.ended, met, c.awaited)
