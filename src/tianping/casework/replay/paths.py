"""走法 · Legs and paths of a scenario, read and held against the versions in force: steps, roles, answers, order of reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from tianping.casework.city.checks import role_code
from tianping.casework.city.entries import Entry
from tianping.casework.replay.errors import UnlawfulPath
from tianping.casework.replay.model import OUTCOMES, Path, PathStep, Side
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.examples import BadExample, typed
from tianping.procedure.referral import EXCHANGE
from tianping.procedure.roles import Signer
from tianping.procedure.tables import StepRow, Tables

KEYS: Final = ("do", "entity", "by", "gap", "at", "within", "of", "exact", "over", "facts")
DAY, PLUS = "=day ", "=plus "
"""How a fact names the day of another step, or a day so many days after its own step."""


def read_legs(entries: Sequence[Entry], sides: Mapping[str, Side]) -> dict[str, tuple[PathStep, ...]]:
    """Leg name → its steps. Raises BadScenario, UnlawfulPath."""
    legs: dict[str, tuple[PathStep, ...]] = {}
    for entry in entries:
        entry.only("name", "steps")
        name = entry.text("name")
        if name in legs:
            raise entry.wrong(T("段名重复", "the name stands there twice"))
        legs[name] = tuple(_step(e, name, sides) for e in entry.entries("steps"))
    return legs


def read_paths(entries: Sequence[Entry], legs: Mapping[str, tuple[PathStep, ...]]) -> tuple[Path, ...]:
    """The paths, each with the steps of its legs. Raises BadScenario, UnlawfulPath."""
    return tuple(_path(e, legs) for e in entries)


def _path(entry: Entry, legs: Mapping[str, tuple[PathStep, ...]]) -> Path:
    entry.only("name", "outcome", "weight", "stay", "zh", "en", "legs")
    name, outcome, parts = entry.text("name"), entry.text("outcome"), entry.texts("legs")
    missing = [p for p in parts if p not in legs]
    if outcome not in OUTCOMES or missing or not parts:
        raise entry.wrong(T(f"outcome {outcome}，没有段 {missing}", f"outcome {outcome}, legs not there {missing}"))
    steps = tuple(s for part in parts for s in legs[part])
    _references(name, steps)
    answers = [str(v) for s in steps for k, v in s.facts.items() if k.endswith("_outcome")]
    if (answers[-1] if answers else "open") != outcome:
        raise UnlawfulPath(
            path=name, step=steps[-1].mark, reason=T(f"答复 {answers} 与 {outcome} 不符", f"answers {answers}, but the outcome is {outcome}")
        )
    return Path(name, outcome, max(entry.number("weight", 1), 1), entry.words(), _span(entry, "stay"), steps)


def _references(name: str, steps: Sequence[PathStep]) -> None:
    """What a step refers to has come before it; the first step is a moment of its own."""
    before: set[str] = set()
    for step in steps:
        named = [step.of] if step.of else []
        named += [v.removeprefix(DAY) for v in step.facts.values() if isinstance(v, str) and v.startswith(DAY)]
        if not before and (step.at or step.within is not None):
            raise UnlawfulPath(path=name, step=step.mark, reason=T("第一步之前没有时刻", "nothing comes before the first step"))
        for mark in named:
            if mark not in before:
                raise UnlawfulPath(path=name, step=step.mark, reason=T(f"之前没有“{mark}”", f"there is no {mark} before it"))
        before.add(step.mark)


def _step(entry: Entry, leg: str, sides: Mapping[str, Side]) -> PathStep:
    entry.only(*KEYS)
    do, entity, at = entry.text("do"), entry.text("entity", ""), entry.text("at", "")
    known = [s for s in sides.values() if do in s.tables.by_step]
    if len(known) != 1:
        raise UnlawfulPath(path=leg, step=do, reason=T("没有此环节，或不止一方有此环节", "no side has this step, or more than one"))
    side = known[0]
    row = side.tables.steps[side.tables.by_step[do]]
    track = side.tables.tracks[row.track]
    if track.many != bool(entity):
        raise UnlawfulPath(path=leg, step=do, reason=T("entity 与线不符", "entity does not fit the track"))
    if at not in ("", "same", "next"):
        raise entry.wrong(T("at 应为 same 或 next", "at should be same or next"))
    within = entry.number("within") if "within" in entry.data else None
    exact, over = (bool(entry.data.get(key, False)) for key in ("exact", "over"))
    if (exact or over) and within is None:
        raise entry.wrong(T("exact 与 over 须有 within", "exact and over need within"))
    by = tuple(EXCHANGE.code if r == EXCHANGE.name else role_code(entry.where, r) for r in entry.texts("by"))
    _may_sign(leg, row, by)
    facts = _facts(entry, leg, row, side.tables)
    return PathStep(row.step.code, entity, side.name, track.name, by, _span(entry, "gap"), at, within, entry.text("of", ""), exact, over, facts)


def _may_sign(leg: str, row: StepRow, by: tuple[str, ...]) -> None:
    signers = [Signer(f"p{i}", role) for i, role in enumerate(by)]
    if not row.step.by.satisfied(signers):
        raise UnlawfulPath(path=leg, step=row.step.code, reason=T(f"须由{row.step.by.words.zh}办理", f"it is for {row.step.by.words.en}"))


def _facts(entry: Entry, leg: str, row: StepRow, tables: Tables) -> Mapping[str, object]:
    answers = entry.table("facts", {}).data
    asked = {f.name for f in row.step.asks}
    for name, answer in answers.items():
        if name not in asked:
            raise UnlawfulPath(path=leg, step=row.step.code, reason=T(f"本环节不问“{name}”", f"the step does not ask {name}"))
        try:
            typed(tables, name, _specimen(answer), entry.where)
        except (BadExample, ValueError) as cause:
            reason = cause.message if isinstance(cause, TianpingError) else T(str(cause), str(cause))
            raise UnlawfulPath(path=leg, step=row.step.code, reason=reason) from cause
    return dict(answers)


def _specimen(answer: object) -> object:
    """A day in the place of an answer that names one."""
    if isinstance(answer, str) and answer.startswith(PLUS):
        int(answer.removeprefix(PLUS))
    return date(2000, 1, 1) if isinstance(answer, str) and answer.startswith((DAY, PLUS)) else answer


def _span(entry: Entry, key: str) -> tuple[int, int]:
    value = entry.data.get(key, [0, 0])
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(n, int) and n >= 0 for n in value) or value[0] > value[1]:
        raise entry.wrong(T(f"{key} 应为 [最少, 最多]", f"{key} should be [least, most]"))
    return value[0], value[1]
