"""进门设置 · Who may come in and how: passwords, second factors, lock-out, sessions, cookies, an OIDC provider, how fast somebody may ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from tianping.project.settings.security import DEMO, HTTPS
from tianping.project.settings.variables import declared, truth, whole

SECOND_FACTOR: Final = declared(
    "TIANPING_SECOND_FACTOR",
    not DEMO.value(),
    truth,
    zh="工作人员登录须有第二因素（动态口令）；演示模式下默认不要求",
    en="staff sign in with a second factor (TOTP); not asked for in a demonstration unless set",
)
IDLE: Final = declared("TIANPING_SESSION_IDLE_MINUTES", 30, whole, zh="会话闲置多少分钟后失效", en="minutes after which an idle session ends")
LASTS: Final = declared("TIANPING_SESSION_HOURS", 10, whole, zh="会话最长小时数", en="hours after which every session ends")
PER_ACCOUNT: Final = declared("TIANPING_RATE_ACCOUNT", 600, whole, zh="每个账号每分钟的请求数上限", en="requests a minute that an account may make")
PER_ADDRESS: Final = declared("TIANPING_RATE_ADDRESS", 3000, whole, zh="每个网络地址每分钟的请求数上限", en="requests a minute from one address")
PER_SIGN_IN: Final = declared(
    "TIANPING_RATE_SIGN_IN", 30, whole, zh="每个网络地址每分钟的登录尝试上限", en="sign-ins a minute that one address may try"
)
PROXIES: Final = declared(
    "TIANPING_PROXIES",
    0,
    whole,
    zh="前面有几层可信代理（据以读取 X-Forwarded-For）",
    en="how many trusted proxies stand in front (X-Forwarded-For is read that far)",
)
OIDC_NAME: Final = declared("TIANPING_OIDC_NAME", "", str, zh="统一身份认证的名称；不设则不启用", en="name of the OIDC provider; unset: none")
OIDC_URL: Final = declared(
    "TIANPING_OIDC_URL", "", str, zh="统一身份认证的发现地址（.well-known/openid-configuration 之前的部分）", en="the provider's address"
)
OIDC_CLIENT: Final = declared("TIANPING_OIDC_CLIENT", "", str, zh="在统一身份认证登记的客户端编号", en="client id at the provider")
OIDC_SECRET: Final = declared("TIANPING_OIDC_SECRET", "", str, zh="客户端密钥", en="client secret at the provider")
OIDC_CLAIM: Final = declared(
    "TIANPING_OIDC_CLAIM", "preferred_username", str, zh="哪一项声明是本系统的账号名", en="the claim that names the account here"
)

BACKENDS: Final = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORDS: Final[list[dict[str, Any]]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username",)}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOCK_OUT: Final[dict[str, Any]] = {
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],  # both, so that nobody locks somebody else out from afar
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
    "AXES_CLIENT_IP_CALLABLE": "tianping.portal.accounts.address.address",
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
}
SILENCED: Final = ["axes.W002"]
"""Its middleware turns a lock into a page; here the door itself says so, in words."""
COOKIES: Final[dict[str, Any]] = {
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": LASTS.value() * 3600,
    "SESSION_COOKIE_NAME": "tianping_session",
    "SESSION_COOKIE_SECURE": HTTPS.value(),
    "CSRF_COOKIE_SECURE": HTTPS.value(),
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_NAME": "tianping_csrf",
    "CSRF_FAILURE_VIEW": "tianping.portal.house.doors.csrf_failed",
    "SECURE_HSTS_SECONDS": 31_536_000 if HTTPS.value() else 0,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": HTTPS.value(),
    "SECURE_HSTS_PRELOAD": HTTPS.value(),
    "SECURE_SSL_REDIRECT": False,  # the proxy that holds the certificate redirects
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
}
ALLAUTH: Final[dict[str, Any]] = {
    "ACCOUNT_ADAPTER": "tianping.portal.accounts.adapters.Accounts",
    "SOCIALACCOUNT_ADAPTER": "tianping.portal.accounts.adapters.Providers",
    "MFA_ADAPTER": "tianping.portal.accounts.adapters.SecondFactors",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "SOCIALACCOUNT_ONLY": False,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    "SOCIALACCOUNT_LOGIN_ON_GET": False,
    "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "oidc",
    "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Tianping",
}


def providers() -> dict[str, Any]:
    """The OIDC provider of the settings, as allauth reads it."""
    if not OIDC_URL.value():
        return {}
    app = {
        "provider_id": "city",
        "name": OIDC_NAME.value() or "OIDC",
        "client_id": OIDC_CLIENT.value(),
        "secret": OIDC_SECRET.value(),
        "settings": {"server_url": OIDC_URL.value(), "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
