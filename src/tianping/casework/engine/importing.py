"""批量写入 · ``steps_import``: whole cases with their steps, written set by set. Every step is guarded and every clock reckoned, as if taken live.

A case with a step that the procedure would have refused is refused whole, with its reasons; the others are written or none is, as the caller chose.

Blocks of cases are judged by the array engine, which agrees with the guard of a live case by test; only the reasons of a refusal come from it.
While a block is being written the next one is judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from tianping.casework.access.referred import opened
from tianping.casework.engine.brought import Imported, ImportedCase, ImportedParty, ImportedReferral, ImportedStep
from tianping.casework.engine.chaining import chained, hexed
from tianping.casework.engine.clashes import told
from tianping.casework.engine.copying import copied, instants_column, often
from tianping.casework.engine.days import in_use
from tianping.casework.engine.decide import reasons_of
from tianping.casework.engine.facts import plain, typed_facts
from tianping.casework.engine.gathered import Gathered
from tianping.casework.engine.numbers import allocated, canonical_number, kind_at, numbering, passed
from tianping.casework.engine.registered import version_on
from tianping.casework.engine.settled import Settled
from tianping.casework.engine.titles import masked_title, vector
from tianping.casework.engine.values import digest
from tianping.casework.errors import NumberTaken, Refusal
from tianping.casework.models import Case
from tianping.casework.moments import instant, local
from tianping.law.calendar import Calendar
from tianping.law.errors import TianpingError
from tianping.procedure.columnar import Ints
from tianping.procedure.events import Event, effective
from tianping.procedure.referral import Referral
from tianping.procedure.supervision import supervise_case

__all__ = ["Imported", "ImportedCase", "ImportedParty", "ImportedReferral", "ImportedStep", "steps_import"]

BLOCK: Final = 20_000
"""Steps to a block, about: two blocks are held in memory at once, one being judged and one being written."""


def steps_import(
    *,
    cases: Sequence[ImportedCase],
    recorder: str,
    at: datetime,
    recorded: Literal["now", "happened"] = "now",
    bad: Literal["stop", "aside"] = "stop",
    progress: Callable[[float], None] | None = None,
) -> Imported:
    """Write cases with their steps. ``recorded``: as written down now, or (a replay) as it happened. ``bad``: one bad case stops all, or is set
    aside. Cases of one procedure are judged together, in whatever order they come.

    Raises the first case's Refusal (or other error) with ``bad="stop"``; then nothing was written.
    """
    try:
        with often():
            return _imported(cases, recorder, at, replayed=recorded == "happened", stop=bad == "stop", progress=progress)
    except psycopg.errors.UniqueViolation as clash:
        raise told(clash) from clash


def _imported(
    cases: Sequence[ImportedCase], recorder: str, at: datetime, *, replayed: bool, stop: bool, progress: Callable[[float], None] | None
) -> Imported:
    steps = done = 0
    _known(cases)
    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        ids, writing, days = _ids(len(cases)), None, in_use()
        errors = _numbered_twice(cases)
        for places in _blocks(cases):
            judged = _Block(cases, [n for n in places if n not in errors], at, days, replayed=replayed)
            errors |= judged.errors
            done += len(places)
            if progress is not None:
                progress(done / len(cases))
            if errors and stop:
                continue  # the first of all is told, whichever block it stands in
            ready = judged.ready(ids, recorder)
            if writing is not None:
                writing.result()
            writing = pool.submit(copied, connection.connection, ready.numbered())
            steps += ready.steps
        if writing is not None:
            writing.result()
        if errors and stop:
            raise errors[min(errors)]
        written = {case.key: int(ids[n]) for n, case in enumerate(cases) if n not in errors}
        _referrals(cases, written)
    return Imported(written, steps, [(cases[n].key, error) for n, error in sorted(errors.items())])


def _numbered_twice(cases: Sequence[ImportedCase]) -> dict[int, TianpingError]:
    """Cases that bring a number which another has, here or before, by their place; the counters go past the others' numbers."""
    brought = {n: canonical_number(case.number) for n, case in enumerate(cases) if case.number}
    if not brought:
        return {}
    taken = set(Case.objects.filter(number__in=brought.values()).values_list("number", flat=True))
    errors: dict[int, TianpingError] = {}
    for n, number in brought.items():
        if number in taken:
            errors[n] = NumberTaken(number=number)
        taken.add(number)
    passed((cases[n].organisation, number) for n, number in brought.items() if n not in errors)
    return errors


def _known(cases: Iterable[ImportedCase]) -> None:
    """Number the versions that the cases are pinned to, for good: outside the transaction, which may yet be taken back."""
    for procedure, day in {(case.procedure, case.steps[0].happened.date()) for case in cases}:
        with suppress(TianpingError):  # told of the case itself
            version_on(procedure, day)


def _ids(count: int) -> Ints:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('casework_case_id_seq') from generate_series(1, %s)", [count])
        return np.array([row[0] for row in cursor.fetchall()], dtype=np.int64)


def _blocks(cases: Sequence[ImportedCase]) -> Iterator[list[int]]:
    """The places of the cases in blocks of about ``BLOCK`` steps, those of a procedure side by side: a version is judged as few times as can be."""
    steps, block = 0, list[int]()
    for place in sorted(range(len(cases)), key=lambda n: cases[n].procedure):
        block.append(place)
        steps += len(cases[place].steps)
        if steps >= BLOCK:
            yield block
            steps, block = 0, []
    if block:
        yield block


class _Block:
    """Some cases, judged: those of each version together. ``errors``: why a case may not be written, by its place."""

    def __init__(self, cases: Sequence[ImportedCase], places: Sequence[int], at: datetime, days: Calendar, *, replayed: bool) -> None:
        self.at, self.calendar, self.replayed, self.written = at, days, replayed, local(instant(at))
        self.errors: dict[int, TianpingError] = {}
        self.settled = [Settled(gathered, self.calendar) for gathered in self._gathered(cases, places)]
        for settled in self.settled:
            for n in np.flatnonzero(settled.refused).tolist():
                self.errors[settled.gathered.places[n]] = self._refusal(settled.gathered.cases[n], settled)

    def _gathered(self, cases: Sequence[ImportedCase], places: Sequence[int]) -> list[Gathered]:
        versions: dict[int, Gathered] = {}
        for place in places:
            case = cases[place]
            try:
                definition, tables = version_on(case.procedure, case.steps[0].happened.date())
                if definition not in versions:
                    versions[definition] = Gathered(definition, tables, self.written, replayed=self.replayed)
                versions[definition].add(place, case)
            except TianpingError as error:
                self.errors[place] = error
        return [gathered for gathered in versions.values() if gathered.cases]

    def _refusal(self, case: ImportedCase, settled: Settled) -> Refusal:
        """The reasons, as the guard of a live case gives them."""
        tables, events = settled.tables, []
        for seq, step in enumerate(case.steps, 1):
            number = tables.by_step[step.step]
            facts = typed_facts(tables, step.facts, number)
            then = step.happened if self.replayed else self.written
            events.append(Event(seq, number, tables.steps[number].track, step.entity, step.happened, then, None, step.signers, facts))
        log = effective(events)
        reasons = reasons_of(tables, log, supervise_case(tables, log, max(e.recorded or self.written for e in events), self.calendar))
        assert reasons, f"{case.key}: the two engines do not agree"
        return Refusal(tables.procedure.title, reasons)

    def ready(self, ids: Ints, recorder: str) -> _Ready:
        """What is to be written of the cases without an error."""
        parts = [_rows(settled, ids[settled.gathered.places], recorder) for settled in self.settled]
        good = [~settled.refused for settled in self.settled]
        steps = sum(int(np.array(s.gathered.counts)[g].sum()) for s, g in zip(self.settled, good, strict=True))
        tables = {}
        for name in parts[0] if parts else ():
            found = [part[name] for part in parts if part[name].num_rows]
            tables[name] = pa.concat_tables(found) if found else pa.table({})
        if not all(g.all() for g in good):
            kept = pa.array(np.concatenate([ids[s.gathered.places][g] for s, g in zip(self.settled, good, strict=True)]))
            tables = {name: _only(table, "id" if name == "case" else "case_id", kept) for name, table in tables.items()}
        earned = sorted(found for settled in self.settled for found in _earned(settled, ids))
        own = {
            int(ids[n]): canonical_number(c.number)
            for s in self.settled
            for n, c in zip(s.gathered.places, s.gathered.cases, strict=True)
            if c.number
        }
        return _Ready(tables, [number for _, _, number in earned], own, steps)


@dataclass(frozen=True, slots=True)
class _Ready:
    """Rows that may be written, but for the numbers of their cases, and who earned one: (institution, kind, year, case), in order.

    ``own``: the numbers that cases brought.
    """

    tables: dict[str, pa.Table]
    earned: list[tuple[int, str, int, int]]
    own: dict[int, str]
    steps: int

    def numbered(self) -> dict[str, pa.Table]:
        """The rows with case numbers, a block of them at a time for each institution, year and kind. Inside the transaction that writes them."""
        groups: dict[tuple[int, str, int], list[int]] = defaultdict(list)
        for organisation, kind, year, case in self.earned:
            groups[organisation, kind, year].append(case)
        numbers = dict(self.own)
        for group, cases in groups.items():
            numbers.update(zip(cases, allocated(*group, len(cases)), strict=True))
        if not numbers:
            return self.tables
        column = pa.array([numbers.get(case) for case in self.tables["case"]["id"].to_pylist()], pa.string())
        return self.tables | {"case": self.tables["case"].append_column("number", column)}


def _only(table: pa.Table, name: str, kept: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table[name], kept)) if table.num_rows else table


def _earned(settled: Settled, ids: Ints) -> Iterator[tuple[int, int, tuple[int, str, int, int]]]:
    """Each case that earns a number: when, its place in the import, and the institution, kind, year and case of the number."""
    gathered, tables = settled.gathered, settled.tables
    giving = [tables.by_step[code] for code in numbering(tables) if code in tables.by_step]
    last, given = np.cumsum(gathered.counts) - 1, set[int]()
    for row in np.flatnonzero(np.isin(gathered.step, giving)).tolist() if giving else ():
        case = int(gathered.case[row])
        found = kind_at(tables, tables.steps[gathered.step[row]].step.code, gathered.happened[row].date())
        if found is not None and case not in given and not settled.refused[case] and not gathered.cases[case].number:
            given.add(case)
            place = gathered.places[case]
            yield int(gathered.micro[last[case]]), place, (gathered.cases[case].organisation, *found, int(ids[place]))


def _rows(settled: Settled, ids: Ints, recorder: str) -> dict[str, pa.Table]:
    """The rows of some cases, by table."""
    gathered = settled.gathered
    events, heads = chained(gathered, ids, recorder, digest())
    dues, lifecycles = settled.dues(), settled.lifecycles()
    return {
        "case": _case_rows(settled, ids, heads, dues, lifecycles),
        "event": events,
        "run": settled.run_rows(ids),
        "watched": settled.watch_rows(ids),
        "appointment": settled.appointment_rows(ids),
        "clock": settled.clock_rows(ids),
        "pausespan": settled.span_rows(ids),
        "grant": settled.grant_rows(ids),
        "visibility": _visibility_rows(gathered, ids, dues, lifecycles),
        "searchrow": _search_rows(gathered, ids),
        "party": _party_rows(gathered, ids),
    }


def _case_rows(settled: Settled, ids: Ints, heads: list[bytes], dues: pa.Array, lifecycles: Ints) -> pa.Table:
    gathered, count = settled.gathered, len(ids)
    last = np.cumsum(gathered.counts) - 1
    opened, updated = (instants_column(gathered.recorded[at]) for at in (last - np.array(gathered.counts) + 1, last))
    return pa.table(
        {
            "id": pa.array(ids),
            "organisation_id": pa.array([c.organisation for c in gathered.cases]),
            "definition_id": pa.repeat(gathered.definition, count),
            "stage": pa.array([s.name for s in settled.tables.tracks[0].stages]).take(pa.array(settled.stages())),
            "lifecycle": pa.array(lifecycles),
            "level": pa.repeat(0, count),
            "flags": pa.repeat("{}", count),
            "seq": pa.array(gathered.counts),
            "head": hexed(heads),
            "title": pa.array([c.title for c in gathered.cases], pa.string()),
            "facts": pa.array(settled.facts(), pa.string()),
            "due": dues,
            "source": pa.array([c.source for c in gathered.cases], pa.string()),
            "opened": opened,
            "updated": updated,
        }
    )


def _visibility_rows(gathered: Gathered, ids: Ints, dues: pa.Array, lifecycles: Ints) -> pa.Table:
    held = [len(case.keys) for case in gathered.cases]
    case = pa.array(np.repeat(np.arange(len(ids)), held))
    keys = pa.array([key for c in gathered.cases for key in c.keys], pa.int64())
    shown = [keys, pa.array(ids).take(case), pa.repeat(0, len(case)), pa.array(lifecycles).take(case), dues.take(case)]
    return pa.table(shown, names=["key_id", "case_id", "level", "lifecycle", "due"])


def _search_rows(gathered: Gathered, ids: Ints) -> pa.Table:
    masked = [masked_title(case.title, ((p.kind, p.name) for p in case.parties)) for case in gathered.cases]
    found = [vector(case.title, m, case.keys) for case, m in zip(gathered.cases, masked, strict=True)]
    titles = [case.title for case in gathered.cases]
    return pa.table([pa.array(ids), *(pa.array(c, pa.string()) for c in (titles, masked, found))], names=["case_id", "title", "masked", "tsv"])


def _party_rows(gathered: Gathered, ids: Ints) -> pa.Table:
    rows = [(i, p.capacity, p.kind, p.name, p.identity, p.phone) for i, c in zip(ids.tolist(), gathered.cases, strict=True) for p in c.parties]
    if not rows:
        return pa.table({})
    names = ["case_id", "capacity", "kind", "name", "identity", "phone"]
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    return pa.table([*columns, pa.repeat(False, len(rows))], names=[*names, "minor"])


_REFERRAL: Final = "case_id entity part matter sender_id receiver_id received_id state outcome sent ended"


def _referrals(cases: Iterable[ImportedCase], ids: Mapping[str, int]) -> None:
    """Rows of the referrals that imported cases sent, each with the case that it became."""
    senders = [case for case in cases if case.referrals and case.key in ids]
    if not senders:
        return
    listed = ", ".join(_REFERRAL.split())
    raw = connection.connection.cursor()
    with raw.copy(f"copy casework_referral ({listed}) from stdin") as copy:
        for case in senders:
            for row in _sent(case, ids):
                copy.write_row(row)
    opened(ids[case.key] for case in senders)


def _sent(case: ImportedCase, ids: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    for referral in case.referrals:
        own = [s for s in case.steps if s.entity == referral.entity]
        part = own[0].step.split(".")[0]
        acts = {s.step.split(".")[1]: s for s in own if s.step.startswith(f"{part}.")}
        ended = acts.get("answer") or acts.get("refuse")
        state = "answered" if "answer" in acts else "refused" if "refuse" in acts else "taken" if "receive" in acts else "sent"
        outcome = str(plain(ended.facts.get(f"{part}_outcome", ""))) if ended is not None else ""
        _, tables = version_on(case.procedure, case.steps[0].happened.date())
        sender = next(t.part for t in tables.tracks if t.name == part)
        assert isinstance(sender, Referral)
        times = (instant(acts["send"].happened), None if ended is None else instant(ended.happened))
        sides = (case.organisation, referral.receiver, ids.get(referral.received))
        yield ids[case.key], referral.entity, part, sender.matter.__name__, *sides, state, outcome, *times
