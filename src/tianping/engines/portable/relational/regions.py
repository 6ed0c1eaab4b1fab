"""中止与并行（集合式） · Acts during a suspension, and runs opened while another is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis

from tianping.engines.portable.relational.effective import Events
from tianping.procedure.rules import rules
from tianping.procedure.tables import STAYS, PauseRow, TrackRow


class Runs:
    """The checks of runs as such."""

    def __init__(self, events: Events) -> None:
        self.events, self.tables = events, events.tables
        self.find = rules(events.tables).find

    def broken(self) -> Iterator[tuple[int, Any]]:
        """(rule, acts that break it)."""
        for track in self.tables.tracks:
            if track.part is not None and track.part.one_open:
                yield self.find("one_open", track.no), self._second_open(track)
        for pause in self.tables.pauses:
            if pause.pause.halts:
                yield self.find("halted", pause.no), self._halted(pause)

    def _second_open(self, track: TrackRow) -> Any:
        """Openings of a run while another run of the same part stands in a stage that is no end."""
        staged = self.events.staged
        t = staged.filter((staged.track == track.no) & (staged.target != STAYS))
        alive = [i for i in range(len(track.stages)) if not track.ends >> i & 1]
        change = t.target.isin(alive).cast("int64") - (t.before.isin(alive) & (t.before > 0)).cast("int64")
        others = change.sum().over(ibis.window(group_by=t.case_id, order_by=t.pos, preceding=(None, 1)))
        t = t.mutate(others=others.fill_null(0))
        return t.filter((t.before == 0) & (t.others > 0))

    def _halted(self, pause: PauseRow) -> Any:
        """Acts of a track while the last mark of the pause before them is its beginning."""
        t = self.events.table
        t = t.filter(t.track == pause.track)
        begins = t.step.isin(pause.since) if pause.since else ibis.literal(False)
        ends = t.step.isin(pause.until) if pause.until else ibis.literal(False)
        keys = [t.case_id, t.entity] if pause.track in self.events.many else [t.case_id]
        mark = ibis.ifelse(begins | ends, t.pos * 2 + begins.cast("int64"), ibis.null("int64"))
        t = t.mutate(marked=begins | ends, mark=mark.max().over(ibis.window(group_by=keys, order_by=t.pos, preceding=(None, 1))))
        return t.filter(~t.marked & (t["mark"] % 2 == 1))
