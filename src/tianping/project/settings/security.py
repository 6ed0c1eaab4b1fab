"""安全设置 · The key, the hosts, and whether this is a demonstration."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from tianping.project.settings.database import VAR
from tianping.project.settings.variables import declared, truth, words

DEBUG: Final = declared("TIANPING_DEBUG", False, truth, zh="调试模式，仅供开发", en="debugging, for development only")
DEMO: Final = declared("TIANPING_DEMO", False, truth, zh="演示模式：一次性验证码显示在屏幕上", en="demonstration: one-time codes are shown on screen")
SECRET: Final = declared(
    "TIANPING_SECRET_KEY", "", str, zh="签名密钥；不设则生成并存入可写目录", en="signing key; unset: made once and kept in the var folder"
)
HOSTS: Final = declared(
    "TIANPING_HOSTS", ["localhost", "127.0.0.1"], words, zh="允许的主机名，逗号分隔", en="host names that may be asked for, with commas"
)


def secret_key() -> str:
    """The signing key: as set, or made once and kept where only the owner can read it."""
    if given := SECRET.value():
        return given
    path = VAR.value() / "secret.key"
    return path.read_text("ascii") if path.exists() else _kept(path)


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker
        return path.read_text("ascii")
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
