"""签名 · Who vouches for a checkpoint. Ed25519 by default; another suite (SM2, a hardware module) is one more entry of :data:`SUITES`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tianping.casework.ledger.canonical import sha256
from tianping.casework.ledger.errors import KeyExposed, NoSignatures


@dataclass(frozen=True, slots=True)
class Suite:
    """签名算法 · How a key is made, and how something is signed and verified with it. Keys and signatures are bytes."""

    make: Callable[[], bytes]
    public: Callable[[bytes], bytes]
    sign: Callable[[bytes, bytes], bytes]
    holds: Callable[[bytes, bytes, bytes], bool]
    """(public key, what was signed, signature)"""


def _make() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 — only who signs needs it

    return Ed25519PrivateKey.generate().private_bytes_raw()


def _public(private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 — as above

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _sign(private: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 — as above

    return Ed25519PrivateKey.from_private_bytes(private).sign(data)


def _holds(public: bytes, data: bytes, signature: bytes) -> bool:
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 — a verifier without anchors needs no library
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 — as above
    except ImportError as error:
        raise NoSignatures(package="cryptography") from error
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


SUITES: Final[dict[str, Suite]] = {"ed25519": Suite(_make, _public, _sign, _holds)}


@dataclass(frozen=True, slots=True)
class Key:
    """签名密钥 · A private key with its suite."""

    suite: str
    private: bytes

    @property
    def public(self) -> bytes:
        """What others verify with."""
        return SUITES[self.suite].public(self.private)

    @property
    def name(self) -> str:
        """A short name: the digest of the public key."""
        return sha256(self.public).hex()

    def sign(self, data: bytes) -> bytes:
        """A signature."""
        return SUITES[self.suite].sign(self.private, data)


def key_at(path: Path, suite: str = "ed25519") -> Key:
    """The key kept in a file that only its owner may read; made once if there is none. Raises KeyExposed."""
    if not path.exists():
        kept(path, (SUITES[suite].make().hex() + "\n").encode())
    try:
        if path.stat().st_mode & 0o077:
            raise KeyExposed(path=path, reason=oct(path.stat().st_mode & 0o777))
        return Key(suite, bytes.fromhex(path.read_text("ascii").strip()))
    except (OSError, ValueError) as error:
        raise KeyExposed(path=path, reason=error) from error


def kept(path: Path, secret: bytes) -> None:
    """保管 · A secret in a file of its owner alone, linked to its name once it is whole: nobody reads half of it, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
