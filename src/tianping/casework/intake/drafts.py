"""草案 · Rows gathered into cases: each row one act (or each case one row with its dates), each fault with the line on which it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tianping.casework.engine.facts import typed_facts
from tianping.casework.engine.importing import ImportedCase, ImportedParty, ImportedStep
from tianping.casework.engine.registered import version_on
from tianping.casework.intake import errors as words
from tianping.casework.intake.errors import UnknownInstitution
from tianping.casework.intake.mapping import ImportMapping
from tianping.casework.intake.sources import Row
from tianping.casework.intake.values import answer, moment, text
from tianping.casework.ledger.canonical import canonical
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.roles import Signer

LONGEST: Final = {"case": 200, "entity": 80, "actor": 120, "title": 200, "source": 60, "number": 60, "name": 120, "identity": 30, "phone": 30}


@dataclass(frozen=True, slots=True)
class Fault:
    """被拒 · Why a row or a case is not taken: the line, the case, the error's code, the reason, its article, and what to do."""

    line: int
    case: str
    code: str
    reason: T
    cites: str = ""
    todo: T = words.CORRECT


@dataclass(slots=True)
class Act:
    """一个环节 · One act as its row has it, its answers not yet typed."""

    line: int
    step: str
    happened: datetime
    entity: str
    signers: tuple[Signer, ...]
    facts: dict[str, Any]


@dataclass(slots=True)
class Draft:
    """案件草案 · The acts of one case and what stands beside them."""

    key: str
    line: int
    organisation: str = ""
    title: str = ""
    source: str = ""
    number: str = ""
    acts: list[Act] = field(default_factory=list)
    parties: dict[tuple[str, str], ImportedParty] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def in_order(self) -> list[Act]:
        """The acts as they happened; of one instant, as they stand in the file."""
        return sorted(self.acts, key=lambda a: (a.happened, a.line))

    def digest(self) -> bytes:
        """What tells the same case from a changed one, whatever the order of its rows."""
        acts = [
            [a.step, a.happened, a.entity, [[s.actor, s.role] for s in a.signers], {k: text(v) for k, v in a.facts.items()}] for a in self.in_order()
        ]
        parties = [[p.capacity, p.kind, p.name, p.identity, p.phone] for p in self.parties.values()]
        return hashlib.sha256(canonical([self.title, self.source, acts, parties, *([self.number] if self.number else [])])).digest()


class _Bad(Exception):
    """A row that is not taken."""

    def __init__(self, reason: T) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Drafting:
    """起草 · Gathers rows. ``organisation``: that of every case whose row names none."""

    def __init__(self, procedure: str, mapping: ImportMapping, organisation: str = "") -> None:
        self.procedure, self.how = procedure, mapping
        self.organisation = organisation or mapping.defaults.get("organisation", "")
        self.drafts: dict[str, Draft] = {}
        self.faults: list[Fault] = []
        self.rows = 0

    def take(self, row: Row) -> None:
        """One row more."""
        self.rows += 1
        key = self._cell(row, "case")
        try:
            if row.fault is not None:
                raise _Bad(row.fault)
            if not key:
                raise _Bad(words.NO_CASE)
            _short("case", key)
        except _Bad as bad:
            self.faults.append(Fault(row.line, key[:200], words.RowsRefused.code, bad.reason))
            return
        draft = self.drafts.setdefault(key, Draft(key, row.line))
        try:
            self._beside(draft, row)
            draft.acts += self._acts(row)
        except _Bad as bad:
            draft.faults.append(Fault(row.line, key, words.RowsRefused.code, bad.reason))

    def _cell(self, row: Row, name: str) -> str:
        column = self.how.columns.get(name, "")
        return text(row.values.get(column)) if column else ""

    def _beside(self, draft: Draft, row: Row) -> None:
        """Title, source, number, institution and parties: the first row that has them says it."""
        for name in ("title", "source", "number"):
            given = getattr(draft, name) or self._cell(row, name)
            _short(name, given)
            setattr(draft, name, given)
        given = self._cell(row, "organisation")
        given = self.how.organisations.get(given, given) or self.organisation
        if draft.organisation and given and given != draft.organisation:
            raise _Bad(words.TWO_ORGANISATIONS)
        draft.organisation = draft.organisation or given
        for p in self.how.parties:
            name, identity, phone = (text(row.values.get(column)) if column else "" for column in (p.name, p.identity, p.phone))
            for what, value in (("name", name), ("identity", identity), ("phone", phone)):
                _short(what, value)
            if name:
                draft.parties.setdefault((p.capacity, name), ImportedParty(name, p.capacity, p.kind, identity, phone))

    def _acts(self, row: Row) -> Iterator[Act]:
        if "step" in self.how.columns and (given := self._cell(row, "step")):
            if given not in self.how.steps:
                raise _Bad(words.UNKNOWN_STEP.fill(value=given))
            signers = self._signers(self._cell(row, "actor"), self._cell(row, "role"), "")
            yield Act(
                row.line,
                self.how.steps[given],
                self._when(row, self.how.columns["happened"]),
                self._entity(row),
                signers,
                self._facts(row, self.how.facts),
            )
        elif not self.how.case_steps:
            raise _Bad(words.NO_STEP)
        for made in self.how.case_steps:
            if text(row.values.get(made.happened)):
                actor = text(row.values.get(made.actor)) if made.actor else self._cell(row, "actor")
                signers = self._signers(actor, self._cell(row, "role"), made.role)
                yield Act(row.line, made.step, self._when(row, made.happened), self._entity(row), signers, self._facts(row, made.facts))

    def _entity(self, row: Row) -> str:
        entity = self._cell(row, "entity")
        _short("entity", entity)
        return entity

    def _when(self, row: Row, column: str) -> datetime:
        given = row.values.get(column)
        if given in (None, ""):
            raise _Bad(words.NO_TIME)
        found = moment(given, self.how.time_format)
        if found is None:
            raise _Bad(words.BAD_TIME.fill(value=text(given)[:40]))
        return found

    def _signers(self, actor: str, role: str, own: str) -> tuple[Signer, ...]:
        """Several people are written with ``;`` between them, in actor and role alike; nobody named signs nothing."""
        actor, role = actor or self.how.defaults.get("actor", ""), own or role or self.how.defaults.get("role", "")
        if not actor and not role:
            return ()
        _short("actor", actor)
        actors, roles = ([part.strip() for part in given.replace("；", ";").split(";")] for given in (actor, role))
        unknown = [r for r in roles if r and r not in self.how.roles and r not in self.how.roles.values()]
        if unknown:
            raise _Bad(words.UNKNOWN_ROLE.fill(value=unknown[0][:40]))
        count = max(len(actors), len(roles))
        actors, roles = actors + actors[-1:] * (count - len(actors)), roles + roles[-1:] * (count - len(roles))
        return tuple(Signer(a, self.how.roles.get(r, r)) for a, r in zip(actors, roles, strict=True))

    def _facts(self, row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
        return {name: value for name, column in columns.items() if text(value := row.values.get(column))}

    # ---- a case ----------------------------------------------------------------------------------------------------------------------

    def case(self, draft: Draft, organisations: Mapping[str, int], keys: Mapping[int, tuple[int, ...]]) -> ImportedCase | None:
        """The draft as a case to be imported, or None if it has faults (then they stand in it)."""
        if draft.faults:
            return None
        if not draft.organisation or draft.organisation not in organisations:
            error = UnknownInstitution(code=draft.organisation)
            reason = error.message if draft.organisation else words.NO_ORGANISATION
            draft.faults.append(Fault(draft.line, draft.key, error.code, reason))
            return None
        office = organisations[draft.organisation]
        steps = list(self._steps(draft))
        if draft.faults:
            return None
        title = draft.title or self.how.defaults.get("title", "") or draft.key
        source = draft.source or self.how.defaults.get("source", "")
        return ImportedCase(draft.key, self.procedure, office, title, steps, keys[office], source, tuple(draft.parties.values()), number=draft.number)

    def _steps(self, draft: Draft) -> Iterator[ImportedStep]:
        acts = draft.in_order()
        try:
            _, tables = version_on(self.procedure, acts[0].happened.date())
        except TianpingError as error:
            draft.faults.append(fault_of(acts[0].line, draft.key, error))
            return
        for act in acts:
            if act.step not in tables.by_step:
                draft.faults.append(Fault(act.line, draft.key, words.RowsRefused.code, words.UNKNOWN_STEP.fill(value=act.step)))
                continue
            number = tables.by_step[act.step]
            given = {n: answer(tables.facts[n][0], v, self.how.values.get(n, {})) if n in tables.facts else v for n, v in act.facts.items()}
            try:
                typed_facts(tables, given, number)
            except TianpingError as error:
                draft.faults.append(fault_of(act.line, draft.key, error))
                continue
            yield ImportedStep(act.step, act.happened, act.signers, act.entity, given)


def fault_of(line: int, case: str, error: TianpingError, cites: str = "") -> Fault:
    """An error as the fault of a line."""
    return Fault(line, case, error.code, error.message, cites, error.advice)


def read_drafts(found: Iterable[Row], drafting: Drafting) -> Drafting:
    """Every row of a file."""
    for row in found:
        drafting.take(row)
    return drafting


def _short(name: str, value: str) -> None:
    if len(value) > LONGEST[name]:
        raise _Bad(words.TOO_LONG.fill(column=name, most=LONGEST[name]))
    if "\x00" in value:
        raise _Bad(words.NUL.fill(column=name))
