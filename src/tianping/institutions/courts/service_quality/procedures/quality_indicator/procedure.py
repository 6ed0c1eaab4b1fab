"""指标口径 · An indicator: its name, what is divided by what, its period, target, owner and weight. It holds until it is replaced."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_QUALITY
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T, Tally
from tianping.procedure.contracts.roles import Roles


class Formula(Enum):
    """算法 · How the figure comes about."""

    ONLINE_FILING = "网上立案率（推断的公式）"
    RATIO = "分子除以分母"
    PRESENCE = "有或者无，附证明材料"


class QualityIndicator(Procedure):
    """指标口径 · Published, then replaced."""

    title = T("质效指标口径", "Definition of an indicator of quality")
    code = "quality_indicator"
    valid_from = date(2020, 1, 1)
    counting = PLAIN
    corrects = Roles.HIGH_COURT

    indicator = Fact(str, T("指标名称", "Name"))
    formula = Fact(Formula, T("算法", "How it is reckoned"))
    definition = Fact(str, T("定义", "Definition"))
    numerator_words = Fact(str, T("分子", "What is counted"))
    denominator_words = Fact(str, T("分母", "Of what"))
    target_bp = Fact(int, T("目标（百分之0.01）", "Target, in hundredths of a per cent"))
    weight_bp = Fact(
        int,
        T("权重（百分之0.01）", "Weight, in hundredths of a per cent"),
        hint=T("全国权重未取得", "the national weights were not obtained"),
    )
    owner = Fact(str, T("责任单位", "Who answers for it"))

    published = Stage(T("口径有效", "Published"), no_limit=T("有效至下一次发布", "it holds until the next one"))
    replaced = Stage(T("已被替代", "Replaced"), end=True)

    others = Fact(int, T("同名有效口径", "In force under this name"), known_by=Tally(published, same=(indicator,)))
    standing_already = Ground(others > 0, T("原口径未终止", "The former definition is still in force"), LOCAL_QUALITY["口径"])
    undefined = Ground(
        ~definition.known() | ~numerator_words.known() | ~denominator_words.known() | ~owner.known(),
        T("没有定义、分子、分母或者责任单位", "Definition, parts or owner are missing"),
        LOCAL_QUALITY["口径"],
    )
    bad_target = Ground(
        (target_bp < 0) | (target_bp > 10000),
        T("目标不在0至100%之间", "The target is not between 0 and 100 per cent"),
        LOCAL_QUALITY["口径"],
    )

    publish = Step(
        NEW >> published,
        T("发布口径", "Publish the definition"),
        by=Roles.HIGH_COURT,
        asks=(indicator, formula, definition, numerator_words, denominator_words, target_bp, weight_bp, owner, others),
        unless=(standing_already, undefined, bad_target),
        cites=LOCAL_QUALITY["口径"],
    )
    replace = Step(published >> replaced, T("终止口径", "End the definition"), by=Roles.HIGH_COURT, cites=LOCAL_QUALITY["口径"])
