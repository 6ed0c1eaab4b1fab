"""成列 · Imported cases under one version of a procedure as columns: every step known, every answer typed, in the order given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tianping.casework.engine.appointed import details, left_open
from tianping.casework.engine.brought import ImportedCase
from tianping.casework.engine.facts import plain, typed_facts
from tianping.casework.errors import BadAnswer, NoSuchEntity, NoSuchStep, OutOfTime
from tianping.engines.supervise.encoded import Encoded, FactValues
from tianping.engines.supervise.encoding import with_sets
from tianping.law.errors import TianpingError
from tianping.law.periods import day_number
from tianping.law.text import T
from tianping.procedure.columnar import Ints
from tianping.procedure.reckoning import ZERO
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables

WIDEST: Final = Decimal(10) ** 12
"""The least amount that is too large to be held as an integer of millionths."""
DIGITS: Final = 6
_DAY: Final = 86_400_000_000

Answer = tuple[str, object, str]
"""(fact, answer, the two as canonical JSON)"""


class Gathered:
    """成列的案件 · Columns of one length, one entry for each event, and what is common to the events of a case.

    ``written``: the local time at which the import writes; no act may come after it. ``replayed``: events are recorded as they happened, not then.
    ``facts``: what an event answers, as canonical JSON; ``answers``: the same, typed, of the events that answer anything.
    """

    def __init__(self, definition: int, tables: Tables, written: datetime, *, replayed: bool) -> None:
        self.definition, self.tables, self.written, self.replayed = definition, tables, written, replayed
        self.cases: list[ImportedCase] = []
        self.places: list[int] = []
        self.counts: list[int] = []
        self.step: list[int] = []
        self.happened: list[datetime] = []
        self.entity: list[int] = []
        self.entities: dict[str, int] = {"": 0}
        self.signers: list[int] = []
        self.signatures: dict[tuple[Signer, ...], int] = {}
        self.facts: list[str] = []
        self.answers: dict[int, list[Answer]] = {}
        self._many = [tables.tracks[row.track].many for row in tables.steps]
        self._days = bool(details(tables))
        self._same: dict[int, int] = {}
        self._typed: dict[tuple[Any, ...], Answer] = {}

    def add(self, place: int, case: ImportedCase) -> None:
        """Take in a case; ``place`` is its own in the import. Raises NoSuchStep, NoSuchEntity, OutOfTime, BadAnswer; then nothing of it is kept."""
        before = len(self.step)
        try:
            self._steps(case)
        except TianpingError:
            for column in (self.step, self.happened, self.entity, self.signers, self.facts):
                del column[before:]
            self.answers = {row: found for row, found in self.answers.items() if row < before}
            raise
        self.cases.append(case)
        self.places.append(place)
        self.counts.append(len(self.step) - before)

    def _steps(self, case: ImportedCase) -> None:
        by_step, many, written, same, entities = self.tables.by_step, self._many, self.written, self._same, self.entities
        told: set[tuple[str, str]] = set()
        for step in case.steps:
            number = by_step.get(step.step)
            if number is None:
                raise NoSuchStep(procedure=self.tables.procedure.title, step=step.step)
            if many[number] is not bool(step.entity):
                need = T("须写明对象", "needs the run that it is about") if many[number] else T("不分对象", "has no run of its own")
                raise NoSuchEntity(step=self.tables.steps[number].step.words, need=need)
            if step.happened > written:
                raise OutOfTime(happened=step.happened, recorded=written)
            signed = same.get(id(step.signers))
            if signed is None:
                signed = same[id(step.signers)] = self.signatures.setdefault(step.signers, len(self.signatures))
            facts = self._dated(number, step.entity, step.facts, told) if step.facts and self._days else step.facts
            self.facts.append(self._answered(len(self.step), number, facts) if facts else "{}")
            self.step.append(number)
            self.happened.append(step.happened)
            self.entity.append(entities.setdefault(step.entity, len(entities)))
            self.signers.append(signed)

    def _dated(self, step: int, entity: str, facts: Mapping[str, object], told: set[tuple[str, str]]) -> Mapping[str, object]:
        """Answers with what was told of an earlier day and is not of this one: as the live path writes it (``appointed.unsaid``)."""
        gone = {name: "" for name in left_open(self.tables, step, facts) if (entity, name) in told}
        told.difference_update((entity, name) for name in gone)
        told.update((entity, name) for day in details(self.tables).values() for name in day if facts.get(name))
        return {**facts, **gone}

    def _answered(self, row: int, step: int, facts: Mapping[str, object]) -> str:
        found = []
        for name, given in facts.items():
            key = (step, name, type(given), str(given) if isinstance(given, Decimal) else given)
            try:
                answer = self._typed.get(key)
            except TypeError:  # what has no hash is no answer: it is refused below
                answer = None
            if answer is None:
                answer = self._type(step, name, given)
                self._typed[key] = answer
            found.append(answer)
        self.answers[row] = found
        return "{" + ",".join(text for _, _, text in (sorted(found) if len(found) > 1 else found)) + "}"

    def _type(self, step: int, name: str, given: object) -> Answer:
        answer = typed_facts(self.tables, {name: given}, step)[name]
        if isinstance(answer, int | Decimal) and not fits(answer):
            reason = T("数额过大，或者超过六位小数", "it is too large, or has more than six decimals")
            raise BadAnswer(fact=self.tables.facts[name][0].title, reason=reason)
        return name, answer, f"{_json(name)}:{_json(plain(answer))}"

    # ---- as arrays ---------------------------------------------------------------------------------------------------------------

    @cached_property
    def case(self) -> npt.NDArray[np.int32]:
        """The case of each event, as a number among ``cases``."""
        return np.repeat(np.arange(len(self.cases), dtype=np.int32), self.counts)

    @cached_property
    def seq(self) -> npt.NDArray[np.int32]:
        """1, 2, 3 … within each case, in the order given."""
        counts = np.array(self.counts, dtype=np.int64)
        return (np.arange(len(self.step)) - np.repeat(np.cumsum(counts) - counts, counts) + 1).astype(np.int32)

    @cached_property
    def micro(self) -> Ints:
        """When each event happened, in microseconds of local time, in the order given."""
        return np.array(self.happened, dtype="datetime64[us]").astype(np.int64)

    @cached_property
    def recorded(self) -> Ints:
        """When each event is recorded, likewise."""
        return self.micro if self.replayed else np.full(len(self.step), (self.written - ZERO) // self.written.resolution)

    def encoded(self) -> tuple[Encoded, Ints]:
        """The events in the order of time within each case, as the array engine reads them; and the place of each in the order given."""
        case, micro = self.case, self.micro
        place = np.arange(len(case))
        if len(case) > 1 and ((micro[1:] < micro[:-1]) & (case[1:] == case[:-1])).any():
            place = np.lexsort((self.seq, micro, case))
        micro = micro[place]
        step = np.array(self.step, dtype=np.int16)[place]
        track = np.array([s.track for s in self.tables.steps], dtype=np.int16)[step]
        signatures = [tuple((s.actor, s.role) for s in people) for people in self.signatures]
        codes = np.array([n if people else -1 for n, people in enumerate(signatures)], dtype=np.int32)
        signers = codes[np.array(self.signers, dtype=np.int32)[place]]
        entity = np.array(self.entity, dtype=np.int32)[place]
        names = pa.array(list(self.entities), pa.string()), pa.array([c.key for c in self.cases], pa.string())
        day, seq, recorded = (micro // _DAY).astype(np.int32), self.seq[place], self.recorded[place]
        facts = self._facts(place, step)
        return Encoded(case, step, track, entity, micro, day, seq, None, recorded, signers, facts, names[1], names[0], signatures), place

    def _facts(self, place: Ints, step: npt.NDArray[np.int16]) -> dict[str, FactValues]:
        row = np.empty(len(place), dtype=np.int64)
        row[place] = np.arange(len(place))
        given: dict[str, tuple[list[int], list[object]]] = {}
        for at, answers in self.answers.items():
            for name, answer, _ in answers:
                if answer is not None:
                    rows, values = given.setdefault(name, ([], []))
                    rows.append(at)
                    values.append(answer)
        out = {}
        for name in self.tables.facts:
            rows, values = given.get(name, ([], []))
            found = with_sets(_values(row[rows], values, len(place)) if rows else None, self.tables, name, step, None)
            if found is not None:
                out[name] = found
        return out


def _values(rows: Ints, answers: list[object], count: int) -> FactValues:
    """Answers of one fact as numbers: amounts at the scale of the finest, days, 0 and 1, or codes of texts."""
    values, known, scale, codes = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_), 0, None
    known[rows] = True
    if isinstance(answers[0], str):
        codes = {text: n for n, text in enumerate(dict.fromkeys(map(str, answers)))}
        values[rows] = [codes[str(text)] for text in answers]
    elif isinstance(answers[0], date):
        values[rows] = [day_number(day) for day in answers if isinstance(day, date)]
    else:
        scale = max((-_exponent(n) for n in answers if isinstance(n, Decimal)), default=0)
        values[rows] = [int(n.scaleb(scale)) if isinstance(n, Decimal) else int(n) for n in answers if isinstance(n, int | Decimal)]
    return FactValues(values, known, max(0, scale), codes)


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return min(0, exponent) if isinstance(exponent, int) else 0


def fits(number: int | Decimal) -> bool:
    """Whether a number can be held as an integer of millionths in 64 bits, as the array engines do."""
    fine = isinstance(number, int) or -_exponent(number) <= DIGITS
    return fine and -WIDEST < number < WIDEST


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
