"""案由检索 · A title as it is searched: pairs of characters and the keys that open the case, and the same title without the names of its parties."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from tianping.law.identifiers import mask_name

UNKNOWN: Final = "***"
"""The masked title of a case whose parties are not written down: any word of it may be a name."""
WHOLE, MASKED = "t:", "m:"
"""Before a pair that only the whole title has, or only the masked one."""


def masked_title(title: str, parties: Iterable[tuple[str, str]]) -> str:
    """A title with the names of its natural persons masked. ``parties``: kind and name; longer names first, so that none is left inside another."""
    named = list(parties)
    for name in sorted({name for kind, name in named if kind == "person" and name}, key=len, reverse=True):
        title = title.replace(name, mask_name(name))
    return title if named else UNKNOWN


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters, and the last character by itself: so that every character begins one."""
    return {text[i : i + 2] for i in range(len(text))}


def vector(title: str, masked: str, keys: Iterable[int]) -> str:
    """A ``tsvector`` as text: the pairs of both titles, those of one alone with its mark, and the keys."""
    whole, hidden = pairs(title), pairs(masked)
    words = (whole & hidden) | {WHOLE + p for p in whole - hidden} | {MASKED + p for p in hidden - whole}
    return " ".join(sorted(map(quoted, words | {lexeme(k) for k in keys})))


def lexeme(key: int) -> str:
    """A key as a word of the search."""
    return f"k:{key}"


@lru_cache(1 << 16)
def quoted(word: str) -> str:
    """A word as it stands in a ``tsvector`` or ``tsquery``."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
