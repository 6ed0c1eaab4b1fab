"""内存 · Python's collector of cycles, told what kind of program this is: definitions, tables and models are made once and stay."""

from __future__ import annotations

import atexit
import gc
from typing import Final

SWEEPS: Final = (50_000, 20, 50)
"""After how many new objects Python looks for cycles among the newest, and how much more seldom among older ones (its own: 700, 10, 10)."""


def sweep_seldom() -> None:
    """Look for cycles seldom: with Python's own figures half of a long run goes to walking over what stays anyway."""
    gc.set_threshold(*SWEEPS)


def keep() -> None:
    """What is loaded by now stays as long as the process: the collector passes over it from here on."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # what a library has to say about its own end is not changed
