"""进度 · Bars for work that takes a while, on the error stream, and only where a person looks at a screen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Told = Callable[[float], None]


@contextmanager
def steps_of(*names: str) -> Iterator[list[Told]]:
    """One bar for each step of the work; each is told which part (0 to 1) of its step is done. Silent where the error stream is no terminal."""
    if not sys.stderr.isatty():
        yield [_silent for _ in names]
        return
    from rich.console import Console  # noqa: PLC0415 — a run in a script need not load it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415 — as above

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = [bars.add_task(name, total=1.0, start=False) for name in names]

        def told(at: int) -> Told:
            def tell(part: float) -> None:
                bars.start_task(tasks[at])
                bars.update(tasks[at], completed=part)

            return tell

        yield [told(i) for i in range(len(names))]


def _silent(_part: float) -> None:
    return None


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """A count of work whose whole is not known beforehand. Silent where the error stream is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 — a run in a script need not load it

    with Console(stderr=True).status("") as status:
        yield lambda done: status.update(f"{done:,} {what}")
