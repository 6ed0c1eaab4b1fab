"""交换的错误 · What can go wrong when a referral is taken, sent back or answered. Codes OPS-41x."""

from __future__ import annotations

from typing import Final

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NoSuchReferral(TianpingError):
    """没有此移送 · The referral does not exist, or was not sent to the actor's institution: the answer is the same."""

    code = "OPS-411"
    what = T("没有编号为 {referral} 的移送，或者不是移送给您所在机构的。", "There is no referral {referral}, or it was not sent to your institution.")
    todo = T("请从本机构的待接收列表中选择。", "Choose one of those that wait in your institution's inbox.")


STATES: Final[dict[str, T]] = {
    "unaddressed": T("未写收件机构", "no receiver named"), "sent": T("待接收", "waiting"), "taken": T("已接收", "taken"),
    "answered": T("已答复", "answered"), "refused": T("已退回", "sent back"),
}  # fmt: skip
"""What the states of a referral are called."""


class AlreadyDecided(TianpingError):
    """移送已处理 · Somebody took it or sent it back before."""

    code = "OPS-412"
    what = T("移送 {referral} 已处理，现为“{state}”。", "Referral {referral} was decided before: it is “{state}”.")
    todo = T("请刷新待接收列表。", "Look at the inbox again.")


class NobodyAnswers(TianpingError):
    """无程序可办 · No procedure of this installation answers the matter on the day."""

    code = "OPS-413"
    what = T("“{matter}”在 {day} 没有可办理的程序。", "No procedure answers “{matter}” on {day}.")
    todo = T("请退回，或者安装办理该事项的程序。", "Send it back, or install a procedure that answers it.")


class ChooseProcedure(TianpingError):
    """须选择程序 · Several procedures, or several first steps, answer the matter; the receiver says which."""

    code = "OPS-414"
    what = T("“{matter}”可由以下程序与环节办理，请选择：{known}", "“{matter}” is answered by several: {known}")
    todo = T("请写明程序与首个环节。", "Name the procedure and its first step.")


class NoSuchOutcome(TianpingError):
    """没有此结果 · An outcome that the matter does not have."""

    code = "OPS-415"
    what = T("“{matter}”没有结果“{outcome}”；可用：{known}", "“{matter}” has no outcome “{outcome}”; there are: {known}")
    todo = T("请从可用结果中选择。", "Choose one of them.")


class NoReason(TianpingError):
    """未写明理由 · A referral is sent back with a reason."""

    code = "OPS-416"
    what = T("退回移送须写明理由，不超过 {most} 字。", "A referral is sent back with a reason of at most {most} characters.")
    todo = T(
        "请填写退回理由；不要写当事人的姓名、证件号或者电话。", "Write the reason, without names, identity numbers or telephones of the parties."
    )


class Unaddressed(TianpingError):
    """移送无收件机构 · A referral was sent without naming the institution that it goes to: it stands as unaddressed, and nobody can take it."""

    code = "OPS-417"
    what = T(
        "案件 {case} 的移送“{entity}”没有写明收件机构，尚未送达任何机构。",
        "The referral “{entity}” of case {case} names no institution: nobody has it.",
    )
    todo = T("请补写收件机构；写明后即送达。", "Name the institution; it is delivered then.")


class NotYourMatter(TianpingError):
    """非办理角色 · A matter is sent back by somebody who has no part in any procedure that answers it."""

    code = "OPS-418"
    what = T("您的角色不参与“{matter}”的办理，不能退回。", "None of your roles has a part in answering “{matter}”: you cannot send it back.")
    todo = T("请由办理该事项的人员退回。", "Ask somebody who works on such matters.")


class NoSuchReceiver(TianpingError):
    """没有此收件机构 · The institution that a referral is to go to does not exist on the day."""

    code = "OPS-419"
    what = T("没有编号为 {receiver} 的机构，或者该机构在 {day} 不存续。", "There is no institution {receiver} on {day}.")
    todo = T("请从机构名录中选择。", "Choose one from the list of institutions.")
