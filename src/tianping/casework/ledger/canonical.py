"""规范字节 · What is hashed, to the byte. ``hash = H(previous hash ‖ header ‖ H(payload))``: a payload can be erased and the chain still holds.

The header holds ids and codes only. What a person said stands in the payload, with a salt: an unsalted hash of erased data of low entropy (an
identity number) could be guessed back, so that erasing would erase nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final, NamedTuple

from tianping.casework.moments import written

FORMAT: Final = 1
"""The first entry of every header: how the rest is to be read."""
NO_HASH: Final = bytes(32)
"""What stands before the first event of a case."""
Digest = Callable[[bytes], bytes]


def sha256(data: bytes) -> bytes:
    """The default digest."""
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """国密 SM3 · The digest of GB/T 32905, by setting."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 — only where the setting asks for it

    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def encoder(*, sort_keys: bool, allow_nan: bool) -> Callable[[object], str]:
    """JSON without spaces, in UTF-8. ``JSONEncoder.encode`` builds its parts anew for every value; here they are built once."""
    made = json.JSONEncoder(ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"), allow_nan=allow_nan)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # a Python without the accelerator
        return made.encode
    parts = make(None, made.default, json.encoder.encode_basestring, None, ":", ",", sort_keys, False, allow_nan)
    return lambda value: "".join(parts(value, 0))


_ENCODED: Final = encoder(sort_keys=True, allow_nan=False)
DIGESTS: Final[dict[str, Digest]] = {"sha256": sha256, "sm3": sm3}


def canonical(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8, no floats: equal values have equal bytes, whoever writes them. Raises TypeError for a float."""
    return plain_bytes(_plain(value))


def plain_bytes(plain: object) -> bytes:
    """The same for what JSON knows already, unchecked."""
    return _ENCODED(plain).encode()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.name
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(v) for v in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


class Header(NamedTuple):
    """事件抬头 · Who did what, when it happened and when it was written (as ``written`` says it): everything of an event but what was said."""

    case_id: int
    seq: int
    procedure: str
    version: str
    track: str
    entity: str
    step: str
    happened: str
    recorded: str
    voids: int | None
    organisation: int
    signers: tuple[tuple[str, str], ...]
    recorder: str
    into: int | None = None

    def data(self) -> bytes:
        """The header's bytes: its entries in the order above."""
        return plain_bytes([FORMAT, *self])


def chained(previous: bytes, header: bytes, payload_hash: bytes, digest: Digest) -> bytes:
    """The hash of an event."""
    return digest(previous + header + payload_hash)
