"""安全设置 · The key, the hosts, and whether this is a demonstration."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from tianping.law.errors import TianpingError
from tianping.law.text import T
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
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
HTTPS: Final = declared(
    "TIANPING_HTTPS",
    not set(HOSTS.value()) <= LOOPBACK,
    truth,
    zh="经 HTTPS 提供服务：Cookie 只经加密连接；默认在有对外主机名时开启",
    en="served over HTTPS: cookies only over it; on by default where a host name is not of this machine",
)


class DemoInProduction(TianpingError):
    """正式环境不得演示 · Demonstration mode, which shows one-time codes on the screen, together with a real key or a real host name."""

    code = "CLI-221"
    what = T("演示模式不能与正式环境并用：已设 {why}。", "Demonstration mode together with production: {why} is set.")
    todo = T("正式环境请去掉 TIANPING_DEMO；演示请去掉该项设置。", "Take TIANPING_DEMO away in production, or that setting in a demonstration.")


def demo() -> bool:
    """Whether this is a demonstration. Raises DemoInProduction where one-time codes would be shown to the world."""
    if not DEMO.value():
        return False
    real = [
        name for name, is_set in (("TIANPING_SECRET_KEY", bool(SECRET.value())), ("TIANPING_HOSTS", not set(HOSTS.value()) <= LOOPBACK)) if is_set
    ]
    if real:
        raise DemoInProduction(why=", ".join(real))
    return True


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
