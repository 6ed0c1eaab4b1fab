"""度量的错误 · What can stand in the way of a figure."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class ColumnNotHeld(TianpingError):
    """日志缺列 · A figure is to be told apart by a column that the log does not have."""

    code = "MEA-101"
    what = T("日志没有“{column}”一列，不能据此分组。", "The log has no column “{column}” to tell figures apart by.")
    todo = T("请在映射文件中指明该列，或者不按它分组。", "Name the column in the mapping, or do not group by it.")


class ClocksNeeded(TianpingError):
    """缺少时钟表 · A figure on limits without the table of clocks."""

    code = "MEA-102"
    what = T("指标“{title}”要用时钟表，没有提供。", "The figure “{title}” reads clocks, and none were given.")
    todo = T("请先运行监督，把时钟表一并交来。", "Supervise the log first and hand over its clocks.")


class UnknownGroup(TianpingError):
    """没有此分组 · A group that the figure is not told apart by."""

    code = "MEA-103"
    what = T("“{given}”不是指标“{title}”的分组。", "“{given}” is not something that “{title}” is told apart by.")
    todo = T("可用：{known}。", "There are: {known}.")


class UnknownIndicator(TianpingError):
    """没有此指标 · An indicator that no room has."""

    code = "MEA-104"
    what = T("没有代号为“{name}”的指标。{near}", "There is no indicator “{name}”. {near}")
    todo = T("用 `tianping report --list` 查看全部指标。", "`tianping report --list` shows them all.")
