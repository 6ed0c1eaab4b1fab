"""终端网址 · The addresses of a machine in a hall."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.kiosk.views import front, off, wipe

urlpatterns: Final = [
    path("kiosk/", front, name="kiosk"),
    path("kiosk/wipe", wipe, name="kiosk-wipe"),
    path("kiosk/off", off, name="kiosk-off"),
]
