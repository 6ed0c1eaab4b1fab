"""监督引擎的错误 · What can be wrong with a log before it is judged."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class UnknownStep(TianpingError):
    """日志中有程序没有的环节 · A step that the definition in force for the case does not have."""

    code = "SUP-101"
    what = T("程序“{procedure}”没有这些环节：{steps}。", "The procedure “{procedure}” has no such steps: {steps}.")
    todo = T("请在对照文件的 [steps] 中改正，或列入 ignore。", "Map them under [steps] in the mapping file, or list them under ignore.")


class MissingColumn(TianpingError):
    """事件表缺列 · An event table without a column that every log needs."""

    code = "SUP-102"
    what = T("事件表缺少这些列：{columns}。", "The event table lacks these columns: {columns}.")
    todo = T("请用对照文件说明哪一列是案号、环节和时间。", "Say in a mapping file which columns are the case, the step and the time.")


class EmptyLog(TianpingError):
    """日志为空 · A log without a single event."""

    code = "SUP-103"
    what = T("日志里没有事件。", "The log holds no event.")
    todo = T("请检查文件和截止日期。", "Check the file and the as-of date.")


class UnknownOutput(TianpingError):
    """结果格式不认识 · A form of the result tables that is not known."""

    code = "SUP-104"
    what = T("结果不能写成“{given}”。", "Results cannot be written as “{given}”.")
    todo = T("请写 --format parquet 或 --format csv。", "Write --format parquet or --format csv.")


class NoSuchCase(TianpingError):
    """日志中没有此案 · A case to be explained that the log does not have."""

    code = "SUP-105"
    what = T("日志里没有“{case}”这件案件。", "The log has no case “{case}”.")
    todo = T("请照日志中的写法写案号。", "Write the case as the log writes it.")
