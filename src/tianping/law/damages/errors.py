"""赔偿计算的错误 · What can be wrong with a damages case, told with its place in the file."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class UnknownKey(TianpingError):
    """不认识的项目 · A key that the case file does not know."""

    code = "LAW-311"
    what = T("{place} 中没有“{key}”这一项。", "{place} has no key “{key}”.")
    todo = T("可用的项目：{known}。", "Known keys: {known}.")


class NotAnAmount(TianpingError):
    """不是数 · A value that should be a number, and is not, or lies outside its range."""

    code = "LAW-312"
    what = T("{place} 的“{key}”应为 {wanted}，不能是 {value}。", "“{key}” in {place} should be {wanted}, not {value}.")
    todo = T("请直接写数字，不加引号、逗号或单位。", "Write a bare number, without quotes, commas or units.")


class MissingKey(TianpingError):
    """缺少项目 · A key that the calculation needs."""

    code = "LAW-313"
    what = T("{place} 缺少“{key}”。", "{place} lacks “{key}”.")
    todo = T("请补上该项；完整样例见 examples/damages/crash.toml。", "Add it; a full sample is examples/damages/crash.toml.")


class WrongValue(TianpingError):
    """取值不合 · A value that is not one of those allowed, or of another kind."""

    code = "LAW-314"
    what = T("{place} 的“{key}”不能是 {value}。", "“{key}” in {place} cannot be {value}.")
    todo = T("应为：{wanted}。", "It should be: {wanted}.")


class SharesExceedWhole(TianpingError):
    """责任比例超过全部 · Liability shares that add up to more than the whole."""

    code = "LAW-315"
    what = T("对“{victim}”的责任比例合计 {total}，超过 1。", "The liability shares towards “{victim}” add up to {total}, more than 1.")
    todo = T("请核对各方比例；受害人自负部分为余数。", "Check the shares; what is left is the victim's own.")


class BlamelessShareTooHigh(TianpingError):
    """无过错机动车比例过高 · A blameless motor vehicle with more than ten per cent."""

    code = "LAW-316"
    what = T("“{vehicle}”无责任，承担的比例不得超过 {most}，不能是 {share}。", "“{vehicle}” is blameless: its share is at most {most}, not {share}.")
    todo = T("请核对责任认定。", "Check the finding of responsibility.")
    article = "《道路交通安全法》第76条 · RTSL art. 76"


class ResidenceNeeded(TianpingError):
    """需写明城镇或农村 · A tort under the dual standard without the residence class."""

    code = "LAW-317"
    what = T(
        "侵权行为发生于 {day}，适用城乡双重标准，须写明“{victim}”的居住类别。",
        "The tort of {day} is under the dual standard: the residence class of “{victim}” is needed.",
    )
    todo = T('请写 residence = "urban" 或 "rural"。', 'Write residence = "urban" or "rural".')
    article = "PI20 art. 12, 15, 17; PI22 art. 24"


class NotConsistent(TianpingError):
    """前后不一致 · Parts of the case that contradict each other."""

    code = "LAW-318"
    what = T("{place}：{why}。", "{place}: {why}.")
    todo = T("请改正后重算。", "Correct it and calculate again.")


class UnreadableCase(TianpingError):
    """案件文件读不懂 · A file that is not TOML, or is not there."""

    code = "LAW-319"
    what = T("无法读取案件文件 {place}：{why}", "The case file {place} cannot be read: {why}")
    todo = T("请对照 examples/damages/crash.toml 检查格式。", "Compare it with examples/damages/crash.toml.")
