"""签署（集合式） · Who signed an act: distinct signatures are few, so each is judged once here and joined back as a small table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from tianping.engines.portable.connect import collect
from tianping.engines.portable.relational.effective import Events
from tianping.engines.portable.relational.state import States, attached, last_seen
from tianping.procedure.roles import Signer
from tianping.procedure.rules import rules
from tianping.procedure.tables import StepRow


class People:
    """The checks of who took a step."""

    def __init__(self, events: Events, states: States) -> None:
        self.events, self.tables, self.states = events, events.tables, states
        self.find = rules(events.tables).find

    def broken(self) -> Iterator[tuple[int, Any]]:
        """(rule, acts that break it) for every step that a wrong person may have taken."""
        survey = self.events.survey
        if not (survey.role or survey.actor):
            return
        unsigned = self._signatures()
        for row in self.tables.steps:
            bad = [s for s in unsigned if s[0] == row.no]
            if bad:
                yield self.find("by", row.no), self._among(self._signed(row.no), bad)
            if row.step.not_by is not None:
                yield self.find("not_by", row.no), self._same_person(row, self.tables.number(row.step.not_by))

    def _signed(self, step: int) -> Any:
        """The acts of a step with ``actors`` and ``roles``, "" where there is none."""
        t = self.events.of([step])
        return t.mutate(actors=self._text(t, "actor"), roles=self._text(t, "role"))

    def _text(self, t: Any, name: str) -> Any:
        return t[name].fill_null("") if getattr(self.events.survey, name) else t.case_id.nullif(t.case_id).fill_null("")

    def _signatures(self) -> list[tuple[int, str, str]]:
        """The distinct signatures (step, actors, roles) that do not suffice for the step."""
        t = self.events.table
        named = t.mutate(actors=self._text(t, "actor"), roles=self._text(t, "role"))
        listed = collect(self.events.connection, named.select("step", "actors", "roles").distinct()).to_pylist()
        found = [(row["step"], row["actors"], row["roles"]) for row in listed]
        return [s for s in found if self._short(*s)]

    def _short(self, step: int, actors: str, roles: str) -> bool:
        people = signers(actors, roles)
        return any(s.role for s in people) and not self.tables.steps[step].step.by.satisfied(people)

    def _among(self, t: Any, bad: list[tuple[int, str, str]]) -> Any:
        look = self.events.small(bad_actors=pa.array([a for _, a, _ in bad], pa.string()), bad_roles=pa.array([r for _, _, r in bad], pa.string()))
        return t.inner_join(look, [t.actors == look.bad_actors, t.roles == look.bad_roles])

    def _same_person(self, row: StepRow, other: int) -> Any:
        """Acts whose last act of the other step, in their run or case, was signed by one of the same people."""
        track = self.tables.steps[other].track
        many = track in self.events.many
        earlier = self._signed(other)
        if many and track != row.track:
            return earlier.limit(0)
        t = self._signed(row.no)
        points = t.mutate(at=t.pos, row=t.pos, look=t.pos)
        marks = earlier.select("case_id", "entity", mark="pos", value="actors")
        pairs = attached(points, last_seen(points, marks, "before_them", by_run=many, inclusive=False), "before_them")
        listed = collect(self.events.connection, pairs.filter(pairs.before_them.notnull()).select("before_them", "actors").distinct()).to_pylist()
        shared = [(p["before_them"], p["actors"]) for p in listed if names(p["before_them"]) & names(p["actors"])]
        look = self.events.small(bad_before=pa.array([b for b, _ in shared], pa.string()), bad_actors=pa.array([a for _, a in shared], pa.string()))
        return pairs.inner_join(look, [pairs.before_them == look.bad_before, pairs.actors == look.bad_actors])


def signers(actors: str, roles: str) -> list[Signer]:
    """The people of a signature: ``;`` stands between them, in actors and roles alike."""
    if not actors and not roles:
        return []
    who, held = actors.split(";"), roles.split(";")
    count = max(len(who), len(held))
    who, held = who + [""] * (count - len(who)), held + [""] * (count - len(held))
    return [Signer(a.strip(), r.strip()) for a, r in zip(who, held, strict=True)]


def names(actors: str) -> set[str]:
    """The named people of a signature."""
    return {a.strip() for a in actors.split(";")} - {""}
