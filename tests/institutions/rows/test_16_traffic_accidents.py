"""道交一体化 · The calculator against a hand's arithmetic; from the crash to the money over five institutions; planted breaches are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Change, Story, answered, later, mismatches, signed, without
from tianping.casework.alarms.lapses import lapses_take
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.exchange.services import Received, referral_take
from tianping.casework.figures import Figures
from tianping.casework.models import Case, Clock, Event, Organisation, Referral
from tianping.casework.outbox.dispatch import drain
from tianping.institutions.courts.traffic_accidents.indicators import AccidentDisputes
from tianping.law.damages import Published, read_case, settle
from tianping.law.parameters import parameter
from tianping.procedure.roles import Signer

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
D = Decimal


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(D("0.01"), ROUND_HALF_UP)


def by_hand() -> list[Decimal]:
    """The sample crash on paper, one number a line: losses head by head, limits shared, the rest by fault, commercial cover."""
    income, consumption, wage = D(39532), D(21923), D(84938)
    son, mother = consumption / 2, consumption / 3
    living = cents((son + mother) * 10 + mother * 4)
    a = [D("12860.50"), D(38400), D(900), wage, wage / 12 * 6, income, D(20), income * 20, consumption]
    a += [son, cents(mother), cents(son + mother), cents(mother), living, D(50000)]
    a_medical, a_death, a_property = D("12860.50"), wage / 12 * 6 + income * 20 + living + 50000, D(39300)
    a += [a_medical, a_death, a_property, a_medical + a_death + a_property]
    lost, disabled = cents(D(36000) / 365 * 158), income * 17 * D("0.3")
    b = [D("46213.70"), D(2100), D(1800), D(640), D(1500), D(36000), D(158), lost, D(9600)]
    b += [D("0.3"), income, D(17), D("0.3"), disabled, D(9000)]
    b_medical, b_death, b_property = D("50113.70"), D(640) + lost + 9600 + disabled + 9000, D(1500)
    b += [b_medical, b_death, b_property, b_medical + b_death + b_property]
    out, paid_a, paid_b = a + b, D(0), D(0)
    for limit, of_a, of_b in ((D(18000), a_medical, b_medical), (D(180000), a_death, b_death), (D(2000), a_property, b_property)):
        lorry_b = cents(limit * (of_b / 2) / (of_b / 2 + of_a))
        car_b = min(limit, of_b - lorry_b)
        lorry_a = limit - lorry_b
        out += [limit, limit, lorry_b, car_b, lorry_a]
        paid_a, paid_b = paid_a + lorry_a, paid_b + lorry_b + car_b
    rest_a, rest_b = a[-1] - paid_a, b[-1] - paid_b
    a_lorry, b_lorry = cents(rest_a * D("0.7")), cents(rest_b * D("0.7"))
    out += [D(50000), D(9000), rest_a, a_lorry, rest_a - a_lorry, rest_b, b_lorry, rest_b - b_lorry]
    return [*out, a_lorry, b_lorry, rest_b - b_lorry]


def test_a_worked_example_by_hand_is_the_calculator_line_by_line() -> None:
    told = settle(read_case(ROOT / "examples" / "damages" / "crash.toml"), Published(parameter)).derivation
    lines = [line for line in told.lines if line.value is not None and line.value != ""]
    assert [D(line.shown("en").replace(",", "")) for line in lines] == by_hand()
    without_article = [line.what.en for line in lines if not line.cites]
    assert all("subtotal" in words or "total" in words or "coefficient of grade" in words for words in without_article), without_article


@pytest.mark.parametrize(
    ("name", "before", "now"),
    [("disability", 110000, 180000), ("medical", 10000, 18000), ("property", 2000, 2000), ("disability_blameless", 11000, 18000),
     ("medical_blameless", 1000, 1800), ("property_blameless", 100, 100)],
)  # fmt: skip
def test_the_limits_of_compulsory_cover_are_dated_parameters(name: str, before: int, now: int) -> None:
    assert parameter(f"compulsory_{name}", on=date(2020, 9, 18)).value == before
    assert parameter(f"compulsory_{name}", on=date(2020, 9, 19)).value == now


# ---- the chain ------------------------------------------------------------------------------------------------------------------------


class Chain:
    """The traffic police, the platform, the court, an insurer and its regulator; ``day`` counts from 2022-06-01."""

    def __init__(self, name: str) -> None:
        self.police = office(f"traffic-{name}", "TRAFFIC_POLICE", "TRAFFIC_CHIEF", "PARTY")
        self.platform = office(f"platform-{name}", "MEDIATION_BODY", "CLERK", "MEDIATOR", "APPLICANT", "OPPONENT", "JUDGE", "COURT")
        self.court = office(f"confirming-{name}", "APPLICANT", "OPPONENT", "FILING_JUDGE", "JUDGE", kind="court")
        Organisation.objects.filter(pk=self.court.organisation).update(court_code="晋0799")
        self.insurer = office(f"insurer-{name}", "INSURER", "APPLICANT")
        self.regulator = office(f"regulator-{name}", "INSURANCE_REGULATOR")

    def do(self, by: Actor, case: int, step: str, role: str, day: float, /, *co: str, to: Actor | None = None, part: str = "", **facts: Any) -> None:
        receivers = {} if to is None else {part: to.organisation}
        signers = tuple(Signer(f"{r}.{n}", f"Roles.{r}") for n, r in enumerate(co))
        entity = "x1" if step.split(".")[0] in ("Receipt", "dispute", "claim", "suggestion") else ""
        step_take(
            case_id=case, step=step, actor=by, at=AT + timedelta(days=365 + day), facts=facts, role=f"Roles.{role}", co_signers=signers,
            receivers=receivers, entity=entity,
        )  # fmt: skip

    def taken(self, own: Actor, sender: int, part: str, step: str, role: str, day: float, *co: str, **facts: Any) -> Received:
        row = Referral.objects.get(case_id=sender, part=part)
        signers = tuple(Signer(f"{r}.{n}", f"Roles.{r}") for n, r in enumerate(co))
        at = AT + timedelta(days=365 + day)
        return referral_take(actor=own, referral_id=row.pk, at=at, step=step, facts=facts, role=f"Roles.{role}", co_signers=signers)

    def certified(self) -> int:
        """An accident with its certificate, its dispute sent to the platform."""
        case = opened(self.police, "road_accident", "RoadAccident.report", "TRAFFIC_POLICE", {"harm": "INJURY"}, day=365)
        self.do(self.police, case, "survey", "TRAFFIC_POLICE", 0.1, "TRAFFIC_POLICE", grade="JUNIOR", crime=False)
        self.do(self.police, case, "certify", "TRAFFIC_POLICE", 2)
        self.do(self.police, case, "Receipt.serve", "TRAFFIC_POLICE", 5)
        self.do(self.police, case, "all_served", "TRAFFIC_POLICE", 5.1)
        self.do(self.police, case, "dispute.send", "PARTY", 6, to=self.platform, part="dispute")
        return case

    def agreed(self, accident: int) -> int:
        """The dispute, calculated, mediated and agreed."""
        mine = self.taken(self.platform, accident, "dispute", "receive", "CLERK", 7, voluntary=True, certified=True, insured=True).case_id
        parts: dict[str, Any] = {"total": D(278400), "compulsory": D(200000), "commercial": D(0), "tortfeasor": D(78400), "own": D(0)}
        self.do(self.platform, mine, "calculate", "MEDIATOR", 8, **parts)
        self.do(self.platform, mine, "begin", "MEDIATOR", 9)
        self.do(self.platform, mine, "agree", "APPLICANT", 20, "OPPONENT", "MEDIATOR", amount=D(278400), agreed_on="2022-06-21")
        return mine


def counted() -> list[int]:
    """Paid with one key, suggestions, disputes: as counted now."""
    figures = Figures()
    return [int(figures.value(i) or 0) for i in (AccidentDisputes.one_key, AccidentDisputes.suggestions, AccidentDisputes.received)]


def test_from_the_crash_to_the_money(database: object) -> None:
    chain = Chain("money")
    before = counted()
    accident = chain.certified()
    dispute = chain.agreed(accident)
    chain.do(chain.platform, dispute, "apply", "APPLICANT", 21, "OPPONENT", to=chain.court, part="confirmation")
    request = {"effective": "2022-06-21", "self_run": False, "inviting": True, "connected": False, "level_fits": True}
    ours = chain.taken(chain.court, dispute, "confirmation", "apply", "APPLICANT", 22, "OPPONENT", **request).case_id
    chain.do(chain.court, ours, "accept", "FILING_JUDGE", 23, bar="NONE")
    chain.do(chain.court, ours, "verify", "JUDGE", 24)
    chain.do(chain.court, ours, "confirm", "JUDGE", 26, defect="NONE")
    drain(at=AT + timedelta(days=365 + 26.5))
    assert Case.objects.get(pk=dispute).stage == "confirmed"
    chain.do(chain.platform, dispute, "claim_now", "APPLICANT", 27, to=chain.insurer, part="claim")
    claim = chain.taken(chain.insurer, dispute, "claim", "receive_agreed", "INSURER", 27.5).case_id
    facts = Case.objects.get(pk=claim).facts
    assert (D(facts["amount"]), facts["agreed_on"]) == (D(278400), "2022-06-21")
    assert Clock.objects.get(case_id=claim, code="InsuranceClaim.to_pay").due.astimezone(AT.tzinfo).date() == date(2022, 7, 1)
    with pytest.raises(Refusal) as refused:
        chain.do(chain.platform, dispute, "suggest", "JUDGE", 28, to=chain.regulator, part="suggestion")
    assert why(refused) == ["RoadDispute.suggest.on"]
    chain.do(chain.platform, dispute, "suggest", "JUDGE", 40, to=chain.regulator, part="suggestion")
    wrote = chain.taken(chain.regulator, dispute, "suggestion", "receive", "INSURANCE_REGULATOR", 41).case_id
    chain.do(chain.regulator, wrote, "order", "INSURANCE_REGULATOR", 42)
    chain.do(chain.insurer, claim, "pay", "INSURER", 43)
    chain.do(chain.regulator, wrote, "answer", "INSURANCE_REGULATOR", 44, answer_text="已责令改正")
    drain(at=AT + timedelta(days=365 + 45))
    drain(at=AT + timedelta(days=365 + 46))
    assert Case.objects.get(pk=dispute).stage == "paid"
    assert Referral.objects.get(case_id=accident).outcome == "paid"
    assert Event.objects.filter(case_id=accident, step="dispute.answer").count() == 1
    with pytest.raises(Refusal) as refused:
        chain.do(chain.police, accident, "close", "TRAFFIC_POLICE", 46.5)
    assert why(refused) == ["RoadAccident.may_be_reviewed"]
    lapses_take(at=AT + timedelta(days=365 + 46.5))
    chain.do(chain.police, accident, "close", "TRAFFIC_POLICE", 47)
    assert [now - then for now, then in zip(counted(), before, strict=True)] == [1, 1, 1]


def test_nothing_is_sent_without_a_certificate(database: object) -> None:
    chain = Chain("early")
    case = opened(chain.police, "road_accident", "RoadAccident.report", "TRAFFIC_POLICE", {"harm": "INJURY"}, day=365)
    with pytest.raises(Refusal) as refused:
        chain.do(chain.police, case, "dispute.send", "PARTY", 1, to=chain.platform, part="dispute")
    assert why(refused) == ["RoadAccident.no_certificate"]
    with pytest.raises(Refusal) as refused:
        take(chain.police, case, "survey", "TRAFFIC_POLICE", {"grade": "TRAINED", "crime": False}, day=366, co="TRAFFIC_POLICE")
    assert why(refused) == ["RoadAccident.unqualified"]


# ---- planted breaches -----------------------------------------------------------------------------------------------------------------

ONE, TWO, UP = "张交 TRAFFIC_POLICE", "张交 TRAFFIC_POLICE, 李交 TRAFFIC_POLICE", "王支 UPPER_TRAFFIC, 赵支 UPPER_TRAFFIC"
PLAIN: Story = (
    Act(0, "RoadAccident.report", ONE, facts={"harm": "INJURY"}),
    Act(0.1, "RoadAccident.survey", TWO, facts={"grade": "JUNIOR", "crime": False}),
    Act(3, "RoadAccident.certify", ONE),
    Act(3.1, "Receipt.serve", ONE, "p1"),
    Act(3.2, "RoadAccident.all_served", ONE),
    Act(4, "Receipt.ask", "甲 PARTY", "p1"),
    Act(4.2, "RoadAccident.take_review", "王支 UPPER_TRAFFIC"),
    Act(20, "RoadAccident.uphold", UP),
    Act(20.1, "RoadAccident.serve_conclusion", "王支 UPPER_TRAFFIC"),
    Act(21, "PoliceMediation.ask", "甲 PARTY, 乙 PARTY", "m1"),
    Act(21.1, "PoliceMediation.announce", ONE, "m1"),
    Act(38, "PoliceMediation.begin", ONE, "m1"),
    Act(40, "PoliceMediation.settle", "甲 PARTY, 乙 PARTY, 张交 TRAFFIC_POLICE", "m1"),
    Act(40.1, "RoadAccident.close", ONE),
)
FATAL: Story = (
    Act(0, "RoadAccident.report", ONE, facts={"harm": "DEATH"}),
    Act(0.1, "RoadAccident.survey", TWO, facts={"grade": "MIDDLE", "crime": True}),
    Act(0.2, "RoadAccident.appraise", ONE),
    Act(0.3, "Appraisal.entrust", ONE, "a1", {"term": 30, "repeated": False}),
    Act(20, "Appraisal.opine", "鉴定所 APPRAISER", "a1"),
    Act(20.1, "Appraisal.serve", ONE, "a1"),
    Act(40, "Appraisal.settle", "系统 SYSTEM", "a1"),
    Act(40.1, "RoadAccident.all_settled", ONE),
    Act(40.2, "RoadAccident.disclose", ONE),
    Act(40.3, "RoadAccident.certify", ONE),
    Act(40.4, "Receipt.serve", ONE, "p1"),
    Act(40.5, "RoadAccident.all_served", ONE),
)


def moved(do: str, day: float) -> Change:
    """One act alone on another day."""
    return lambda story: [replace(a, day=day) if a.do == do else a for a in story]


BREACHES = [
    Breach("late certificate", PLAIN, later("RoadAccident.certify", 30), ("RoadAccident.to_certify",)),
    Breach("late service", PLAIN, later("Receipt.serve", 20), ("RoadAccident.to_serve",)),
    Breach("asked too late", PLAIN, later("Receipt.ask", 20), ("Receipt.to_ask",)),
    Breach("review passed on late", PLAIN, later("RoadAccident.take_review", 20), ("RoadAccident.to_pass_review",)),
    Breach("review too long", PLAIN, later("RoadAccident.uphold", 40), ("RoadAccident.to_review",)),
    Breach("one reviewer", PLAIN, signed("RoadAccident.uphold", "王支 UPPER_TRAFFIC"), ("RoadAccident.uphold.by",)),
    Breach("one surveyor", PLAIN, signed("RoadAccident.survey", ONE), ("RoadAccident.survey.by",)),
    Breach("not qualified", FATAL, answered("RoadAccident.survey", grade="JUNIOR"), ("RoadAccident.unqualified",)),
    Breach("evidence not shown", FATAL, without("RoadAccident.disclose"), ("RoadAccident.not_disclosed",)),
    Breach("appraisal too long", FATAL, later("Appraisal.opine", 60), ("Appraisal.to_opine",)),
    Breach("certified before settled", FATAL, moved("Appraisal.settle", 41), ("RoadAccident.appraisal_open", "RoadAccident.appraisal_open")),
    Breach("mediation too long", PLAIN, later("PoliceMediation.settle", 40), ("PoliceMediation.to_finish",)),
    Breach("no notice", PLAIN, moved("PoliceMediation.announce", 37.9), ("PoliceMediation.notice",)),
    Breach("seventy days agreed", FATAL, answered("Appraisal.entrust", term=70), ("Appraisal.too_long",)),
]


def test_ten_planted_breaches_are_found_and_no_other() -> None:
    assert len(BREACHES) >= 10
    assert mismatches("road_accident", [PLAIN, FATAL], BREACHES, start=date(2022, 1, 4), copies=8) == []
