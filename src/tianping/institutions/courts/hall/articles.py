"""条文核对 · Whether an article that the robot would cite stands in a stored law text. An answer without one is not given."""

from __future__ import annotations

from tianping.law.citations import NoSuchArticle
from tianping.law.statutes import UnknownStatute, parse_citation

TEXT_HELD = "verified"


def article_held(citation: str) -> bool:
    """Whether every article named (``"CPL23 151; REG15 7"``) is one of a text that is held."""
    try:
        refs = parse_citation(citation).refs
    except (UnknownStatute, NoSuchArticle):
        return False
    return all(ref.statute.status == TEXT_HELD for ref in refs)
