"""默克尔树 · One hash over many heads, and a short proof that a head is among them. The tree of RFC 6962: leaves and nodes are hashed apart."""

from __future__ import annotations

from collections.abc import Sequence

from tianping.casework.ledger.canonical import Digest, canonical

Head = tuple[int, int, bytes]
"""(case, seq, hash): where a case stood."""


def leaf(head: Head, digest: Digest) -> bytes:
    """The hash of a head as a leaf."""
    case_id, seq, found = head
    return digest(b"\0" + canonical([case_id, seq, found.hex()]))


def root(leaves: Sequence[bytes], digest: Digest) -> bytes:
    """The root over leaves; of none, the digest of nothing."""
    if not leaves:
        return digest(b"")
    row = list(leaves)
    while len(row) > 1:
        paired = [digest(b"\1" + row[n] + row[n + 1]) for n in range(0, len(row) - 1, 2)]
        row = paired + ([row[-1]] if len(row) % 2 else [])
    return row[0]


def proof(leaves: Sequence[bytes], place: int, digest: Digest) -> list[tuple[bool, bytes]]:
    """The hashes that lead from a leaf to the root: (whether it stands on the right, hash)."""
    out, row = [], list(leaves)
    while len(row) > 1:
        other = place ^ 1
        if other < len(row):
            out.append((other > place, row[other]))
        paired = [digest(b"\1" + row[n] + row[n + 1]) for n in range(0, len(row) - 1, 2)]
        row, place = paired + ([row[-1]] if len(row) % 2 else []), place // 2
    return out


def proven(leaf_hash: bytes, path: Sequence[tuple[bool, bytes]], digest: Digest) -> bytes:
    """The root that a leaf and its proof lead to."""
    for right, other in path:
        leaf_hash = digest(b"\1" + leaf_hash + other) if right else digest(b"\1" + other + leaf_hash)
    return leaf_hash
