"""授权的错误 · What can go wrong when somebody asks to see more. Codes OPS-4xx."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NotYourPost(TianpingError):
    """非本人岗位 · The account does not hold the post on the day."""

    code = "OPS-401"
    what = T("{day} 您不在岗位 {post} 上。", "You do not hold the post {post} on {day}.")
    todo = T(
        "请选择当日有效的岗位，或请安全管理员核对任期。",
        "Choose a post that is valid on the day, or have its dates checked by the security administrator.",
    )


class ReasonNeeded(TianpingError):
    """须写明理由 · To look behind a mask or to recuse somebody without a reason."""

    code = "OPS-402"
    what = T("{act}须写明理由。", "{act} needs a reason.")
    todo = T("请写明办案需要；理由随访问人一并留痕。", "Say what you need it for; the reason is kept with your name.")


class NoSuchParty(TianpingError):
    """没有此当事人 · The case has no such party."""

    code = "OPS-403"
    what = T("案件 {case} 没有编号为 {party} 的当事人。", "Case {case} has no party {party}.")
    todo = T("请从案件的当事人中选择。", "Choose one of the parties of the case.")


class OnlyItsHandlers(TianpingError):
    """仅限承办机构 · What only the institution that handles the case may do."""

    code = "OPS-404"
    what = T("只有承办案件 {case} 的机构可以{act}。", "Only the institution that handles case {case} may {act}.")
    todo = T("请向承办机构提出。", "Ask the institution that handles it.")


class BadMark(TianpingError):
    """页标不能读取 · A page mark that no page of this list gave."""

    code = "OPS-405"
    what = T("页标“{mark}”不能读取。", "The page mark “{mark}” cannot be read.")
    todo = T("请从第一页重新打开列表。", "Open the list from its first page.")


class NoSuchPerson(TianpingError):
    """没有此人 · Nobody of this number works in an institution here."""

    code = "OPS-406"
    what = T("没有编号为 {person} 的人员。", "There is nobody with the number {person}.")
    todo = T("请从机构人员中选择。", "Choose somebody who works in an institution.")


class NothingToSearch(TianpingError):
    """无可检索 · A search without a word, or with one that is longer than any title's."""

    code = "OPS-407"
    what = T("检索词为空，或者超过 {longest} 个字。", "There is no word to search for, or one of more than {longest} characters.")
    todo = T("请输入标题中的词，几个词以空格分开。", "Give words of the title, with spaces between them.")
