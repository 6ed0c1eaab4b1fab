"""办理是否合法（集合式） · Every act of a log against the definition: order, grounds, counts. Each check is one lazy table of broken rules.

A broken rule is a row with ``what`` (the rule's number), ``case_id``, ``entity``, ``track``, ``happened`` and ``due`` (a timestamp or NULL).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
import pyarrow as pa

from tianping.engines.portable.relational.causes import Causes
from tianping.engines.portable.relational.effective import Events
from tianping.engines.portable.relational.people import People
from tianping.engines.portable.relational.reckoned import Reckoner
from tianping.engines.portable.relational.regions import Runs
from tianping.engines.portable.relational.state import States, true
from tianping.procedure.expressions import fold
from tianping.procedure.rules import rules
from tianping.procedure.tables import StepRow

BROKEN = ("what", "case_id", "entity", "track", "happened")


class Acts:
    """The checks of the acts of one log."""

    def __init__(self, events: Events, states: States, reckoner: Reckoner) -> None:
        self.events, self.tables, self.states, self.reckoner = events, events.tables, states, reckoner
        self.find = rules(events.tables).find

    def broken(self) -> Iterator[Any]:
        """Every rule broken by an act, a lazy table for each check."""
        yield self._order()
        for row in self.tables.steps:
            if row.guards:
                yield self._grounds(row)
            if row.step.at_most.n:
                yield self._count(row)
        for rule, t in People(self.events, self.states).broken():
            yield self.named(t, rule)
        for rule, t in Causes(self.events, self.reckoner).broken():
            yield self.named(t, rule)
        for rule, t in Runs(self.events).broken():
            yield self.named(t, rule)

    def named(self, t: Any, rule: int) -> Any:
        """Rows of events as rows that break a rule."""
        return t.mutate(what=ibis.literal(rule, type="int32")).select(*BROKEN)

    def _order(self) -> Any:
        """Every (step, stage before) that is unlawful, with the rules that it breaks, joined to the events."""
        listed = [found for row in self.tables.steps for found in self._unlawful(row)]
        look = self.events.small(
            bad_step=pa.array([s for s, _, _ in listed], pa.int32()),
            bad_before=pa.array([b for _, b, _ in listed], pa.int32()),
            what=pa.array([r for _, _, r in listed], pa.int32()),
        )
        t = self.events.staged
        return t.inner_join(look, [t.step == look.bad_step, t.before == look.bad_before]).select(*BROKEN)

    def _unlawful(self, row: StepRow) -> Iterator[tuple[int, int, int]]:
        track = self.tables.tracks[row.track]
        for stage in range(len(track.stages)):
            if row.mask >> stage & 1:
                continue
            yield row.no, stage, self.find("closed" if track.ends >> stage & 1 else "order", row.no)
            if row.missing[stage] is not None:
                yield row.no, stage, self.find("missing", row.no)

    def points(self, row: StepRow) -> Any:
        """The acts of a step as points."""
        t = self.events.of([row.no])
        return t.mutate(at=t.pos, row=t.pos, look=t.pos)

    def _grounds(self, row: StepRow) -> Any:
        """The acts that fail any ground, once for each that they fail."""
        t, algebra = self.states.known(self.points(row), [g.rule for g, _ in row.guards], row.track, inclusive=False)
        failed: Any = ibis.literal(0, type="int64")
        for i, (ground, wanted) in enumerate(row.guards):
            fine = (fold(ground.rule, algebra) == ibis.literal(wanted)).fill_null(False)
            failed = failed + ibis.ifelse(fine, 0, 1 << i)
        t = t.mutate(failed=failed)
        numbers = range(len(row.guards))
        look = self.events.small(
            bit=pa.array([1 << i for i in numbers], pa.int64()), what=pa.array([self.find("guard", row.no, i) for i in numbers], pa.int32())
        )
        t = t.filter(t.failed > 0).cross_join(look)
        return t.filter((t.failed & t.bit) > 0).select(*BROKEN)

    def _count(self, row: StepRow) -> Any:
        most = row.step.at_most
        t, algebra = self.states.known(self.points(row), [rule for _, rule in most.rows], row.track, inclusive=False)
        allowed: Any = ibis.literal(most.n, type="int64")
        for n, rule in most.rows:
            allowed = ibis.ifelse(true(rule, algebra), n, allowed)
        keys = [t.case_id, t.entity] if row.track in self.events.many else [t.case_id]
        t = t.mutate(nth=ibis.row_number().over(group_by=keys, order_by=t.pos) + 1, allowed=allowed)
        return self.named(t.filter(t.nth > t.allowed), self.find("count", row.no))
