"""当事人的错误 · What can be wrong when the parties of a case are changed. Codes OPS-54x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class BadParty(TianpingError):
    """当事人填写不当 · A name, an identity or a capacity that will not do."""

    code = "OPS-541"
    what = T("当事人的{field}填写不当：{reason}", "The party's {field} will not do: {reason}")
    todo = T("请核对证件后更正。", "Check it against the papers and correct it.")


class NotAParty(TianpingError):
    """不是本案当事人 · Somebody who is not, or no longer, a party of the case."""

    code = "OPS-542"
    what = T("当事人 {party} 不在案件 {case} 中，或已退出。", "The party {party} is not in case {case}, or has left it.")
    todo = T("请从本案现有的当事人中选择。", "Choose one of the parties that are in the case.")


class Represented(TianpingError):
    """代理关系不当 · A representative of somebody who represents another, or of themselves, or without a word on the authority."""

    code = "OPS-543"
    what = T("代理关系不当：{reason}", "The representation will not do: {reason}")
    todo = T("请写明被代理的当事人与代理权限。", "Say whom it represents, and with what authority.")
