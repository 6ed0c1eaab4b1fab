"""成链 · The events of imported cases as rows of the ledger, hashed and chained: byte for byte what ``ledger.canonical`` says, column by column."""

from __future__ import annotations

import json
import secrets
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tianping.casework.engine.copying import instants_column
from tianping.casework.engine.gathered import Gathered
from tianping.casework.ledger.canonical import FORMAT, NO_HASH, Digest
from tianping.procedure.columnar import Ints

SALT: Final = 16
"""Random bytes to an event."""


def chained(gathered: Gathered, ids: Ints, recorder: str, digest: Digest) -> tuple[pa.Table, list[bytes]]:
    """The rows of ``casework_event``, and the head of each case's chain."""
    rows = _Rows(gathered, ids, recorder)
    payloads, headers = rows.payloads(), rows.headers()
    payload_hashes, hashes = _chain(gathered, _items(headers), _items(payloads), digest)
    heads = [hashes[last] for last in (np.cumsum(gathered.counts) - 1).tolist()]
    return rows.table(payloads, payload_hashes, hashes), heads


def _chain(gathered: Gathered, headers: list[bytes], payloads: list[bytes], digest: Digest) -> tuple[list[bytes], list[bytes]]:
    payload_hashes = [digest(payload) for payload in payloads]
    hashes: list[bytes] = []
    row = 0
    for count in gathered.counts:
        head = NO_HASH
        for at in range(row, row + count):
            head = digest(head + headers[at] + payload_hashes[at])
            hashes.append(head)
        row += count
    return payload_hashes, hashes


class _Rows:
    def __init__(self, gathered: Gathered, ids: Ints, recorder: str) -> None:
        self.gathered, self.ids, self.recorder = gathered, ids, recorder
        self.tables, self.count = gathered.tables, len(gathered.step)
        self.step, self.entity, self.signer = (np.array(c, dtype=np.int64) for c in (gathered.step, gathered.entity, gathered.signers))
        self.entities = list(gathered.entities)
        self.signed = [_json([[s.actor, s.role] for s in people]) for people in gathered.signatures]
        self.organisation = np.array([c.organisation for c in gathered.cases], dtype=np.int64)
        self.happened = instants_column(gathered.micro)
        self.recorded = self.happened if gathered.replayed else instants_column(gathered.recorded)

    def headers(self) -> pa.Array:
        """What ``Header.data`` says, for every event."""
        case = pa.array([f"[{FORMAT},{i}," for i in self.ids.tolist()]).take(pa.array(self.gathered.case))
        seq = pa.array([str(n) for n in range(int(self.gathered.seq.max(initial=0)) + 1)]).take(pa.array(self.gathered.seq))
        organisation = self.organisation[self.gathered.case]
        ends = _fragments(organisation, self.signer, lambda org, who: f'",null,{org},{self.signed[who]},{_json(self.recorder)},null]')
        return pc.binary_join_element_wise(case, seq, self._places(), self.happened, '","', self.recorded, ends, "")

    def _places(self) -> pa.Array:
        version = _json(self.tables.procedure.valid_from.isoformat())

        def said(step: int, entity: int) -> str:
            row = self.tables.steps[step]
            track = _json(self.tables.tracks[row.track].name)
            return f',{_json(self.tables.procedure.code)},{version},{track},{_json(self.entities[entity])},{_json(row.step.code)},"'

        return _fragments(self.step, self.entity, said)

    def payloads(self) -> pa.Array:
        """Answers and salt, for every event."""
        salts = texts(secrets.token_bytes(SALT * self.count).hex(), 2 * SALT)
        return pc.binary_join_element_wise('{"facts":', pa.array(self.gathered.facts, pa.string()), ',"salt":"', salts, '"}', "")

    def table(self, payloads: pa.Array, payload_hashes: list[bytes], hashes: list[bytes]) -> pa.Table:
        """The rows, in the order given."""
        steps = pa.array(self.step.astype(np.int32))
        none = pa.nulls(self.count, pa.int64())
        columns = {
            "case_id": pa.array(self.ids[self.gathered.case]),
            "seq": pa.array(self.gathered.seq),
            "track": pa.array([self.tables.tracks[s.track].name for s in self.tables.steps]).take(steps),
            "entity": pa.array(self.entities, pa.string()).take(pa.array(self.entity)),
            "step": pa.array([s.step.code for s in self.tables.steps]).take(steps),
            "happened": self.happened,
            "recorded": self.recorded,
            "voids": none,
            "organisation": pa.array(self.organisation[self.gathered.case]),
            "signers": pa.array(self.signed, pa.string()).take(pa.array(self.signer)),
            "recorder": pa.repeat(self.recorder, self.count),
            "into": none,
            "payload": payloads,
            "payload_hash": hexed(payload_hashes),
            "hash": hexed(hashes),
        }
        return pa.table(columns)


def _fragments(one: Ints, other: Ints, said: Any) -> pa.Array:
    """A text for each pair of codes, made once for each pair that occurs."""
    width = int(other.max(initial=0)) + 1
    pairs, where = np.unique(one * width + other, return_inverse=True)
    return pa.array([said(*divmod(pair, width)) for pair in pairs.tolist()], pa.string()).take(pa.array(where))


def _items(array: pa.Array) -> list[bytes]:
    """The bytes of each text: slices of one buffer, for ``to_pylist`` makes an object of Arrow's for each first."""
    _, offsets, data = array.buffers()
    ends: npt.NDArray[np.int32] = np.frombuffer(offsets, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    whole, bounds = data.to_pybytes() if data is not None else b"", ends.tolist()
    return [whole[a:b] for a, b in pairwise(bounds)]


def texts(joined: str, width: int) -> pa.Array:
    """Texts of one width, from all of them joined."""
    data = joined.encode()
    offsets = np.arange(0, len(data) + width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(len(data) // width, pa.py_buffer(offsets), pa.py_buffer(data))


def hexed(hashes: list[bytes]) -> pa.Array:
    """Hashes as PostgreSQL writes bytes."""
    return pc.binary_join_element_wise("\\x", texts(b"".join(hashes).hex(), 64), "") if hashes else pa.array([], pa.string())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
