"""承办的错误 · What can be wrong when the handling of a case is changed. Codes OPS-52x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class OnlyHandlers(TianpingError):
    """仅限承办机构 · What only an institution that handles the case may do."""

    code = "OPS-521"
    what = T("只有承办案件 {case} 的机构可以办理此事。", "Only an institution that handles case {case} may do this.")
    todo = T("请向承办机构提出。", "Ask the institution that handles it.")


class WhyNeeded(TianpingError):
    """须写明理由 · A change that is not made without a reason."""

    code = "OPS-522"
    what = T("{act}须写明理由（不超过400字）。", "{act} needs a reason (at most 400 characters).")
    todo = T("请写明依据或理由；理由随办理人一并留痕。", "Say on what basis; the reason is kept with your name.")


class WrongPost(TianpingError):
    """岗位不当 · A post that may not be given this task in this case."""

    code = "OPS-523"
    what = T("岗位 {post} 不能{act}：{reason}", "The post {post} cannot {act}: {reason}")
    todo = T("请选择当日有效、符合条件的岗位。", "Choose a post that is valid on the day and fits.")


class NotNow(TianpingError):
    """状态不当 · The case is not in the state that the change needs."""

    code = "OPS-524"
    what = T("案件 {case} 现在不能{act}：{reason}", "Case {case}: cannot {act} now: {reason}")
    todo = T("请先办结前一事项。", "Finish what comes before it.")


class NotThere(TianpingError):
    """没有此项 · What is to be changed is not there, or has ended before."""

    code = "OPS-525"
    what = T("案件 {case} 没有{what}“{name}”，或已结束。", "Case {case} has no {what} “{name}”, or it has ended.")
    todo = T("请从现有的项目中选择。", "Choose one of those that stand.")


class BadWords(TianpingError):
    """填写不当 · A text that is empty, too long or no word of the list."""

    code = "OPS-526"
    what = T("{field}填写不当：{reason}", "{field} will not do: {reason}")
    todo = T("请改正后再提交。", "Correct it and send it again.")


class WrongConsent(TianpingError):
    """不能同意 · A consent in a role that the step does not ask for, or that the colleague does not hold in this case."""

    code = "OPS-527"
    what = T("您不能以此身份同意“{step}”。", "You cannot consent to “{step}” in that role.")
    todo = T("请由具有所需身份的人同意。", "Let somebody who holds the role consent.")


class TooManyViews(TianpingError):
    """筛选过多 · More saved filters than are kept for one account."""

    code = "OPS-528"
    what = T("最多保存 {most} 个筛选。", "At most {most} filters are kept.")
    todo = T("请先删除不用的。", "Delete one that you no longer need.")
