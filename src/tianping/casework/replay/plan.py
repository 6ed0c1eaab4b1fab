"""回放计划 · From a scenario and a city pack to planned cases: every story on all its sides, linked, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from tianping.casework.city.model import Pack
from tianping.casework.replay.errors import NobodyActs
from tianping.casework.replay.model import OUTCOMES, Cause, Counts, Path, PathStep, PlannedCase, PlannedParty, PlannedStep, Scenario, Share, Side
from tianping.casework.replay.paths import DAY, PLUS
from tianping.casework.replay.people import party
from tianping.casework.replay.schedule import Window, placed
from tianping.law.calendar import calendar
from tianping.procedure.contracts.matters import ConfirmationRequest, MediationRequest
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.referral import EXCHANGE
from tianping.procedure.roles import Signer

MACHINES: Final = {Roles.SYSTEM.code: "system", EXCHANGE.code: "exchange"}
"""Roles that no person holds."""
CAPACITIES: Final = (Roles.APPLICANT.code, Roles.OPPONENT.code)


@dataclass(frozen=True, slots=True)
class _Story:
    """One dispute from the complaint to its end, before it is cut into the cases of its sides."""

    share: Share
    path: Path
    cause: Cause
    moments: list[datetime]
    random: Random


def plan(scenario: Scenario, pack: Pack) -> list[PlannedCase]:
    """The cases of every side, by the time of their first step. Raises NobodyActs, WindowTooShort, UnlawfulPath."""
    window = Window.between(calendar(), scenario.first, scenario.last)
    stories = sorted(_stories(scenario, window), key=lambda s: s.moments[0])
    numbers: dict[tuple[str, str], int] = {}
    out: list[PlannedCase] = []
    for n, story in enumerate(stories):
        place = (story.share.court, story.share.channel)
        numbers[place] = numbers.get(place, 0) + 1
        key = f"{place[0].rpartition('.')[2]}-{place[1]}-{numbers[place]:03d}"
        out += _Cutter(scenario, pack, story, key, _parties(scenario, pack, story, 2 * n)).cases()
    return sorted(out, key=lambda c: (c.steps[0].happened, c.key))


def tally(cases: Iterable[PlannedCase]) -> Counts:
    """漏斗复核 · The counts, counted again from the planned steps alone: what was sent, and what was answered."""
    steps = [s for c in cases for s in c.steps]
    outcomes = [f"{name}={v}" for s in steps for name, v in s.facts.items() if name.endswith("_outcome")]
    pushed = sum(s.step == "mediation.send" for s in steps)
    heard = {o.name: outcomes.count(f"mediation_outcome={o.name}") for o in MediationRequest.outcomes()}
    closed = sum(heard.values())
    confirmed = outcomes.count(f"confirmation_outcome={ConfirmationRequest.confirmed.name}")
    return Counts(pushed, closed, heard["settled"], confirmed, heard["failed"], heard["returned"], heard["withdrawn"], pushed - closed)


def _stories(scenario: Scenario, window: Window) -> Iterator[_Story]:
    """Each story draws from a source of its own, so that one more or less leaves the others as they are."""
    for share in scenario.shares:
        for outcome in OUTCOMES:
            paths = [p for p in scenario.paths if p.outcome == outcome]
            causes = [c for c in scenario.causes if share.channel in c.channels and (c.confirmable or outcome != "confirmed")]
            for n in range(share.counts.of(outcome)):
                random = Random(f"{scenario.seed}/{share.court}/{share.channel}/{outcome}/{n}")  # noqa: S311 — sample data, no secret
                path = random.choices(paths, [p.weight for p in paths])[0]
                cause = random.choice(causes)
                yield _Story(share, path, cause, placed(path, window, random), random)


def _parties(scenario: Scenario, pack: Pack, story: _Story, n: int) -> tuple[PlannedParty, ...]:
    """The two parties; the second never has the first one's name."""
    made: list[PlannedParty] = []
    for i, (kind, capacity) in enumerate(zip(story.cause.sides, CAPACITIES, strict=True)):
        found = party(n + i, kind, capacity, scenario.names, pack.sample_division, story.random)
        while found.name in {p.name for p in made}:
            found = party(n + i, kind, capacity, scenario.names, pack.sample_division, story.random)
        made.append(found)
    return tuple(made)


class _Cutter:
    """Cuts a story into one case per side, finds who acts, and links the referrals."""

    def __init__(self, scenario: Scenario, pack: Pack, story: _Story, key: str, parties: tuple[PlannedParty, ...]) -> None:
        self.scenario, self.pack, self.story, self.key, self.parties = scenario, pack, story, key, parties
        body = pack.docked(story.share.court, story.share.channel)
        self.first, self.last = story.moments[0].date(), story.moments[-1].date()
        if body is None or story.share.court not in pack.by_code:
            raise self._nobody(story.share.court, story.share.channel)
        self.places = {"court": story.share.court, "body": body}
        self.actors = dict(MACHINES) | {p.capacity: p.name for p in parties}
        self.days = {s.mark: m.date() for s, m in zip(story.path.steps, story.moments, strict=True)}
        self.present = {s.side for s in story.path.steps}

    def cases(self) -> list[PlannedCase]:
        """The cases of the sides that the story reaches."""
        return [self._case(side) for side in self.scenario.sides.values() if side.name in self.present]

    def _case(self, side: Side) -> PlannedCase:
        words = {"applicant": self.parties[0].name, "opponent": self.parties[1].name, "cause": self.story.cause.title.zh}
        steps = tuple(self._step(side, s, m) for s, m in zip(self.story.path.steps, self.story.moments, strict=True) if s.side == side.name)
        return PlannedCase(
            key=f"{self.key}.{side.name}",
            procedure=side.procedure,
            organisation=self.places[side.at],
            title=side.title.format(**words),
            parties=self.parties,
            steps=steps,
            source=self.story.share.channel,
        )

    def _step(self, side: Side, step: PathStep, moment: datetime) -> PlannedStep:
        signers = tuple(Signer(self._actor(side, role), role) for role in step.by)
        target = side.referrals.get(step.track, "")
        return PlannedStep(
            step=step.do,
            track=step.track,
            entity=step.entity,
            happened=moment,
            actor=signers[0].actor,
            role=signers[0].role,
            signers=signers,
            facts={name: self._answer(answer, moment.date()) for name, answer in step.facts.items()},
            link=f"{self.key}.{target}" if target in self.present else "",
            to=self.places[self.scenario.sides[target].at] if target else "",
        )

    def _answer(self, answer: object, own: date) -> object:
        if isinstance(answer, str) and answer.startswith(DAY):
            return self.days[answer.removeprefix(DAY)]
        if isinstance(answer, str) and answer.startswith(PLUS):
            return own + timedelta(days=int(answer.removeprefix(PLUS)))
        return answer

    def _actor(self, side: Side, role: str) -> str:
        """Who holds the role where the case is, or at the other place; one person for a role through the whole story."""
        if role not in self.actors:
            for place in (self.places[side.at], *self.places.values()):
                held = self.pack.holders(place, role, self.first, self.last)
                if held:
                    self.actors[role] = self.story.random.choice(held)
                    break
            else:
                raise self._nobody(self.places[side.at], role)
        return self.actors[role]

    def _nobody(self, place: str, role: str) -> NobodyActs:
        return NobodyActs(place=place, role=role, first=self.first, last=self.last)
