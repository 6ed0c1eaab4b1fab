"""群众门户设置 · The gateways that a citizen's signing in goes through: short messages, and whose identity it is."""

from __future__ import annotations

from typing import Final

from tianping.project.settings.variables import declared

SMS_URL: Final = declared(
    "TIANPING_SMS_URL",
    "",
    str,
    zh="短信网关地址（收 JSON：to、text、id）；不设则不能发验证码",
    en="gateway of short messages (JSON: to, text, id); unset: none",
)
SMS_TOKEN: Final = declared("TIANPING_SMS_TOKEN", "", str, zh="短信网关的令牌", en="token for that gateway")
IDENTITY_URL: Final = declared(
    "TIANPING_IDENTITY_URL",
    "",
    str,
    zh="身份核验接口地址（收 JSON：name、identity，答 same）；不设则由窗口核验",
    en="who checks an identity (JSON: name, identity; answers same); unset: the counter does",
)
IDENTITY_TOKEN: Final = declared("TIANPING_IDENTITY_TOKEN", "", str, zh="身份核验接口的令牌", en="token for that check")
