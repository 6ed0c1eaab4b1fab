"""批量写入 · Whole cases are guarded, reckoned, numbered and chained as if they had been taken step by step; bad ones are told and leave nothing."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tests.conftest import size
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.gathered import Gathered
from tianping.casework.engine.importing import ImportedCase, ImportedParty, ImportedReferral, ImportedStep, steps_import
from tianping.casework.engine.numbers import kinds
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import folders
from tianping.casework.engine.snapshot import clock_row
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.errors import Refusal
from tianping.casework.ledger.verify import verify
from tianping.casework.models import Case, Event, Organisation, Party, Referral
from tianping.casework.moments import local
from tianping.engines.generate import Faults, Generator
from tianping.law.calendar import calendar
from tianping.procedure.events import Event as Act
from tianping.procedure.events import effective
from tianping.procedure.roles import Signer
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import compiled

LATER = datetime(2030, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
LAWFUL = Faults(illegal=0, unsigned=0, unanswered=0, voided=0, late_entry=0, merged=0)
FILING = Signer("li.ming", "Roles.FILING_JUDGE")


ALONE = sorted(code for code, folder in folders().items() if all(fact.known_by is None for fact, _ in compiled(folder.current).facts.values()))
"""Procedures whose guards look into no other case: random answers to such a question are rarely lawful, and a live step counts them itself."""


@pytest.fixture(scope="module")
def office(database: object) -> Organisation:
    return Organisation.objects.create(code=f"o-{uuid4().hex[:8]}", kind="court", zh="测试法院", en="A court", court_code="晋0799")


def lawful(code: str, seed: int, count: int) -> list[list[Act]]:
    """Random cases of a procedure, each cut before the first step that would have been refused."""
    tables = compiled(folders()[code].current)
    out = []
    for log in Generator(tables, seed, start=max(folders()[code].current.valid_from, date(2024, 1, 1)), faults=LAWFUL).cases(count).values():
        judged = supervise_case(tables, effective(log), log[-1].happened, calendar())
        bad = min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(log))
        if bad:
            out.append(log[:bad])
    return out


def imported(code: str, logs: list[list[Act]], office: Organisation, actor: Actor) -> list[ImportedCase]:
    tables = compiled(folders()[code].current)
    return [
        ImportedCase(
            f"{code}-{n}",
            code,
            office.pk,
            f"{code} {n}",
            [ImportedStep(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in log],
            actor.keys,
        )
        for n, log in enumerate(logs)
    ]


@pytest.mark.parametrize("code", ALONE)
def test_every_procedure_is_imported_and_its_clocks_are_those_of_the_oracle(code: str, office: Organisation) -> None:
    actor = actor_of(office)
    logs = lawful(code, 5, size(60, 1000))
    assert logs
    done = steps_import(cases=imported(code, logs, office, actor), recorder="import", at=LATER)
    assert done.steps == sum(map(len, logs))
    for key, case_id in list(done.cases.items())[:: max(1, len(done.cases) // 20)]:
        now = snapshot(case_id, actor)
        log = logs[int(key.rsplit("-", 1)[1])]
        assert [(e.step, e.entity, e.happened, dict(e.facts)) for e in now.events] == [(e.step, e.entity, e.happened, dict(e.facts)) for e in log]
        judged = supervise_case(now.tables, now.events, local(LATER), calendar())
        assert {r.key: r for r in (clock_row(c, now.events) for c in judged.clocks)} == now.clocks
    assert verify(ledger_lines(list(done.cases.values()))).events == done.steps


@pytest.mark.parametrize("code", ALONE)
def test_taking_the_steps_one_by_one_gives_the_same_case(code: str, office: Organisation) -> None:
    logs = lawful(code, 9, size(8, 100))
    tables = compiled(folders()[code].current)
    zone = ZoneInfo("Asia/Shanghai")
    done = steps_import(cases=imported(code, logs, office, actor_of(office)), recorder="import", at=LATER, recorded="happened")
    for n, log in enumerate(logs):
        case_id = 0
        for seq, e in enumerate(log, 1):
            actor = actor_of(office)
            actor = Actor(e.signers[0].actor, actor.organisation, frozenset(s.role for s in e.signers), actor.keys)
            given = {"step": tables.steps[e.step].step.code, "actor": actor, "at": e.happened.replace(tzinfo=zone), "facts": e.facts}
            given |= {"role": e.signers[0].role, "co_signers": e.signers[1:]}
            if seq == 1:
                if e.entity:
                    break
                case_id = case_open(procedure=code, new=NewCase("t", office.pk, keys=actor.keys), **given).case_id  # type: ignore[arg-type]
            else:
                try:
                    step_take(case_id=case_id, entity=e.entity, **given)  # type: ignore[arg-type]
                except Refusal as no:  # history may hold what is refused today: a matter that is out is not sent again
                    assert {r.rule.rsplit(".", 1)[1] for r in no.reasons} == {"out"}
                    break
        else:
            one, other = (snapshot(i, actor_of(office)) for i in (case_id, done.cases[f"{code}-{n}"]))
            if len(one.events) == len(other.events):  # the engine adds the sending of a referral, and what follows from an answer, by itself
                assert (one.shown, {k: (v.due, v.ended) for k, v in one.clocks.items()}) == (
                    other.shown,
                    {k: (v.due, v.ended) for k, v in other.clocks.items()},
                )


def receiving(key: str, at: datetime, office: Organisation, *, qualifies: bool = True) -> ImportedCase:
    facts = {"suit": "ORDINARY", "qualifies": qualifies}
    steps = [
        ImportedStep("PreFiling.receive", at, (FILING,), "", facts),
        ImportedStep("PreFiling.refer", at + timedelta(hours=1), (FILING,), "", {"suitable": True, "consents": True}),
        ImportedStep("mediation.send", at + timedelta(hours=1), (FILING,), "mediation-1"),
    ]
    party = ImportedParty("张三", "Roles.APPLICANT", identity="140799199001010017")
    return ImportedCase(
        key, "pre_filing", office.pk, "买卖合同纠纷", steps, actor_of(office).keys, "工会", (party,), (ImportedReferral("mediation-1", office.pk),)
    )


def test_a_hearing_that_is_moved_without_an_hour_keeps_none_of_the_earlier() -> None:
    tables, (day, later) = compiled(folders()["first_instance_civil"].current), (date(2025, 3, 3), date(2025, 4, 7))
    told: dict[str, object] = {"hearing_on": day, "hearing_at": "9:30", "courtroom": "第一法庭"}
    answers: list[dict[str, object]] = [
        told,
        {"hearing_on": day, "courtroom": "第二法庭"},
        {"hearing_on": later},
        {"hearing_on": day, "hearing_at": "10:00"},
    ]
    start = datetime(2025, 2, 3, 9)  # noqa: DTZ001 — local time
    steps = [ImportedStep("FirstInstance.summon", start + timedelta(hours=n), (FILING,), "", facts) for n, facts in enumerate(answers)]
    gathered = Gathered(1, tables, datetime(2026, 1, 1), replayed=True)  # noqa: DTZ001
    for key in ("one", "two"):
        gathered.add(0, ImportedCase(key, "first_instance_civil", 1, "t", steps, ()))
    assert len(gathered.facts) == 8
    found = [{k: v for k, v in json.loads(text).items() if k != "hearing_on"} for text in gathered.facts[4:]]
    assert found == [
        {"hearing_at": "09:30", "courtroom": "第一法庭"}, {"hearing_at": "", "courtroom": "第二法庭"}, {"courtroom": ""}, {"hearing_at": "10:00"},
    ]  # fmt: skip


def test_numbers_follow_the_order_in_which_they_were_earned_without_a_gap(office: Organisation) -> None:
    start = datetime(2023, 5, 8, 9)  # noqa: DTZ001 — local time
    cases = [receiving(f"n{n}", start + timedelta(days=(7 * n) % 20), office) for n in range(20)]
    done = steps_import(cases=cases, recorder="import", at=LATER)
    rows = Case.objects.filter(pk__in=done.cases.values()).order_by("updated", "id")
    numbers = [r.number for r in sorted(rows, key=lambda r: Event.objects.get(case_id=r.pk, seq=2).happened)]
    assert numbers == [f"（2023）晋0799诉前调{n}号" for n in range(1, 21)]
    assert Party.objects.filter(case_id__in=done.cases.values()).count() == 20
    assert Referral.objects.filter(case_id__in=done.cases.values(), state="sent", matter="MediationRequest").count() == 20


def test_a_bad_case_stops_all_or_is_set_aside(office: Organisation) -> None:
    start = datetime(2023, 6, 5, 9)  # noqa: DTZ001 — local time
    good, bad = receiving("good", start, office), receiving("bad", start, office)
    bad = ImportedCase(**{**{f: getattr(bad, f) for f in bad.__slots__}, "steps": bad.steps[1:]})
    before = Event.objects.count()
    with pytest.raises(Refusal):
        steps_import(cases=[good, bad], recorder="import", at=LATER)
    assert Event.objects.count() == before
    done = steps_import(cases=[good, bad], recorder="import", at=LATER, bad="aside")
    assert list(done.cases) == ["good"]
    assert [key for key, _ in done.refused] == ["bad"]


def test_a_live_case_gets_its_number_with_the_step_that_earns_it(office: Organisation) -> None:
    actor = actor_of(office, "FILING_JUDGE")
    at = datetime(2031, 3, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # a year to which no random log comes
    new = NewCase("t", office.pk, keys=actor.keys)
    facts = {"suit": "ORDINARY", "qualifies": True}
    numbers = []
    for _ in range(3):
        case = case_open(procedure="pre_filing", step="PreFiling.receive", actor=actor, at=at, new=new, facts=facts).case_id
        assert Case.objects.get(pk=case).number is None
        step_take(case_id=case, step="refer", actor=actor, at=at, facts={"suitable": True, "consents": True})
        numbers.append(Case.objects.get(pk=case).number)
    assert numbers == [f"（2031）晋0799诉前调{n}号" for n in (1, 2, 3)]


def test_every_numbering_step_exists_in_its_procedure() -> None:
    for kind in kinds():
        assert any(kind.step in compiled(v).by_step for v in folders()[kind.procedure].versions), kind
