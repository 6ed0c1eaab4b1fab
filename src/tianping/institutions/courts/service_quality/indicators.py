"""质效指标 · What courts announced: numerators and denominators by court, indicator and period; which missed their target, which mended it."""

from __future__ import annotations

from tianping.institutions.courts.service_quality.procedures.quality_figure.procedure import QualityFigure
from tianping.institutions.courts.service_quality.procedures.quality_indicator.procedure import QualityIndicator
from tianping.law.text import T
from tianping.procedure.measures import ALL, ORGANISATION, Indicators, Number, Per, Share, Total, judged, late, reached, standing

P = QualityFigure
BULLETIN = T("法院诉服质效公开通报", "A court's published bulletin")
INDICATOR = Per(T("指标", "Indicator"), fact=P.indicator)
PERIOD = Per(T("期间", "Period"), fact=P.period)
BY = (ORGANISATION, INDICATOR, PERIOD)
COMPUTED = reached(P.computed)


class ServiceQuality(Indicators):
    """诉服质效 · A rate is the numerator over the denominator of the same court, indicator and period."""

    title = T("诉服质效", "Quality of litigation services")

    numerator = Total(T("分子合计", "Numerators"), P, of=P.numerator, among=COMPUTED, by=BY, source=BULLETIN)
    denominator = Total(T("分母合计", "Denominators"), P, of=P.denominator, among=COMPUTED, by=BY, source=BULLETIN)
    online_filing_numerator = Total(
        T("网上立案：审核通过与申请调解", "Online filing: passed, and mediation asked for"),
        P,
        of=P.passed + P.mediated,
        among=P.is_filing & COMPUTED,
        by=BY,
        source=BULLETIN,
        status="policy",
    )
    online_filing_denominator = Total(
        T(
            "网上立案：新收与诉前调解（扣除转立案和出具调解书）",
            "Online filing: new cases and mediations, less those filed after failure or by letter",
        ),
        P,
        of=P.new_cases + P.mediations + P.failed_to_filing * -1 + P.letters * -1,
        among=P.is_filing & COMPUTED,
        by=BY,
        source=BULLETIN,
        status="policy",
    )
    met = Share(T("达标率", "Share that met its target"), P, of=~P.flag.done, among=P.announce.done | P.flag.done, by=BY, source=BULLETIN)
    flagged = Number(T("标红整改中", "Flagged, being mended"), P, among=standing(P.rectifying | P.rectified), by=BY, source=BULLETIN)
    mended = Share(T("整改完成率", "Share mended"), P, of=reached(P.mended), among=P.flag.done, by=BY, source=BULLETIN)
    announced_on_time = Share(T("按月通报率", "Announced in time"), P, of=~late(P.to_announce), among=judged(P.to_announce), by=BY, source=BULLETIN)


class QualityDefinitions(Indicators):
    """指标口径 · Definitions in force."""

    title = T("指标口径", "Definitions of indicators")

    in_force = Number(T("有效口径", "In force"), QualityIndicator, among=standing(QualityIndicator.published), source=BULLETIN)
    all_published = Number(T("历次发布", "Published in all"), QualityIndicator, among=ALL, source=BULLETIN)
