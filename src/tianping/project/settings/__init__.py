"""设置 · Django's settings, put together from the subjects beside this file. Nothing is declared here."""

from __future__ import annotations

from typing import Final

from tianping.project.settings import board, citizens, doors
from tianping.project.settings import documents as papers
from tianping.project.settings.corpus import CORPUS
from tianping.project.settings.database import KEPT, databases
from tianping.project.settings.documents import IMPORT_MEGABYTES, KINDS, MEGABYTES, folder
from tianping.project.settings.jobs import IMPORT_PATHS, ROBOTS
from tianping.project.settings.ledger import ANCHORS, DIGEST, HOURS, SIGNATURE, key_file
from tianping.project.settings.logs import LOGGING
from tianping.project.settings.pages import (
    CONTENT_SECURITY_POLICY,
    HEARING_MINUTES,
    MIDDLEWARE,
    OUTLINES,
    STATIC_ROOT,
    STATIC_URL,
    STORAGES,
    TEMPLATES,
    WHITENOISE_USE_FINDERS,
)
from tianping.project.settings.procedures import FOLDERS
from tianping.project.settings.security import DEBUG as _DEBUG
from tianping.project.settings.security import HOSTS, demo, secret_key

DEBUG: Final = _DEBUG.value()
SECRET_KEY: Final = secret_key()
ALLOWED_HOSTS: Final = HOSTS.value()
DATABASES: Final = databases()
INSTALLED_APPS: Final = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "ninja",
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
TIANPING_IMPORT_MEGABYTES: Final = IMPORT_MEGABYTES.value()
TIANPING_ROBOTS: Final = ROBOTS.value()
TIANPING_TEMPLATES: Final = papers.TEMPLATES.value()
TIANPING_SIGNER: Final = papers.SIGNER.value()
TIANPING_SIGNING_KEY: Final = papers.SIGNING_KEY.value()
TIANPING_SIGNING_PASSWORD: Final = papers.SIGNING_PASSWORD.value()
TIANPING_TEST_KEY: Final = papers.test_key()
TIANPING_DEMO: Final = demo()
TIANPING_KEPT_CASES: Final = KEPT.value()
TIANPING_HEARING_MINUTES: Final = HEARING_MINUTES.value()
TIANPING_OUTLINES: Final = OUTLINES.value()
TIANPING_CORPUS: Final = CORPUS.value()
TIANPING_BOARD: Final = board.folder()
TIANPING_PROCEDURES: Final = FOLDERS.value()
TIANPING_SMS_URL: Final = citizens.SMS_URL.value()
TIANPING_SMS_TOKEN: Final = citizens.SMS_TOKEN.value()
TIANPING_IDENTITY_URL: Final = citizens.IDENTITY_URL.value()
TIANPING_IDENTITY_TOKEN: Final = citizens.IDENTITY_TOKEN.value()
TIANPING_SECOND_FACTOR: Final = doors.SECOND_FACTOR.value()
TIANPING_SESSION_IDLE: Final = doors.IDLE.value()
TIANPING_RATES: Final = {"account": doors.PER_ACCOUNT.value(), "address": doors.PER_ADDRESS.value(), "sign_in": doors.PER_SIGN_IN.value()}
TIANPING_PROXIES: Final = doors.PROXIES.value()
TIANPING_OIDC_CLAIM: Final = doors.OIDC_CLAIM.value()
AUTHENTICATION_BACKENDS: Final = doors.BACKENDS
AUTH_PASSWORD_VALIDATORS: Final = doors.PASSWORDS
SOCIALACCOUNT_PROVIDERS: Final = doors.providers()
CACHES: Final = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "tianping_cache"}}
LOGIN_URL: Final = "/sign-in"
LOGIN_REDIRECT_URL: Final = "/"
DATA_UPLOAD_MAX_MEMORY_SIZE: Final = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS: Final = 200
APPEND_SLASH: Final = True
SILENCED_SYSTEM_CHECKS: Final = doors.SILENCED
X_FRAME_OPTIONS: Final = "DENY"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME: Final = ""
PROCRASTINATE_IMPORT_PATHS: Final = IMPORT_PATHS
globals().update(doors.COOKIES | doors.LOCK_OUT | doors.ALLAUTH)

__all__ = [
    "ALLOWED_HOSTS",
    "APPEND_SLASH",
    "AUTHENTICATION_BACKENDS",
    "AUTH_PASSWORD_VALIDATORS",
    "AUTH_USER_MODEL",
    "CACHES",
    "CONTENT_SECURITY_POLICY",
    "DATABASES",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DEBUG",
    "DEFAULT_AUTO_FIELD",
    "INSTALLED_APPS",
    "LANGUAGE_CODE",
    "LOGGING",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "MIDDLEWARE",
    "PROCRASTINATE_AUTODISCOVER_MODULE_NAME",
    "PROCRASTINATE_IMPORT_PATHS",
    "ROOT_URLCONF",
    "SECRET_KEY",
    "SILENCED_SYSTEM_CHECKS",
    "SOCIALACCOUNT_PROVIDERS",
    "STATIC_ROOT",
    "STATIC_URL",
    "STORAGES",
    "TEMPLATES",
    "TIANPING_ANCHORS",
    "TIANPING_ANCHOR_HOURS",
    "TIANPING_BOARD",
    "TIANPING_CORPUS",
    "TIANPING_DEMO",
    "TIANPING_DIGEST",
    "TIANPING_DOCUMENTS",
    "TIANPING_DOCUMENT_KINDS",
    "TIANPING_DOCUMENT_MEGABYTES",
    "TIANPING_HEARING_MINUTES",
    "TIANPING_IMPORT_MEGABYTES",
    "TIANPING_IDENTITY_TOKEN",
    "TIANPING_IDENTITY_URL",
    "TIANPING_KEPT_CASES",
    "TIANPING_LEDGER_KEY",
    "TIANPING_OIDC_CLAIM",
    "TIANPING_OUTLINES",
    "TIANPING_PROCEDURES",
    "TIANPING_PROXIES",
    "TIANPING_RATES",
    "TIANPING_ROBOTS",
    "TIANPING_SECOND_FACTOR",
    "TIANPING_SESSION_IDLE",
    "TIANPING_SIGNATURE",
    "TIANPING_SMS_TOKEN",
    "TIANPING_SMS_URL",
    "TIANPING_SIGNER",
    "TIANPING_SIGNING_KEY",
    "TIANPING_SIGNING_PASSWORD",
    "TIANPING_TEMPLATES",
    "TIANPING_TEST_KEY",
    "TIME_ZONE",
    "USE_TZ",
    "WHITENOISE_USE_FINDERS",
    "WSGI_APPLICATION",
    "X_FRAME_OPTIONS",
]
