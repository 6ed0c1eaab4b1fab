"""设置 · Django's settings, put together from the subjects beside this file. Nothing is declared here."""

from __future__ import annotations

from typing import Final

from tianping.project.settings.database import databases
from tianping.project.settings.documents import KINDS, MEGABYTES, folder
from tianping.project.settings.ledger import ANCHORS, DIGEST, HOURS, SIGNATURE, key_file
from tianping.project.settings.pages import CONTENT_SECURITY_POLICY, MIDDLEWARE, STATIC_URL, TEMPLATES, WHITENOISE_USE_FINDERS
from tianping.project.settings.security import DEBUG as _DEBUG
from tianping.project.settings.security import DEMO, HOSTS, secret_key

DEBUG: Final = _DEBUG.value()
SECRET_KEY: Final = secret_key()
ALLOWED_HOSTS: Final = HOSTS.value()
DATABASES: Final = databases()
INSTALLED_APPS: Final = [
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "tianping.casework",
    "tianping.portal",
]
ROOT_URLCONF: Final = "tianping.project.urls"
WSGI_APPLICATION: Final = "tianping.project.wsgi.application"
AUTH_USER_MODEL: Final = "casework.Account"
DEFAULT_AUTO_FIELD: Final = "django.db.models.BigAutoField"
USE_TZ: Final = True
TIME_ZONE: Final = "Asia/Shanghai"
LANGUAGE_CODE: Final = "zh-hans"
TIANPING_DIGEST: Final = DIGEST.value()
TIANPING_SIGNATURE: Final = SIGNATURE.value()
TIANPING_LEDGER_KEY: Final = key_file()
TIANPING_ANCHORS: Final = ANCHORS.value()
TIANPING_ANCHOR_HOURS: Final = HOURS.value()
TIANPING_DOCUMENTS: Final = folder()
TIANPING_DOCUMENT_KINDS: Final = KINDS.value()
TIANPING_DOCUMENT_MEGABYTES: Final = MEGABYTES.value()
TIANPING_DEMO: Final = DEMO.value()
SESSION_COOKIE_HTTPONLY: Final = True
X_FRAME_OPTIONS: Final = "DENY"

__all__ = [
    "ALLOWED_HOSTS", "AUTH_USER_MODEL", "CONTENT_SECURITY_POLICY", "DATABASES", "DEBUG", "DEFAULT_AUTO_FIELD", "INSTALLED_APPS", "LANGUAGE_CODE",
    "MIDDLEWARE", "ROOT_URLCONF", "SECRET_KEY", "SESSION_COOKIE_HTTPONLY", "STATIC_URL", "TEMPLATES", "TIANPING_ANCHORS", "TIANPING_ANCHOR_HOURS",
    "TIANPING_DEMO", "TIANPING_DIGEST", "TIANPING_DOCUMENTS", "TIANPING_DOCUMENT_KINDS", "TIANPING_DOCUMENT_MEGABYTES", "TIANPING_LEDGER_KEY",
    "TIANPING_SIGNATURE", "TIME_ZONE", "USE_TZ", "WHITENOISE_USE_FINDERS", "WSGI_APPLICATION", "X_FRAME_OPTIONS",
]  # fmt: skip
