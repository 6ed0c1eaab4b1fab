"""提醒的独立核对 · Who must be told at an instant, worked out clock by clock in plain words: a second implementation of the scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tianping.casework.engine.registered import tables_of
from tianping.casework.models import AlarmRule, Case, Clock, Organisation, PostRole
from tianping.casework.moments import local
from tianping.procedure.tables import LimitRow

Key = tuple[int, str, str, int, datetime, str, int, int]
Whom = tuple[int, int | None, tuple[str, ...]]
DAY = timedelta(days=1)


@dataclass
class Oracle:
    """What should have been told so far at some institutions. ``seen``: the keys that somebody acknowledged."""

    organisations: list[int]
    told: dict[Key, Whom] = field(default_factory=dict)
    seen: set[Key] = field(default_factory=set)

    def look(self, at: datetime) -> None:
        """One look at every clock, one after the other."""
        self.rules, self.roles = list(AlarmRule.objects.all()), list(PostRole.objects.select_related("post"))
        self.places = {o.pk: o for o in Organisation.objects.all()}
        clocks = Clock.objects.filter(case__organisation_id__in=self.organisations)
        for clock in clocks.select_related("case", "case__holder", "case__lead"):
            if clock.case.lifecycle not in (1, 3):
                limits = {row.code: row for row in tables_of(clock.case.definition_id).limits}
                self._clock(clock.case, clock, limits[clock.code], at)

    def _clock(self, case: Case, clock: Clock, limit: LimitRow, at: datetime) -> None:
        runs = clock.ended is None and clock.fixed and clock.awaited and clock.status != "met" and bool(limit.until)
        if not runs:
            return
        for kind in ("warning", "alarm"):
            for level in (1, 2, 3):
                rule = self._rule(case.organisation_id, kind, level, clock.timed)
                if rule is None or rule.off:
                    continue
                nth = occurrence(rule, clock, limit, at)
                if nth is not None:
                    self._tell((case.pk, clock.code, clock.entity, clock.since_seq, clock.due, kind, level, nth), self._whom(case, rule, at))

    def _tell(self, key: Key, recipient: Whom) -> None:
        if not any(seen[:7] == key[:7] for seen in self.seen):
            self.told.setdefault(key, recipient)

    def _rule(self, organisation: int, kind: str, level: int, timed: bool) -> AlarmRule | None:
        """The rule of the nearest institution upwards, or the one of all."""
        own = {r.organisation_id: r for r in self.rules if (r.kind, r.level, r.timed) == (kind, level, timed)}
        at: int | None = organisation
        while at is not None:
            if at in own:
                return own[at]
            at = self.places[at].parent_id
        return own.get(None)

    def _whom(self, case: Case, rule: AlarmRule, at: datetime) -> Whom:
        """The recipient: institution, post, roles."""
        day = local(at).date()
        if rule.level == 1:
            posts = [p for p in (case.holder, case.lead) if p is not None and _on(day, p)]
            return case.organisation_id, posts[0].pk if posts else None, ()
        held = [r for r in self.roles if r.post.organisation_id == case.organisation_id and r.role in rule.roles]
        return case.organisation_id, None, tuple(sorted({r.role for r in held if _on(day, r) and _on(day, r.post)}))


def occurrence(rule: AlarmRule, clock: Clock, limit: LimitRow, at: datetime) -> int | None:
    """Which repeat it is time for; None: it is not time, or no longer."""
    over = clock.due if clock.timed else clock.due + DAY
    if rule.kind == "alarm":
        return repeats(over + rule.shift, rule.repeat, at)
    if at >= over:
        return None
    if limit.limit.warn and rule.level == 1 and rule.basis == "policy":
        reached = [p for p in limit.limit.warn if clock.due - timedelta(days=p.days, seconds=p.seconds) <= at]
        return len(reached) - 1 if reached else None
    return repeats(clock.due - rule.shift, rule.repeat, at)


def repeats(start: datetime, every: timedelta | None, at: datetime) -> int | None:
    """How many repeats have come since the start, the first one being 0."""
    if at < start:
        return None
    n = 0
    while every is not None and start + (n + 1) * every <= at:
        n += 1
    return n


def _on(day: object, row: object) -> bool:
    first, last = row.valid_from, row.valid_to  # type: ignore[attr-defined]
    return bool(first <= day and (last is None or day <= last))


def keys(rows: Iterable[object]) -> dict[Key, Whom]:
    """Notices as the oracle keeps them."""
    names = ("case_id", "code", "entity", "since_seq", "due", "kind", "level", "occurrence")
    return {
        tuple(getattr(n, f) for f in names): (n.organisation_id, n.post_id, tuple(n.roles))  # type: ignore[attr-defined]
        for n in rows
    }
