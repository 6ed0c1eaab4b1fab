"""应答 · What every peer's process does: read how many cases, take their six steps, say how long it took."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

STEPS = 6


def serve(turn: Callable[[int], None]) -> None:
    """One turn for each line on the standard input."""
    print("ready", flush=True)
    for line in sys.stdin:
        begun = perf_counter()
        turn(int(line))
        print(perf_counter() - begun, flush=True)
