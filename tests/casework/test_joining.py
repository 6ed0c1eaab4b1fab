"""并案 · A case is merged into another of its procedure that the actor handles; from then on guards, runs and clocks are those of supervision."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.casework.conftest import actor_of
from tests.conftest import size
from tianping.casework.engine import writers
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.again import anew
from tianping.casework.engine.decide import Attempt
from tianping.casework.engine.erasing import erase_payload
from tianping.casework.engine.facts import plain
from tianping.casework.engine.kept import kept
from tianping.casework.engine.lookups import looked_up, watching
from tianping.casework.engine.read import snapshot, snapshots, snapshots_for_reckoning
from tianping.casework.engine.registered import folders
from tianping.casework.engine.rows import span_rows
from tianping.casework.engine.snapshot import Snapshot, clock_row
from tianping.casework.engine.writers import NewCase, NewParty, case_open, step_take
from tianping.casework.errors import BadAnswer, NoSuchCase, NotMerged, Refusal
from tianping.casework.extracts.masks import Mask
from tianping.casework.models import Case, Clock, Event, Organisation, PauseSpan, Run, Watched
from tianping.casework.moments import local
from tianping.engines.generate import DAYS, Faults, Generator
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.run import supervise
from tianping.law.calendar import calendar
from tianping.law.errors import TianpingError
from tianping.procedure import events as acts
from tianping.procedure.events import VOID
from tianping.procedure.events import merged as joined_logs
from tianping.procedure.fold import fold_to
from tianping.procedure.roles import Signer
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import compiled

MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
WALKS, ACTS, CASES = size(3, 120), size(40, 60), 4
KINDS = ("taken", "refused", "merged", "corrected", "late", "led", "parted", "erased", "joined clocks")[: size(6, 9)]
"""What the walks must have tried: at bar size there are too few for all."""
MILD = Faults(illegal=0.1, unsigned=0.0, unanswered=0.0, voided=0.0, late_entry=0.0, merged=0.0)


def opened(chief: Actor, *parties: NewParty) -> int:
    new = NewCase("王某盗窃案", chief.organisation, keys=chief.keys, parties=parties)
    return case_open(procedure="criminal_case", step="CriminalCase.open_case", actor=chief, at=MONDAY, new=new).case_id


def merged(case: int, into: int | None, chief: Actor, days: int = 1) -> None:
    step_take(case_id=case, step="CriminalCase.merge", actor=chief, at=MONDAY + timedelta(days=days), into=into)


def test_a_case_goes_into_another_that_its_chief_handles(court: Organisation, other_court: Organisation) -> None:
    chief = actor_of(court, "CHIEF")
    first, second, third = (opened(chief) for _ in range(3))
    elsewhere = opened(actor_of(other_court, "CHIEF"))
    judge = actor_of(court, "FILING_JUDGE")
    facts = {"suit": "ORDINARY", "qualifies": True}
    suit = case_open(
        procedure="pre_filing", step="PreFiling.receive", actor=judge, at=MONDAY, new=NewCase("甲诉乙", court.pk, keys=judge.keys), facts=facts
    ).case_id  # fmt: skip
    for goal, error in ((elsewhere, NoSuchCase), (10**12, NoSuchCase), (suit, NotMerged), (first, NotMerged)):
        with pytest.raises(error):
            merged(first, goal, chief)
    with pytest.raises(BadAnswer):
        step_take(case_id=first, step="CriminalCase.transfer", actor=chief, at=MONDAY + timedelta(days=1), into=second)
    assert Event.objects.filter(case_id=first).count() == 1
    assert not Case.objects.filter(pk__in=(first, second), joined=True).exists()
    Case.objects.filter(pk=first).update(level=1)
    with pytest.raises(NotMerged, match="封存"):
        merged(first, second, chief)
    Case.objects.filter(pk__in=(second, third)).update(level=1)
    merged(first, second, chief)
    assert (Case.objects.get(pk=first).stage, Event.objects.get(case_id=first, seq=2).into) == ("merged", second)
    assert Case.objects.filter(pk__in=(first, second, third), joined=True).count() == 2
    merged(second, third, chief)
    with pytest.raises(NotMerged):
        merged(third, first, chief)


def test_who_has_read_a_case_before_a_merge_reads_it_again(court: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the number nor the head of the leading case moves with a merge: the mark does."""
    chief = actor_of(court, "CHIEF")
    first, second = opened(chief), opened(chief)
    reads: list[int] = []

    def read_too_early(case_id: int, actor: Actor) -> Snapshot:
        now = snapshot(case_id, actor)
        reads.append(case_id)
        if case_id == second and len(reads) == 1:
            merged(first, second, chief)
        return now

    monkeypatch.setattr(writers, "kept", lambda case_id, actor: None)
    monkeypatch.setattr(writers, "snapshot", read_too_early)
    step_take(case_id=second, step="CriminalCase.transfer", actor=chief, at=MONDAY + timedelta(days=2))
    assert reads == [second, first, second]
    assert kept(second, chief) is None


def test_of_two_that_go_into_each_other_at_once_one_does(court: Organisation) -> None:
    chief = actor_of(court, "CHIEF")

    def apart(case: int, into: int) -> TianpingError | None:
        try:
            merged(case, into, chief)
        except TianpingError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        for _ in range(size(3, 60)):
            pair = opened(chief), opened(chief)
            answers = list(pool.map(apart, pair, reversed(pair)))
            assert [type(a) for a in answers if a is not None] == [NotMerged]
            assert Case.objects.filter(pk__in=pair, stage="merged", joined=True).count() == 1


def test_only_a_case_that_was_merged_is_read_twice(court: Organisation) -> None:
    chief = actor_of(court, "CHIEF")
    first, second, third = (opened(chief) for _ in range(3))
    merged(first, second, chief)
    with CaptureQueriesContext(connection) as asked:  # what is prepared is not among them
        snapshot(third, chief)
    assert not asked
    with CaptureQueriesContext(connection) as asked:
        assert snapshot(second, chief).kin.keys() == {first}
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert [bool(now.kin) for _, now in sorted(snapshots([first, second, third], chief).items())] == [True, True, False]
    assert len(asked) == 2


def test_the_leading_case_goes_on_in_a_run_that_came_to_it(court: Organisation) -> None:
    """Both cases have a number 2 in the same run; who works in the merged case works in that run too; without the merge all is apart again."""
    chief = actor_of(court, "CHIEF", "OFFICER")
    first, second = opened(chief, NewParty("赵小明", "DEFENDANT")), opened(chief)
    came, other = f"{first}/赵小明", (Signer("sun.li@court", "Roles.OFFICER"),)

    def taken(case: int, step: str, entity: str, hours: int) -> None:
        at, role, others = MONDAY + timedelta(hours=hours), "Roles.OFFICER", other if step == "Suspect.summon" else ()
        step_take(case_id=case, step=step, entity=entity, actor=chief, at=at, role=role, co_signers=others)

    def summons(case: int) -> list[tuple[str, int, str, int | None]]:
        kept = Clock.objects.filter(case_id=case, code="Suspect.at_summons").order_by("since")
        return list(kept.values_list("entity", "since_seq", "status", "ended"))

    taken(first, "Suspect.summon", "赵小明", 1)
    taken(first, "Suspect.let_go", "赵小明", 2)
    merged(first, second, chief)
    assert (summons(first), summons(second)) == ([], [(came, -2, "met", -3)])
    assert "赵小明" not in Mask([second]).run(second, came)
    taken(second, "Suspect.summon", came, 30)
    with pytest.raises(Refusal):
        taken(first, "Suspect.summon", "赵小明", 31)
    taken(first, "Suspect.let_go", "赵小明", 32)
    assert summons(second) == [(came, -2, "met", -3), (came, 2, "met", -5)]
    assert Run.objects.get(case_id=second).stage == "free"
    step_take(case_id=first, step="", voids=4, actor=chief, at=MONDAY + timedelta(hours=33), role="Roles.CHIEF")
    assert (summons(first), summons(second)) == ([("赵小明", 2, "met", 3)], [(came, 2, "running", None)])
    assert list(Run.objects.filter(case_id__in=(first, second)).order_by("case_id").values_list("entity", "stage")) == [
        ("赵小明", "free"),
        (came, "summoned"),
    ]


# ---- at random ---------------------------------------------------------------------------------------------------------------------------


class Walk:
    """同行数案 · Some cases of a procedure, into which acts are tried at random: steps, merges, late entries, corrections."""

    def __init__(self, court: Organisation, code: str, seed: int, told: Counter[str]) -> None:
        self.court, self.code, self.told, self.random = court, code, told, Random(seed)
        self.tables = compiled(folders()[code].current)
        self.maker = Generator(self.tables, seed, start=MONDAY.date(), faults=MILD)
        self.keys = actor_of(court).keys
        self.merge = next(row for row in self.tables.steps if row.step.into)
        self.now, self.cases = MONDAY, list[int]()
        while len(self.cases) < CASES:
            act = self.maker.act(fold_to(self.tables, [], 0), local(self.now))
            step, facts = self.tables.steps[act.step].step.code, self.answered(act)
            given: dict[str, Any] = {"new": NewCase("案件", court.pk, keys=self.keys), "co_signers": act.signers[1:], "at": self.now}
            try:
                taken = case_open(procedure=code, step=step, actor=self.actor(act.signers), facts=facts, **given)
            except TianpingError:
                continue
            self.cases.append(taken.case_id)

    def actor(self, signers: tuple[Signer, ...]) -> Actor:
        return Actor(signers[0].actor, self.court.pk, frozenset({signers[0].role}), self.keys)

    def answered(self, act: acts.Event) -> dict[str, object]:
        """What is answered: what is counted from other cases nobody is asked."""
        return {name: answer for name, answer in act.facts.items() if self.tables.facts[name][0].known_by is None}

    def ledgers(self) -> dict[int, Snapshot]:
        return dict(sorted(snapshots_for_reckoning(self.cases).items()))

    def logs(self, ledgers: dict[int, Snapshot], case: int = 0, tried: acts.Event | None = None) -> dict[str, list[acts.Event]]:
        more = {case: [tried]} if tried is not None else {}
        return joined_logs({str(c): [*now.events, *more.get(c, [])] for c, now in ledgers.items()}, self.tables)

    def goes_on(self) -> None:
        """Try an act and compare."""
        self.now += timedelta(days=self.random.choice(DAYS) // 4, minutes=3)
        before = self.ledgers()
        led = [c for c, now in before.items() if any(e.origin for e in now.log())]
        case = self.random.choice(led if led and self.random.random() < 0.5 else list(before))
        if self.random.random() < 0.04:
            self.erases(case, before[case])
            return
        act, given = self.drawn(before[case])
        wanted = set[str]() if act.step == VOID else self.found(before, case, self.informed(before[case], act))
        step = "" if act.step == VOID else self.tables.steps[act.step].step.code
        into = None if act.into is None else int(act.into)
        try:
            step_take(
                case_id=case, step=step, actor=self.actor(act.signers), at=self.now, facts=act.facts, entity=act.entity, into=into, voids=act.voids,
                co_signers=act.signers[1:], **given,
            )  # fmt: skip
        except Refusal as refused:
            self.told["refused"] += 1
            assert {r.rule for r in refused.reasons if not r.rule.endswith(".out")} == wanted
        except TianpingError as error:
            self.told[error.code] += 1
        else:
            assert not wanted
            self.told["merged" if into else "corrected" if act.voids else "late" if given else "taken"] += 1
            self.told["led"] += int("/" in act.entity)
            self.told["parted"] += int(any(e.seq == act.voids and e.into is not None for e in before[case].events))
        self.agree()

    def erases(self, case: int, before: Snapshot) -> None:
        """What was said in an event goes; that of a merged case is answered no more in the one that leads it."""
        corrects = self.tables.procedure.corrects
        assert corrects is not None
        one, other = (Signer(name, corrects.sets()[0][0].code) for name in "yz")
        seq = self.random.choice([e.seq for e in before.events])
        try:
            erase_payload(actor=self.actor((one,)), case_id=case, seq=seq, ground="unlawful", at=self.now, co_signers=(other,))
        except TianpingError as error:
            self.told[error.code] += 1
        else:
            self.told["erased"] += 1
        self.agree()

    def drawn(self, now: Snapshot) -> tuple[acts.Event, dict[str, Any]]:
        """An act, and when it happened if not now."""
        moment, kind, seq = local(self.now), self.random.random(), now.seq + 1
        if kind < 0.15:
            signers = tuple(Signer(f"z{n}", r.code) for n, r in enumerate(self.merge.step.by.sets()[0]))
            goal = str(self.random.choice([c for c in self.cases if c != now.case_id]))
            return acts.Event(seq, self.merge.no, 0, "", moment, moment, None, signers, {}, goal), {}
        if kind < 0.3 and self.tables.procedure.corrects is not None:
            merges = [e.seq for e in now.events if e.into is not None]
            struck = self.random.choice(merges if merges and kind < 0.25 else [e.seq for e in now.events])
            return acts.Event(seq, VOID, 0, "", moment, moment, struck, (Signer("z", self.tables.procedure.corrects.sets()[0][0].code),)), {}
        late = timedelta(hours=self.random.randrange(1, 200)) if kind < 0.45 else timedelta()
        log = [e for e in now.shown_log() if e.happened <= moment - late]
        state = fold_to(self.tables, log, len(log))
        came: list[str] = []
        for _ in range(9):
            act = self.maker.act(state, moment - late)
            row = self.tables.steps[act.step]
            came = [name for (track, name), at in state.stage.items() if track == act.track and "/" in name and row.mask >> at & 1]
            if came or not any("/" in name for _, name in state.stage):
                break
        act = replace(act, seq=seq, recorded=moment, facts=self.answered(act), entity=self.random.choice(came) if came and kind < 0.8 else act.entity)
        return act, {"happened": self.now - late} if late else {}

    def found(self, ledgers: dict[int, Snapshot], case: int, tried: acts.Event) -> set[str]:
        """What supervision finds of an act in the ledger with it; of a merge, also what it finds where nothing moves."""
        out = set[str]()
        for act in (tried, replace(tried, into=None)) if tried.into is not None else (tried,):
            for name, log in self.logs(ledgers, case, act).items():
                found = supervise_case(self.tables, log, act.happened, calendar()).findings
                out |= {f.rule.code for f in found if f.rule.kind in REFUSED and (f.seq, f.origin or name) == (act.seq, str(case))}
        return out

    def informed(self, now: Snapshot, act: acts.Event) -> acts.Event:
        """The act with what is counted from other cases."""
        with transaction.atomic():
            tried = Attempt(act.step, act.happened, local(self.now), act.signers, act.entity, act.facts)
            return replace(act, facts={**act.facts, **looked_up(now, tried)})

    def agree(self) -> None:
        """What stands is what supervision gives."""
        ledgers, runs, watched = self.ledgers(), self.rows(Run, "track", "entity", "stage", "facts"), self.rows(Watched, "track", "entity", "stage")
        spans, cases = self.rows(PauseSpan, "code", "entity", "since_seq", "until_seq"), Case.objects.in_bulk(self.cases)
        for name, log in self.logs(ledgers).items():
            case = int(name)
            last = max(e.recorded or e.happened for e in (*ledgers[case].events, *log))
            judged, tracks = supervise_case(self.tables, log, last, calendar()), self.tables.tracks
            assert ledgers[case].clocks == {row.key: row for row in (clock_row(c, log) for c in judged.clocks)}
            stages = [(t, entity, n) for (t, entity), n in judged.state.stage.items() if t]
            facts = {run: {n: plain(v) for n, v in found.items()} for run, found in judged.state.run_facts.items()}
            assert runs[case] == sorted(([tracks[t].name, e, tracks[t].stages[n].name, facts.get((t, e), {})] for t, e, n in stages), key=str)
            seen = {tracks[t].name for t in watching(self.tables)}
            assert watched[case] == [run[:3] for run in runs[case] if run[0] in seen]
            rows = [[s["code"], s["entity"], s["since_seq"], s["until_seq"]] for s in span_rows(self.tables, log)]
            assert spans[case] == sorted(rows, key=str)
            assert cases[case].stage == tracks[0].stages[judged.state.stage.get((0, ""), 0)].name
            assert cases[case].facts == {n: plain(v) for n, v in judged.state.case_facts.items()}
            self.told["joined clocks"] += sum("/" in c.entity for c in judged.clocks)

    def rows(self, model: type[Run | PauseSpan | Watched], *names: str) -> dict[int, list[list[Any]]]:
        out: dict[int, list[list[Any]]] = {case: [] for case in self.cases}
        for case, *row in model.objects.filter(case_id__in=self.cases).values_list("case_id", *names):
            out[case].append(row)
        return {case: sorted(found, key=str) for case, found in out.items()}

    def ends(self) -> None:
        """The array engine on the ledger finds the clocks that are kept; those that have ended stand as there. To reckon anew changes nothing."""
        ledgers = self.ledgers()
        assert [anew(now) for now in ledgers.values()] == [None] * CASES
        table = rows_of_events({str(c): now.events for c, now in ledgers.items()}, self.tables)
        rows = supervise(folders()[self.code], table, as_of=local(self.now)).clocks.to_pylist()
        found = [(int(r["case_id"]), r["clock"], r["entity"], r["since_seq"], r["status"]) for r in rows]
        kept = [(case, abs(k.since_seq), k) for case, now in ledgers.items() for k in now.clocks.values()]
        assert sorted(row[:4] for row in found) == sorted((case, k.code, k.entity, n) for case, n, k in kept)
        ended = Counter((case, k.code, k.entity, n, k.status) for case, n, k in kept if k.ended is not None)
        assert ended <= Counter(found)


@pytest.mark.parametrize("code", ["criminal_case", "incident"])
def test_what_is_guarded_and_kept_is_what_supervision_finds(court: Organisation, code: str) -> None:
    told = Counter[str]()
    for seed in range(WALKS):
        walk = Walk(court, code, seed, told)
        for _ in range(ACTS):
            walk.goes_on()
        walk.ends()
    assert min(told[kind] for kind in KINDS) > 0, told
