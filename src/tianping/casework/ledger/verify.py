"""核验 · Is a ledger what it says it is? Works on exported lines alone: no server, no Django.

An export is JSON Lines, one event a line, the events of a case in the order of their numbers. A line holds the very bytes that were hashed, so that
it is verified by cutting it and not by reading it; one byte more or less anywhere and it no longer fits. What was said is ``null`` where it was
erased; then an act of erasure of the same case must name the event.
"""

from __future__ import annotations

import json
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
    for number, given in enumerate(lines, 1):
        line = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
        line = line.removesuffix(b"\n")
        if not line:
            continue
        top, _, payload = line.partition(PAYLOADS)
        form, *place = top[166:].split(b",", 3)
        if form != b"[1" or top[:9] != START or top[73:91] != PLACE or top[155:166] != HEADER or payload[-1:] != b"}":
            raise UnreadableLedger(line=number, reason=_shown(line))
        try:
            case, seq, said = int(place[0]), int(place[1]), bytes.fromhex(top[91:155].decode())
        except (ValueError, IndexError):
            raise UnreadableLedger(line=number, reason=_shown(line)) from None
        before, head = heads.get(case, (0, NO_HASH))
        if seq != before + 1:
            raise BadLedger(case=case, seq=seq, line=number, reason=GAP.fill(want=before + 1))
        payload = payload[:-1]
        if payload == b"null":
            erased[case, seq] = number
        elif check(payload) != said:
            raise BadLedger(case=case, seq=seq, line=number, reason=PAYLOAD)
        found = check(head + top[166:] + said)
        if found.hex().encode() != top[9:73]:
            raise BadLedger(case=case, seq=seq, line=number, reason=BROKEN)
        if case in known and seq in known[case] and known[case][seq][0] != found:
            raise _rewritten(known[case], case, seq, number)
        if payload.startswith(ERASURE):
            said_so.add((case, json.loads(payload)["erases"]))
        heads[case] = (seq, found)
        events += 1
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


def _shown(line: bytes) -> str:
    return repr(line[:60].decode("utf-8", "replace"))
