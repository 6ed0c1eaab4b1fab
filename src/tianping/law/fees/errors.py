"""诉讼费用的错误 · What can be wrong with what a fee is asked for."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NotMoney(TianpingError):
    """金额不是数 · An amount that is no number, is below nought, or has parts of a cent."""

    code = "LAW-211"
    what = T("“{given}”不是金额。", "“{given}” is not an amount of money.")
    todo = T(
        "请写数字，以元为单位，最多两位小数，不带逗号和单位，例如 180000 或 1234.50。",
        "Write a number of yuan, at most two decimals, as 180000 or 1234.50.",
    )


class UnknownFee(TianpingError):
    """没有这种费用 · A kind of fee that the Measures do not have."""

    code = "LAW-212"
    what = T("没有“{given}”这种诉讼费用。", "There is no litigation fee “{given}”.")
    todo = T("可用的种类：{known}。", "Known kinds: {known}.")


class AmountNeeded(TianpingError):
    """须有金额 · A fee that is reckoned on an amount, without one."""

    code = "LAW-213"
    what = T("“{title}”按金额计算，须给出金额。", "“{title}” is reckoned on an amount: give one.")
    todo = T("请用 --amount 写明金额（元）。", "Give it with --amount, in yuan.")
    article = "《诉讼费用交纳办法》第13、14条 · FEE art. 13, 14"


class BaseNeeded(TianpingError):
    """须写明当地标准 · A fee whose figure the province or the court sets within a range."""

    code = "LAW-214"
    what = T(
        "“{title}”由各省（或法院）在 {least} 至 {most} 元之间确定，没有查到 {region} 的标准。",
        "“{title}” is set by the province (or the court) between {least} and {most} yuan; no figure is held for {region}.",
    )
    todo = T("请用 --base 写明当地标准。", "Give the local figure with --base.")
    article = "《诉讼费用交纳办法》第13、14条 · FEE art. 13, 14"


class BaseOutOfRange(TianpingError):
    """当地标准超出幅度 · A local figure outside the range of the Measures."""

    code = "LAW-215"
    what = T(
        "“{title}”的标准应在 {least} 至 {most} 元之间，不能是 {given}。",
        "The figure of “{title}” lies between {least} and {most} yuan: {given} does not.",
    )
    todo = T("请核对省级标准。", "Check the province's own schedule.")
    article = "《诉讼费用交纳办法》第13、14条 · FEE art. 13, 14"


class NotHalved(TianpingError):
    """不适用减半 · A halving that the kind of fee does not know."""

    code = "LAW-216"
    what = T("“{title}”是申请费，不适用受理费的减半规定。", "“{title}” is an application fee: the halving of case fees does not apply.")
    todo = T("请去掉减半事由。", "Leave the halving out.")
    article = "《诉讼费用交纳办法》第15、16、18条 · FEE art. 15, 16, 18"


class ReductionTooSmall(TianpingError):
    """减交比例过低 · A reduction by aid below the least that the Measures allow."""

    code = "LAW-217"
    what = T("减交比例不得低于 30%，不能是 {given}。", "A reduction is at least 30%: {given} is not.")
    todo = T("请写 0.3 至 1 之间的比例。", "Write a part between 0.3 and 1.")
    article = "《诉讼费用交纳办法》第46条 · FEE art. 46"
