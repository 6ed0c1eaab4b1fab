"""办理导入 · ``import_file``: tried whole first, block by block, each rolled back; then written block by block. The same file again changes nothing.

A case is known by its procedure, its institution and its key in the file. One that was imported before is passed over if it is the same, and refused
if it is not. A block is short, because the counters of case numbers are locked while it is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from django.db import connection, transaction

from tianping.casework.access.acting import actor_for
from tianping.casework.access.keys import keys_of
from tianping.casework.engine.days import in_use
from tianping.casework.engine.importing import ImportedCase, steps_import
from tianping.casework.engine.registered import folders, version_on
from tianping.casework.errors import Refusal
from tianping.casework.intake import errors as words
from tianping.casework.intake.drafts import Draft, Drafting, Fault, fault_of, read_drafts
from tianping.casework.intake.errors import RowsRefused, UnknownInstitution
from tianping.casework.intake.mapping import own_names, read_import_mapping
from tianping.casework.intake.report import write_report
from tianping.casework.intake.sources import rows
from tianping.casework.models import Account, ImportedKey, ImportRun, Organisation
from tianping.casework.moments import instant, local
from tianping.casework.security.audit import Kind, noted
from tianping.law.errors import TianpingError
from tianping.procedure.events import Event, effective
from tianping.procedure.registry import UnknownProcedure
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import supervise_case

BLOCK: Final = 500
"""Cases to a transaction."""
OPERATOR: Final = "import"
"""Who stands in the ledger as having written what nobody's account imported."""


@dataclass(frozen=True, slots=True)
class Asked:
    """导入要求 · What is imported and how. ``organisation``: a code, for rows that name none. ``account``: who imports; None: the operator.

    The operator and the system administrator import for any institution, others for their own.
    """

    path: Path
    procedure: str
    report: Path
    mapping: Path | None = None
    organisation: str = ""
    account: Account | None = None
    dry: bool = False
    bad: Literal["stop", "aside"] = "stop"


@dataclass(slots=True)
class Done:
    """导入结果 · Rows read; cases and events that were (or would be) written; cases known already; what was refused."""

    rows: int = 0
    cases: int = 0
    events: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    written: bool = False


@dataclass(frozen=True, slots=True)
class _Taken:
    """A draft that the engine took, and the number of the case that it became."""

    draft: Draft
    case: ImportedCase
    number: int


class _TriedOnly(Exception):
    """Rolls a block back."""


def import_file(asked: Asked, *, at: datetime, reading: Callable[[float], None], judging: Callable[[float], None]) -> Done:
    """Import a file. Raises RowsRefused (with ``bad="stop"``; then nothing was written) and what reading the file or its mapping raises."""
    if asked.procedure not in folders():
        raise UnknownProcedure(name=asked.procedure, near="")
    folder = folders()[asked.procedure]
    mapping = own_names(folder) if asked.mapping is None else read_import_mapping(asked.mapping, folder)
    drafting = read_drafts(rows(asked.path, mapping, reading), Drafting(asked.procedure, mapping, asked.organisation))
    done = Done(drafting.rows, faults=drafting.faults)
    fresh = list(_fresh(asked, drafting, done, at))
    tried = asked.dry or asked.bad == "stop"
    ready = _taken(asked, fresh, done, at, judging) if tried else fresh
    done.faults.sort(key=lambda f: f.line)
    if done.faults:
        write_report(done.faults, asked.report)
    if asked.dry:
        return done
    if done.faults and asked.bad == "stop":
        first = done.faults[0]
        raise RowsRefused(count=len(done.faults), line=first.line, reason=first.reason, report=asked.report)
    done.cases = done.events = 0
    _written(asked, ready, done, at, judging)
    done.faults.sort(key=lambda f: f.line)
    if done.faults:
        write_report(done.faults, asked.report)
    done.written = True
    return done


# ---- what is new ---------------------------------------------------------------------------------------------------------------------

Ready = tuple[Draft, ImportedCase]


def _fresh(asked: Asked, drafting: Drafting, done: Done, at: datetime) -> Iterator[Ready]:
    """The cases without faults that were not imported before."""
    codes = dict(Organisation.objects.filter(code__in={d.organisation for d in drafting.drafts.values()}).values_list("code", "id"))
    if asked.organisation and asked.organisation not in codes and drafting.drafts and not Organisation.objects.filter(code=asked.organisation):
        raise UnknownInstitution(code=asked.organisation)
    keys = keys_of(codes.values())
    anywhere = asked.account is None or asked.account.administrator == "system"
    own = None if anywhere or asked.account is None else actor_for(asked.account, at=at).organisation
    before = _before(asked.procedure, codes.values())
    for draft in drafting.drafts.values():
        case = drafting.case(draft, codes, keys)
        if case is not None and own is not None and case.organisation != own:
            draft.faults.append(Fault(draft.line, draft.key, RowsRefused.code, words.NOT_YOURS))
        known = None if case is None else before.get((case.organisation, case.key))
        if known is not None and known != draft.digest():
            draft.faults.append(Fault(draft.line, draft.key, RowsRefused.code, words.CHANGED, todo=words.CHANGED_TODO))
        done.faults += draft.faults
        if case is None or draft.faults:
            continue
        if known is not None:
            done.known += 1
        else:
            yield draft, case


def _before(procedure: str, organisations: Collection[int]) -> Mapping[tuple[int, str], bytes]:
    """What was imported for these institutions before: key → the digest of what it said."""
    found = ImportedKey.objects.filter(procedure=procedure, organisation_id__in=list(organisations))
    return {(o, k): bytes(d) for o, k, d in found.values_list("organisation_id", "key", "digest").iterator()}


# ---- trying and writing --------------------------------------------------------------------------------------------------------------


def _taken(asked: Asked, fresh: list[Ready], done: Done, at: datetime, told: Callable[[float], None]) -> list[Ready]:
    """Those that the procedure takes: every block is written and rolled back."""
    out = []
    for block in _blocks(fresh):
        try:
            with transaction.atomic():
                taken = _block(asked, block, done, at)
                raise _TriedOnly
        except _TriedOnly:
            out += [(t.draft, t.case) for t in taken]
        told(min(1.0, (len(out) + len(done.faults)) / max(len(fresh), 1)))
    return out


def _written(asked: Asked, ready: list[Ready], done: Done, at: datetime, told: Callable[[float], None]) -> None:
    """Write block by block; a run that dies has written whole blocks, and the same file again writes the rest."""
    account = None if asked.account is None else asked.account.pk
    with asked.path.open("rb") as file:
        mark = hashlib.file_digest(file, "sha256").digest()
    run = None
    for n, block in enumerate(_blocks(ready)):
        with transaction.atomic():
            taken = _block(asked, _unless_known(asked, block, done), done, at)
            if taken:
                run = run or ImportRun.objects.create(
                    procedure=asked.procedure, file=asked.path.name[:200], digest=mark, at=instant(at), account=account
                )  # fmt: skip
                _keys(asked, run, taken)
                said = {"run": run.pk, "cases": len(taken), "events": sum(len(t.case.steps) for t in taken)}
                noted(Kind.IMPORTED, at=instant(at), actor=account, subject=None, address=None, **said)
        told(min(1.0, (n + 1) * BLOCK / len(ready)))


def _keys(asked: Asked, run: ImportRun, taken: list[_Taken]) -> None:
    """The keys of written cases: they let no case in twice."""
    rows = [
        ImportedKey(
            run=run, procedure=asked.procedure, organisation_id=t.case.organisation, key=t.case.key, digest=t.draft.digest(), case_id=t.number
        )
        for t in taken
    ]  # fmt: skip
    ImportedKey.objects.bulk_create(rows)


def _unless_known(asked: Asked, block: list[Ready], done: Done) -> list[Ready]:
    """Those of a block that nobody has imported meanwhile; whoever imports the same procedure waits until this block is written."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {asked.procedure}"])
    keys = {case.key for _, case in block}
    there = set(ImportedKey.objects.filter(procedure=asked.procedure, key__in=keys).values_list("organisation_id", "key"))
    left = [(draft, case) for draft, case in block if (case.organisation, case.key) not in there]
    done.known += len(block) - len(left)
    return left


def _blocks(ready: list[Ready]) -> Iterator[list[Ready]]:
    for first in range(0, len(ready), BLOCK):
        yield ready[first : first + BLOCK]


def _block(asked: Asked, block: list[Ready], done: Done, at: datetime) -> list[_Taken]:
    """One block through the engine, inside a transaction."""
    recorder = OPERATOR if asked.account is None else asked.account.username
    got = steps_import(cases=[case for _, case in block], recorder=recorder, at=at, bad="aside")
    done.cases += len(got.cases)
    done.events += got.steps
    drafts = {draft.key: draft for draft, _ in block}
    done.faults += [_refused(asked.procedure, drafts[key], error, at) for key, error in got.refused]
    return [_Taken(draft, case, got.cases[case.key]) for draft, case in block if case.key in got.cases]


def _refused(procedure: str, draft: Draft, error: TianpingError, at: datetime) -> Fault:
    """A refused case with the line of the act that is refused first."""
    acts = draft.in_order()
    line = acts[0].line
    if not isinstance(error, Refusal):
        return fault_of(line, draft.key, error)
    _, tables = version_on(procedure, acts[0].happened.date())
    numbers = [tables.by_step[a.step] for a in acts]
    events = [
        Event(seq, n, tables.steps[n].track, a.entity, a.happened, local(instant(at)), None, a.signers)
        for seq, (n, a) in enumerate(zip(numbers, acts, strict=True), 1)
    ]
    judged = supervise_case(tables, effective(events), local(instant(at)), in_use())
    rules = {reason.rule for reason in error.reasons}
    first = min((f.seq for f in judged.findings if f.rule.kind in REFUSED and f.rule.code in rules), default=1)
    return fault_of(acts[first - 1].line, draft.key, error, "; ".join(dict.fromkeys(r.cites for r in error.reasons if r.cites)))
