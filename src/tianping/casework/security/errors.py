"""安全的错误 · What can go wrong at the door and in administration. Codes OPS-8xx."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NotThisAdministrator(TianpingError):
    """三员分立 · An act of administration by somebody who is not that administrator."""

    code = "OPS-801"
    what = T("此项由{who}办理。", "This is done by the {who}.")
    todo = T("请由相应的管理员办理；三员互不兼任。", "Ask that administrator; nobody is two of the three.")


class NoSuchAccount(TianpingError):
    """没有此账号 · No account, post, token or organisation of this number."""

    code = "OPS-802"
    what = T("没有此{what}：{number}", "There is no such {what}: {number}")
    todo = T("请核对编号。", "Check the number.")


class AlreadyThere(TianpingError):
    """已存在 · Something of this name or code is there already, or may stand only once."""

    code = "OPS-803"
    what = T("{what}已存在：{name}", "The {what} is there already: {name}")
    todo = T("请另取一名，或者修改已有的一项。", "Choose another name, or change the one that is there.")


class NotTogether(TianpingError):
    """不得兼任 · An administrator holds no post and sees no case; somebody with a post is no administrator."""

    code = "OPS-804"
    what = T("管理员不任办案岗位，任办案岗位的人不作管理员。", "An administrator holds no post of cases, and who holds one is no administrator.")
    todo = T("请为另一人设立账号。", "Make the account for somebody else.")


class BadCode(TianpingError):
    """验证码不对 · A one-time code that is wrong, used, expired or was tried too often: the answer is the same."""

    code = "OPS-805"
    what = T("验证码不对或者已失效。", "The code is wrong, or no longer good.")
    todo = T("请重新索取验证码。", "Ask for a new code.")


class TooMuch(TianpingError):
    """请求过多 · An account or an address asks faster than it may."""

    code = "OPS-806"
    what = T("请求过多。", "Too many requests.")
    todo = T("请在 {seconds} 秒后再试。", "Try again in {seconds} seconds.")


class UnknownRoleCode(TianpingError):
    """没有此角色 · No role of this code."""

    code = "OPS-807"
    what = T("没有角色“{role}”。", "There is no role “{role}”.")
    todo = T("请从角色表中选择。", "Choose one of the list of roles.")


class NoUsername(TianpingError):
    """没有此名 · No account or institution of this name."""

    code = "OPS-808"
    what = T("没有此{what}：{name}", "There is no such {what}: {name}")
    todo = T("用 tianping user list 查看账号；机构代号见城市包。", "tianping user list shows the accounts; institutions stand in the city pack.")


class PasswordTooWeak(TianpingError):
    """密码太弱 · A password that the rules of passwords refuse."""

    code = "OPS-809"
    what = T("密码不合要求：{rules}", "The password will not do: {rules}")
    todo = T("请用更长、不常见、与账号无关的密码，或用 --generate 生成。", "Use a longer, unusual one that is not the name, or --generate.")
