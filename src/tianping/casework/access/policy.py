"""授权口径 · What the law leaves to the institutions themselves, from ``policy.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def supervising() -> frozenset[str]:
    """The roles that see, masked, the cases of the institutions below their own."""
    return _of("supervise")


@cache
def at_the_counter() -> frozenset[str]:
    """The roles that check an identity card at a counter."""
    return _of("counter")


@cache
def overseeing() -> frozenset[str]:
    """The roles that see, masked, what the institutions of their division see of those below."""
    return _of("oversee")


@cache
def overseen() -> frozenset[str]:
    """The kinds of those institutions."""
    return _of("overseen")


def _of(entry: str) -> frozenset[str]:
    return frozenset(tomllib.loads(Path(__file__).with_name("policy.toml").read_text("utf-8"))[entry])
