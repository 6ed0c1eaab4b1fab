"""签名 · A PDF signed in the PAdES way (ETSI EN 319 142). Who signs is a port: a hardware module, a key file, or a test key made on the spot.

``TIANPING_SIGNER`` names a function ``module:function`` that gives a pyHanko signer; that is where an institution's hardware module comes in. Without
it, ``TIANPING_SIGNING_KEY`` names a PKCS #12 file; without either, a test key signs, and its certificate and every signature say so.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from tianping.casework.ledger.signing import kept
from tianping.casework.writs.errors import CannotSign

FIELD: Final = "tianping"
TEST: Final = "TEST 测试签名无法律效力 of no legal effect"
YEARS: Final = timedelta(days=3652)


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """已签文件 · The bytes, and whose certificate signed them."""

    pdf: bytes
    signer: str


def signed(pdf: bytes, *, at: datetime, reason: str, place: str) -> SignedPdf:
    """The PDF with a PAdES signature. Raises CannotSign."""
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 — the documents extra
        from pyhanko.sign import fields, signers  # noqa: PLC0415 — as above
    except ImportError as error:
        raise CannotSign(reason=error) from error
    signer = the_signer(at)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, location=place, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )  # fmt: skip
    out = BytesIO()
    try:
        with ThreadPoolExecutor(1) as apart:  # the library runs a loop of its own, which a thread that has one already refuses
            apart.submit(signers.PdfSigner(meta, signer=signer).sign_pdf, IncrementalPdfFileWriter(BytesIO(pdf)), output=out).result()
    except Exception as error:  # the signer may be anybody's; what its device says is passed on
        raise CannotSign(reason=f"{type(error).__name__}: {error}") from error
    return SignedPdf(out.getvalue(), signer.signing_cert.subject.human_friendly[:200])


def the_signer(at: datetime) -> Any:
    """The signer that the settings name. Raises CannotSign."""
    named, file = settings.TIANPING_SIGNER, settings.TIANPING_SIGNING_KEY
    try:
        if named:
            module, _, function = named.partition(":")
            return getattr(import_module(module), function)()
        return _from_file(Path(file), settings.TIANPING_SIGNING_PASSWORD) if file else _test_signer(at)
    except (ImportError, AttributeError, OSError, ValueError) as error:
        raise CannotSign(reason=f"{type(error).__name__}: {error}") from error


def _from_file(path: Path, password: str) -> Any:
    from pyhanko.sign import signers  # noqa: PLC0415 — the documents extra

    if path.stat().st_mode & 0o077:
        raise CannotSign(reason=f"{path.name}: {oct(path.stat().st_mode & 0o777)}")
    found = signers.SimpleSigner.load_pkcs12(str(path), passphrase=password.encode() or None)
    if found is None:
        raise CannotSign(reason=f"{path.name}: PKCS #12")
    return found


def _test_signer(at: datetime) -> Any:
    """The test key of this installation, made once."""
    path = Path(settings.TIANPING_TEST_KEY)
    if not path.exists():
        kept(path, _made(at))
    return _from_file(path, "")


def _made(at: datetime) -> bytes:
    from cryptography import x509  # noqa: PLC0415 — only who signs needs it
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 — as above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 — as above
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12  # noqa: PLC0415 — as above

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, TEST)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False, key_agreement=False, key_cert_sign=False,
        crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1)).not_valid_after(at + YEARS).add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    return pkcs12.serialize_key_and_certificates(b"tianping", key, certificate, None, NoEncryption())
