"""管理网址 · Every address of the administration."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from tianping.portal.administration.accounts import account, accounts
from tianping.portal.administration.accounts import made as account_made
from tianping.portal.administration.calendars import calendar, renewal, trial, year
from tianping.portal.administration.figures import parameters
from tianping.portal.administration.imports import imports, job, refused
from tianping.portal.administration.log import log
from tianping.portal.administration.organisations import made, organisation, organisations
from tianping.portal.administration.registers import entry, registers
from tianping.portal.administration.registers import made as entry_made
from tianping.portal.administration.rooms import ROOMS, by_of, for_administrators
from tianping.portal.house.numbers import ID

assert ID


@for_administrators(*ROOMS)
def first(request: HttpRequest) -> HttpResponse:
    """The first page of this administrator."""
    return HttpResponseRedirect(ROOMS[by_of(request).account.administrator][0].href)


urlpatterns: Final = [
    path("", first, name="administration"),
    path("organisations", organisations, name="administration-organisations"),
    path("organisations/new", made, name="administration-organisation-new"),
    path("organisations/<id:number>", organisation, name="administration-organisation"),
    path("organisations/<id:number>/new", made, name="administration-organisation-under"),
    path("accounts", accounts, name="administration-accounts"),
    path("accounts/new", account_made, name="administration-account-new"),
    path("accounts/<id:number>", account, name="administration-account"),
    path("calendar", calendar, name="administration-calendar"),
    path("calendar/trials/<id:number>", trial, name="administration-trial"),
    path("calendar/renewals/<id:number>", renewal, name="administration-renewal"),
    path("calendar/years/<id:number>", year, name="administration-calendar-year"),
    path("parameters", parameters, name="administration-parameters"),
    path("imports", imports, name="administration-imports"),
    path("imports/<id:number>", job, name="administration-import"),
    path("imports/<id:number>/refused.csv", refused, name="administration-import-refused"),
    path("registers", registers, name="administration-registers"),
    path("registers/new", entry_made, name="administration-register-new"),
    path("registers/<id:number>", entry, name="administration-register"),
    path("log", log, name="administration-log"),
]
