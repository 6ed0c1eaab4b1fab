"""回放的错误 · What can be wrong with a scenario, or keep it from being planned. Codes OPS-75x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class BadScenario(TianpingError):
    """回放脚本有误 · A scenario that cannot be read, or an entry without what it needs."""

    code = "OPS-751"
    what = T("{where} 有误：{reason}", "{where} is wrong: {reason}")
    todo = T("请改正该脚本；写法见脚本内的说明。", "Correct the scenario; its own comments say how it is written.")


class SumsDisagree(TianpingError):
    """合计不符 · Counts that do not add up."""

    code = "OPS-752"
    what = T("{where}：{what}应为 {wanted}，实为 {got}。", "{where}: {what} should be {wanted} and is {got}.")
    todo = T("请核对各行与合计。", "Check the rows against the totals.")


class NobodyActs(TianpingError):
    """无人办理 · A role that nobody holds at the institution, or a platform that is not docked with the court."""

    code = "OPS-753"
    what = T("{place} 在 {first} 至 {last} 无人担任“{role}”。", "Nobody at {place} holds “{role}” from {first} to {last}.")
    todo = T("请在 posts.toml 写入该岗位，或改走法。", "Write the post into posts.toml, or change the path.")


class WindowTooShort(TianpingError):
    """期间太短 · A path that does not fit between the first and the last day."""

    code = "OPS-754"
    what = T(
        "走法“{path}”最多需要 {needed} 个工作日，期间只有 {held} 个。", "The path “{path}” may need {needed} working days; the window has {held}."
    )
    todo = T("请延长期间，或缩短间隔。", "Make the window longer or the gaps shorter.")


class UnlawfulPath(TianpingError):
    """走法不合程序 · A path with a step, a role or an answer that the version in force does not know."""

    code = "OPS-755"
    what = T("走法“{path}”的“{step}”不合程序：{reason}", "“{step}” of the path “{path}” does not fit the procedure: {reason}")
    todo = T("请对照该日有效的程序版本改正。", "Correct it against the version in force on the first day.")
