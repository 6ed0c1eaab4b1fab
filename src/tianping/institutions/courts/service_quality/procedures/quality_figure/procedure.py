"""指标数据 · One court's figure of one indicator in one period: counted, reckoned, reviewed by another court, announced, mended where it missed.

The counts are the facts. What was reckoned is held against them by the guards, to a hundredth of a per cent.
"""

from __future__ import annotations

from datetime import date

from tianping.institutions.courts.service_quality.procedures.quality_indicator.procedure import Formula, QualityIndicator
from tianping.law.statutes import LOCAL_QUALITY
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, Tally, days, months
from tianping.procedure.contracts.roles import Roles


class QualityFigure(Procedure):
    """指标数据 · Collected, computed, reviewed, announced, mended."""

    title = T("质效指标数据", "Figure of an indicator of quality")
    code = "quality_figure"
    valid_from = date(2020, 1, 1)
    counting = PLAIN
    corrects = Roles.SUPERIOR_COURT

    indicator = Fact(str, T("指标名称", "Indicator"))
    formula = Fact(Formula, T("算法", "How it is reckoned"))
    period = Fact(str, T("数据期间", "Period"))
    period_end = Fact(date, T("期间末日", "Last day of the period"))
    passed = Fact(int, T("网上审核通过", "Passed online"))
    mediated = Fact(int, T("互联网申请调解", "Mediation asked for online"))
    new_cases = Fact(int, T("新收", "New cases"))
    mediations = Fact(int, T("诉前调解总数", "Mediations before filing"))
    failed_to_filing = Fact(int, T("调解失败转立案", "Failed and filed"))
    letters = Fact(int, T("申请出具调解书", "Mediation letters asked for"))
    numerator = Fact(int, T("分子", "Numerator"))
    denominator = Fact(int, T("分母", "Denominator"))
    evidence = Fact(str, T("证明材料", "Evidence"))
    rate_bp = Fact(int, T("比率（百分之0.01）", "Rate, in hundredths of a per cent"))
    rectify_by = Fact(date, T("整改期限", "To be mended by"))
    measure = Fact(str, T("整改措施", "What was done"))

    collected = Stage(T("已采集", "Collected"))
    computed = Stage(T("已计算", "Computed"))
    reviewed = Stage(T("已复核", "Reviewed"))
    announced = Stage(T("已通报", "Announced"), end=True)
    rectifying = Stage(T("通报标红，整改中", "Flagged, being mended"))
    rectified = Stage(T("已报整改", "Said to be mended"), no_limit=T("未查得验收期限", "no time for the check was found"))
    mended = Stage(T("整改完毕", "Mended"), end=True)

    # ---- what is known of other cases ------------------------------------------------------------------------------------

    defined = Fact(
        int,
        T("有效口径数", "Definitions in force"),
        known_by=Tally(QualityIndicator.published, same=((indicator, QualityIndicator.indicator), (formula, QualityIndicator.formula))),
    )
    target = Fact(
        int,
        T("目标（百分之0.01）", "Target, in hundredths of a per cent"),
        known_by=Tally(QualityIndicator.published, same=((indicator, QualityIndicator.indicator),), sums=QualityIndicator.target_bp),
    )
    same_period = Fact(
        int,
        T("本院同期已有数据", "Figures of this court and period"),
        known_by=Tally(
            collected | computed | reviewed | announced | rectifying | rectified | mended, same=(indicator, period), within="organisation"
        ),
    )

    # ---- grounds ---------------------------------------------------------------------------------------------------------

    not_defined = Ground(defined < 1, T("没有发布这样的口径", "No such definition is in force"), LOCAL_QUALITY["口径"])
    twice = Ground(same_period > 0, T("本期数据已采集", "This period was collected already"), LOCAL_QUALITY["采集"])
    is_filing = formula.is_(Formula.ONLINE_FILING)
    no_counts = Ground(
        is_filing & ~(passed.known() & mediated.known() & new_cases.known() & mediations.known() & failed_to_filing.known() & letters.known()),
        T("网上立案率的六项数据不全", "The six counts of online filing are not complete"),
        LOCAL_QUALITY["采集"],
    )
    no_evidence = Ground(
        formula.is_(Formula.PRESENCE) & ~evidence.known(),
        T("有无类指标没有证明材料", "A yes-or-no indicator without evidence"),
        LOCAL_QUALITY["采集"],
    )
    other_parts = Ground(
        is_filing & ~(numerator.is_(passed + mediated) & (new_cases + mediations).is_(denominator + failed_to_filing + letters)),
        T("分子分母与六项数据不符", "The two parts are not those of the six counts"),
        LOCAL_QUALITY["计算"],
    )
    nothing = Ground(denominator < 1, T("分母为零，不能计算", "Nothing to divide by"), LOCAL_QUALITY["计算"])
    misreckoned = Ground(
        ~((rate_bp * denominator * 2 <= numerator * 20000 + denominator) & (numerator * 20000 <= rate_bp * denominator * 2 + denominator)),
        T("比率与分子分母不符", "The rate is not what the two parts give"),
        LOCAL_QUALITY["计算"],
    )
    below = Ground(rate_bp < target, T("未达到目标", "Below the target"), LOCAL_QUALITY["通报"])
    no_measure = Ground(~measure.known(), T("没有写明整改措施", "Nobody says what was done"), LOCAL_QUALITY["整改"])

    collect = Step(
        NEW >> collected,
        T("采集数据", "Collect the counts"),
        by=Roles.COURT | Roles.SYSTEM,
        asks=(
            indicator, formula, period, period_end, passed, mediated, new_cases, mediations, failed_to_filing, letters, numerator, denominator,
            evidence, defined, same_period,
        ),
        unless=(not_defined, twice, no_counts, no_evidence),
        cites=LOCAL_QUALITY["采集"],
    )  # fmt: skip
    recollect = Step(
        collected,
        T("更正数据", "Correct the counts"),
        by=Roles.COURT,
        asks=(passed, mediated, new_cases, mediations, failed_to_filing, letters, numerator, denominator, evidence),
        unless=(no_counts, no_evidence),
        cites=LOCAL_QUALITY["采集"],
    )
    compute = Step(
        collected >> computed,
        T("计算", "Compute"),
        by=Roles.COURT | Roles.SYSTEM,
        asks=(numerator, denominator, rate_bp),
        unless=(nothing, other_parts, misreckoned),
        cites=LOCAL_QUALITY["计算"],
    )
    send_back = Step(computed >> collected, T("退回核对", "Send back to be checked"), by=Roles.SUPERIOR_COURT, cites=LOCAL_QUALITY["复核"])
    review = Step(computed >> reviewed, T("复核", "Review"), by=Roles.SUPERIOR_COURT, not_by=collect, cites=LOCAL_QUALITY["复核"])
    announce = Step(reviewed >> announced, T("通报", "Announce"), by=Roles.SUPERIOR_COURT, asks=(target,), unless=below, cites=LOCAL_QUALITY["通报"])
    flag = Step(
        reviewed >> rectifying,
        T("通报标红并要求整改", "Announce it flagged, to be mended"),
        by=Roles.SUPERIOR_COURT,
        asks=(target, rectify_by),
        when=below,
        cites=LOCAL_QUALITY["通报"] + LOCAL_QUALITY["整改"],
    )
    rectify = Step(
        rectifying >> rectified,
        T("报告整改", "Report what was done"),
        by=Roles.COURT,
        asks=(measure,),
        unless=no_measure,
        cites=LOCAL_QUALITY["整改"],
    )
    reject = Step(
        rectified >> rectifying,
        T("整改不到位，继续整改", "Not mended: go on"),
        by=Roles.SUPERIOR_COURT,
        asks=(rectify_by,),
        cites=LOCAL_QUALITY["整改"],
    )
    accept = Step(rectified >> mended, T("验收整改", "Accept it"), by=Roles.SUPERIOR_COURT, cites=LOCAL_QUALITY["整改"])

    to_announce = Limit(
        since=period_end,
        until=announced | rectifying,
        within=months(1),
        target=True,
        title=T("按月通报期限", "Time to announce the month"),
        cites=LOCAL_QUALITY["通报"],
        warn=(days(7),),
    )
    to_rectify = Limit(
        since=rectify_by,
        until=rectify,
        within=days(0),
        target=True,
        title=T("整改期限", "Time to mend"),
        cites=LOCAL_QUALITY["整改"],
    )
