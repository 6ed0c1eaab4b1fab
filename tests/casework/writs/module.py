"""密码模块 · A signing module as institutions have them: a process of its own holds the key, and gives signatures over a socket, never the key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import Any, Final

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

SOCKET: Final = "TIANPING_TEST_MODULE"
NAME: Final = "试点法院密码模块 Pilot court module"


def _held(address: str) -> None:
    """The module: makes its key, gives its certificate, signs what it is sent. The key never leaves this process."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    day = datetime(2025, 1, 1, tzinfo=UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(day).not_valid_after(day + timedelta(days=3650)).add_extension(usage, critical=True)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    with Listener(address) as listener:
        while True:
            with listener.accept() as asked:
                what, data = asked.recv()
                if what == "stop":
                    return
                asked.send(certificate if what == "certificate" else key.sign(data, ec.ECDSA(hashes.SHA256())))


def _asked(what: str, data: bytes = b"") -> bytes:
    with Client(os.environ[SOCKET]) as module:
        module.send((what, data))
        return bytes(module.recv())


@contextmanager
def module(folder: Path) -> Iterator[None]:
    """The module runs for a while; its socket is named in the environment."""
    address = str(folder / "module.sock")
    process = get_context("spawn").Process(target=_held, args=(address,))
    process.start()
    os.environ[SOCKET] = address
    try:
        while not Path(address).exists():
            process.join(0.05)
        yield
    finally:
        with Client(address) as asked:
            asked.send(("stop", b""))
        process.join(10)
        del os.environ[SOCKET]


def signer() -> Any:
    """What ``TIANPING_SIGNER`` names: a pyHanko signer that asks the module."""

    async def async_sign_raw(self: Any, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(72) if dry_run else _asked("sign", data)

    made: Any = type("Module", (signers.Signer,), {"async_sign_raw": async_sign_raw})
    return made(signing_cert=Certificate.load(_asked("certificate")), cert_registry=SimpleCertificateStore())
