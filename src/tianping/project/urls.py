"""网址 · Every address of the installation."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.views import cases, front

urlpatterns: Final = [path("", front, name="front"), path("funnel/<str:mark>", cases, name="cases")]
