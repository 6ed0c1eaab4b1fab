"""第二核验器 · The verifier once more, written from the description of the format alone, as plainly as possible: it reads every line as JSON, writes
it again and hashes what it wrote. It shares no code with the product; the two must agree on every ledger, whole or tampered with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def first_bad(lines: Iterable[bytes], anchors: Iterable[bytes] = ()) -> tuple[str, int, int] | None:
    """None, or what is wrong first: (kind, case, event); for a line that is no event ("line", its number, 0)."""
    chains: dict[int, list[bytes]] = {}
    nulls: list[tuple[int, int]] = []
    erased: set[tuple[int, int]] = set()
    heads = {(case, seq): bytes.fromhex(found) for line in anchors for case, seq, found in json.loads(line)["heads"]}
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            whole = [b'{"hash":', written(row["hash"]), b',"payload_hash":', written(row["payload_hash"]), b',"header":', written(row["header"])]
            if b"".join([*whole, b',"payload":', written(row["payload"]), b"}"]) != line.removesuffix(b"\n"):
                return "line", number, 0
            one, case, seq = row["header"][:3]
            if one != 1 or type(case) is not int or type(seq) is not int:
                return "line", number, 0
        except (ValueError, KeyError, TypeError, IndexError):
            return "line", number, 0
        chain = chains.setdefault(case, [bytes(32)])
        if seq != len(chain):
            return "gap", case, seq
        if row["payload"] is None:
            nulls.append((case, seq))
        elif sha(written(row["payload"])).hex() != row["payload_hash"]:
            return "payload", case, seq
        found = sha(chain[-1] + written(row["header"]) + bytes.fromhex(row["payload_hash"]))
        if found.hex() != row["hash"]:
            return "hash", case, seq
        if heads.get((case, seq), found) != found:
            return "anchor", case, seq
        if isinstance(row["payload"], dict) and "erases" in row["payload"]:
            erased.add((case, row["payload"]["erases"]))
        chain.append(found)
    for place in nulls:
        if place not in erased:
            return "vanished", *place
    for case, seq in heads:
        if seq >= len(chains.get(case, [b""])):
            return "missing", case, len(chains.get(case, [b""]))
    return None
