"""WSGI · What granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from tianping.project.encrypted import as_set
from tianping.project.memory import keep, sweep_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tianping.project.settings")
sweep_seldom()
application = as_set(get_wsgi_application())
keep()
