"""监督中心网址 · Every address of the supervision centre."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.centre.findings import closed, finding, findings
from tianping.portal.centre.notices import notices
from tianping.portal.centre.ordering import order
from tianping.portal.centre.registers import register, registers
from tianping.portal.centre.views import alarms, board
from tianping.portal.house.numbers import ID

assert ID
urlpatterns: Final = [
    path("", board, name="centre"),
    path("alarms", alarms, name="centre-alarms"),
    path("elements/<str:element>", alarms, name="centre-element"),
    path("alarms/<id:case_id>/<str:code>", order, name="centre-order"),
    path("findings", findings, name="centre-findings"),
    path("stages/<str:stage>", findings, name="centre-stage"),
    path("closed", closed, name="centre-closed"),
    path("findings/<id:case_id>", finding, name="centre-finding"),
    path("registers", registers, name="centre-registers"),
    path("registers/<str:code>.<str:kind>", register, name="centre-register"),
    path("notices", notices, name="centre-notices"),
]
