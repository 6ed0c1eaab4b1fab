"""导出的错误 · What can go wrong when cases are exported. Codes OPS-82x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class UnknownExtract(TianpingError):
    """不能这样导出 · A format that exports do not have."""

    code = "OPS-821"
    what = T("不能导出为“{given}”。", "Cases cannot be exported as “{given}”.")
    todo = T("可用：{known}。", "One of: {known}.")


class WhoseExport(TianpingError):
    """未写明何人导出 · Neither an account nor the whole ledger is named, or both are."""

    code = "OPS-822"
    what = T("请写明以何人身份导出，或者写明导出全部。", "Say as whom the cases are exported, or that all of them are.")
    todo = T("--as 账号：只含其可见案件；--all：全部，记入安全日志。", "--as USER: what the account sees; --all: everything, noted in the log.")


class NoSuchUser(TianpingError):
    """没有此账号 · No active account of this name."""

    code = "OPS-823"
    what = T("没有在用的账号“{name}”。", "There is no active account “{name}”.")
    todo = T("用 tianping user list 查看。", "tianping user list shows them.")


class MaskedOnly(TianpingError):
    """只能遮蔽导出 · Names in full are asked for by somebody who exports the cases that he sees."""

    code = "OPS-824"
    what = T("以账号导出时，姓名等一律遮蔽。", "What an account exports is masked.")
    todo = T(
        "确需全文，由运维以 --all --unmasked 导出，记入安全日志。",
        "If it must be whole: --all --unmasked, by the operator; the log notes it.",
    )
