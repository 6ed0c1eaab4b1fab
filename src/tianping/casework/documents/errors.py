"""文书材料的错误 · What can be wrong with a document. Codes OPS-56x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class TooLarge(TianpingError):
    """文件过大 · More bytes than the installation takes."""

    code = "OPS-561"
    what = T("文件超过 {most} MB。", "The file has more than {most} MB.")
    todo = T("请拆分或压缩后再上传。", "Split it or make it smaller.")


class WrongKind(TianpingError):
    """文件种类不收 · A file of a kind that is not taken, or whose bytes are not what its name says."""

    code = "OPS-562"
    what = T("文件“{name}”不能收：{reason}", "The file “{name}” is not taken: {reason}")
    todo = T("可收：{kinds}。", "These are: {kinds}.")


class NoSuchDocument(TianpingError):
    """没有此材料 · The case has no such document, or the actor may not see it: the answer is the same."""

    code = "OPS-563"
    what = T("没有编号为 {document} 的材料，或者您无权查看。", "There is no document {document}, or it is not yours to see.")
    todo = T("请从案件的材料目录中选择。", "Choose one from the case's list of documents.")


class Damaged(TianpingError):
    """材料受损 · The file is missing, or its bytes are not those that were filed."""

    code = "OPS-564"
    what = T("材料的内容 {sha256} {reason}。", "The content {sha256} {reason}.")
    todo = T("请从备份恢复该文件，再运行 tianping documents check。", "Restore the file from a backup, then run tianping documents check.")
