"""时间 · The words for time: Limit and its dual Wait, Pause, Extension.

Suspension, interruption, exclusion, extension and roll-over are five different things: a pause that halts; another ``since``; a pause that a limit
excludes; an extension; the calendar's roll at the very end.
"""

from __future__ import annotations

from typing import Any

from tianping.law.citations import Citation
from tianping.law.periods import Counting, Period
from tianping.law.text import T
from tianping.procedure.expressions import Bool
from tianping.procedure.grammar import Fact, Stages, Step, Steps
from tianping.procedure.lengths import Length
from tianping.procedure.names import Named

Anchor = Steps | Stages
"""Steps, or stages (meaning every step that enters one of them)."""


class Pause(Named):
    """扣除期间 · From each ``since`` to the next ``until`` of its run; a limit that excludes it does not count those days.

    ``at_most``: only so much of each span counts. ``beyond``: only what lies past this length counts. ``halts``: meanwhile no step of the run but its
    own end is allowed (suspension).
    """

    def __init__(
        self,
        since: Anchor,
        until: Anchor,
        *,
        cites: Citation,
        title: T | None = None,
        at_most: Period | None = None,
        beyond: Period | Length | None = None,
        halts: bool = False,
    ) -> None:
        self.since, self.until, self.cites, self.title = since, until, cites, title
        self.at_most, self.beyond, self.halts = at_most, beyond, halts

    @property
    def words(self) -> T:
        """The title, or the name."""
        return self.title or T(self.name, self.name)


class Extension(Named):
    """延长 · More time by a granting step. It lengthens the period, never the due date. One grant step belongs to one extension.

    ``ask`` must come ``ask_before`` the last day, the grant ``decide_before`` it, both counted back from the day as it stands without this grant.
    ``when`` is tested again at reckoning: a grant falls away with its condition.
    """

    def __init__(
        self,
        more: Period,
        *,
        grant: Step,
        cites: Citation,
        ask: Step | None = None,
        ask_before: Period | None = None,
        decide_before: Period | None = None,
        times: int = 1,
        when: Bool | None = None,
        title: T | None = None,
    ) -> None:
        self.more, self.grant, self.ask, self.cites, self.title = more, grant, ask, cites, title
        self.ask_before, self.decide_before, self.times, self.when = ask_before, decide_before, times, when


class Limit(Named):
    """期限 · By when a step must have happened, counted from what.

    A clock is one ``since`` event and the next relevant event of its run: ``until`` ends it, another ``since`` restarts it. ``waived``: acts that
    release the duty if ``until`` never comes. ``bars``: after the last day the step is refused, and not taking it is a right unused. ``target``: a
    local norm or a promise, never called illegal. ``law_at``: the act whose day decides which row ``before`` picks. ``backwards``: counted back
    from a date fact. ``rolls``: a rule instead of the counting's own. ``warn``: lead times of reminders.
    """

    def __init__(
        self,
        since: Anchor | Limit | Fact[Any],
        until: Anchor | None,
        within: Period | Length,
        *,
        cites: Citation,
        title: T | None = None,
        excluding: tuple[Pause, ...] = (),
        extend: tuple[Extension, ...] = (),
        waived: Anchor | None = None,
        counting: Counting | None = None,
        rolls: Bool | None = None,
        law_at: Steps | None = None,
        bars: bool = False,
        target: bool = False,
        backwards: bool = False,
        warn: tuple[Period, ...] = (),
    ) -> None:
        self.since, self.until, self.within, self.cites, self.title = since, until, within, cites, title
        self.excluding, self.extend, self.waived = excluding, extend, waived
        self.counting, self.rolls, self.law_at = counting, rolls, law_at
        self.bars, self.target, self.backwards, self.warn = bars, target, backwards, warn

    @property
    def words(self) -> T:
        """The title, or the name."""
        return self.title or T(self.name, self.name)


class Wait(Limit):
    """不得早于 · The dual of a limit: ``until`` may not happen before ``since`` plus ``within``."""
