"""桥的错误 · What can go wrong between the ledger and its copies. Codes OPS-84x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class LedgerShrank(TianpingError):
    """台账变短 · A case has fewer events than were copied before: another database, an older backup, or a ledger that was cut."""

    code = "OPS-841"
    what = T(
        "案件 {case} 现有 {seq} 个事件，此前已复制 {copied} 个。",
        "Case {case} has {seq} events now; {copied} had been copied before.",
    )
    todo = T(
        "如数据库系由备份恢复或者已更换，请换一个空文件夹重新复制；否则请用 tianping ledger verify 核验台账。",
        "If this is another or a restored database, copy it into an empty folder; else check the ledger with tianping ledger verify.",
    )


class BadManifest(TianpingError):
    """清单不能读取 · The list of a folder's partitions cannot be read, or a file that it names is missing."""

    code = "OPS-842"
    what = T("{path} 不能读取：{reason}", "{path} cannot be read: {reason}")
    todo = T("请换一个空文件夹重新复制。", "Copy the ledger again, into an empty folder.")


class UnreadableAnswers(TianpingError):
    """要素不能成列 · Answers in the ledger that do not fit the definition that the case is pinned to."""

    code = "OPS-843"
    what = T("程序“{procedure}”的台账要素不能成列：{reason}", "Answers in the ledger of “{procedure}” do not fit its facts: {reason}")
    todo = T("请核对该版本程序的要素类型是否被改动。", "See whether the kinds of the facts of that version were changed.")


class BeingCopied(TianpingError):
    """正在复制 · Another run is writing to the same folder."""

    code = "OPS-844"
    what = T("另一个任务正在写入 {path}。", "Another run is writing to {path}.")
    todo = T("请等它结束后再运行。", "Run it again when the other has ended.")
