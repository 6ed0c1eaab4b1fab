"""导出台账 · The ledger as lines of JSON, case by case, for the verifier and for partners. Read with a server-side cursor: memory does not grow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from django.db import connection, transaction

from tianping.casework.ledger.canonical import FORMAT, plain_bytes
from tianping.casework.ledger.verify import line_of

_INSTANT: Final = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""
_LEDGER: Final = f"""
select e.case_id, e.seq, d.code, d.version::text, e.track, e.entity, e.step, to_char(e.happened at time zone 'UTC', {_INSTANT}),
  to_char(e.recorded at time zone 'UTC', {_INSTANT}), e.voids, e.organisation, e.signers::text, e.recorder, e."into",
  e.payload::text, e.payload_hash, e.hash
from casework_event e left join casework_case c on c.id = e.case_id left join casework_definition d on d.id = c.definition_id
where %(cases)s::bigint[] is null or e.case_id = any(%(cases)s)
order by e.case_id, e.seq"""  # noqa: S608 — constants only


def ledger_lines(cases: list[int] | None = None) -> Iterator[str]:
    """The ledger of all cases, or of some, one event a line. What was tampered with is exported as it stands: the verifier finds it."""
    with transaction.atomic():
        connection.ensure_connection()
        with connection.connection.cursor(name="ledger") as cursor:
            cursor.itersize = 5_000
            cursor.execute(_LEDGER, {"cases": cases})
            for row in cursor:
                yield _line(row)


def _line(row: tuple[Any, ...]) -> str:
    *place, signers, recorder, into, payload, payload_hash, found = row
    header = plain_bytes([FORMAT, *place, json.loads(signers), recorder, into])
    return line_of(header, plain_bytes(None if payload is None else json.loads(payload)), bytes(payload_hash), bytes(found))
