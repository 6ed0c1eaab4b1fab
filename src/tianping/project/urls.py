"""网址 · Every address of the installation."""

from __future__ import annotations

from typing import Final

from django.urls import include, path

from tianping.portal.api.urls import urlpatterns as api
from tianping.portal.house.look import look
from tianping.portal.house.outlines import outlines
from tianping.portal.house.said import said_amount, said_day
from tianping.portal.style.views import style

urlpatterns: Final = [
    path("", include("tianping.portal.citizen.urls")),
    path("", include("tianping.portal.atlas.urls")),
    path("", include("tianping.portal.board.urls")),
    path("", include("tianping.portal.kiosk.urls")),
    path("look", look, name="look"),
    path("said/day", said_day, name="said-day"),
    path("said/amount", said_amount, name="said-amount"),
    path("map/counties.geojson", outlines, name="counties"),
    path("style/", style, name="style"),
    path("desk/", include("tianping.portal.desk.urls")),
    path("writs/", include("tianping.portal.writs.urls")),
    path("centre/", include("tianping.portal.centre.urls")),
    path("mediators/", include("tianping.portal.registers.urls")),
    path("administration/", include("tianping.portal.administration.urls")),
    *api,
    path("", include("tianping.portal.accounts.urls")),
]
handler404: Final = "tianping.portal.house.doors.not_found"
