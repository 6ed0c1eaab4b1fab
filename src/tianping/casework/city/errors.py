"""城市包的错误 · What can be wrong with a city pack. Codes OPS-70x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class BadPackFile(TianpingError):
    """城市包文件有误 · A file of the pack that cannot be read, or an entry without what it needs."""

    code = "OPS-701"
    what = T("{where} 有误：{reason}", "{where} is wrong: {reason}")
    todo = T("请对照 cities/jinzhong/README.md 改正该文件。", "Correct the file; cities/jinzhong/README.md says what each field is.")


class CodeTwice(TianpingError):
    """代号重复 · Two organisations with one code or one court code, or two posts with one username."""

    code = "OPS-702"
    what = T("{where}：“{name}”出现了两次。", "{where}: “{name}” stands there twice.")
    todo = T("请给每个机构、每个账号一个自己的代号。", "Give every organisation and every account a code of its own.")


class UnknownOrganisation(TianpingError):
    """没有此机构 · A parent, a court or a post's organisation that the pack does not have."""

    code = "OPS-703"
    what = T("{where}：没有代号为“{name}”的机构。{near}", "{where}: there is no organisation “{name}”. {near}")
    todo = T("请核对代号，或先写入该机构。", "Check the code, or write the organisation first.")


class UnknownRole(TianpingError):
    """没有此角色 · A role that no procedure knows."""

    code = "OPS-704"
    what = T("{where}：没有角色“{name}”。{near}", "{where}: there is no role “{name}”. {near}")
    todo = T("角色见 tianping/procedure/contracts/roles.py。", "The roles stand in tianping/procedure/contracts/roles.py.")


class BadDates(TianpingError):
    """起止日期有误 · An end before its beginning, or a post outside the life of its organisation."""

    code = "OPS-705"
    what = T("{where}：日期有误：{reason}", "{where}: the dates are wrong: {reason}")
    todo = T("请改正 valid_from 与 valid_to。", "Correct valid_from and valid_to.")


class ParentCircle(TianpingError):
    """上级循环 · An organisation that stands above itself."""

    code = "OPS-706"
    what = T("机构的上级关系成环：{names}", "The organisations stand above each other in a circle: {names}")
    todo = T("请改正 parent。", "Correct parent.")


class UnknownWord(TianpingError):
    """用词不在表内 · A kind, a status or a duty that the pack's vocabulary does not have."""

    code = "OPS-707"
    what = T("{where}：“{name}”不是可用的{field}；可用：{known}", "{where}: “{name}” is no {field}; there are: {known}")
    todo = T("请从可用的词中选择。", "Choose one of these words.")
