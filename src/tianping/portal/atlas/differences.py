"""何时有何变化 · What differs between two versions of a procedure, and which laws and procedures began or ended on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tianping.casework.engine.registered import folders
from tianping.law.citations import Statute
from tianping.law.statutes import INDEX
from tianping.law.text import T
from tianping.portal.atlas.sheets import Limit, Sheet, Step, Track
from tianping.procedure.grammar import Procedure

How = Literal["added", "gone", "changed"]
HOW: Final[dict[How, T]] = {"added": T("新增", "Added"), "gone": T("不再有", "Gone"), "changed": T("有变化", "Changed")}
NONE: Final = T("无", "none")
MUST_NOT: Final = T("须不是：{w}", "must not be: {w}")


@dataclass(frozen=True, slots=True)
class Point:
    """一点 · What was said before and what is said now."""

    what: T
    before: T
    after: T


@dataclass(frozen=True, slots=True)
class Difference:
    """差异 · A stage, step or limit that is new, gone or changed."""

    kind: T
    how: How
    title: T
    points: tuple[Point, ...] = ()


def differences(older: Sheet, newer: Sheet) -> list[Difference]:
    """What differs, track by track: stages, steps, limits. Parts are the same when they bear the same name in the same track."""
    out: list[Difference] = []
    before, after = ({t.name: t for t in s.tracks} for s in (older, newer))
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        for kind, sayings in ((T("阶段", "Stage"), _stages), (T("环节", "Step"), _steps), (T("期限", "Limit"), _limits)):
            out += _told(kind, sayings(one), sayings(other))
    return out


Sayings = dict[str, tuple[T, dict[T, T]]]


def _stages(track: Track | None) -> Sayings:
    return {_bare(code): (title, {}) for code, title, _ in track.stages} if track else {}


def _steps(track: Track | None) -> Sayings:
    return {_bare(s.code): (s.title, _of_step(s)) for s in track.steps} if track else {}


def _limits(track: Track | None) -> Sayings:
    return {_bare(x.code): (x.title, _of_limit(x)) for x in track.limits} if track else {}


def _told(kind: T, before: Sayings, after: Sayings) -> Iterator[Difference]:
    for key in dict.fromkeys([*after, *before]):
        if key not in before:
            yield Difference(kind, "added", after[key][0], tuple(Point(w, NONE, said) for w, said in after[key][1].items() if said.zh))
        elif key not in after:
            yield Difference(kind, "gone", before[key][0])
        else:
            (was, then), (title, now) = before[key], after[key]
            points = [Point(T("名称", "Name"), was, title)] if was != title else []
            points += [Point(w, then[w] if then[w].zh else NONE, now[w] if now[w].zh else NONE) for w in now if then[w] != now[w]]
            if points:
                yield Difference(kind, "changed", title, tuple(points))


def _of_step(step: Step) -> dict[T, T]:
    """What is compared of a step."""
    return {
        T("由谁办理", "By"): step.by,
        T("从", "From"): _joined(step.sources),
        T("到", "To"): step.target or NONE,
        T("条件", "Conditions"): _joined(tuple(g.title if g.wanted else MUST_NOT.fill(w=g.title) for g in step.guards)),
        T("条文", "Articles"): step.cites.words,
    }


def _of_limit(limit: Limit) -> dict[T, T]:
    """What is compared of a limit."""
    return {
        T("期间", "Length"): _joined(limit.lengths),
        T("起算", "From"): _joined(limit.since),
        T("截止", "Until"): _joined(limit.until),
        T("不计入", "Not counted"): _joined(limit.excluding),
        T("延长", "Extension"): _joined(tuple(more for more, _ in limit.extensions)),
        T("条文", "Articles"): limit.cites.words,
    }


def _joined(words: tuple[T, ...]) -> T:
    return T("、".join(w.zh for w in words), ", ".join(w.en for w in words))


def _bare(code: str) -> str:
    """The name of a part without its class: a class may be called otherwise in another version."""
    return code.partition(".")[2] or code


# ---- by date -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """变动日 · What began, and what had its last day the day before."""

    day: date
    laws: tuple[Statute, ...]
    ended: tuple[Statute, ...]
    procedures: tuple[tuple[type[Procedure], type[Procedure] | None], ...]


def turns() -> list[Turn]:
    """Every day on which a law or a version of a procedure began or ended, newest first; a procedure with the version before it."""
    laws: dict[date, list[Statute]] = defaultdict(list)
    ended: dict[date, list[Statute]] = defaultdict(list)
    versions: dict[date, list[tuple[type[Procedure], type[Procedure] | None]]] = defaultdict(list)
    for statute in INDEX.values():
        laws[statute.valid_from].append(statute)
        if statute.valid_to is not None:
            ended[statute.valid_to + timedelta(days=1)].append(statute)
    for folder in folders().values():
        for older, newer in zip((None, *folder.versions), folder.versions, strict=False):
            if older is not None:
                versions[newer.valid_from].append((newer, older))
    days = sorted({*laws, *ended, *versions}, reverse=True)
    return [Turn(d, tuple(laws[d]), tuple(ended[d]), tuple(versions[d])) for d in days]
