"""表 · The events, cases and clocks of one block of cases, as they may leave: masked, and marked where the database is a replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from tianping.casework.bridge.log import organisations
from tianping.casework.bridge.shape import FIRST, LEDGER, SELECT, schema_of, shaped
from tianping.casework.bridge.stream import batches
from tianping.casework.engine.registered import tables_of
from tianping.casework.extracts.masks import Mask
from tianping.casework.extracts.scope import CaseRow, Scope, blocks, definitions
from tianping.casework.models import Clock
from tianping.casework.moments import local
from tianping.casework.replay.mark import NOTICE, is_replay
from tianping.law.text import T
from tianping.procedure.tables import Tables

_NAMES: Final = pa.dictionary(pa.int32(), pa.string())
_OF: Final = " where e.case_id = any('{{{cases}}}'::bigint[]) order by e.case_id, e.seq"
LIFECYCLES: Final = (T("在办", "active"), T("中止", "suspended"), T("办结", "closed"), T("归档", "archived"))
CASES: Final = (
    "case_id", "number", "title", "procedure", "version", "organisation", "institution", "stage", "stage_zh", "stage_en", "lifecycle_zh",
    "lifecycle_en", "opened", "due", "source", "parties",
)  # fmt: skip
CLOCKS: Final = ("case_id", "clock", "clock_zh", "clock_en", "article", "entity", "since_seq", "since", "due", "met_on", "status", "provisional")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """一批案件 · Some cases with all their events, in order. ``notice``: what every row must say, or ""."""

    rows: list[CaseRow]
    mask: Mask
    events: list[tuple[Tables, pa.Table]]
    notice: str

    def cases(self) -> Iterator[dict[str, Any]]:
        """The cases as rows of ``CASES``."""
        for c in self.rows:
            tables = tables_of(c.definition)
            stage = next(s for s in tables.tracks[0].stages if s.name == c.stage).title
            life = LIFECYCLES[c.lifecycle]
            row = (
                c.id, c.number, self.mask.title(c.id, c.title), c.procedure, c.version, c.organisation, c.organisation_zh, c.stage, stage.zh,
                stage.en, life.zh, life.en, c.opened, c.due, c.source, self.mask.listed(c.id),
            )  # fmt: skip
            yield dict(zip(CASES, row, strict=True)) | self._noticed()

    def clocks(self) -> Iterator[dict[str, Any]]:
        """Their clocks as last reckoned, as rows of ``CLOCKS``."""
        limits = {c.id: {x.code: x.limit for x in tables_of(c.definition).limits} for c in self.rows}
        for k in Clock.objects.filter(case_id__in=list(limits)).order_by("case_id", "since_seq", "code", "entity"):
            limit = limits[k.case_id][k.code]
            entity = k.entity if self.mask.whole else self.mask.run(k.case_id, k.entity)
            row = (
                k.case_id, k.code, limit.words.zh, limit.words.en, str(limit.cites), entity, k.since_seq, local(k.since), local(k.due),
                None if k.met_on is None else local(k.met_on), k.status, k.provisional,
            )  # fmt: skip
            yield dict(zip(CLOCKS, row, strict=True)) | self._noticed()

    def _noticed(self) -> dict[str, str]:
        return {"notice": self.notice} if self.notice else {}


def read_blocks(scope: Scope, *, unmasked: bool = False) -> Iterator[Block]:
    """The cases of a scope, block by block."""
    names, notice = organisations(), f"{NOTICE.zh} · {NOTICE.en}" if is_replay() else ""
    for rows in blocks(scope):
        mask = Mask((c.id for c in rows), whole=unmasked)
        found = pa.Table.from_batches(list(batches(SELECT + _OF.format(cases=",".join(str(c.id) for c in rows)), LEDGER)), LEDGER)
        pinned: dict[int, list[int]] = {}
        for c in rows:
            pinned.setdefault(c.definition, []).append(c.id)
        events = []
        for number, cases in pinned.items():
            tables = tables_of(number)
            mine = found.filter(pc.is_in(found["case_id"], pa.array(cases, pa.int64()))).combine_chunks()
            table = pa.concat_tables(shaped(b, tables, names) for b in mine.to_batches()).unify_dictionaries()
            events.append((tables, _marked(mask.table(table, free(tables)), tables, notice)))
        yield Block(rows, mask, events, notice)


def free(tables: Tables) -> list[str]:
    """The facts whose answers are written freely."""
    taken = {name for name, _ in FIRST}
    return [name for name, (fact, _) in tables.facts.items() if fact.kind is str and name not in taken]


def _marked(table: pa.Table, tables: Tables, notice: str) -> pa.Table:
    """With the procedure and its version, and the notice; case numbers as text, as the reader of logs has them."""
    for name in ("case_id", "into"):
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.string()))
    constant = {"procedure": tables.procedure.code, "version": tables.procedure.valid_from.isoformat()} | ({"notice": notice} if notice else {})
    for name, value in constant.items():
        table = table.append_column(name, pa.array([value] * len(table), pa.string()).dictionary_encode())
    return table


def whole_schema(procedure: str | None) -> pa.Schema:
    """The columns of every event table of a procedure, or of all that have cases. A fact of two kinds is text."""
    kinds: dict[str, pa.DataType] = {name: pa.string() if name in ("case_id", "into") else kind for name, kind in FIRST}
    kinds |= {"procedure": _NAMES, "version": _NAMES}
    for number in definitions(procedure):
        for field in list(schema_of(tables_of(number)))[len(FIRST) :]:
            kinds[field.name] = field.type if kinds.get(field.name, field.type) == field.type else pa.string()
    return pa.schema([*kinds.items(), *([("notice", _NAMES)] if is_replay() else [])])


def fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table in other columns: what it lacks is empty."""
    columns = [table[f.name].cast(f.type) if f.name in table.column_names else pa.nulls(len(table), f.type) for f in schema]
    return pa.table(columns, schema=schema)


def day(moment: datetime | None) -> object:
    """A local instant; at midnight, its day."""
    return moment.date() if moment is not None and moment.time() == datetime.min.time() else moment
