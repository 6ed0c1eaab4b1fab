"""因由与录入（集合式） · Acts that need a cause (a limit run out, an answer heard), a referral sent beside them, or a timely record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis

from tianping.engines.portable.relational.effective import Events, day_of
from tianping.engines.portable.relational.reckoned import Reckoner
from tianping.procedure.referral import Heard
from tianping.procedure.rules import rules
from tianping.procedure.tables import StepRow
from tianping.procedure.time import Limit


class Causes:
    """The checks of what must stand before or beside an act."""

    def __init__(self, events: Events, reckoner: Reckoner) -> None:
        self.events, self.tables, self.reckoner = events, events.tables, reckoner
        self.find = rules(events.tables).find

    def broken(self) -> Iterator[tuple[int, Any]]:
        """(rule, acts that break it)."""
        for row in self.tables.steps:
            step = row.step
            if step.record_within is not None and self.events.survey.recorded:
                yield self.find("recorded", row.no), self._recorded_late(row)
            if step.opens:
                yield self.find("opens", row.no), self._not_sent(row)
            if step.on is not None:
                t = self._unheard(row, step.on) if isinstance(step.on, Heard) else self._not_run_out(row, step.on)
                yield self.find("on", row.no), t

    def _recorded_late(self, row: StepRow) -> Any:
        within = row.step.record_within
        assert within is not None
        t = self.events.of([row.no])
        t = t.filter(t.recorded.notnull())
        if within.seconds:
            return t.filter(t.recorded.cast("timestamp(6)") > t.happened + ibis.interval(seconds=within.seconds))
        t = t.mutate(last=t.day, n_working=ibis.literal(within.working, type="int64"))
        if within.working:
            t = self.reckoner.days.working(t, "last", "n_working", "last")
        return t.filter(day_of(t.recorded) > t["last"] + within.days)

    def _not_sent(self, row: StepRow) -> Any:
        t = self.events.of([row.no]).mutate(unsent=ibis.literal(False))
        for referral in row.step.opens:
            sent = self.events.of([self.tables.number(referral.send)]).select(sent_case="case_id", sent_at="happened").distinct()
            t = t.left_join(sent, [t.case_id == sent.sent_case, t.happened == sent.sent_at])
            t = t.mutate(unsent=t.unsent | t.sent_case.isnull()).drop("sent_case", "sent_at")
        return t.filter(t.unsent)

    def _unheard(self, row: StepRow, cause: Heard) -> Any:
        t = self.events.of([row.no])
        answers = self.events.of([self.tables.number(cause.referral.answer), self.tables.number(cause.referral.refuse)])
        name = f"fact_{cause.referral.outcome.name}"
        if name not in answers.columns:
            return t
        heard = answers.filter(answers[name].isin([o.name for o in cause.outcomes]))
        t = _with_last(t, self.events.of([self.tables.number(cause.referral.send)]), "sent")
        t = _with_last(t, heard, "heard")
        return t.filter(t.heard.isnull() | (t.sent.notnull() & (t.sent > t.heard)))

    def _not_run_out(self, row: StepRow, cause: Limit) -> Any:
        """Acts before which no clock of the limit had run out that nothing had ended before."""
        limit = next(r for r in self.tables.limits if r.limit is cause)
        clocks = self.reckoner.clocks[limit.no]
        clocks = clocks.filter(clocks.fixed).select(clock_case="case_id", clock_entity="entity", clock_at="at", clock_end="end", clock_due="due")
        t = self.events.of([row.no])
        when = t.second if limit.timed else t.day
        over = when > clocks.clock_due if limit.lasts(row.no) else when >= clocks.clock_due
        keys = [t.case_id == clocks.clock_case, clocks.clock_at < t.pos, over]
        keys.append(clocks.clock_end.isnull() | (clocks.clock_end >= t.pos))
        if limit.track in self.events.many and row.track == limit.track:
            keys.append(clocks.clock_entity == t.entity)
        good = t.inner_join(clocks, keys).select(good_case="case_id", good_pos="pos").distinct()
        return t.anti_join(good, [t.case_id == good.good_case, t.pos == good.good_pos])


def _with_last(t: Any, marks: Any, name: str) -> Any:
    """Acts, with where the last mark of their case stood before each; NULL where there was none."""
    acts, marks = t.select(act_case="case_id", act_pos="pos"), marks.select(mark_case="case_id", mark_at="pos")
    joined = acts.inner_join(marks, [acts.act_case == marks.mark_case, marks.mark_at < acts.act_pos])
    last = joined.group_by(["act_case", "act_pos"]).aggregate(**{name: joined.mark_at.max()})
    last = last.rename({f"{name}_case": "act_case", f"{name}_pos": "act_pos"})
    return t.left_join(last, [t.case_id == last[f"{name}_case"], t.pos == last[f"{name}_pos"]])
