"""留存 · The cases that this process read or wrote last, as they stood then. Each is a guess: what is decided on it is written only if it is true.

Another process may have moved such a case, sealed it, archived it or taken the actor's access away. The statement that writes asks all of that
(``engine/write.py``), so what is kept here need never be told of it. It lives in memory only and is bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from django.conf import settings

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.snapshot import Snapshot

Keys = tuple[tuple[int, ...], int]
"""What an actor sees cases by: its keys and its clearance."""

_shelf: Final[OrderedDict[int, tuple[Snapshot, Keys]]] = OrderedDict()


def kept(case_id: int, actor: Actor) -> Snapshot | None:
    """The case as it stood when somebody with the same keys last read or moved it here, if that is remembered."""
    found = _shelf.get(case_id)
    return None if found is None or not found[0].by or found[1] != (actor.keys, actor.clearance) else found[0]


def keep(now: Snapshot, actor: Actor) -> None:
    """Remember a case as an actor saw it; whichever was remembered longest ago is forgotten."""
    _shelf.pop(now.case_id, None)
    _shelf[now.case_id] = (now, (actor.keys, actor.clearance))
    if len(_shelf) > (most := settings.TIANPING_KEPT_CASES):
        _bounded(most)


def _bounded(most: int) -> None:
    while len(_shelf) > most:
        try:
            _shelf.popitem(last=False)
        except KeyError:  # another thread has emptied it meanwhile
            return


def forget(case_id: int) -> None:
    """Remember nothing of a case."""
    _shelf.pop(case_id, None)
