"""核验 · Is a ledger what it says it is? Works on exported lines alone: no server, no Django.

An export is JSON Lines, one event a line, the events of a case in the order of their numbers. A line holds the very bytes that were hashed, so that
it is verified by cutting it and not by reading it; one byte more or less anywhere and it no longer fits. What was said is ``null`` where it was
erased; then an act of erasure of the same case must name the event.
"""

from __future__ import annotations

import json
import struct
from binascii import hexlify, unhexlify
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tianping.casework.ledger.anchor import Anchored
from tianping.casework.ledger.canonical import DIGESTS, NO_HASH
from tianping.casework.ledger.errors import BadLedger, UnreadableLedger
from tianping.law.text import T

BROKEN: Final = T("哈希不符，抬头或者前一步被改动", "its hash does not fit: the header or what came before was changed")
PAYLOAD: Final = T("内容与其哈希不符", "what was said does not fit its hash")
GAP: Final = T("编号不连续，应为 {want}", "the numbers do not follow: {want} should come")
VANISHED: Final = T("内容被删除，而台账中没有删除决定", "what was said is gone, and no act of erasure names it")
REWRITTEN: Final = T(
    "与检查点 {number} 所载哈希不符，第 {good} 步之后被改写", "it is not what checkpoint {number} holds: it was rewritten after event {good}"
)
MISSING: Final = T("缺失：检查点 {number} 载有至第 {last} 步", "it is missing: checkpoint {number} knows of event {last}")
START, PLACE, HEADER = b'{"hash":"', b'","payload_hash":"', b'","header":'
PAYLOADS: Final = b',"payload":'
"""Inside the header this cannot stand: it holds no objects, and a quotation mark within a text is escaped."""
_FIXED: Final = struct.Struct("9s64s18s64s11s").unpack_from
ERASURE: Final = b'{"erases":'


def line_of(header: bytes, payload: bytes, payload_hash: bytes, found: bytes) -> str:
    """An event as a line of an export."""
    return f'{{"hash":"{found.hex()}","payload_hash":"{payload_hash.hex()}","header":{header.decode()},"payload":{payload.decode()}}}'


@dataclass(frozen=True, slots=True)
class Verified:
    """核验结果 · How much was verified, how many payloads were erased, and the head of each case."""

    cases: int
    events: int
    erased: int
    heads: dict[int, tuple[int, bytes]]


def verify(lines: Iterable[str | bytes], *, digest: str = "sha256", anchored: Anchored | None = None) -> Verified:
    """Check every event of an export against the chain of its case, and against checkpoints. Raises BadLedger, UnreadableLedger for the first bad."""
    check, events = DIGESTS[digest], 0
    heads: dict[int, tuple[int, bytes]] = {}
    erased: dict[tuple[int, int], int] = {}
    said_so: set[tuple[int, int]] = set()
    known = {} if anchored is None else anchored.heads
    marks: dict[int, tuple[bytes, int]] = {}
    case, seq, head, following = -1, 0, NO_HASH, b"?"
    for number, given in enumerate(lines, 1):
        line = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
        top, _, payload = line.partition(PAYLOADS)
        if not line.startswith(following, 166):  # another case than that of the line before, or out of order
            if not line.strip():
                continue
            heads[case] = (seq, head)
            case, at = _place(line, number)
            marks = known.get(case, {})
            seq, head = heads.get(case, (0, NO_HASH))
            if at != seq + 1:
                raise BadLedger(case=case, seq=at, line=number, reason=GAP.fill(want=seq + 1))
        seq += 1
        payload, end = (payload[:-2], payload[-2:]) if payload[-1:] == b"\n" else (payload[:-1], payload[-1:] + b"\n")
        start, hash_hex, place, said_hex, header = _FIXED(line)
        if start != START or place != PLACE or header != HEADER or end != b"}\n":
            raise UnreadableLedger(line=number, reason=_shown(line))
        if payload == b"null":
            erased[case, seq], said = number, _erased(said_hex, number, line)
        else:
            said = check(payload)
            if hexlify(said) != said_hex:
                raise BadLedger(case=case, seq=seq, line=number, reason=PAYLOAD)
        head = check(head + top[166:] + said)
        if hexlify(head) != hash_hex:
            raise BadLedger(case=case, seq=seq, line=number, reason=BROKEN)
        if marks and seq in marks and marks[seq][0] != head:
            raise _rewritten(marks, case, seq, number)
        if payload.startswith(ERASURE):
            said_so.add((case, json.loads(payload)["erases"]))
        following = b"[1,%d,%d," % (case, seq + 1)
        events += 1
    heads[case] = (seq, head)
    del heads[-1]
    _no_gaps(heads, erased, said_so, known)
    return Verified(len(heads), events, len(erased), heads)


def _no_gaps(
    heads: dict[int, tuple[int, bytes]],
    erased: dict[tuple[int, int], int],
    said_so: set[tuple[int, int]],
    known: dict[int, dict[int, tuple[bytes, int]]],
) -> None:
    for (case, seq), line in erased.items():
        if (case, seq) not in said_so:
            raise BadLedger(case=case, seq=seq, line=line, reason=VANISHED)
    for case, events in known.items():
        last, seq = max(events), heads.get(case, (0, NO_HASH))[0]
        if last > seq:
            raise BadLedger(case=case, seq=seq + 1, line="—", reason=MISSING.fill(number=events[last][1], last=last))


def _rewritten(events: dict[int, tuple[bytes, int]], case: int, seq: int, line: int) -> BadLedger:
    good = max((s for s in events if s < seq), default=0)
    return BadLedger(case=case, seq=seq, line=line, reason=REWRITTEN.fill(number=events[seq][1], good=good))


def _erased(said: bytes, number: int, line: bytes) -> bytes:
    """The hash of what is gone, written as it must be. Raises UnreadableLedger."""
    try:
        found = unhexlify(said)
    except ValueError:
        found = b""
    if hexlify(found) != said:
        raise UnreadableLedger(line=number, reason=_shown(line))
    return found


def _place(line: bytes, number: int) -> tuple[int, int]:
    """The case and the number of an event. Raises UnreadableLedger."""
    form, *place = line[166:].split(b",", 3)
    try:
        if form != b"[1":
            raise ValueError(form)
        return int(place[0]), int(place[1])
    except (ValueError, IndexError):
        raise UnreadableLedger(line=number, reason=_shown(line)) from None


def _shown(line: bytes) -> str:
    return repr(line[:60].decode("utf-8", "replace"))
