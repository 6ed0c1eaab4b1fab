"""风险提示 · The same answers give the same report; limitation stands with its article; nothing is predicted; planted breaches are found."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from tests.institutions.rows.live import office, opened, take
from tests.institutions.rows.planting import Act, Breach, added, again, answered, mismatches, signed, without
from tianping.casework.figures import Figures
from tianping.casework.models import Case
from tianping.institutions.courts.risk_prompt.indicators import RiskPrompts
from tianping.institutions.courts.risk_prompt.procedures.risk_prompt.procedure import RiskPrompt
from tianping.institutions.courts.risk_prompt.procedures.risk_prompt.report import Elements, Kind, report
from tianping.law.calendar import calendar
from tianping.procedure.grammar import Fact
from tianping.procedure.measures import ORGANISATION

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ASKED = date(2024, 6, 3)
LOAN = Elements("民间借贷纠纷", ASKED, date(2022, 9, 30), False, Decimal(100_000), True, True, True, True)
ODDS = ("胜诉", "败诉率", "概率", "可能性", "预测", "评分", "得分", "win", "odds", "probab", "predict", "score", "chance", "likely")


def every() -> list[Elements]:
    """Every combination of yes and no, with and without a first day."""
    both = (True, False)
    return [
        Elements("案由", ASKED, first, other, Decimal(amount), *rest)
        for first, other, amount, *rest in product((date(2020, 3, 1), date(2023, 3, 1), None), both, (8_000, 100_000), both, both, both, both)
    ]


def test_the_same_answers_give_the_same_report() -> None:
    seen: dict[str, object] = {}
    for elements in every():
        first, second = report(elements, calendar()), report(Elements(*elements), calendar())
        assert first == second
        assert [r.kind for r in first.risks] == list(Kind)
        assert first.mark not in seen
        seen[first.mark] = first


def test_the_last_day_of_limitation_is_shown_with_its_article() -> None:
    """Worked by hand: three years from 2022-09-30 end on 2025-09-30; from 2020-03-01 on 2023-03-01; from 2021-10-01 on 2024-10-08."""
    for first, last in ((date(2022, 9, 30), date(2025, 9, 30)), (date(2020, 3, 1), date(2023, 3, 1)), (date(2021, 10, 1), date(2024, 10, 8))):
        told = report(LOAN._replace(runs_from=first), calendar())
        risk = told.risks[0]
        assert told.limitation_ends == last
        assert last.isoformat() in risk.words.zh
        assert last.isoformat() in risk.words.en
        assert "CC 188" in str(risk.cites)
        assert risk.derivation is not None
    assert report(LOAN._replace(other_period=True), calendar()).limitation_ends is None


def test_every_risk_has_an_article_and_the_fee_is_the_tariffs() -> None:
    for elements in every():
        told = report(elements, calendar())
        assert all(risk.cites.refs for risk in told.risks)
        assert {8_000: "50", 100_000: "2300"}[int(elements.amount)] in told.risks[3].words.zh.replace(",", "")


def test_it_predicts_nothing() -> None:
    for elements in every():
        for risk in report(elements, calendar()).risks:
            said = risk.words.zh + risk.words.en.lower()
            assert not [word for word in ODDS if word in said], said
    assert {f.name for f in RiskPrompt.of(Fact)} == {
        "cause", "runs_from", "other_period", "amount", "has_evidence", "address_known", "property_known", "clear", "limitation_ends", "report_mark",
    }  # fmt: skip


def test_a_prompt_is_lived_through(database: object) -> None:
    own = office("risk-live", "VISITOR", "SYSTEM", kind="court")
    told = report(LOAN, calendar())
    case = opened(own, "risk_prompt", "choose", "VISITOR", {"cause": LOAN.cause}, day=1100)
    answers = {name: value for name, value in LOAN._asdict().items() if name not in ("cause", "asked_on")}
    answers |= {"runs_from": LOAN.runs_from.isoformat() if LOAN.runs_from else None, "amount": str(LOAN.amount)}
    take(own, case, "answer", "VISITOR", answers, day=1100)
    assert told.limitation_ends is not None
    take(own, case, "report", "SYSTEM", {"limitation_ends": told.limitation_ends.isoformat(), "report_mark": told.mark}, day=1100)
    take(own, case, "mediate", "VISITOR", day=1100)
    assert Case.objects.get(pk=case).facts["report_mark"] == told.mark
    rows = Figures().of([RiskPrompts.reports, RiskPrompts.mediated], [ORGANISATION]).to_pylist()
    assert [(r["reports"], r["mediated"]) for r in rows if r["organisation"] == "risk-live"] == [(1, 1.0)]


VISITOR, SYSTEM = "访 VISITOR", "系统 SYSTEM"
PROMPT = (
    Act(0, "RiskPrompt.choose", VISITOR, facts={"cause": "民间借贷纠纷"}),
    Act(
        0.01, "RiskPrompt.answer", VISITOR,
        facts={
            "runs_from": timedelta(days=-100), "other_period": False, "amount": 100, "has_evidence": True, "address_known": True,
            "property_known": True, "clear": True,
        },
    ),
    Act(0.02, "RiskPrompt.report", SYSTEM, facts={"limitation_ends": timedelta(days=995), "report_mark": "a"}),
    Act(0.03, "RiskPrompt.print_", VISITOR),
    Act(0.04, "RiskPrompt.mediate", VISITOR),
)  # fmt: skip
BREACHES = (
    Breach("no cause", PROMPT, answered("RiskPrompt.choose", cause=None), ("RiskPrompt.no_cause",)),
    Breach("unanswered", PROMPT, answered("RiskPrompt.answer", clear=None), ("RiskPrompt.unanswered",)),
    Breach("no first day", PROMPT, answered("RiskPrompt.answer", runs_from=None), ("RiskPrompt.no_start",)),
    Breach("no mark", PROMPT, answered("RiskPrompt.report", report_mark=None), ("RiskPrompt.no_mark",)),
    Breach("no last day", PROMPT, answered("RiskPrompt.report", limitation_ends=None), ("RiskPrompt.no_limitation",)),
    Breach("a day that was invented", PROMPT, answered("RiskPrompt.answer", other_period=True), ("RiskPrompt.invented",)),
    Breach("limitation has run", PROMPT, answered("RiskPrompt.answer", runs_from=timedelta(days=-1200)), ("RiskPrompt.limitation",)),
    Breach("made by hand", PROMPT, signed("RiskPrompt.report", VISITOR), ("RiskPrompt.report.by",)),
    Breach("chosen twice", PROMPT, again("RiskPrompt.mediate", 1), ("RiskPrompt.mediate.closed",)),
    Breach("left after the end", PROMPT, added(Act(1, "RiskPrompt.leave", VISITOR)), ("RiskPrompt.leave.closed",)),
    Breach("no report", PROMPT, without("RiskPrompt.report"), (
        "RiskPrompt.print_.order", "RiskPrompt.print_.missing", "RiskPrompt.mediate.order", "RiskPrompt.mediate.missing",
    )),
)  # fmt: skip


def test_ten_planted_breaches_are_found_and_nothing_else() -> None:
    assert mismatches("risk_prompt", [PROMPT], BREACHES, start=date(2022, 3, 1)) == []
