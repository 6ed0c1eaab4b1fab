"""活案与导入 · The stories of the half-year, moved live through the writers and the exchange: the same ledgers as the imported ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conftest import ROOT, size
from tianping.casework.access.keys import keys_of
from tianping.casework.city.load import Loaded
from tianping.casework.city.pack import read_pack
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.exchange.services import referral_return, referral_take
from tianping.casework.models import AccessKey, Case, Clock, Event, Grant, Organisation, Party, PauseSpan, Referral, Run, Visibility
from tianping.casework.moments import instant
from tianping.casework.outbox.dispatch import drain
from tianping.casework.replay.model import PlannedCase, PlannedStep
from tianping.casework.replay.plan import plan
from tianping.casework.replay.run import run
from tianping.casework.replay.scenario import read_scenario

CITY = ROOT / "cities" / "jinzhong"
SIDES = ("court", "body", "confirmation")
BY_EXCHANGE = (".receive", ".answer")
Story = dict[str, PlannedCase]


@pytest.fixture(scope="module")
def city(database: object) -> Loaded:
    """The city under other codes: the replay's own figures are counted in the same database."""
    rows = [
        Organisation(code=f"live.{o.code}", kind="live", zh=o.name.zh, en=o.name.en, court_code=f"试{o.court_code}")
        for o in read_pack(CITY).organisations
    ]
    Organisation.objects.bulk_create(rows)
    ids = {o.code.removeprefix("live."): o.pk for o in rows}
    keys = keys_of(ids.values())
    return Loaded(ids, {code: keys[i] for code, i in ids.items()}, 0, 0)


def stories() -> list[Story]:
    """One story of every way that the half-year's cases went."""
    planned = plan(read_scenario(CITY / "scenarios" / "half_year_2021.toml"), read_pack(CITY))
    all_of: dict[str, Story] = {}
    for case in planned:
        name, _, side = case.key.rpartition(".")
        all_of.setdefault(name, {})[side] = case
    ways = {tuple(s.step for side in SIDES if side in story for s in story[side].steps): story for story in all_of.values()}
    return [{side: _prompt(case) for side, case in story.items()} for story in list(ways.values())[: size(25, 1000)]]


def _prompt(case: PlannedCase) -> PlannedCase:
    """The plan lets what follows from an answer happen a minute later; live, it follows in the same moment."""
    steps: list[PlannedStep] = []
    for step in case.steps:
        heard = bool(steps) and steps[-1].step.endswith((".answer", ".refuse")) and step.actor == "system"
        steps.append(replace(step, happened=steps[-1].happened) if heard else step)
    return replace(case, steps=tuple(steps))


def acts(story: Story) -> Iterator[tuple[str, PlannedStep, bool]]:
    """What people do, over all sides in the order of time; whether it is the first step of its side."""
    listed = [(s.happened, SIDES.index(side), n, side, s) for side, case in story.items() for n, s in enumerate(case.steps)]
    for _, _, n, side, step in sorted(listed, key=lambda row: (row[0], _order(row[4]), *row[1:3])):
        follows = n and story[side].steps[n - 1].step.endswith((".answer", ".refuse")) and step.actor == "system"
        if not ((step.entity and step.step.endswith(BY_EXCHANGE)) or step.step == "mediation.send" or follows):
            yield side, step, n == 0


def _order(step: PlannedStep) -> int:
    """At one moment: a matter is sent before it is taken."""
    return 0 if step.step.endswith(".send") else 1


class Live:
    """One story moved live."""

    def __init__(self, story: Story, city: Loaded) -> None:
        self.story, self.city, self.cases = story, city, dict[str, int]()

    def play(self) -> dict[str, int]:
        for side, step, first in acts(self.story):
            at = instant(step.happened)
            if step.step.endswith(".refuse"):
                self._returned(step, at)
            elif first:
                self._opened(side, step, at)
            else:
                self._taken(side, step, at)
            while drain(at=at).tried:
                pass
        return self.cases

    def _actor(self, side: str, step: PlannedStep) -> Actor:
        place = self.story[side].organisation
        return Actor(step.actor, self.city.organisations[place], frozenset({step.role}), self.city.keys[place])

    def _opened(self, side: str, step: PlannedStep, at: datetime) -> None:
        case = self.story[side]
        given: dict[str, Any] = {"facts": step.facts, "role": step.role, "co_signers": step.signers[1:], "actor": self._actor(side, step), "at": at}
        if side == "court":
            new = NewCase(case.title, self.city.organisations[case.organisation], case.source, keys=self.city.keys[case.organisation])
            self.cases[side] = case_open(procedure=case.procedure, step=step.step, new=new, **given).case_id
            rows = [
                Party(case_id=self.cases[side], capacity=p.capacity, kind=p.kind, name=p.name, identity=p.id_number, phone=p.phone)
                for p in case.parties
            ]
            Party.objects.bulk_create(rows)
            return
        sender = self.cases["court" if side == "body" else "body"]
        referral = Referral.objects.get(case_id=sender, state="sent")
        self.cases[side] = referral_take(referral_id=referral.pk, step=step.step, title=case.title, **given).case_id

    def _returned(self, step: PlannedStep, at: datetime) -> None:
        referral = Referral.objects.get(case_id=self.cases["court"])
        assert referral.receiver_id is not None
        keys = tuple(AccessKey.objects.filter(organisation_id=referral.receiver_id).values_list("pk", flat=True))
        actor = Actor("clerk", referral.receiver_id, frozenset({"Roles.MEDIATION_BODY"}), keys)
        referral_return(actor=actor, referral_id=referral.pk, reason="平台退回", outcome=str(step.facts["mediation_outcome"]), at=at)

    def _taken(self, side: str, step: PlannedStep, at: datetime) -> None:
        court, body = (self.story[s].organisation if s in self.story else "" for s in ("court", "body"))
        there = self.city.organisations.get(body, 0) or self._receiver()
        to = {"mediation": there, "confirmation": self.city.organisations[court]} if step.step in ("PreFiling.refer", "confirmation.send") else None
        step_take(
            case_id=self.cases[side], step=step.step, actor=self._actor(side, step), at=at, facts=step.facts, role=step.role, entity=step.entity,
            co_signers=step.signers[1:], receivers=to,
        )  # fmt: skip

    def _receiver(self) -> int:
        """The body that never opened a case of its own: where the court sent the matter."""
        return self.city.organisations[next(s.to for s in self.story["court"].steps if s.to)]


def told(case: int) -> dict[str, Any]:
    """Everything that stands about a case, but for what must differ: ids, hashes, the name of a run, when others wrote it down."""
    names: dict[str, str] = {}

    def run_of(entity: str) -> str:
        return names.setdefault(entity, f"run {len(names)}") if entity else ""

    events = [
        (e.seq, e.track, run_of(e.entity), e.step, e.happened, e.recorded, e.signers, (e.payload or {})["facts"], e.organisation)
        for e in Event.objects.filter(case_id=case).order_by("seq")
    ]
    row = Case.objects.get(pk=case)
    clocks = ["code", "since_seq", "since", "due", "timed", "fixed", "provisional", "status", "ended", "met_on", "awaited"]
    return {
        "events": events,
        "case": (row.stage, row.lifecycle, row.seq, row.title, row.facts, row.due, row.source, row.opened, row.updated, row.number is None),
        "runs": sorted((r.track, run_of(r.entity), r.stage, str(r.facts)) for r in Run.objects.filter(case_id=case)),
        "clocks": sorted((run_of(k.entity), *(str(getattr(k, n)) for n in clocks)) for k in Clock.objects.filter(case_id=case)),
        "spans": sorted(PauseSpan.objects.filter(case_id=case).values_list("code", "since_seq", "until_seq")),
        "grants": sorted(Grant.objects.filter(case_id=case).values_list("code", "since_seq", "granted_seq")),
        "keys": sorted(Visibility.objects.filter(case_id=case).values_list("key_id", "level", "lifecycle", "due")),
        "parties": sorted(Party.objects.filter(case_id=case).values_list("name", "capacity", "kind", "identity", "phone")),
        "referrals": [
            (run_of(r.entity), r.part, r.matter, r.receiver_id, r.state, r.outcome, r.sent, r.ended, r.received_id is not None)
            for r in Referral.objects.filter(case_id=case).order_by("id")
        ],
    }


def test_the_live_path_writes_the_same_ledgers_as_the_imported_one(city: Loaded) -> None:
    told_of = stories()
    assert len(told_of) > 15
    imported = run([case for story in told_of for case in story.values()], city, at=datetime(2021, 12, 31, 18, tzinfo=UTC)).cases
    for story in told_of:
        live = Live(story, city).play()
        assert live.keys() == story.keys()
        for side, case in live.items():
            assert told(case) == told(imported[story[side].key]), story[side].key
