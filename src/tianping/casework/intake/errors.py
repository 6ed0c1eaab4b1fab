"""导入的错误 · What can go wrong with a file of cases and its mapping. Codes OPS-86x; reasons of single rows stand below."""

from __future__ import annotations

from typing import Final

from tianping.law.errors import TianpingError
from tianping.law.text import T


class BadImportMapping(TianpingError):
    """对照文件有误 · A mapping file of an import that cannot be used."""

    code = "OPS-861"
    what = T("导入对照 {where} 有误：{reason}", "The import mapping {where} is wrong: {reason}")
    todo = T("请对照 examples/import/mapping.toml 改正。", "Correct it after examples/import/mapping.toml.")


class UnknownImport(TianpingError):
    """文件类型不认识 · A file that is neither CSV, workbook nor JSON Lines."""

    code = "OPS-862"
    what = T("不能导入这种文件：{path}", "This kind of file cannot be imported: {path}")
    todo = T("能导入 .csv、.xlsx、.jsonl。", "Files of cases are .csv, .xlsx or .jsonl.")


class UnreadableImport(TianpingError):
    """文件不能读取 · A file that is damaged, in another encoding, or not there."""

    code = "OPS-863"
    what = T("{path} 不能读取：{reason}", "{path} cannot be read: {reason}")
    todo = T("请重新导出该文件；没有任何内容写入。", "Export the file again; nothing of it was written.")


class TooLarge(TianpingError):
    """文件过大 · A file, a row or a cell beyond what an import takes at once."""

    code = "OPS-864"
    what = T("{path} 过大：{reason}", "{path} is too large: {reason}")
    todo = T("请拆分后分别导入；同一案件的各行放在同一文件。", "Split it and import the parts; keep the rows of a case together.")


class MissingColumn(TianpingError):
    """缺列 · A column that the mapping names and the file does not have."""

    code = "OPS-865"
    what = T("文件没有“{column}”这一列；现有：{present}。", "The file has no column “{column}”; it has: {present}.")
    todo = T("请在对照文件中改正列名。", "Correct the column's name in the mapping.")


class RowsRefused(TianpingError):
    """有行被拒 · Rows are bad and the caller chose that then nothing is written."""

    code = "OPS-866"
    what = T(
        "{count} 件案件或行被拒，没有写入任何内容。第一处：第 {line} 行，{reason}",
        "{count} cases or rows were refused and nothing was written. The first: line {line}, {reason}",
    )
    todo = T(
        "详见 {report}；改正后重新导入，或用 --bad aside 先写入其余案件。",
        "{report} has them all: correct them and import again, or write the others with --bad aside.",
    )


class UnknownInstitution(TianpingError):
    """没有此机构 · An institution that the import is to write for and that is not there."""

    code = "OPS-867"
    what = T("没有代号为“{code}”的机构。", "There is no institution with the code “{code}”.")
    todo = T("请核对代号，或先用 tianping city load 装入机构。", "Check the code, or load the institutions with tianping city load.")


class NoSuchImport(TianpingError):
    """没有此导入 · No import of this number, or one that somebody else handed in."""

    code = "OPS-868"
    what = T("没有编号为 {number} 的导入。", "There is no import with the number {number}.")
    todo = T("请从导入页面进入；别人交的文件不能查看。", "Start from the page of imports; what others handed in is not shown.")


class NotNow(TianpingError):
    """现在不能办 · An import that is not waiting for a choice: still being tried, or done with."""

    code = "OPS-869"
    what = T(
        "导入 {number} 现在不等待选择：正在试、正在写，或者已经办完。",
        "Import {number} waits for no choice: it is under way, or done with.",
    )
    todo = T("请刷新页面看它的进展。", "Look at its page again.")


NO_CASE: Final = T("没有案件编号", "no case key")
NO_STEP: Final = T("没有环节", "no step")
NO_TIME: Final = T("没有发生时间", "no time")
UNKNOWN_STEP: Final = T("程序没有环节“{value}”", "the procedure has no step “{value}”")
UNKNOWN_ROLE: Final = T("没有角色“{value}”", "there is no role “{value}”")
BAD_TIME: Final = T("时间“{value}”不能识别", "the time “{value}” cannot be read")
WIDTH: Final = T("列数不对", "wrong number of columns")
TOO_LONG: Final = T("“{column}”超过 {most} 个字符", "“{column}” is longer than {most} characters")
NO_ORGANISATION: Final = T("没有写明机构", "no institution")
NOT_YOURS: Final = T("该机构不是导入人的机构", "the institution is not that of whoever imports")
TWO_ORGANISATIONS: Final = T("同一案件写了两个机构", "two institutions for one case")
CHANGED: Final = T("此案此前已导入，内容与这次不同", "the case was imported before, with other content")
CHANGED_TODO: Final = T("请在系统中补记或更正，不要重复导入。", "Add or correct it in the system; do not import it again.")
CORRECT: Final = T("请改正该行后重新导入。", "Correct the row and import it again.")
NOT_A_ROW: Final = T("不是 JSON 对象：{reason}", "no JSON object: {reason}")
NO_NUMBER: Final = T("“{column}”不是可用的数", "“{column}” is no number that can be used")
NUL: Final = T("“{column}”含有不能保存的字符", "“{column}” holds a character that cannot be kept")
