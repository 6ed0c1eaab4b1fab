"""并发写者 · Many writers at once, each a process of its own with a connection of its own: how many steps they take together in a second."""

from __future__ import annotations

import multiprocessing
from contextlib import nullcontext
from multiprocessing.connection import Connection
from statistics import median
from time import perf_counter
from typing import Any, Final

import psycopg

from benchmarks.city import Walk, cases_of, city, emptied, forgetful, requests, six_step_walks, walked
from benchmarks.measure import Figure

READ_FIRST: Final = "step_take, read first"
ROUNDS: Final = 5
CASES: Final = 100
"""Cases to a writer in a turn: a second and a half."""


def rates(superuser: str, writers: int) -> list[Figure]:
    """Ours and the floor, in alternation; the clock runs from the signal to the last writer's end."""
    context = multiprocessing.get_context("spawn")
    pipes: list[Connection] = []
    processes = []
    for n in range(writers):
        here, there = context.Pipe()
        process = context.Process(target=_writer, args=(n, writers, superuser, there), daemon=True)
        process.start()
        pipes.append(here)
        processes.append(process)
    for pipe in pipes:
        pipe.recv()
    walks = six_step_walks((CASES + 1) * writers)
    times: dict[str, list[float]] = {"step_take": [], READ_FIRST: [], "UPDATE + INSERT": []}
    for turn in range(ROUNDS + 1):
        for name in times:
            ids = _fresh(superuser, name, walks)
            for n, pipe in enumerate(pipes):
                pipe.send((name, ids[n::writers]))
            for pipe in pipes:
                pipe.recv()
            begun = perf_counter()
            for pipe in pipes:
                pipe.send(name)
            for pipe in pipes:
                pipe.recv()
            if turn:
                times[name].append(perf_counter() - begun)
    for pipe in pipes:
        pipe.send(None)
    for process in processes:
        process.join()
    steps = CASES * writers * 5
    parts: dict[str, Any] = {"step_take": "ours", READ_FIRST: "ours", "UPDATE + INSERT": "limit"}
    return [Figure(name, parts[name], median(t), min(t), max(t), steps / median(t)) for name, t in times.items()]


def _fresh(superuser: str, name: str, walks: list[Walk]) -> list[int]:
    from benchmarks.steps import cleared  # noqa: PLC0415 — that module reads this one

    if name == "UPDATE + INSERT":
        cleared(superuser)
        return list(range(1, len(walks) + 1))
    emptied(superuser)
    return cases_of(walks)


def _writer(number: int, writers: int, superuser: str, pipe: Connection) -> None:
    from benchmarks.steps import PLANNED, floored  # noqa: PLC0415
    from tianping.project.memory import keep, sweep_seldom  # noqa: PLC0415

    sweep_seldom()
    with city(migrate=False):
        keep()  # as a process that serves: what was loaded is not looked through again
        walk = six_step_walks(1)[0]
        dsn = superuser.replace("user=postgres", "user=tianping_app")
        with psycopg.connect(dsn, autocommit=True, prepare_threshold=1, options=PLANNED) as bare:
            pipe.send((number, writers))
            while (given := pipe.recv()) is not None:
                name, (spare, *cases) = given
                floor = name == "UPDATE + INSERT"
                asked = [[] if floor else requests(walk) for _ in cases]
                with forgetful() if name == READ_FIRST else nullcontext():
                    floored(bare, spare) if floor else walked(spare, requests(walk))  # whose steps are planned before the clock runs
                    pipe.send(name)
                    pipe.recv()
                    for case, one in zip(cases, asked, strict=True):
                        floored(bare, case) if floor else walked(case, one)
                pipe.send(name)
