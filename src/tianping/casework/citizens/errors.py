"""群众的错误 · What can go wrong when a citizen signs in or acts. Codes OPS-88x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NotAPhone(TianpingError):
    """不是手机号 · A number that is no mobile number of the mainland. It is never repeated in the message."""

    code = "OPS-881"
    what = T("手机号须是以1开头的11位数字。", "A mobile number has 11 digits and begins with 1.")
    todo = T("请核对后再填。没有手机的，请到窗口办理或者打12368。", "Check it and enter it again. Without a mobile: at a counter, or call 12368.")


class NoTexts(TianpingError):
    """短信未接通 · Codes cannot be sent: no gateway of short messages is set up, and this is no demonstration."""

    code = "OPS-882"
    what = T("本系统还没有接通短信，验证码发不出去。", "No gateway of short messages is set up here: a code cannot be sent.")
    todo = T("请到窗口办理或者打12368；管理员请设置 TIANPING_SMS_URL。", "Come to a counter or call 12368; the administrator sets TIANPING_SMS_URL.")


class WrongLook(TianpingError):
    """查不到 · No case of this number with this code: the answer does not say which is wrong."""

    code = "OPS-883"
    what = T("案号（或收件号）与查询码对不上。", "The number and the code do not belong together.")
    todo = T("两项都印在收件凭证上。没有凭证的，请用手机号登录查看。", "Both stand on the receipt. Without it, sign in with your telephone.")


class NotIdentified(TianpingError):
    """身份未核验 · An act for which the person must be known."""

    code = "OPS-884"
    what = T("办理此事须先核验身份。", "For this the person must be identified first.")
    todo = T("请填姓名和公民身份号码；不能核验的，请带证件到窗口。", "Give name and identity number; where that cannot be checked, bring the card.")


class NotForCitizens(TianpingError):
    """不由群众开始 · A procedure or step that nobody outside begins."""

    code = "OPS-885"
    what = T("“{title}”不能在网上自己开始。", "“{title}” is not begun online by oneself.")
    todo = T("请到窗口，或者从首页另选一项。", "Come to a counter, or choose another matter on the first page.")


class NoSuchDraft(TianpingError):
    """没有此草稿 · No draft of this number that is the citizen's and not handed in yet."""

    code = "OPS-886"
    what = T("没有这份草稿，或者已经提交。", "There is no such draft, or it was handed in.")
    todo = T("请在“我的事”里查看。", "Look under “My matters”.")


class NotDelivered(TianpingError):
    """短信未送出 · The gateway did not take a message."""

    code = "OPS-887"
    what = T("短信网关没有接收：{why}", "The gateway of short messages did not take it: {why}")
    todo = T("系统会自动重试；请检查网关。", "It is tried again by itself; look at the gateway.")


class TooManyPapers(TianpingError):
    """材料过多 · More files with one act than are taken."""

    code = "OPS-888"
    what = T("一次最多交 {most} 份材料。", "At most {most} files are taken at a time.")
    todo = T("请分次提交，或者合并成一份。", "Hand them in by turns, or put them into one.")


class NotAtTheCounter(TianpingError):
    """不在窗口岗位 · A role that does not check identity cards."""

    code = "OPS-889"
    what = T("您今天的岗位不核对身份证件。", "Your post does not check identity cards.")
    todo = T(
        "请由窗口、导诉、立案或者控申接待岗位办理；哪些岗位可以办，由本市在 policy.toml 里定。",
        "Ask a clerk of a counter; which posts may is set in policy.toml.",
    )


class BoundToAnother(TianpingError):
    """已绑定他人 · A telephone whose account is another person's. Neither name nor number is repeated."""

    code = "OPS-890"
    what = T("这个手机号已经绑定另一人的身份，不能再绑定。", "This telephone is bound to another person's identity already.")
    todo = T(
        "号码换了主人的，请用另一个手机号；原来核对错了的，请核对的机构撤销后重办。",
        "Use another number; where the earlier check was wrong, the institution that made it withdraws it first.",
    )


class NoSuchCheck(TianpingError):
    """没有这次核验 · No standing check of identity that this institution made."""

    code = "OPS-891"
    what = T("没有这次核验，或者不是本机构核验的，或者已经撤销。", "There is no such check of this institution, or it was withdrawn.")
    todo = T("请刷新后查看；别的机构核验的，由那个机构撤销。", "Reload the page; a check of another institution is withdrawn there.")
