"""台账成日志 · The ledger of one version of a procedure as one event table in memory, and the moment of its last record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pyarrow as pa
from django.db import connection

from tianping.casework.bridge.shape import LEDGER, SELECT, shaped
from tianping.casework.bridge.stream import batches
from tianping.casework.engine.registered import folders, tables_of
from tianping.casework.models import Definition, Organisation
from tianping.casework.moments import local
from tianping.procedure.registry import Folder, UnknownProcedure

_OF: Final = " join casework_case c on c.id = e.case_id and c.definition_id = {definition} order by e.case_id, e.seq"


@dataclass(frozen=True, slots=True, eq=False)
class LedgerLog:
    """台账日志 · The events of the cases that are pinned to one version. ``folder`` holds that version alone: a pinned case is not pinned again."""

    code: str
    version: date
    folder: Folder
    table: pa.Table


def ledger_logs(procedure: str | None = None, *, plain: bool = False) -> Iterator[LedgerLog]:
    """The ledger as event tables, one for each version that has events; of one procedure, or of all. Raises UnknownProcedure."""
    if procedure is not None and procedure not in folders():
        raise UnknownProcedure(name=procedure, near="")
    names = organisations()
    for row in Definition.objects.order_by("code", "version"):
        if procedure in (None, row.code):
            table = _table(row.pk, names, plain=plain)
            if len(table):
                tables = tables_of(row.pk)
                yield LedgerLog(row.code, row.version, Folder(folders()[row.code].path, (tables.procedure,)), table)


def _table(definition: int, names: dict[int, str], *, plain: bool) -> pa.Table:
    tables = tables_of(definition)
    found = [shaped(batch, tables, names) for batch in batches(SELECT + _OF.format(definition=definition), LEDGER, plain=plain)]
    if not found:
        return pa.table({"case_id": pa.array([], pa.string())})
    whole = pa.concat_tables(found).unify_dictionaries().combine_chunks()
    for name in ("case_id", "into"):
        whole = whole.set_column(whole.schema.get_field_index(name), name, whole[name].cast(pa.string()))
    return whole


def organisations() -> dict[int, str]:
    """Every institution's code by its number."""
    return dict(Organisation.objects.values_list("id", "code"))


def last_recorded() -> datetime | None:
    """The local instant at which the ledger's last entry was written, or None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select max(recorded) from casework_event")
        (found,) = cursor.fetchone()
    return None if found is None else local(found)
