"""备份的错误 · What can be wrong with a backup or with where it is to go. Codes OPS-33x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NotABackup(TianpingError):
    """不是备份 · The file is no backup, or it was cut short."""

    code = "OPS-331"
    what = T("{path} 不是完整的备份：{reason}", "{path} is no whole backup: {reason}")
    todo = T("请换用另一份备份；目标没有写入任何内容。", "Take another backup; nothing was written.")


class DamagedBackup(TianpingError):
    """备份损坏 · A part of it is not what was written."""

    code = "OPS-332"
    what = T("备份 {path} 已损坏：{reason}", "The backup {path} is damaged: {reason}")
    todo = T("请换用另一份备份；目标没有写入任何内容。", "Take another backup; nothing was written.")


class NotEmpty(TianpingError):
    """目标非空 · A backup is restored into an empty place only."""

    code = "OPS-333"
    what = T("目标已有内容：{where}", "The target is not empty: {where}")
    todo = T("请用空的数据库和空的 TIANPING_VAR 目录恢复。", "Restore into an empty database and an empty TIANPING_VAR.")


class OtherVersion(TianpingError):
    """版本不同 · The backup was made by another version of the tables."""

    code = "OPS-334"
    what = T("备份的表结构与本版本不同：{reason}", "The backup's tables are not those of this version: {reason}")
    todo = T("请用制作备份的版本恢复，再升级。", "Restore it with the version that made it, then upgrade.")
