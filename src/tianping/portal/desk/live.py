"""实时 · A stream of events (SSE) to the pages of the desk: which of their cases were written to meanwhile. Nothing of what was written travels.

One thread of each process reads the ledger's newest entries every few seconds, while somebody listens, and wakes the streams; each asks the one
probe which of them its reader may see. A stream ends by itself after a while and the browser opens the next one where it left off. Only so many are
held at once: whoever comes after gets the answer of the moment and asks again, so that pages never wait for streams.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore, Condition, Thread
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.access.probe import seen
from tianping.casework.engine.actors import Actor
from tianping.casework.selectors.recent import Written, written_since
from tianping.portal.house.asked import Asked, asked, whole
from tianping.portal.house.doors import for_staff

EVERY: Final = 2.0
"""Seconds between two looks at the ledger."""
LOOKS: Final = 12
"""After so many looks a stream ends and is opened anew."""
HELD: Final = 64
"""Streams that one process holds at once."""
AGAIN: Final = 5_000
"""Milliseconds after which a browser asks again."""
OVERLAP: Final = timedelta(seconds=20)
"""An entry is seen when it is committed, which may be later than its time of recording."""
KEPT: Final = 5_000


@dataclass(slots=True)
class Tail:
    """尾随 · The newest entries of the ledger, read by one thread for all streams of a process."""

    turn: Condition = field(default_factory=Condition)
    entries: deque[Written] = field(default_factory=lambda: deque(maxlen=KEPT))
    known: set[tuple[int, int]] = field(default_factory=set)
    looks: int = 0
    listeners: int = 0
    thread: Thread | None = None

    def listen(self, since: datetime) -> None:
        """Somebody listens: the thread begins, if none reads yet."""
        with self.turn:
            self.listeners += 1
            if self.thread is None:
                self.thread = Thread(target=self._read, args=(since,), daemon=True, name="tail")
                self.thread.start()

    def leave(self) -> None:
        """Somebody listens no longer."""
        with self.turn:
            self.listeners -= 1

    def wait(self, looks: int) -> int:
        """Wait for the next look at the ledger; the number of the look."""
        with self.turn:
            self.turn.wait_for(lambda: self.looks != looks, timeout=EVERY * 2)
            return self.looks

    def after(self, since: datetime) -> list[Written]:
        """What was read that was recorded after an instant."""
        with self.turn:
            return [w for w in self.entries if w.recorded > since]

    def _read(self, since: datetime) -> None:
        """Look at the ledger until nobody listens."""
        newest = since
        try:
            while self._look(newest):
                newest = self.entries[-1].recorded if self.entries else newest
        finally:
            connection.close()
            with self.turn:
                self.thread = None

    def _look(self, newest: datetime) -> bool:
        found = written_since(newest - OVERLAP)
        connection.close()
        with self.turn:
            for one in found:
                if (one.case, one.seq) not in self.known:
                    self.known.add((one.case, one.seq))
                    self.entries.append(one)
            if len(self.known) > 2 * KEPT:
                self.known = {(w.case, w.seq) for w in self.entries}
            self.looks += 1
            self.turn.notify_all()
            self.turn.wait_for(lambda: self.listeners == 0, timeout=EVERY)
            return self.listeners > 0


TAIL: Final = Tail()
SLOTS: Final = BoundedSemaphore(HELD)


@for_staff
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The stream: ``since`` (seconds) or the browser's Last-Event-ID; ``case``: of one case only. One's own entries are not news."""
    who = asked(request)
    mark = whole(request.headers.get("Last-Event-ID", "")) or whole(request.GET.get("since", "")) or int(who.at.timestamp())
    since = max(datetime.fromtimestamp(mark, UTC), who.at - timedelta(minutes=10))
    case = whole(request.GET.get("case", ""))
    answer = StreamingHttpResponse(_stream(who, since, case), content_type="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer  # type: ignore[return-value]  # a response all the same


def _stream(who: Asked, since: datetime, case: int | None) -> Iterator[str]:
    """The events of one reader."""
    yield f"retry: {AGAIN}\n\n"
    if not SLOTS.acquire(blocking=False):
        yield from _news(who, written_since(since), case)
        connection.close()
        return
    TAIL.listen(since)
    try:
        looks, told = -1, set[tuple[int, int]]()
        for _ in range(LOOKS):
            looks = TAIL.wait(looks)
            fresh = [w for w in TAIL.after(since) if (w.case, w.seq) not in told]
            told |= {(w.case, w.seq) for w in fresh}
            yield from _news(who, fresh, case) or (": still here\n\n",)
    finally:
        TAIL.leave()
        SLOTS.release()
        connection.close()


def _news(who: Asked, written: list[Written], case: int | None) -> list[str]:
    """Of what was written, one event for each case that the reader may see and did not write to."""
    others = {w.case: w for w in written if w.recorder != who.actor.account and case in (None, w.case)}
    if not others:
        return []
    may = _may(who.actor, list(others))
    return [f"id: {int(w.recorded.timestamp())}\nevent: changed\ndata: {w.case}\n\n" for n, w in others.items() if n in may]


def _may(actor: Actor, cases: list[int]) -> set[int]:
    try:
        return set(seen(actor, cases))
    finally:
        connection.close()
