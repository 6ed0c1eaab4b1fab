"""各种案件 · A hundred thousand cases of every procedure of the city, opened and moved through ``steps_import``, beside COPY of the finished tables.

The cases come as a city has them: of all procedures in turn, never sorted by kind.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from benchmarks.city import START, Act, Walk, city, emptied, office
from benchmarks.imports import AT, OF_COPY, STEPS, copying, finished
from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.law.text import T

CASES: Final = 100_000
DISTINCT: Final = 60
"""So many different lawful cases of each procedure, again and again."""
ROUNDS: Final = 5
MOST: Final = 30.0
SHARE: Final = 0.4
SECONDS: Final = T("十万件的秒数", "seconds for the hundred thousand")


def run() -> list[Outcome]:
    """All procedures at once."""
    with city() as superuser:
        outcome = _race(superuser, mixed_walks(CASES))
        emptied(superuser)
    return [outcome]


def _race(superuser: str, walks: list[Walk]) -> Outcome:
    from tianping.casework.engine.importing import steps_import  # noqa: PLC0415 — needs Django set up

    def ours() -> int:
        return steps_import(cases=cases, recorder="import", at=AT).steps

    def clear() -> None:
        emptied(superuser)

    cases = [walk.case(f"{n}") for n, walk in enumerate(walks)]
    clear()
    steps = ours()
    rows = finished(superuser, "csv")
    contenders = [Contender("steps_import", "ours", ours, clear), Contender("COPY, csv", "limit", copying(superuser, "csv", rows), clear)]
    figures = race(contenders, steps, rounds=ROUNDS)
    aims = [Aim(SECONDS, figures[0].seconds, MOST, at_most=True), Aim(OF_COPY, figures[0].rate / figures[1].rate, SHARE)]
    kinds = len({walk.procedure for walk in walks})
    title = T(f"{len(walks):,} 件，{kinds} 种程序", f"{len(walks):,} cases of {kinds} procedures")
    return Outcome(title, STEPS, steps, figures, aims)


def mixed_walks(count: int) -> list[Walk]:
    """Lawful cases of every procedure in turn, each of at most so many different ones."""
    from tianping.casework.engine.registered import folders  # noqa: PLC0415

    court, key = office()
    found = {code: _lawful(code) for code in sorted(folders())}
    codes = [code for code, walks in found.items() if walks]
    out = []
    for n in range(count):
        code = codes[n % len(codes)]
        acts = found[code][n // len(codes) % len(found[code])]
        out.append(Walk(code, f"{code}第{n}号", acts, court.pk, key.pk))
    return out


def _lawful(code: str) -> list[tuple[Act, ...]]:
    """Random cases of a procedure, cut before anything that would be refused."""
    from tianping.casework.engine.registered import folders  # noqa: PLC0415
    from tianping.engines.generate import Faults, Generator  # noqa: PLC0415
    from tianping.law.calendar import calendar  # noqa: PLC0415
    from tianping.procedure.rules import REFUSED  # noqa: PLC0415
    from tianping.procedure.supervision import supervise_case  # noqa: PLC0415
    from tianping.procedure.tables import compiled  # noqa: PLC0415

    version = folders()[code].current
    tables, first = compiled(version), max(version.valid_from, date(2024, 1, 1))
    lawful = Faults(illegal=0, unsigned=0, unanswered=0, voided=0, late_entry=0, merged=0)
    out = []
    for log in Generator(tables, 3, start=first, faults=lawful).cases(DISTINCT * 2).values():
        judged = supervise_case(tables, log, log[-1].happened, calendar())
        cut = [e for e in log[: min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(log))] if e.happened < START]
        if len(cut) > 1:
            out.append(tuple(Act(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in cut))
    return out[:DISTINCT]
