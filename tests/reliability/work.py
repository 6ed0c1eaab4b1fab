"""写入者的工作 · What those do that are killed. Each writes what it will ask and what it was told into a file of its own, so that afterwards
everything acknowledged can be looked for and everything unknown can be asked again under its key."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import Error, connection

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import folders
from tianping.casework.engine.snapshot import clock_row
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.casework.ledger.verify import verify
from tianping.casework.models import AccessKey, Case, Event, Organisation, Run
from tianping.law.calendar import calendar
from tianping.law.errors import TianpingError
from tianping.procedure.events import effective
from tianping.procedure.fold import fold_to
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import compiled

START = datetime(2026, 3, 2, 2, tzinfo=UTC)
LIFE = 8
"""Events of a case before its writer opens another."""


def judge() -> Actor:
    court = Organisation.objects.get(code="court")
    return Actor("li.ming@court", court.pk, frozenset({"Roles.FILING_JUDGE", "Roles.CLERK"}), tuple(AccessKey.objects.values_list("pk", flat=True)))


def asked(actor: Actor, request: dict[str, Any]) -> Taken:
    """One request, as it stands in the file: the same again is the same request."""
    at, key = START + timedelta(minutes=request["at"]), UUID(request["key"])
    if request["do"] == "open":
        facts = {"suit": "ORDINARY", "qualifies": True}
        new = NewCase("张三诉李四买卖合同纠纷", actor.organisation, keys=actor.keys)
        return case_open(
            procedure="pre_filing", step="PreFiling.receive", actor=actor, at=at, new=new, facts=facts, key=key, role="Roles.FILING_JUDGE"
        )
    given: dict[str, Any] = {"case_id": request["case"], "actor": actor, "at": at, "key": key, "expected_version": request.get("expect")}
    if request["do"] == "void":
        return step_take(step="", voids=request["voids"], **given)
    answers: dict[str, dict[str, object]] = {"file": {"qualifies": True}, "refer": {"suitable": True, "consents": True}}
    return step_take(step=request["do"], facts=answers[request["do"]], role="Roles.FILING_JUDGE", **given)


def patiently(actor: Actor, request: dict[str, Any]) -> Taken:
    """Asks until there is an answer: while the server is away the request is sent again under its key."""
    until = time.monotonic() + 60
    while True:
        try:
            return asked(actor, request)
        except (Error, psycopg.Error):
            if time.monotonic() > until:
                raise
            parted()
            time.sleep(0.05)


def busy(file: str, seed: int) -> None:
    """Opens cases and moves them, until it is killed."""
    draw, actor, at, case, seq = random.Random(seed), None, 0, 0, LIFE
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while True:
        at += 1
        request: dict[str, Any] = {"key": str(UUID(int=draw.getrandbits(128), version=4)), "at": at, "case": case, "do": "file"}
        if seq >= LIFE:
            request["do"] = "open"
        elif seq % 2 == 0:
            request |= {"do": "void", "voids": seq}
        os.write(handle, f"T {json.dumps(request)}\n".encode())
        actor = actor or judge()
        taken = patiently(actor, request)
        case, seq = taken.case_id, taken.seq
        os.write(handle, f"A {request['key']} {case} {seq}\n".encode())


def steady(count: int) -> dict[str, Any]:
    """So many commits of one writer, one after the other."""
    actor, case, seq = judge(), 0, LIFE
    for n in range(count):
        do = "open" if seq >= LIFE else "void" if seq % 2 == 0 else "file"
        taken = asked(actor, {"do": do, "case": case, "voids": seq, "key": str(UUID(int=random.getrandbits(128), version=4)), "at": n})
        case, seq = taken.case_id, taken.seq
    return {"commits": count}


def crowd(file: str, seed: int, count: int, cases: list[int], keys: list[str]) -> None:
    """One of many on the same cases: files, corrects, refers, opens, sometimes exactly what another asks under the same key."""
    draw, actor, out = random.Random(seed), judge(), []
    for n in range(count):
        request: dict[str, Any] = {"key": str(UUID(int=draw.getrandbits(128), version=4)), "at": 10 + n, "case": draw.choice(cases)}
        request["do"] = draw.choice(["file", "refer", "void", "void", "expect"])
        if request["do"] == "void":  # the newest event, if nobody else is quicker
            request["voids"] = max(2, Case.objects.values_list("seq", flat=True).get(pk=request["case"]) - draw.randrange(2))
        if request["do"] == "expect":
            request |= {"do": "file", "expect": Case.objects.values_list("seq", flat=True).get(pk=request["case"])}
        elif draw.random() < 0.2:  # the same request as somebody else's
            place = draw.randrange(len(keys))
            request = {"key": keys[place], "at": 5, "case": cases[place % len(cases)], "do": "file"}
        try:
            taken = asked(actor, request)
            out.append([request["key"], request["case"], taken.seq, taken.replayed])
        except TianpingError as refused:
            out.append([request["key"], request["case"], refused.code, False])
    Path(file).write_text(json.dumps(out), "utf-8")


def found() -> dict[str, Any]:
    court, _ = Organisation.objects.get_or_create(
        code="court", defaults={"kind": "court", "zh": "试点法院", "en": "Pilot court", "court_code": "晋0728"}
    )
    AccessKey.objects.get_or_create(organisation=court, capacity="handle")
    return {}


def shared(count: int) -> dict[str, Any]:
    """Cases that many will write to."""
    actor = judge()
    keys = [str(UUID(int=random.getrandbits(128), version=4)) for _ in range(count)]
    return {"cases": [asked(actor, {"do": "open", "key": key, "at": 0, "case": 0}).case_id for key in keys]}


def checked(files: list[str]) -> dict[str, Any]:
    """Everything that was acknowledged is there; everything unknown is asked again and done once; nothing is half done."""
    acknowledged: dict[str, tuple[int, int]] = {}
    tried: dict[str, dict[str, Any]] = {}
    for file in files:
        for line in Path(file).read_text("utf-8").splitlines() if Path(file).exists() else ():
            kind, _, rest = line.partition(" ")
            if kind == "T":
                request = json.loads(rest)
                tried[request["key"]] = request
            else:
                key, case, seq = rest.split()
                acknowledged[key] = (int(case), int(seq))
    stored = {str(e.key): (e.case_id, e.seq) for e in Event.objects.exclude(key=None).only("key", "case_id", "seq")}
    unknown = [r for key, r in tried.items() if key not in acknowledged]
    there, actor = [r for r in unknown if r["key"] in stored], judge()
    resolved = [asked(actor, r).replayed == (r in there) for r in unknown]
    after = [str(k) for k in Event.objects.exclude(key=None).values_list("key", flat=True)]
    return whole() | {
        "acknowledged": len(acknowledged), "lost": sum(stored.get(key) != place for key, place in acknowledged.items()),
        "unknown": len(unknown), "committed_unknown": len(there), "wrongly_resolved": resolved.count(False), "doubled": len(after) - len(set(after)),
    }  # fmt: skip


def whole() -> dict[str, Any]:
    """Of every case: its row is its last event, its clocks and runs are what its ledger gives when it is folded anew, and the chain holds."""
    actor = judge()
    with connection.cursor() as cursor:
        cursor.execute("""select count(*) from casework_case c left join lateral
          (select seq, hash from casework_event e where e.case_id = c.id order by seq desc limit 1) e on true
          where (c.seq, c.head) is distinct from (e.seq, e.hash)""")
        half = cursor.fetchone()[0]
        cursor.execute("select count(*) from (select number from casework_case where number is not null group by number having count(*) > 1) d")
        numbers = cursor.fetchone()[0]
    cases = list(Case.objects.values_list("pk", "stage"))
    runs: dict[int, dict[tuple[str, str], str]] = {}
    for case, track, entity, stage in Run.objects.values_list("case_id", "track", "entity", "stage"):
        runs.setdefault(case, {})[track, entity] = stage
    stale = [told for case, stage in cases if (told := stale_parts(case, stage, runs.get(case, {}), actor))]
    return {"half": half, "numbers": numbers, "stale": stale, "cases": len(cases), "events": verify(ledger_lines()).events}


def stale_parts(case: int, stage: str, runs: dict[tuple[str, str], str], actor: Actor) -> str:
    """What of a case's rows is not what its ledger gives, in words; "" when all is."""
    now = snapshot(case, actor)
    log = effective(now.events)
    judged = supervise_case(now.tables, log, max(e.recorded or e.happened for e in now.events), calendar())
    clocks = {row.key: row for row in (clock_row(c, log) for c in judged.clocks)}
    state, tracks = fold_to(now.tables, log, len(log)), now.tables.tracks
    stages = {(tracks[t].name, entity): tracks[t].stages[number].name for (t, entity), number in state.stage.items() if t}
    stands = tracks[0].stages[state.stage.get((0, ""), 0)].name
    contiguous = [e.seq for e in now.events] == list(range(1, now.seq + 1))
    if clocks == now.clocks and stages == runs and stands == stage and contiguous:
        return ""
    return f"case {case}: {stage} {runs} {now.clocks} is not {stages} {clocks}; {[(e.seq, e.step, e.voids, e.recorded) for e in now.events]}"


def loaded() -> None:
    """What every writer needs, before any is forked."""
    compiled(folders()["pre_filing"].on(START.date()))
    calendar()


def parted() -> None:
    """The connections of a process that has done its work."""
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()


ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {"found": found, "check": checked, "steady": steady, "whole": whole, "shared": shared}
WORK: dict[str, Callable[..., None]] = {"busy": busy, "crowd": crowd}
