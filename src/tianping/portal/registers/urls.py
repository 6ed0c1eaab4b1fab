"""公开名册网址 · The address of the public registers."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.registers.views import mediators

urlpatterns: Final = [path("", mediators, name="mediators")]
