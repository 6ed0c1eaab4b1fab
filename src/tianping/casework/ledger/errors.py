"""台账的错误 · What can be wrong with a ledger, its checkpoints and its second place. Codes OPS-31x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class BadLedger(TianpingError):
    """台账不符 · The first event that is not what was written, or that is missing."""

    code = "OPS-310"
    what = T("案件 {case} 第 {seq} 步（第 {line} 行）：{reason}", "Case {case}, event {seq} (line {line}): {reason}")
    todo = T(
        "台账此处被改动或者缺失，请与备份及合作机构持有的检查点比对。",
        "It was changed or lost here: compare it with a backup and with partners' checkpoints.",
    )


class UnreadableLedger(TianpingError):
    """台账不能读取 · A line that is no event."""

    code = "OPS-311"
    what = T("第 {line} 行不是台账事件：{reason}", "Line {line} is no event of a ledger: {reason}")
    todo = T("请用 tianping export 重新导出。", "Export it again with tianping export.")


class BadAnchor(TianpingError):
    """检查点不符 · A checkpoint in a second place that is broken, unsigned or out of its chain."""

    code = "OPS-312"
    what = T("检查点 {number}（第 {line} 行）：{reason}", "Checkpoint {number} (line {line}): {reason}")
    todo = T("请向该处的保管机构核对其文件。", "Ask the institution that keeps that file to look at it.")


class ForkedAnchor(TianpingError):
    """检查点分叉 · Two different checkpoints under one number: two histories were shown."""

    code = "OPS-313"
    what = T("检查点 {number} 有两个不同的版本（{place}）。", "There are two different checkpoints {number} ({place}).")
    todo = T(
        "有人恢复了旧备份，或者向不同机构出示了不同的台账：请停用并比对两份历史。若系获准的恢复，请另起检查点文件并保存旧文件。",
        "An older backup was restored, or two ledgers were shown: stop and compare the two. After a restore that was allowed, begin a new file "
        "and keep the old one.",
    )


class NoSignatures(TianpingError):
    """不能验签 · The library that verifies signatures is not installed."""

    code = "OPS-314"
    what = T("未安装验签所需的 {package}。", "{package}, which verifies signatures, is not installed.")
    todo = T("请安装 tianping[server] 后再核验检查点。", "Install tianping[server] to verify checkpoints.")


class KeyExposed(TianpingError):
    """签名密钥外露 · Others may read the key that signs checkpoints."""

    code = "OPS-315"
    what = T("签名密钥 {path} 可被他人读取，或者不能读取：{reason}", "The signing key {path} may be read by others, or cannot be read: {reason}")
    todo = T("请将其权限改为 0600；如可能已泄露，请更换密钥。", "Set its mode to 0600; if it may have leaked, make a new one.")


class NotAnchored(TianpingError):
    """检查点未送存 · No checkpoint has reached the second place for too long: what cannot be undone is refused."""

    code = "OPS-316"
    what = T(
        "自 {since} 起检查点未能写入 {place}：{reason}",
        "No checkpoint has been written to {place} since {since}: {reason}",
    )
    todo = T(
        "请恢复该处的写入；恢复后自动补写，此项办理随即放开。", "Make it writable again: what is missing is then written and this is allowed again."
    )
