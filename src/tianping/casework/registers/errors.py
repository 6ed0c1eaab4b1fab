"""名册的错误 · What can be wrong with an entry of a register. Codes OPS-78x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NoSuchEntry(TianpingError):
    """没有此条目 · No entry of this number."""

    code = "OPS-781"
    what = T("名册中没有编号为 {number} 的条目。", "The registers have no entry {number}.")
    todo = T("请从名册页面进入。", "Start from the page of the registers.")


class BadEntry(TianpingError):
    """条目不当 · An entry that cannot stand as it is: a keeper that is no court, days outside its body's, the same twice at one time."""

    code = "OPS-782"
    what = T("“{name}”不能这样入册：{reason}（{cites}）", "“{name}” cannot be entered so: {reason} ({cites})")
    todo = T("请按名册的规则改正。", "Correct it after the rules of the register.")
