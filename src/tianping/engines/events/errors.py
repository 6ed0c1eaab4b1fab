"""日志错误 · What can be wrong with an event log or its mapping file."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NoSuchLog(TianpingError):
    """没有这个文件 · A log that is not there."""

    code = "EVT-101"
    what = T("没有这个文件：{path}", "There is no such file: {path}")
    todo = T("请核对路径。", "Check the path.")


class UnknownFormat(TianpingError):
    """格式不认识 · A file whose name ends in no format known here."""

    code = "EVT-102"
    what = T("不认识这种日志：{path}", "This kind of log is not known: {path}")
    todo = T("能读 .csv、.csv.gz、.xes、.xes.gz、.json（OCEL 2.0）和 .parquet。", "Known: .csv, .csv.gz, .xes, .xes.gz, .json (OCEL 2.0), .parquet.")


class Malformed(TianpingError):
    """文件损坏 · A file that breaks the rules of its format."""

    code = "EVT-103"
    what = T("{path} 的内容有误：{reason}", "{path} is malformed: {reason}")
    todo = T("请重新导出该文件；没有任何内容被导入。", "Export the file again; nothing of it was taken over.")


class NoSuchColumn(TianpingError):
    """缺列 · A column that the mapping names and the file does not have."""

    code = "EVT-104"
    what = T("日志没有“{column}”这一列；现有：{present}。", "The log has no column “{column}”; it has: {present}.")
    todo = T("请在对照文件的 [columns] 中写明哪一列是{meaning}。", "Say under [columns] in the mapping file which column is {meaning}.")


class BadMapping(TianpingError):
    """对照文件有误 · A mapping file that cannot be used."""

    code = "EVT-105"
    what = T("对照文件 {path} 有误：{reason}", "The mapping file {path} is wrong: {reason}")
    todo = T("请对照 examples/road_traffic_fines/mapping.toml 改正。", "Correct it after examples/road_traffic_fines/mapping.toml.")


class BadRow(TianpingError):
    """坏行 · A row that cannot become an event."""

    code = "EVT-106"
    what = T("{path} 第 {line} 行：{reason}（共 {count} 行有误）", "{path} line {line}: {reason} (rows that are wrong: {count})")
    todo = T(
        "改正后重读，或用 --bad aside 把坏行另存、其余照收。",
        "Correct it and read again, or keep the others with --bad aside.",
    )


class BadChoice(TianpingError):
    """坏行处理方式有误 · A choice about bad rows other than stop and aside."""

    code = "EVT-107"
    what = T("坏行处理方式“{given}”不认识。", "“{given}” is no way to treat bad rows.")
    todo = T("请写 stop（遇坏行即停，全部不收）或 aside（坏行另存）。", "Write stop (refuse all) or aside (set the bad rows aside).")


class CannotWrite(TianpingError):
    """不能写入 · A text that the format cannot hold."""

    code = "EVT-108"
    what = T("“{value}”含有这种格式不能保存的字符。", "“{value}” holds characters that this format cannot keep.")
    todo = T("请改存为 Parquet 或 CSV。", "Write Parquet or CSV instead.")


NO_CASE = T("没有案号", "no case id")
NO_STEP = T("没有环节名称", "no step")
UNKNOWN_STEP = T("不认识的环节“{value}”", "unknown step “{value}”")
BAD_TIME = T("时间“{value}”不能识别", "the time “{value}” cannot be read")
BAD_VALUE = T("“{column}”的值“{value}”不能识别", "the value “{value}” of “{column}” cannot be read")
"""Why a row is bad."""
