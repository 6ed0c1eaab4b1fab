"""设置 · Django's settings, put together from the subjects beside this file. Nothing is declared here."""

from __future__ import annotations

from typing import Final

from tianping.project.settings.database import DIGEST, databases
from tianping.project.settings.security import DEBUG as _DEBUG
from tianping.project.settings.security import DEMO, HOSTS, secret_key

DEBUG: Final = _DEBUG.value()
SECRET_KEY: Final = secret_key()
ALLOWED_HOSTS: Final = HOSTS.value()
DATABASES: Final = databases()
INSTALLED_APPS: Final = ["django.contrib.contenttypes", "django.contrib.postgres", "django.contrib.sessions", "tianping.casework"]
AUTH_USER_MODEL: Final = "casework.Account"
DEFAULT_AUTO_FIELD: Final = "django.db.models.BigAutoField"
USE_TZ: Final = True
TIME_ZONE: Final = "Asia/Shanghai"
LANGUAGE_CODE: Final = "zh-hans"
TIANPING_DIGEST: Final = DIGEST.value()
TIANPING_DEMO: Final = DEMO.value()
