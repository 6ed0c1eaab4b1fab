"""检查点 · A checkpoint as it leaves the house: a signed root over heads, chained to the one before, as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from tianping.casework.ledger.canonical import DIGESTS, canonical
from tianping.casework.ledger.errors import BadAnchor
from tianping.casework.ledger.merkle import Head, leaf, root
from tianping.casework.ledger.signing import SUITES, Key
from tianping.law.text import T

FORMAT: Final = 1
NO_LINE: Final = T("不是检查点：{reason}", "it is no checkpoint: {reason}")
NO_ROOT: Final = T("默克尔根与所列各案不符", "its root does not fit the heads that it lists")
NO_SIGNATURE: Final = T("签名不符", "its signature does not hold")


@dataclass(frozen=True, slots=True)
class Record:
    """检查点 · ``taken``: when, as the ledger writes instants. ``previous``: the name of the one before, 32 zero bytes before the first."""

    number: int
    taken: str
    cases: int
    events: int
    root: bytes
    previous: bytes
    digest: str
    suite: str
    public: bytes
    heads: tuple[Head, ...] = ()
    signature: bytes = b""

    def body(self) -> bytes:
        """What is signed: everything but the heads, for which the root stands."""
        return canonical(
            {
                "format": FORMAT, "number": self.number, "taken": self.taken, "cases": self.cases, "events": self.events, "root": self.root.hex(),
                "previous": self.previous.hex(), "digest": self.digest, "suite": self.suite, "public": self.public.hex(),
            }
        )  # fmt: skip

    @property
    def name(self) -> bytes:
        """What the next one refers to."""
        return DIGESTS[self.digest](self.body())

    def signed(self, key: Key) -> Record:
        """The same with a signature."""
        return replace(self, signature=key.sign(self.body()))

    def line(self) -> str:
        """One line of JSON, with the heads."""
        heads = json.dumps([[case, seq, found.hex()] for case, seq, found in self.heads], separators=(",", ":"))
        return f'{{"checkpoint":{self.body().decode()},"signature":"{self.signature.hex()}","heads":{heads}}}'


def rooted(heads: tuple[Head, ...], digest: str) -> bytes:
    """The root over heads, in their order."""
    check = DIGESTS[digest]
    return root([leaf(head, check) for head in heads], check)


def read_line(line: bytes, place: int) -> Record:
    """A line, checked: its root fits its heads and its signature holds. Raises BadAnchor, NoSignatures."""
    try:
        found: dict[str, Any] = json.loads(line)
        body = found["checkpoint"]
        heads = tuple((int(case), int(seq), bytes.fromhex(head)) for case, seq, head in found["heads"])
        hexes = {name: bytes.fromhex(body[name]) for name in ("root", "previous", "public")}
        plain = {name: int(body[name]) for name in ("number", "cases", "events")} | {name: str(body[name]) for name in ("taken", "digest", "suite")}
        record = Record(**plain, **hexes, heads=heads, signature=bytes.fromhex(found["signature"]))  # type: ignore[arg-type]  # told apart by name
        if body["format"] != FORMAT or record.digest not in DIGESTS or record.suite not in SUITES:
            raise ValueError(f"format {body['format']}, {record.digest}, {record.suite}")
    except (KeyError, ValueError, TypeError) as error:
        raise BadAnchor(number="?", line=place, reason=NO_LINE.fill(reason=error)) from error
    if rooted(heads, record.digest) != record.root or len(heads) != record.cases:
        raise BadAnchor(number=record.number, line=place, reason=NO_ROOT)
    if not SUITES[record.suite].holds(record.public, record.body(), record.signature):
        raise BadAnchor(number=record.number, line=place, reason=NO_SIGNATURE)
    return record
