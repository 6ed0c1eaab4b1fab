"""BPMN 模型 · A track as a BPMN process: stages become gateways and events, steps become tasks, limits become notes at the stage where they begin.

A stage is an exclusive gateway that bears its name: a case waits there until one of the steps is taken. A step that stays is one task per stage in
which it may be taken, leading back to it. A step ``on`` a limit waits for a timer, one ``on`` an answer for a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tianping.law.periods import Period
from tianping.law.text import T
from tianping.procedure.draw.labels import limit_words, pause_words
from tianping.procedure.draw.order import columns, sources
from tianping.procedure.referral import Heard
from tianping.procedure.tables import STAYS, LimitRow, StepRow, Tables, TrackRow

Kind = Literal["startEvent", "endEvent", "exclusiveGateway", "userTask", "serviceTask", "sendTask", "intermediateCatchEvent"]


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node. ``column`` is the place of its stage from left to right, ``row`` 0 the line of stages, 1 … the rows of steps."""

    id: str
    kind: Kind
    name: T
    column: int
    row: int
    note: T | None = None
    timer: Period | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """One sequence flow between two nodes, with the conditions of the step as its name."""

    id: str
    source: Node
    target: Node
    name: T | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A text annotation at a stage: a limit or a pause that begins there."""

    id: str
    at: Node
    words: T


@dataclass(frozen=True, slots=True)
class Pool:
    """One participant: a track with its process."""

    track: TrackRow
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    notes: tuple[Note, ...]


def pools(tables: Tables) -> list[Pool]:
    """The tracks of a procedure as BPMN pools, the main track first."""
    return [_Builder(tables, track).pool() for track in tables.tracks]


class _Builder:
    def __init__(self, tables: Tables, track: TrackRow) -> None:
        self.tables, self.track = tables, track
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []
        self.row = 0
        self.column = {stage: i for i, stage in enumerate(columns(tables, track))}
        self.stages = {i: self._stage(i) for i in range(len(track.stages))}

    def pool(self) -> Pool:
        for step in self.tables.steps:
            if step.track == self.track.no:
                self._step(step)
        self._open()
        return Pool(self.track, tuple(self.nodes), tuple(self.flows), tuple(self._notes()))

    def _add(self, node: Node) -> Node:
        self.nodes.append(node)
        return node

    def _flow(self, source: Node, target: Node, name: T | None = None) -> None:
        self.flows.append(Flow(f"flow_{source.id}__{target.id}", source, target, name))

    def _stage(self, number: int) -> Node:
        stage = self.track.stages[number]
        leaves = any(step.track == self.track.no and step.mask >> number & 1 for step in self.tables.steps)
        kind: Kind = "endEvent" if stage.end and not leaves else "exclusiveGateway"
        return self._add(Node(f"stage_{self.track.no}_{number}", kind, stage.title, self.column[number], 0, self._reason(number)))

    def _reason(self, number: int) -> T | None:
        reason = self.track.stages[number].no_limit
        return reason if isinstance(reason, T) else None

    def _open(self) -> None:
        """A start event before NEW; NEW itself stays a gateway, for there may be several ways in."""
        start = self._add(Node(f"start_{self.track.no}", "startEvent", self.track.track.title, -1, 0))
        self._flow(start, self.stages[0])

    # ---- steps -----------------------------------------------------------------------------------------------------------------

    def _step(self, step: StepRow) -> None:
        places = sources(step, self.track)
        groups = [[p] for p in places] if step.target == STAYS else [places]
        for group in groups:
            self._task(step, group, group[0] if step.target == STAYS else step.target)

    def _task(self, step: StepRow, places: list[int], target: int) -> None:
        self.row += 1
        number = f"step_{step.no}_{places[0]}"
        column = min(self.column[p] for p in places)
        task = self._add(Node(number, self._kind(step), step.step.words, column, self.row, _note(step)))
        first = task
        if step.step.on is not None:
            cause = step.step.on
            words = T("答复", "Answer") if isinstance(cause, Heard) else cause.words
            first = self._add(Node(f"cause_{number}", "intermediateCatchEvent", words, column, self.row, timer=self._timer(step)))
            self._flow(first, task)
        guards = [g.title for g, wanted in step.guards if wanted] + [
            T("须不是：{w}", "not: {w}").fill(w=g.title) for g, wanted in step.guards if not wanted
        ]
        condition = T("；".join(g.zh for g in guards), "; ".join(g.en for g in guards)) if guards else None
        for place in places:
            self._flow(self.stages[place], first, condition)
        self._flow(task, self.stages[target])

    def _kind(self, step: StepRow) -> Kind:
        roles = {role.name for roles in step.step.by.sets() for role in roles}
        if step.step.on is not None or roles == {"SYSTEM"}:
            return "serviceTask"
        return "sendTask" if step.step.opens or step.step.into else "userTask"

    def _timer(self, step: StepRow) -> Period | None:
        limit = next((row for row in self.tables.limits if row.limit is step.step.on), None)
        return limit.rows[0].period if limit is not None else None

    # ---- limits and pauses -------------------------------------------------------------------------------------------------------

    def _notes(self) -> list[Note]:
        notes = []
        for row in self.tables.limits:
            at = self._begins(self._root(row).since)
            if at is not None:
                words = T(limit_words(row, "zh"), limit_words(row, "en"))
                notes.append(Note(f"limit_{row.no}", at, words))
        for pause in self.tables.pauses:
            at = self._begins(pause.since)
            if at is not None:
                notes.append(Note(f"pause_{pause.no}", at, T(pause_words(pause, "zh"), pause_words(pause, "en"))))
        return notes

    def _root(self, row: LimitRow) -> LimitRow:
        while row.parent != STAYS:
            row = self.tables.limits[row.parent]
        return row

    def _begins(self, since: tuple[int, ...]) -> Node | None:
        """The stage node at which a clock begins, if its first trigger stands on this track."""
        step = self.tables.steps[since[0]] if since else None
        if step is None or step.track != self.track.no:
            return None
        return self.stages[step.target if step.target != STAYS else sources(step, self.track)[0]]


def _note(step: StepRow) -> T:
    """The documentation of a task: who may take it, under which article."""
    by, cites = step.step.by.words, step.step.cites.words
    return T("{by}；{cites}", "{by}; {cites}").fill(by=by, cites=cites)
