"""核验 · Is a ledger what it says it is? Works on exported lines alone: no server, no Django.

An export is JSON Lines, one event a line, the events of a case in the order of their numbers. Every field of the header stands in the line; the
payload too, or null where it was erased.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tianping.casework.ledger.canonical import DIGESTS, NO_HASH, Header, canonical, chained
from tianping.law.errors import TianpingError
from tianping.law.text import T


class BadLedger(TianpingError):
    """台账不符 · The first event that is not what was written, or that is missing."""

    code = "OPS-310"
    what = T("案件 {case} 第 {seq} 步（第 {line} 行）：{reason}", "Case {case}, event {seq} (line {line}): {reason}")
    todo = T(
        "台账此处被改动或者缺失，请与备份及合作机构持有的检查点比对。",
        "It was changed or lost here: compare it with a backup and with partners' checkpoints.",
    )


class UnreadableLedger(TianpingError):
    """台账不能读取 · A line that is no event."""

    code = "OPS-311"
    what = T("第 {line} 行不是台账事件：{reason}", "Line {line} is no event of a ledger: {reason}")
    todo = T("请用 tianping export 重新导出。", "Export it again with tianping export.")


BROKEN: Final = T("哈希不符，抬头或者前一步被改动", "its hash does not fit: the header or what came before was changed")
PAYLOAD: Final = T("内容与其哈希不符", "what was said does not fit its hash")
GAP: Final = T("编号不连续，应为 {want}", "the numbers do not follow: {want} should come")


@dataclass(frozen=True, slots=True)
class Verified:
    """核验结果 · How much was verified, how many payloads were erased, and the head of each case."""

    cases: int
    events: int
    erased: int
    heads: dict[int, tuple[int, bytes]]


def verify(lines: Iterable[str], *, digest: str = "sha256") -> Verified:
    """Check every event of an export against the chain of its case. Raises BadLedger for the first that does not fit, UnreadableLedger."""
    check, events, erased = DIGESTS[digest], 0, 0
    heads: dict[int, tuple[int, bytes]] = {}
    for line, row in _rows(lines):
        header = _header(line, row)
        seq, head = heads.get(header.case_id, (0, NO_HASH))
        place: dict[str, object] = {"case": header.case_id, "seq": header.seq, "line": line}
        if header.seq != seq + 1:
            raise BadLedger(reason=GAP.fill(want=seq + 1), **place)
        said, wanted = bytes.fromhex(row["payload_hash"]), bytes.fromhex(row["hash"])
        if row["payload"] is None:
            erased += 1
        elif check(canonical(row["payload"])) != said:
            raise BadLedger(reason=PAYLOAD, **place)
        if chained(head, header.data(), said, check) != wanted:
            raise BadLedger(reason=BROKEN, **place)
        heads[header.case_id] = (header.seq, wanted)
        events += 1
    return Verified(len(heads), events, erased, heads)


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UnreadableLedger(line=number, reason=error) from None
        if not isinstance(row, dict):
            raise UnreadableLedger(line=number, reason="{…}?")
        yield number, row


def _header(line: int, row: dict[str, Any]) -> Header:
    try:
        bytes.fromhex(row["payload_hash"]), bytes.fromhex(row["hash"]), row["payload"]
        times = (datetime.fromisoformat(row["happened"]), datetime.fromisoformat(row["recorded"]))
        place = (row["case_id"], row["seq"], row["procedure"], row["version"], row["track"], row["entity"], row["step"], *times)
        signers = tuple((str(a), str(r)) for a, r in row["signers"])
        return Header(*place, row["voids"], row["organisation"], signers, row["recorder"], row["into"])
    except (KeyError, ValueError, TypeError) as error:
        raise UnreadableLedger(line=line, reason=f"{type(error).__name__}: {error}") from None
