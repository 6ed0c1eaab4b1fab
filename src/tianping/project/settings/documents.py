"""材料设置 · Where documents lie, how large one may be and which kinds are taken."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tianping.project.settings.database import VAR
from tianping.project.settings.variables import declared, words

FOLDER: Final = declared(
    "TIANPING_DOCUMENTS", "", str, zh="材料的目录；不设则为可写目录下的 documents", en="folder of documents; unset: documents/ in the var folder"
)
MEGABYTES: Final = declared("TIANPING_DOCUMENT_MEGABYTES", 50, int, zh="单个材料的上限（MB）", en="a document has at most so many MB")
KINDS: Final = declared(
    "TIANPING_DOCUMENT_KINDS",
    ["pdf", "ofd", "docx", "xlsx", "png", "jpg", "jpeg", "tif", "txt"],
    words,
    zh="收哪些种类的材料，逗号分隔",
    en="kinds of documents that are taken, with commas",
)


def folder() -> Path:
    """Where documents lie."""
    given = FOLDER.value()
    return Path(given) if given else VAR.value() / "documents"
