"""繁简分流 · Never simple where an announcement is needed; each override has a person and a reason; planted breaches are found."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, added, again, answered, mismatches, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.models import Case, Event
from tianping.institutions.courts.triage.procedures.triage.procedure import Lane
from tianping.institutions.courts.triage.procedures.triage.suggest import Answers, suggest
from tianping.law.calendar import calendar
from tianping.law.eligibility import Wage
from tianping.law.parameters import parameter
from tianping.procedure.events import Event as Logged
from tianping.procedure.fold import fold_to
from tianping.procedure.registry import find
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import refusals
from tianping.procedure.tables import Tables, compiled

IN_2022 = 400
AMOUNTS = ("30000", "90000", "500000")
OFFICERS = (Signer("分员", "TRIAGE_OFFICER"),)
SEND = {
    Lane.MEDIATION: "send_to_mediation",
    Lane.SMALL: "send_to_small",
    Lane.SIMPLE: "send_to_simple",
    Lane.ORDINARY: "send_to_ordinary",
    Lane.PAYMENT: "send_to_payment",
}
PLAIN = {
    "clear": True, "small_agreed": False, "simple_agreed": False, "small_barred": False, "simple_barred": False, "needs_notice": False,
    "needs_appraisal": False, "suitable": False, "consents": False, "undisputed": False, "other_debt": True, "reachable": False,
}  # fmt: skip


def wage(year: int) -> Wage:
    found = parameter(f"employed_average_wage_{year}", on=date(year + 1, 12, 31), region="CN-SX")
    return Wage(found.value, found.source)


def test_the_bounds_of_small_claims_are_those_of_the_year() -> None:
    """Worked by hand: half of 82,413 is 41,206.50; 30 per cent of 69,551 is 20,865.30."""
    for amount, filed, year, agreed, lane in (
        ("41206.50", date(2022, 8, 1), 2021, False, Lane.SMALL),
        ("41206.51", date(2022, 8, 1), 2021, False, Lane.SIMPLE),
        ("164826", date(2022, 8, 1), 2021, True, Lane.SMALL),
        ("164826.01", date(2022, 8, 1), 2021, True, Lane.SIMPLE),
        ("20865.30", date(2021, 3, 1), 2019, True, Lane.SMALL),
        ("20865.31", date(2021, 3, 1), 2019, True, Lane.SIMPLE),
    ):
        found = suggest(Answers(Decimal(amount), filed, wage(year), agreed_small=agreed))
        assert found.lane is lane, (amount, filed)
        assert found.reasons.lines
        assert any(line.cites is not None for line in found.reasons.lines)


def test_what_the_rules_suggest_the_guards_let_through() -> None:
    """Every combination of answers: the suggested lane may be taken without an override, and the reasons are the same the second time."""
    tables = compiled(find("triage").on(date(2022, 8, 1)))
    figure = wage(2021)
    both = (True, False)
    for amount, clear, agreed, simple, notice, suitable, undisputed in product(AMOUNTS, both, both, both, both, both, both):
        answers = Answers(
            Decimal(amount), date(2022, 8, 1), figure, clear=clear, agreed_small=agreed, agreed_simple=simple, needs_notice=notice,
            suitable=suitable, consents=suitable, undisputed=undisputed, other_debt=False, reachable=True,
        )  # fmt: skip
        found = suggest(answers)
        assert suggest(answers) == found
        facts = {
            **PLAIN, "clear": clear, "small_agreed": agreed, "simple_agreed": simple, "needs_notice": notice, "suitable": suitable,
            "consents": suitable, "undisputed": undisputed, "other_debt": False, "reachable": True,
            "suggested": found.lane.name, "reasons": found.reasons.lines[-1].what.zh,
        }  # fmt: skip
        log = [
            _event(tables, 0, "receive", {"amount": Decimal(amount), "wage": figure.value, "money_claim": True}),
            _event(tables, 1, "assess", facts),
        ]
        assert refusals(tables, log, _event(tables, 2, SEND[found.lane], {}), calendar()) == []


def _event(tables: Tables, seq: int, step: str, facts: dict[str, object], *, by: tuple[Signer, ...] = OFFICERS) -> Logged:
    at = datetime.fromisoformat("2022-08-01 09:00") + timedelta(days=seq)
    return Logged(seq, tables.by_step[f"Triage.{step}"], 0, "", at, signers=by, facts=facts)


def test_a_case_that_needs_an_announcement_never_sits_in_the_simple_procedure() -> None:
    """Random acts, taken where the guards let them: no case stands in small claims or the simple procedure and is known to need an announcement."""
    tables, random = compiled(find("triage").on(date(2022, 8, 1))), Random(5)
    seen = {"light": 0, "notice": 0, "turned": 0}
    for _ in range(150):
        log: list[Logged] = []
        for _ in range(14):
            before = fold_to(tables, log, len(log)).stage.get((0, ""), 0)
            row = random.choice([r for r in tables.steps if r.track == 0 and r.mask >> before & 1] or [tables.steps[0]])
            by = tuple(Signer(f"p{i}", r.code) for i, r in enumerate(random.choice(row.step.by.sets())))
            facts = {f.name: _answer(f.kind, random) for f in row.step.asks}
            tried = _event(tables, len(log), row.step.name, facts, by=by)
            if refusals(tables, log, tried, calendar()):
                continue
            log.append(tried)
            notice = _needs_notice(tables, log)
            light = tables.tracks[0].stages[fold_to(tables, log, len(log)).stage[0, ""]].name in ("in_small", "in_simple")
            seen = {"light": seen["light"] + light, "notice": seen["notice"] + notice, "turned": seen["turned"] + (row.step.name == "find_missing")}
            assert not (light and notice)
    assert min(seen.values()) > 5, seen


def _needs_notice(tables: Tables, log: list[Logged]) -> bool:
    """The last word on it: an answer, or the act that found it."""
    for event in reversed(log):
        if tables.steps[event.step].step.name == "find_missing":
            return True
        if event.facts.get("needs_notice") is not None:
            return bool(event.facts["needs_notice"])
    return False


def _answer(kind: type, random: Random) -> object:
    if kind is bool:
        return random.random() < 0.4
    if kind is Decimal:
        return Decimal(random.choice((30_000, 82_413, 200_000)))
    if kind in (int, str):
        return random.choice(("有理由", "有理由", None)) if kind is str else 1
    return random.choice(list(kind.__members__))  # type: ignore[attr-defined]  # an Enum


def test_each_override_has_a_person_and_a_reason(database: object) -> None:
    own = office("triage-live", "TRIAGE_OFFICER", "FILING_JUDGE", "JUDGE", "SYSTEM", kind="court")
    case = opened(own, "triage", "Triage.receive", "TRIAGE_OFFICER", {"amount": "500000", "wage": "82413", "money_claim": True}, day=IN_2022)
    take(own, case, "assess", "SYSTEM", {**PLAIN, "suggested": "SIMPLE", "reasons": "超过小额标准"}, day=IN_2022)
    with pytest.raises(Refusal) as refused:
        take(own, case, "send_to_ordinary", "TRIAGE_OFFICER", day=IN_2022 + 1)
    assert why(refused) == ["Triage.not_ordinary"]
    with pytest.raises(Refusal) as refused:
        take(own, case, "send_to_ordinary", "SYSTEM", {"override_ground": "案情复杂"}, day=IN_2022 + 1)
    assert "Triage.send_to_ordinary.by" in why(refused)
    take(own, case, "send_to_ordinary", "TRIAGE_OFFICER", {"override_ground": "案情复杂"}, day=IN_2022 + 1)
    written = Event.objects.get(case_id=case, step="Triage.send_to_ordinary")
    assert written.signers == [[own.account, "Roles.TRIAGE_OFFICER"]]
    assert "案情复杂" in str(written.payload)
    assert Case.objects.get(pk=case).stage == "in_ordinary"


OFFICER, JUDGE = "分员 TRIAGE_OFFICER", "李审 JUDGE"
SIMPLE = (
    Act(0, "Triage.receive", OFFICER, facts={"amount": 100000, "wage": 82413, "money_claim": True}),
    Act(1, "Triage.assess", "系统 SYSTEM", facts={**PLAIN, "suggested": "SIMPLE", "reasons": "超过小额标准"}),
    Act(2, "Triage.send_to_simple", OFFICER),
    Act(30, "Triage.to_ordinary", JUDGE, facts={"convert_ground": "案情复杂"}),
    Act(90, "Triage.close", JUDGE, facts={"templated": True, "appealed": False}),
)
SMALL = (
    Act(0, "Triage.receive", OFFICER, facts={"amount": 30000, "wage": 82413, "money_claim": True}),
    Act(1, "Triage.assess", "系统 SYSTEM", facts={**PLAIN, "suggested": "SMALL", "reasons": "百分之五十以下"}),
    Act(2, "Triage.send_to_small", OFFICER),
    Act(30, "Triage.close", JUDGE, facts={"templated": True, "appealed": False}),
)
NOT_ASSESSED = tuple(
    f"Triage.{rule}" for rule in ("send_to_simple.order", "send_to_simple.missing", "simple_bar", "not_plain", "notice_needed", "not_simple")
)
BREACHES = (
    Breach("announcement", SIMPLE, answered("Triage.assess", needs_notice=True), ("Triage.light_suggested", "Triage.notice_needed")),
    Breach("no reasons", SIMPLE, answered("Triage.assess", reasons=None), ("Triage.unreasoned",)),
    Breach("override without a ground", SIMPLE, answered("Triage.assess", suggested="ORDINARY"), ("Triage.not_simple",)),
    Breach("sent by the machine", SIMPLE, signed("Triage.send_to_simple", "系统 SYSTEM"), ("Triage.send_to_simple.by",)),
    Breach("barred", SIMPLE, answered("Triage.assess", simple_barred=True), ("Triage.simple_bar",)),
    Breach("neither plain nor agreed", SIMPLE, answered("Triage.assess", clear=False), ("Triage.not_plain",)),
    Breach("changed without a ground", SIMPLE, answered("Triage.to_ordinary", convert_ground=None), ("Triage.no_ground",)),
    Breach("not assessed", SIMPLE, without("Triage.assess"), NOT_ASSESSED),
    Breach("too much for small claims", SMALL, answered("Triage.receive", amount=41207), ("Triage.small_enough",)),
    Breach("an appraisal in small claims", SMALL, answered("Triage.assess", needs_appraisal=True), ("Triage.small_bar",)),
    Breach("closed twice", SMALL, again("Triage.close", 40), ("Triage.close.closed",)),
    Breach("turned after the end", SMALL, added(Act(50, "Triage.to_ordinary", JUDGE, facts={"convert_ground": "x"})), ("Triage.to_ordinary.closed",)),
)  # fmt: skip


def test_ten_planted_breaches_are_found_and_nothing_else() -> None:
    assert mismatches("triage", [SIMPLE, SMALL], BREACHES, start=date(2022, 3, 1)) == []
