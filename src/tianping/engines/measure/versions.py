"""各版本 · A figure is written on the newest version of a procedure and counts the cases of every version: what has the same name in the same
place is the same. A stage is told by its own name, whatever the steps that enter it are called."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tianping.procedure.grammar import One, Procedure, Stage, Step, Steps, Track
from tianping.procedure.measures import Entry
from tianping.procedure.registry import load_folder
from tianping.procedure.time import Limit

_KNOWN: dict[type[Procedure], tuple[type[Procedure], ...]] = {}


def versions(procedure: type[Procedure]) -> tuple[type[Procedure], ...]:
    """The procedure itself, then the other versions that lie in its folder."""
    if procedure not in _KNOWN:
        _KNOWN[procedure] = (procedure, *_others(procedure))
    return _KNOWN[procedure]


def _others(procedure: type[Procedure]) -> list[type[Procedure]]:
    file = Path(sys.modules[procedure.__module__].__file__ or "")
    if file.name != "procedure.py":
        return []
    return [v for v in load_folder(file.parent).versions if v.code == procedure.code and v.valid_from != procedure.valid_from]


def alike(procedure: type[Procedure], track: type[Track]) -> tuple[type[Track], ...]:
    """A track of the procedure, then the tracks that are the same part of its other versions."""
    path = _path(procedure, track)
    if path is None:
        return (track,)
    found = (_at(version, path) for version in versions(procedure))
    return tuple(dict.fromkeys(t for t in found if t is not None))


def _path(root: type[Track], track: type[Track]) -> tuple[str, ...] | None:
    """The names of the parts that lead from the case to a track; None for a track that is none of its parts."""
    if root is track:
        return ()
    for part in root.of(One):
        below = _path(part.track, track)
        if below is not None:
            return (part.name, *below)
    return None


def _at(root: type[Track], path: tuple[str, ...]) -> type[Track] | None:
    for name in path:
        part = root.members.get(name)
        if not isinstance(part, One):
            return None
        root = part.track
    return root


def entering(procedure: type[Procedure], stages: Iterable[Stage]) -> list[str]:
    """The codes of the steps of every version that enter one of the stages."""
    wanted: dict[type[Track], set[str]] = {}
    for stage in stages:
        assert stage.owner is not None and issubclass(stage.owner, Track), stage
        wanted.setdefault(stage.owner, set()).add(stage.name)
    found = (step for owner, names in wanted.items() for step in _steps(procedure, owner) if step.target is not None and step.target.name in names)
    return list(dict.fromkeys(step.code for step in found))


def moving(procedure: type[Procedure], track: type[Track]) -> list[str]:
    """The codes of the steps of every version that move a track."""
    return list(dict.fromkeys(step.code for step in _steps(procedure, track) if step.target is not None))


def taken(procedure: type[Procedure], track: type[Track]) -> list[str]:
    """The codes of all steps of a track, in every version."""
    return list(dict.fromkeys(step.code for step in _steps(procedure, track)))


def codes(procedure: type[Procedure], steps: Steps) -> list[str]:
    """The codes of some steps, and of the steps of the same names in other versions."""
    if isinstance(steps, Entry):
        return entering(procedure, steps.stages)
    names = {(s.owner, s.name) for s in steps.steps}
    owners = dict.fromkeys(s.owner for s in steps.steps if s.owner is not None)
    found = [step.code for owner in owners for step in _steps(procedure, owner) if (owner, step.name) in names]
    return list(dict.fromkeys((*(s.code for s in steps.steps), *found)))


def limits(procedure: type[Procedure], limit: Limit) -> list[str]:
    """The codes of a limit, and of the limits of its name in other versions."""
    assert limit.owner is not None and issubclass(limit.owner, Track), limit
    same = (track.members.get(limit.name) for track in alike(procedure, limit.owner))
    return list(dict.fromkeys((limit.code, *(one.code for one in same if isinstance(one, Limit)))))


def _steps(procedure: type[Procedure], track: type[Track]) -> list[Step]:
    return [step for one in alike(procedure, track) for step in one.of(Step)]
