"""导出台账 · The ledger as lines of JSON, case by case, for the verifier and for partners. Read with a server-side cursor: memory does not grow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from django.db import connection, transaction

_LEDGER: Final = """
select jsonb_build_object('case_id', e.case_id, 'seq', e.seq, 'procedure', d.code, 'version', d.version::text, 'track', e.track, 'entity', e.entity,
  'step', e.step, 'happened', to_char(e.happened at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ'),
  'recorded', to_char(e.recorded at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ'), 'voids', e.voids, 'organisation', e.organisation,
  'signers', e.signers, 'recorder', e.recorder, 'into', e."into", 'payload', e.payload, 'payload_hash', encode(e.payload_hash, 'hex'),
  'hash', encode(e.hash, 'hex'))::text
from casework_event e join casework_case c on c.id = e.case_id join casework_definition d on d.id = c.definition_id
where %(cases)s::bigint[] is null or e.case_id = any(%(cases)s)
order by e.case_id, e.seq"""


def ledger_lines(cases: list[int] | None = None) -> Iterator[str]:
    """The ledger of all cases, or of some, one event a line."""
    with transaction.atomic():
        connection.ensure_connection()
        with connection.connection.cursor(name="ledger") as cursor:
            cursor.itersize = 5_000
            cursor.execute(_LEDGER, {"cases": cases})
            for (line,) in cursor:
                yield line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
