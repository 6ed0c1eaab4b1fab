"""成行 · Where imported cases stand, read off the array engine's judgement: stages, answers, clocks, pauses, grants, as tables ready for COPY.

The same as :func:`tianping.casework.engine.decide.planned` says of one case; a test holds the two equal, row for row.
"""

from __future__ import annotations

import json
from typing import Final

import numpy as np
import pyarrow as pa

from tianping.casework.engine.appointed import LONGEST, agenda, details
from tianping.casework.engine.copying import instants_column
from tianping.casework.engine.facts import plain
from tianping.casework.engine.gathered import Gathered
from tianping.casework.engine.lookups import watched
from tianping.casework.engine.rows import text
from tianping.casework.engine.snapshot import ACTIVE, CLOSED, SUSPENDED
from tianping.engines.supervise.encoded import Flags
from tianping.engines.supervise.judged import granted, judge, micros
from tianping.engines.supervise.opened import OPEN_END, UNTIL, Search
from tianping.engines.supervise.reckoned import MET, STATUSES, LimitClocks, Moments
from tianping.law.calendar import Calendar
from tianping.procedure.columnar import Ints
from tianping.procedure.rules import REFUSED, rules
from tianping.procedure.tables import STAYS, TrackRow

_NEVER: Final = np.iinfo(np.int64).max


class Settled:
    """裁定的案件 · Gathered cases, judged. ``refused``: cases with a step that would have been refused."""

    def __init__(self, gathered: Gathered, calendar: Calendar) -> None:
        self.gathered, self.tables = gathered, gathered.tables
        self.log, self.place = gathered.encoded()
        last = np.cumsum(gathered.counts) - 1
        known = self.log.micro[last] if gathered.replayed else gathered.recorded[last]
        self.judged = judge(self.tables, self.log, Moments(known // 86_400_000_000, known // 1_000_000), calendar)
        self.runs, self.reckoner = self.judged.runs, self.judged.reckoner
        self.refused: Flags = np.zeros(len(gathered.cases), dtype=np.bool_)
        kinds = rules(self.tables).rows
        for found in self.judged.findings:
            if kinds[found.rule].kind in REFUSED:
                self.refused[found.case] = True
        self.case_facts, self.run_facts = self._facts()

    # ---- the case ------------------------------------------------------------------------------------------------------------------

    def stages(self) -> Ints:
        """The stage of each case's own track."""
        stood = np.zeros(len(self.gathered.cases), dtype=np.int64)
        rows = self._moves(0)
        stood[self.log.case[rows]] = self.runs.targets[self.log.step[rows]]  # of several rows of a case the last one counts
        return stood

    def lifecycles(self) -> Ints:
        """Closed, suspended or active."""
        out = np.full(len(self.gathered.cases), ACTIVE, dtype=np.int64)
        for pause in self.tables.pauses:
            if pause.pause.halts and not self.tables.tracks[pause.track].many:
                rows = self.runs.with_steps((*pause.since, *pause.until))
                halted = np.zeros(len(out), dtype=np.bool_)
                halted[self.log.case[rows]] = np.isin(self.log.step[rows], pause.since)
                out[halted] = SUSPENDED
        ended = np.array([stage.end for stage in self.tables.tracks[0].stages], dtype=np.bool_)
        out[ended[self.stages()]] = CLOSED
        return out

    def dues(self) -> pa.Array:
        """The earliest last day of what is still awaited in each case."""
        due = np.full(len(self.gathered.cases), _NEVER)
        for clocks in self.judged.clocks:
            if not clocks.row.wait and not clocks.row.limit.bars:
                open_ = (clocks.opened.by == OPEN_END) & clocks.fixed & (clocks.status != MET)
                np.minimum.at(due, clocks.opened.case[open_], micros(clocks.due[open_], timed=clocks.row.timed))
        return instants_column(due, due == _NEVER)

    def facts(self) -> list[str]:
        """Each case's own answers as JSON."""
        return [_object(self.case_facts.get(n)) for n in range(len(self.gathered.cases))]

    def _facts(self) -> tuple[dict[int, dict[str, str]], dict[tuple[int, int, int], dict[str, str]]]:
        """What was last answered, of cases and of runs: by case; by case, track and entity."""
        log, answers, facts = self.log, self.gathered.answers, self.tables.facts
        sets = {row.no: [(f.name, f"{text(f.name)}:{text(plain(v))}") for f, v in row.step.sets] for row in self.tables.steps if row.step.sets}
        given = np.zeros(len(self.place), dtype=np.bool_)
        given[list(answers)] = True
        rows = np.flatnonzero(given[self.place] | np.isin(log.step, list(sets)))
        many = {name: owner if self.tables.tracks[owner].many else -1 for name, (_, owner) in facts.items()}
        cases: dict[int, dict[str, str]] = {}
        runs: dict[tuple[int, int, int], dict[str, str]] = {}
        for place, step, case, entity in zip(*(c[rows].tolist() for c in (self.place, log.step, log.case, log.entity)), strict=True):
            told = [(name, said) for name, answer, said in answers.get(place, ()) if answer is not None]
            for name, said in (*told, *sets.get(step, ())):
                owner = many[name]
                here = cases.setdefault(case, {}) if owner < 0 else runs.setdefault((case, owner, entity), {})
                here[name] = said
        return cases, runs

    # ---- its rows ------------------------------------------------------------------------------------------------------------------

    def _moves(self, track: int) -> Ints:
        rows = self.runs.rows_on(track)
        moved: Ints = rows[self.runs.targets[self.log.step[rows]] != STAYS]
        return moved

    def run_rows(self, ids: Ints) -> pa.Table:
        """Where every run of every case stands; the case itself stands in its own row."""
        parts = []
        for track in self.tables.tracks[1:]:
            case, entity, columns = self._standing(track, ids)
            facts = [_object(self.run_facts.get((c, track.no, e))) for c, e in zip(case, entity, strict=True)]
            parts.append(pa.table(columns | {"facts": pa.array(facts, pa.string())}))
        return _joined(parts)

    def watch_rows(self, ids: Ints) -> pa.Table:
        """Where the units stand that some definition counts, with the answers that it counts by."""
        parts = []
        code = self.tables.procedure.code
        for track in self.tables.tracks:
            names = watched().get((code, track.name))
            if names is None:
                continue
            case, entity, columns = self._standing(track, ids)
            held = [self.run_facts.get((c, track.no, e), {}) if track.many else self.case_facts.get(c, {}) for c, e in zip(case, entity, strict=True)]
            facts = [_object({name: answers[name] for name in names if name in answers}) for answers in held]
            courts = [self.gathered.cases[c].organisation for c in case]
            columns |= {"procedure": pa.repeat(code, len(case)), "organisation_id": pa.array(courts, pa.int64())}
            parts.append(pa.table(columns | {"facts": pa.array(facts, pa.string())}))
        return _joined(parts)

    def appointment_rows(self, ids: Ints) -> pa.Table:
        """The days on which people meet, of the answers that the definition marks so."""
        found: list[tuple[int, str, int, str, str, str, str]] = []
        for name, number in agenda(self.tables).items():
            track = self.tables.tracks[number]
            held = self.run_facts.items() if track.many else (((c, number, 0), answers) for c, answers in self.case_facts.items())
            own = ((c, e, a) for (c, no, e), a in held if no == number and name in a)
            hour, place = details(self.tables)[name]
            found += [(c, track.name, e, name, _said(a, name), _said(a, hour), _said(a, place)[:LONGEST]) for c, e, a in own]
        if not found:
            return pa.table({})
        case, tracks, entity, names, days, hours, places = zip(*found, strict=True)
        entities = [self.log.entities[e].as_py() if t else "" for e, t in zip(entity, tracks, strict=True)]
        columns = [pa.array(ids[list(case)]), pa.array(tracks), pa.array(entities)]
        columns += [pa.array(names), pa.array([day[:10] for day in days]), pa.array(hours), pa.array(places)]
        return pa.table(columns, names=["case_id", "track", "entity", "fact", "day", "hour", "place"])

    def _standing(self, track: TrackRow, ids: Ints) -> tuple[list[int], list[int], dict[str, pa.Array]]:
        """The runs of a track that stand somewhere: case and entity of each as codes, and as columns with the stage."""
        rows = self._moves(track.no)
        group = self.runs.run[rows] if track.many else self.log.case[rows].astype(np.int64)
        order = np.argsort(group, kind="stable")
        rows, group = rows[order], group[order]
        rows = rows[np.append(group[1:] != group[:-1], True)] if len(rows) else rows
        case, entity = self.log.case[rows], self.log.entity[rows]
        columns = {
            "case_id": pa.array(ids[case]),
            "track": pa.repeat(track.name, len(rows)),
            "entity": self.log.entities.take(pa.array(entity)),
            "stage": pa.array([s.name for s in track.stages]).take(pa.array(self.runs.targets[self.log.step[rows]])),
        }
        return case.tolist(), entity.tolist(), columns

    def clock_rows(self, ids: Ints) -> pa.Table:
        """Every clock of every case."""
        return _joined([self._clocks(ids, clocks) for clocks in self.judged.clocks])

    def _clocks(self, ids: Ints, clocks: LimitClocks) -> pa.Table:
        o, row, log = clocks.opened, clocks.row, self.log
        n, due = len(o), micros(clocks.due, timed=row.timed)
        exact = row.timed and row.fact is None and row.parent == STAYS
        ran_out = (o.by == OPEN_END) & (clocks.status == MET)
        ended = np.maximum(o.end, 0)
        acted = log.micro[ended] if row.timed else micros(log.day[ended].astype(np.int64), timed=False)
        columns = {
            "case_id": pa.array(ids[o.case]),
            "code": pa.repeat(row.code, n),
            "entity": log.entities.take(pa.array(o.entity)),
            "since_seq": pa.array(log.seq[o.at]),
            "since": instants_column(log.micro[o.at] if exact else micros(o.since, timed=row.timed)),
            "due": instants_column(due),
            "timed": pa.repeat(row.timed, n),
            "fixed": pa.array(clocks.fixed),
            "provisional": pa.array(clocks.provisional),
            "status": pa.array(STATUSES).take(pa.array(clocks.status)),
            "ended": pa.array(log.seq[ended], mask=o.end < 0),
            "met_on": instants_column(np.where(o.by == UNTIL, acted, due), ~((o.by == UNTIL) | ran_out)),
            "awaited": pa.repeat(not row.wait and not row.limit.bars, n),
        }
        return pa.table(columns)

    def span_rows(self, ids: Ints) -> pa.Table:
        """Every span of every pause."""
        parts = []
        for pause in self.tables.pauses:
            rows, ends = self.reckoner.pause_ends(pause.no)
            entity = self.log.entities.take(pa.array(self.log.entity[rows]))
            until = pa.array(self.log.seq[np.maximum(ends, 0)], mask=ends < 0)
            begun = [pa.array(ids[self.log.case[rows]]), pa.repeat(pause.pause.code, len(rows)), entity, pa.array(self.log.seq[rows])]
            parts.append(pa.table([*begun, until], names=["case_id", "code", "entity", "since_seq", "until_seq"]))
        return _joined(parts)

    def grant_rows(self, ids: Ints) -> pa.Table:
        """Every extension that was granted to a clock."""
        parts = []
        for clocks in self.judged.clocks:
            for extension in clocks.row.extensions:
                clock, at, _ = granted(Search(self.runs, clocks.row), clocks, extension.grant)
                o = clocks.opened
                entity = self.log.entities.take(pa.array(o.entity[clock]))
                begun = [pa.array(ids[o.case[clock]]), pa.repeat(clocks.row.code, len(clock)), entity, pa.array(self.log.seq[o.at[clock]])]
                parts.append(pa.table([*begun, pa.array(self.log.seq[at])], names=["case_id", "code", "entity", "since_seq", "granted_seq"]))
        return _joined(parts)


def _joined(parts: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(parts) if parts else pa.table({})


def _said(facts: dict[str, str], name: str) -> str:
    """A text among the answers of a case, which are kept as they are written; "" where it is not answered."""
    return str(json.loads(f"{{{facts[name]}}}")[name] or "") if name in facts else ""


def _object(facts: dict[str, str] | None) -> str:
    return "{" + ",".join(facts.values()) + "}" if facts else "{}"
