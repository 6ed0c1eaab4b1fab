"""通报渠道 · The robots of the installation, and how one is spoken to: DingTalk's signed protocol by ourselves, every other kind through apprise.

apprise signs for DingTalk too, but takes every answer of status 200 for a success; DingTalk refuses with status 200 and a code in the body, so a
refused message would be lost without a word.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

from tianping.casework.alarms.robots import signature
from tianping.law.errors import TianpingError
from tianping.law.text import Lang, T

DINGTALK: Final = "https://oapi.dingtalk.com/robot/send"
SECONDS: Final = 10
DIGEST: Final = "digest"
KINDS: Final = frozenset({"warning", "alarm", DIGEST})


class BadRobots(TianpingError):
    """渠道配置有误 · The file of robots cannot be read."""

    code = "OPS-611"
    what = T("通报渠道文件不能读取：{reason}", "The file of robots cannot be read: {reason}")
    todo = T("请按 docs/operate/notices.md 改正 TIANPING_ROBOTS 所指的文件。", "Correct the file of TIANPING_ROBOTS; see docs/operate/notices.md.")


class NotTaken(TianpingError):
    """未收下 · The robot did not take a message."""

    code = "OPS-612"
    what = T("机器人没有收下：{reason}", "The robot did not take it: {reason}")
    todo = T("系统将重试；屡次失败请核对地址和密钥。", "It is tried again; if it keeps failing, check address and secret.")


@dataclass(frozen=True, slots=True)
class Robot:
    """机器人 · ``organisation``: whose notices, with all under it; ``url``: as apprise has it; ``gateway``: another place of DingTalk's protocol."""

    name: str
    organisation: str
    url: str
    kinds: frozenset[str]
    lang: Lang
    link: str
    gateway: str = DINGTALK

    def send(self, title: str, text: str, at: datetime) -> None:
        """Send a message. Raises NotTaken."""
        if urlsplit(self.url).scheme == "dingtalk":
            self._dingtalk(f"{title}\n{text}", at)
        else:
            self._by_apprise(title, text)

    def _dingtalk(self, text: str, at: datetime) -> None:
        parts = urlsplit(self.url)
        token, secret = parts.netloc.rpartition("@")[2], parts.username or ""  # as it is written: a host's name would be in small letters
        query: dict[str, object] = {"access_token": token}
        if secret:
            query["timestamp"], query["sign"] = signature(secret, at)
        body = json.dumps({"msgtype": "text", "text": {"content": text}, "at": {"isAtAll": False}}, ensure_ascii=False).encode()
        asked = Request(f"{self.gateway}?{urlencode(query)}", data=body, headers={"Content-Type": "application/json"})  # noqa: S310 — the operator's own address
        try:
            with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 — as above
                told = json.loads(answer.read(10_000))
        except (URLError, OSError, ValueError) as error:
            raise NotTaken(reason=type(error).__name__) from error
        if not isinstance(told, dict) or told.get("errcode") != 0:
            raise NotTaken(reason=f"errcode {told.get('errcode') if isinstance(told, dict) else '?'}")

    def _by_apprise(self, title: str, text: str) -> None:
        try:
            import apprise  # noqa: PLC0415 — the notices extra
        except ImportError as error:
            raise NotTaken(reason=error) from error
        one: Any = apprise.Apprise()
        if not one.add(self.url) or not one.notify(body=text, title=title):
            raise NotTaken(reason=urlsplit(self.url).scheme)


def robots() -> list[Robot]:
    """The robots of the installation. Raises BadRobots."""
    file: str = settings.TIANPING_ROBOTS
    if not file:
        return []
    try:
        rows: list[dict[str, Any]] = tomllib.loads(Path(file).read_text("utf-8"))["robot"]
        return [_robot(row) for row in rows]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadRobots(reason=f"{type(error).__name__}: {error}") from error


def _robot(row: dict[str, Any]) -> Robot:
    kinds = frozenset(row.get("kinds", ["alarm"]))
    lang: Lang = "en" if row.get("lang") == "en" else "zh"
    if not kinds <= KINDS or "://" not in row["url"]:
        raise ValueError(row["name"])
    return Robot(row["name"], row["organisation"], row["url"], kinds, lang, row.get("link", ""), row.get("gateway", DINGTALK))
