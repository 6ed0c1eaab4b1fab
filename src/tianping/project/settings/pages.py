"""页面设置 · Middleware, templates, static files and the content security policy: nothing but our own files, no inline script or style."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import tianping
from tianping.project.settings.database import VAR
from tianping.project.settings.variables import declared, truth, whole


def _made(folder: Path) -> Path:
    """A folder that is there: WhiteNoise looks into it when it starts."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


MIDDLEWARE: Final = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tianping.project.arrival.arrival",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
STATIC_URL: Final = "/static/"
WHITENOISE_USE_FINDERS: Final = True
HEARING_MINUTES: Final = declared(
    "TIANPING_HEARING_MINUTES",
    30,
    whole,
    zh="两次开庭同用一个法庭或者一名承办人，相隔不足这么多分钟的，日历写明冲突；由使用单位自定，无条文",
    en="Two hearings of one room or holder nearer than so many minutes clash in the calendar; the institution's choice, no article",
)
OUTLINES: Final = declared(
    "TIANPING_OUTLINES",
    "",
    str,
    zh="县界文件（GeoJSON，每县有 division 与 name），供地图使用",
    en="GeoJSON of the counties (division, name) for maps",
)
WARM: Final = declared(
    "TIANPING_WARM",
    True,
    truth,
    zh="服务进程在接受请求之前先备好网址、模板和接口（几秒）；关闭则由第一个用到的人等",
    en="whether a process that serves makes addresses, templates and the API before it takes requests (some seconds); else who asks first waits",
)
STATIC_ROOT: Final = _made(VAR.value() / "static")
STORAGES: Final = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tianping.portal.house.statics.Hashed"},
}
CONTENT_SECURITY_POLICY: Final = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "worker-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
TEMPLATES: Final[list[dict[str, Any]]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [Path(tianping.__file__).parent / "portal" / "templates"],
        "OPTIONS": {"environment": "tianping.portal.templating.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
