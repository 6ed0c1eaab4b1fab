"""诉服质效 · The published figures come from their counts, to the last digit; counts come from cases; planted breaches are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, again, answered, later, mismatches, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Case
from tianping.institutions.courts.filing.indicators import OnlineFiling
from tianping.institutions.courts.service_quality.indicators import PERIOD, ServiceQuality
from tianping.institutions.courts.service_quality.procedures.quality_figure.reckon import Filings, NothingToDivide, hundredths, rate
from tianping.procedure.measures import ORGANISATION

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("COURT", "SUPERIOR_COURT", "SYSTEM", "HIGH_COURT")
TEXTS = {"definition": "定义", "numerator_words": "分子", "denominator_words": "分母", "owner": "立案庭"}

BULLETIN = (
    ("中院网上立案率", Filings(113, 0, 79, 95, 48, 0), None, "89.68"),
    ("基层院网上立案率", Filings(11232, 550, 11263, 6218, 3377, 46), None, "83.81"),
    ("中院执行网上立案率", None, (38, 48), "79.17"),
    ("基层院执行网上立案率", None, (5112, 6129), "83.41"),
    ("合格率", None, (11785, 14300), "82.41"),
)


def defined(indicator: str, formula: str, target: int) -> None:
    own = office("quality-high", *ROLES, kind="court")
    opened(own, "quality_indicator", "publish", "HIGH_COURT", {"indicator": indicator, "formula": formula, "target_bp": target, **TEXTS})


def counted(indicator: str, filings: Filings | None, parts: tuple[int, int] | None, court: str, period: str) -> int:
    own = office(court, *ROLES, kind="court")
    facts: dict[str, Any] = {
        "indicator": indicator,
        "period": period,
        "period_end": "2021-06-30",
        "formula": "RATIO" if filings is None else "ONLINE_FILING",
    }
    if filings is not None:
        facts |= filings._asdict()
    else:
        assert parts is not None
        facts |= {"numerator": parts[0], "denominator": parts[1]}
    return opened(own, "quality_figure", "collect", "COURT", facts, day=31)


@pytest.mark.parametrize(("indicator", "filings", "parts", "published"), BULLETIN, ids=[row[0] for row in BULLETIN])
def test_the_published_bulletin_is_computed_from_its_counts(
    database: object, indicator: str, filings: Filings | None, parts: tuple[int, int] | None, published: str
) -> None:
    numerator, denominator = (filings.numerator, filings.denominator) if filings is not None else parts or (0, 0)
    assert rate(numerator, denominator) == Decimal(published)
    defined(indicator, "RATIO" if filings is None else "ONLINE_FILING", 5000)
    court = f"quality-{published}"
    case = counted(indicator, filings, parts, court, "2021-06")
    own, bp = office(court, *ROLES, kind="court"), hundredths(numerator, denominator)
    two = {"numerator": numerator, "denominator": denominator}
    for wrong in (bp - 1, bp + 1):
        with pytest.raises(Refusal) as refused:
            take(own, case, "compute", "SYSTEM", {**two, "rate_bp": wrong}, day=32)
        assert why(refused) == ["QualityFigure.misreckoned"]
    if filings is not None:
        with pytest.raises(Refusal) as refused:
            take(own, case, "compute", "SYSTEM", {"numerator": numerator, "denominator": denominator + 1, "rate_bp": bp}, day=32)
        assert "QualityFigure.other_parts" in why(refused)
    take(own, case, "compute", "SYSTEM", {**two, "rate_bp": bp}, day=32)
    shown = [ServiceQuality.numerator, ServiceQuality.denominator, ServiceQuality.online_filing_numerator, ServiceQuality.online_filing_denominator]
    rows = Figures().of(shown, [ORGANISATION, PERIOD]).to_pylist()
    (ours,) = [r for r in rows if r["organisation"] == court]
    assert rate(ours["numerator"], ours["denominator"]) == Decimal(published)
    if filings is not None:
        assert rate(ours["online_filing_numerator"], ours["online_filing_denominator"]) == Decimal(published)


def test_a_month_is_counted_once_under_a_definition_and_a_miss_is_mended(database: object) -> None:
    with pytest.raises(Refusal) as refused:
        counted("按期审核率", None, (38, 48), "quality-miss", "2021-06")
    assert why(refused) == ["QualityFigure.not_defined"]
    defined("按期审核率", "RATIO", 9000)
    with pytest.raises(Refusal) as refused:
        defined("按期审核率", "RATIO", 8000)
    assert why(refused) == ["QualityIndicator.standing_already"]
    case = counted("按期审核率", None, (38, 48), "quality-miss", "2021-06")
    with pytest.raises(Refusal) as refused:
        counted("按期审核率", None, (39, 48), "quality-miss", "2021-06")
    assert why(refused) == ["QualityFigure.twice"]
    own = office("quality-miss", *ROLES, kind="court")
    take(own, case, "compute", "SYSTEM", {"rate_bp": 7917}, day=32)
    with pytest.raises(Refusal) as refused:
        take(own, case, "review", "SUPERIOR_COURT", day=33)
    assert why(refused) == ["QualityFigure.review.not_by"]
    above = replace(own, account="reviewer")
    take(above, case, "review", "SUPERIOR_COURT", day=33)
    with pytest.raises(Refusal) as refused:
        take(above, case, "announce", "SUPERIOR_COURT", day=34)
    assert why(refused) == ["QualityFigure.below"]
    take(above, case, "flag", "SUPERIOR_COURT", {"rectify_by": "2021-08-01"}, day=34)
    assert Case.objects.get(pk=case).facts["target"] == 9000
    assert str(case) in Figures().cases(ServiceQuality.flagged)["case_id"].to_pylist()


def test_the_counts_are_taken_from_the_cases(database: object) -> None:
    """Three filed online, of them two passed; the figure of the month holds what the cases say, and another case moves it."""
    own = office("quality-cases", *ROLES, "APPLICANT", "FILING_JUDGE", kind="court")
    draft = {"suit": "ORDINARY", "identified": True, "online": True, "claims_given": True}
    filed = []
    for _ in range(3):
        filed.append(opened(own, "e_filing", "begin", "APPLICANT", dict(draft), day=365))
        take(own, filed[-1], "submit", "APPLICANT", day=366)
    for case in filed[:2]:
        take(own, case, "pass_", "FILING_JUDGE", {"qualifies": True}, day=368)
    assert _passed("quality-cases") == 2
    take(own, filed[2], "pass_", "FILING_JUDGE", {"qualifies": True}, day=369)
    filings = Filings(_passed("quality-cases"), 0, 3, 1, 0, 0)
    assert (filings.passed, rate(filings.numerator, filings.denominator)) == (3, Decimal("75.00"))
    with pytest.raises(NothingToDivide):
        rate(1, 0)


def _passed(court: str) -> int:
    (row,) = [r for r in Figures().of([OnlineFiling.passed], [ORGANISATION]).to_pylist() if r["organisation"] == court]
    return int(row["passed"])


COURT, ABOVE = "基立 COURT", "中院 SUPERIOR_COURT"
COLLECT = Act(
    0, "QualityFigure.collect", COURT,
    facts={
        "indicator": "网上立案率", "formula": "ONLINE_FILING", "period": "x", "period_end": timedelta(days=-3), "passed": 113, "mediated": 0,
        "new_cases": 79, "mediations": 95, "failed_to_filing": 48, "letters": 0, "defined": 1, "same_period": 0,
    },
)  # fmt: skip
COMPUTE = Act(1, "QualityFigure.compute", "系统 SYSTEM", facts={"numerator": 113, "denominator": 126, "rate_bp": 8968})
MET = (COLLECT, COMPUTE, Act(3, "QualityFigure.review", ABOVE), Act(8, "QualityFigure.announce", ABOVE, facts={"target": 5000}))
MISSED = (
    COLLECT,
    COMPUTE,
    Act(3, "QualityFigure.review", ABOVE),
    Act(8, "QualityFigure.flag", ABOVE, facts={"target": 9000, "rectify_by": timedelta(days=30)}),
    Act(20, "QualityFigure.rectify", COURT, facts={"measure": "每日清零"}),
    Act(25, "QualityFigure.accept", ABOVE),
)
BREACHES = (
    Breach("no definition", MET, answered("QualityFigure.collect", defined=0), ("QualityFigure.not_defined",)),
    Breach("counted twice", MET, answered("QualityFigure.collect", same_period=1), ("QualityFigure.twice",)),
    Breach("a count missing", MET, answered("QualityFigure.collect", letters=None), ("QualityFigure.no_counts", "QualityFigure.other_parts")),
    Breach("other counts", MET, answered("QualityFigure.collect", passed=112), ("QualityFigure.other_parts",)),
    Breach("a wrong rate", MET, answered("QualityFigure.compute", rate_bp=8969), ("QualityFigure.misreckoned",)),
    Breach("reviewed by who collected", MET, signed("QualityFigure.review", "基立 SUPERIOR_COURT"), ("QualityFigure.review.not_by",)),
    Breach("announced late", MET, later("QualityFigure.announce", 40), ("QualityFigure.to_announce",)),
    Breach("a miss announced as met", MET, answered("QualityFigure.announce", target=9000), ("QualityFigure.below",)),
    Breach("announced twice", MET, again("QualityFigure.announce", 9), ("QualityFigure.announce.closed",)),
    Breach("not reviewed", MET, without("QualityFigure.review"), ("QualityFigure.announce.order", "QualityFigure.announce.missing")),
    Breach("mended late", MISSED, later("QualityFigure.rectify", 30), ("QualityFigure.to_rectify",)),
    Breach("nothing done", MISSED, answered("QualityFigure.rectify", measure=None), ("QualityFigure.no_measure",)),
    Breach("accepted by itself", MISSED, signed("QualityFigure.accept", COURT), ("QualityFigure.accept.by",)),
)


def test_ten_planted_breaches_are_found_and_nothing_else() -> None:
    assert mismatches("quality_figure", [MET, MISSED], BREACHES, start=date(2021, 3, 1)) == []
