"""参数的错误 · What can be wrong with a figure that is added. Codes OPS-77x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class BadFigure(TianpingError):
    """数据不当 · A figure that cannot be added as it is."""

    code = "OPS-771"
    what = T("“{title}”不能这样添加：{reason}", "“{title}” cannot be added so: {reason}")
    todo = T("请对照来源改正。", "Correct it after its source.")
