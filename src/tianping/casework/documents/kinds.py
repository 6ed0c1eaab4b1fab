"""文件种类 · Which files are taken, told by their first bytes and not by their names alone."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from django.conf import settings

from tianping.casework.documents.errors import WrongKind
from tianping.law.text import T

ZIP: Final = (b"PK\x03\x04",)
SIGNS: Final[dict[str, tuple[str, tuple[bytes, ...]]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    "ofd": ("application/ofd", ZIP),
    "txt": ("text/plain", ()),
}
"""Ending → media type and how such a file begins. OFD (GB/T 33190) is the national format of fixed pages."""


def kind_of(name: str, head: bytes) -> str:
    """The media type of a file by its name and its first bytes. Raises WrongKind."""
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    taken = [k for k in settings.TIANPING_DOCUMENT_KINDS if k in SIGNS]
    if ending not in taken:
        raise _wrong(name, T(f"不收 .{ending}", f"no .{ending} is taken"), taken)
    kind, signs = SIGNS[ending]
    if signs and not head.startswith(signs):
        raise _wrong(name, T("内容与扩展名不符", "its bytes are not what its name says"), taken)
    if not signs and b"\0" in head:
        raise _wrong(name, T("不是文本", "it is no text"), taken)
    return kind


def _wrong(name: str, reason: T, taken: list[str]) -> WrongKind:
    return WrongKind(name=name[:80], reason=reason, kinds=", ".join(taken))
