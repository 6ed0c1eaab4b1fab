"""台账设置 · The digest of the ledger, the key that signs its checkpoints, and the second places that receive them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tianping.casework.ledger.canonical import DIGESTS
from tianping.casework.ledger.signing import SUITES
from tianping.project.settings.database import VAR
from tianping.project.settings.variables import declared, one_of, words

DIGEST: Final = declared(
    "TIANPING_DIGEST", "sha256", one_of(*DIGESTS), zh="台账的摘要算法：sha256 或 sm3（国密）", en="digest of the ledger: sha256 or sm3"
)
SIGNATURE: Final = declared("TIANPING_SIGNATURE", "ed25519", one_of(*SUITES), zh="检查点的签名算法", en="signature suite of checkpoints")
KEY: Final = declared(
    "TIANPING_LEDGER_KEY",
    "",
    str,
    zh="检查点签名密钥的文件（0600）；不设则在可写目录生成",
    en="file of the key that signs checkpoints (mode 0600); unset: made once in the var folder",
)
ANCHORS: Final = declared(
    "TIANPING_ANCHORS",
    list[str](),
    words,
    zh="检查点另行送存之处（文件夹或文件，应属其他机构，只追加），逗号分隔",
    en="second places that receive checkpoints: folders or files of another owner, append-only, with commas",
)
HOURS: Final = declared(
    "TIANPING_ANCHOR_HOURS",
    4.0,
    float,
    zh="送存处失联多少小时后停止不可逆的办理（删除内容）",
    en="hours without a second place after which what cannot be undone (erasure) is refused",
)


def key_file() -> Path:
    """Where the signing key is kept."""
    return Path(KEY.value()) if KEY.value() else VAR.value() / "ledger.key"
