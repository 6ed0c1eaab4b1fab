"""状态机 · Every version of every procedure walked at random through ``case_open`` and ``step_take`` on the real database (R-09).

Acts are drawn by ``engines.generate``: mostly lawful ones, with wrong order, wrong people, missing answers, late entries, corrections between. What
is accepted must be lawful by the definition's own tables, what is refused must leave nothing, and what is stored must be what the ledger gives anew.
"""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.conftest import PROOF, size
from tests.running import runs_on
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.kept import forget, keep, kept
from tianping.casework.engine.lookups import counts
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import folders, version_on
from tianping.casework.engine.rows import span_rows
from tianping.casework.engine.snapshot import CLOSED, Snapshot, clock_row
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.exchange.offers import opening
from tianping.casework.ledger.verify import verify
from tianping.casework.models import AccessKey, Case, Organisation, PauseSpan, Run
from tianping.casework.moments import LOCAL
from tianping.casework.security.console import role_code
from tianping.engines.generate import DAYS, MINUTES, Faults, Generator
from tianping.law.calendar import calendar
from tianping.law.errors import TianpingError
from tianping.procedure import events as acts
from tianping.procedure.events import VOID
from tianping.procedure.examples import event_of, read_examples
from tianping.procedure.fold import State, fold_to
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import discover
from tianping.procedure.roles import Signer
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import compiled

LOG = logging.getLogger(__name__)
VERSIONS = [version for folder in discover().values() for version in folder.versions]
COURTS = [v for v in VERSIONS if ".courts." in v.__module__]
OTHERS = [v for v in VERSIONS if v not in COURTS]
"""About half of the work each: a worker of the tests takes a file."""
STEPS = size(11_000 // len(VERSIONS) // 12 + 1, 80)
EXAMPLES = size(12, 1_100_000 // len(VERSIONS) // 80 + 1)
"""What is tried in each case, and cases of each version: together more than 10,000 steps in the test run, more than 1,000,000 in the proof."""
SEEDS = st.integers(0, 2**48)
LAWFUL = Faults(illegal=0.0, unsigned=0.0, unanswered=0.0)
STRAY = Faults(illegal=0.5, unsigned=0.3, unanswered=0.3)


STORED = """select md5(c::text), (select count(*) from casework_event e where e.case_id = c.id),
  (select json_agg(json_build_array(r.track, r.entity, r.stage) order by r.track, r.entity)::text from casework_run r where r.case_id = c.id),
  c.lifecycle, c.stage
from casework_case c where c.id = %s"""


def named(versions: list[type[Procedure]]) -> list[str]:
    """What the versions are called in a report."""
    return [f"{v.code}-{v.valid_from}" for v in versions]


MACHINES = frozenset({"SYSTEM"})


def span(version: type[Procedure]) -> tuple[date, date]:
    """The days on which a case of this version may be opened."""
    return version.valid_from, min(version.valid_to or date(2026, 9, 1), date(2026, 9, 1))


def lawful_openings(version: type[Procedure]) -> list[acts.Event]:
    """First acts of the worked cases: where the law wants a sum that fits to the fen, chance does not find it."""
    tables = compiled(version)
    found = [read_examples(file) for file in sorted((folders()[version.code].path / "examples").glob("*.yaml"))]
    events = [
        event_of(e.where, tables, 1, e.data["events"][0])
        for part in found
        for e in part
        if version.valid_from <= e.version <= (version.valid_to or e.version)
    ]
    return [replace(e, signers=tuple(Signer(s.actor, _code(s.role or "")) for s in e.signers)) for e in events if not e.entity]


def _code(role: str) -> str:
    """A role as the engine writes it; a machine's is no role that a post may hold."""
    return f"Roles.{role}" if role in MACHINES else role_code(role)


class Life(RuleBasedStateMachine):
    """一件案件 · One case, from its opening on."""

    version: type[Procedure]
    court: Organisation
    keys: tuple[int, ...]
    tried: Counter[str]
    merged: list[int]
    lawful: list[acts.Event]

    def __init__(self) -> None:
        super().__init__()
        self.tables = compiled(self.version)
        self.case: int | None = None
        self.plain = True
        """No late entry, no correction and no merge so far: then the whole ledger must be without fault."""
        self.last: dict[str, Any] | None = None
        self.older: Snapshot | None = None

    def actor(self, signers: tuple[Signer, ...]) -> Actor:
        roles = {s.role for s in signers[:1] if s.role}
        return Actor(signers[0].actor if signers else "nobody", self.court.pk, frozenset(roles), self.keys)

    def answers(self, act: acts.Event) -> dict[str, object]:
        """What is answered: what is counted from other cases nobody is asked."""
        return {name: answer for name, answer in act.facts.items() if self.tables.facts[name][0].known_by is None}

    @initialize(seed=SEEDS)
    def opens(self, seed: int) -> None:
        maker = Generator(self.tables, seed, start=self.version.valid_from, faults=LAWFUL)
        self.case, self.plain, self.last = None, True, None
        first, last = span(self.version)
        day = first + timedelta(days=maker.random.randrange((last - first).days))
        self.now = datetime(day.year, day.month, day.day, 9, tzinfo=LOCAL)
        drawn = (maker.act(State(self.tables), self.now.replace(tzinfo=None)) for _ in range(2_000))
        own = islice((act for act in drawn if not act.entity), 10)  # a case is opened as a whole, never with one of its runs
        for act in chain(own, *([maker.random.choice(self.lawful)] for _ in range(2) if self.lawful)):
            row = self.tables.steps[act.step]
            given: dict[str, Any] = {"step": row.step.code, "facts": self.answers(act), "co_signers": act.signers[1:], "role": act.signers[0].role}
            new = NewCase(f"案件 {seed}", self.court.pk, keys=self.keys)
            self.tried["tried"] += 1
            try:
                taken = case_open(procedure=self.version.code, actor=self.actor(act.signers), at=self.now, new=new, key=uuid4(), **given)
            except TianpingError as refused:
                self.tried[refused.code] += 1
                continue
            self.case = taken.case_id
            self.tried["taken"] += 1
            return

    def stored(self) -> tuple[Any, ...]:
        """The case's row, how many events it has, and where its runs stand."""
        with connection.cursor() as cursor:
            cursor.execute(STORED, [self.case])
            found: tuple[Any, ...] = cursor.fetchone()
        return found

    def take(self, act: acts.Event, *, late: timedelta = timedelta(), voids: int | None = None) -> None:
        """Try an act; whatever comes of it must be right."""
        row = None if act.step == VOID else self.tables.steps[act.step]
        happened = self.now - late
        self.last = {
            "case_id": self.case, "step": row.step.code if row is not None else "", "actor": self.actor(act.signers), "at": self.now,
            "happened": happened, "entity": act.entity, "facts": self.answers(act), "voids": voids,
            "key": UUID(int=(act.seq << 40) + self.tried["tried"], version=4), "co_signers": act.signers[1:],
            "role": (act.signers[0].role or None) if act.signers else None, "into": self._into(row),
        }  # fmt: skip
        before = self.stored()
        self.tried["tried"] += 1
        self.as_elsewhere()
        try:
            step_take(**self.last)
        except TianpingError as refused:
            self.tried[refused.code] += 1
            assert self.stored() == before, "a refused act left something"
            self.last = None
            return
        self.tried["taken"] += 1
        assert kept(self.case or 0, self.actor(())) in (None, snapshot(self.case or 0, self.actor(()))), "what is kept is not what is read"
        self.plain = self.plain and not late and voids is None and self.last["into"] is None
        if row is not None and self.plain:
            track = self.tables.tracks[row.track]
            runs = {("", ""): before[4]} | {(t, e): stage for t, e, stage in json.loads(before[2] or "[]")}
            stands = runs.get((track.name, act.entity), track.stages[0].name)
            stage = [s.name for s in track.stages].index(stands)
            assert row.mask >> stage & 1, f"{row.step.code} was taken in {track.stages[stage].name}"
        if row is not None:
            assert row.step.by.satisfied(act.signers), f"{row.step.code} was signed by {act.signers}"

    def as_elsewhere(self) -> None:
        """What this process remembers of the case: what it did last, nothing, or how the case stood before another process moved it."""
        last, turn = kept(self.case or 0, self.actor(())), self.tried["tried"] % 4
        if turn == 0 and self.case is not None:
            forget(self.case)
        if turn == 1 and self.older is not None and self.older.case_id == self.case:
            keep(self.older, self.actor(()))
        self.older = last or self.older

    def _into(self, row: Any) -> int | None:
        if row is None or not row.step.into or not self.merged:
            return None
        return self.merged[-1]

    def drawn(self, seed: int, faults: Faults) -> acts.Event:
        maker = Generator(self.tables, seed, start=self.version.valid_from, faults=faults)
        self.now += timedelta(days=maker.random.choice(DAYS), minutes=1 + maker.random.choice(MINUTES))
        now = snapshot(self.case or 0, self.actor(()))
        log = now.shown_log()
        return replace(maker.act(fold_to(self.tables, log, len(log)), self.now.replace(tzinfo=None)), seq=seed + (1 << 50))

    @rule(seed=SEEDS)
    def goes_on(self, seed: int) -> None:
        if self.case is None or (self.stored()[3] == CLOSED and seed % 4):
            self.teardown()
            self.opens(seed)
        else:
            self.take(self.drawn(seed, LAWFUL))

    @rule(seed=SEEDS)
    def goes_on_and_is_asked_again(self, seed: int) -> None:
        self.goes_on(seed)
        if self.last is not None:
            before = self.stored()
            assert step_take(**self.last).replayed
            assert self.stored() == before

    @rule(seed=SEEDS)
    def goes_on_further(self, seed: int) -> None:
        self.goes_on(seed)

    @rule(seed=SEEDS)
    def strays(self, seed: int) -> None:
        if self.case is not None:
            self.take(self.drawn(seed, STRAY))

    @rule(seed=SEEDS, hours=st.integers(1, 400))
    def is_entered_late(self, seed: int, hours: int) -> None:
        if self.case is not None:
            self.take(self.drawn(seed, LAWFUL), late=timedelta(hours=hours))

    @rule(seed=SEEDS, back=st.integers(0, 5))
    def is_corrected(self, seed: int, back: int) -> None:
        if self.case is None or self.version.corrects is None:
            return
        role = self.version.corrects.sets()[0][0].code if seed % 2 else "Roles.SYSTEM"
        seq = Case.objects.values_list("seq", flat=True).get(pk=self.case)
        act = acts.Event(seed + (1 << 50), VOID, 0, "", self.now, None, None, (Signer("zhao.gang", role),))
        self.take(act, voids=max(1, seq - back))

    def teardown(self) -> None:
        if self.case is None:
            return
        now = snapshot(self.case, self.actor(()))
        log, row = now.log(), Case.objects.get(pk=self.case)
        judged = supervise_case(self.tables, log, max(e.recorded or e.happened for e in (*now.events, *log)), calendar())
        clocks = {c.key: c for c in (clock_row(c, log) for c in judged.clocks)}
        assert now.clocks == clocks, "stored clocks are not what the ledger gives"
        state, tracks = fold_to(self.tables, log, len(log)), self.tables.tracks
        stages = {(tracks[t].name, entity): tracks[t].stages[n].name for (t, entity), n in state.stage.items() if t}
        assert {(r.track, r.entity): r.stage for r in Run.objects.filter(case_id=self.case)} == stages
        assert row.stage == tracks[0].stages[state.stage.get((0, ""), 0)].name
        assert row.facts.keys() == state.case_facts.keys()
        spans = {(s["code"], s["entity"], s["since_seq"], s["until_seq"]) for s in span_rows(self.tables, log)}
        assert set(PauseSpan.objects.filter(case_id=self.case).values_list("code", "entity", "since_seq", "until_seq")) == spans
        if self.plain:
            assert not [f.rule.code for f in judged.findings if f.rule.kind in REFUSED]
        if row.lifecycle == CLOSED:
            self.tried["closed"] += 1
        if self.plain:
            assert not [f"{c.row.code} of {c.entity or 'the case'} runs on after its end" for c in judged.clocks if runs_on(self.tables, state, c)]
        assert row.due == min(
            (c.due.replace(tzinfo=LOCAL) for c in clocks.values() if c.ended is None and c.awaited and c.fixed and c.status != "met"), default=None
        )
        assert verify(ledger_lines([self.case])).heads[self.case] == (row.seq, bytes(row.head))
        self.merged.append(self.case)


def walked(court: Organisation, version: type[Procedure]) -> None:
    """A version walked at random, so often as the size says."""
    number, _ = version_on(version.code, version.valid_from)
    assert number
    assert version in folders()[version.code].versions
    keys = tuple(AccessKey.objects.get_or_create(organisation=court, capacity=c)[0].pk for c in ("handle", "supervise"))
    tried: Counter[str] = Counter()
    kind = type("Walk", (Life,), {"version": version, "court": court, "keys": keys, "tried": tried, "merged": [], "lawful": lawful_openings(version)})
    began = time.monotonic()
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    wanted = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not PROOF,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=checks,
    )
    run_state_machine_as_test(kind, settings=wanted)
    LOG.info("%s %s: %s in %.1f s", version.code, version.valid_from, dict(tried), time.monotonic() - began)
    assert tried["tried"] >= EXAMPLES * STEPS // 5
    tables = compiled(version)
    assert tried["taken"] or all(counts(tables, step.code) for step in opening(tables)), "only what counts other cases may find none to count"
