"""索引读取 · Reads the statute index, and citations in their compact form."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any, Final

from tianping.law.citations import FAMILIES, Citation, Ref, Statute
from tianping.law.errors import TianpingError
from tianping.law.text import T


class UnknownStatute(TianpingError):
    """索引中没有 · A statute key that the index does not hold."""

    code = "LAW-113"
    what = T("法律文件索引中没有“{key}”。", "The statute index has no “{key}”.")
    todo = T("请用 docs/law/sources.md 所列的代号。", "Use a key from docs/law/sources.md.")


def _statute(key: str, row: dict[str, Any]) -> Statute:
    articles = row["articles"]
    return Statute(
        key=key,
        title=T(row["zh"], row["en"]),
        family=row["family"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        articles=articles if isinstance(articles, int) else tuple(articles),
        status=row["status"],
        note=T(row.get("note_zh", ""), row.get("note_en", "")),
        file=row.get("file", ""),
        lettered=tuple(row.get("lettered", ())),
        short=T(row.get("short_zh", row["zh"].partition("（")[0]), row.get("short_en", row["en"].partition(" (")[0])),
    )


def _read() -> dict[str, Statute]:
    table = tomllib.loads(files("tianping.law.statutes").joinpath("index.toml").read_text(encoding="utf-8"))
    index = {key: _statute(key, row) for key, row in table.items()}
    for statute in sorted(index.values(), key=lambda s: s.valid_from):
        FAMILIES.setdefault(statute.family, []).append(statute)
    return index


INDEX: Final[dict[str, Statute]] = _read()


def family(name: str) -> list[Statute]:
    """The versions of one law, oldest first; empty for a name that the index does not hold."""
    return list(FAMILIES.get(name, ()))


def parse_citation(text: str) -> Citation:
    """A citation from its compact form: ``"CPL23 164, 168; TL00 2"``. Raises UnknownStatute, NoSuchArticle."""
    refs: list[Ref] = []
    for piece in text.split(";"):
        key, _, articles = piece.strip().partition(" ")
        if key not in INDEX:
            raise UnknownStatute(key=key)
        for article in re.split(r"[,、]\s*", articles.strip()):
            span = re.fullmatch(r"(\d+)[-–](\d+)", article)
            refs += (INDEX[key][int(span[1]) : int(span[2])] if span else INDEX[key][article]).refs
    return Citation(tuple(refs))
