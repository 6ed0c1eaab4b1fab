"""接口网址 · What stands under ``/api/v1``. The API is made when it is first asked: a page does not wait for it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe
from ninja import Router

from tianping.portal.accounts.api import router as accounts
from tianping.portal.api.administration import router as administration
from tianping.portal.api.cases import router as cases
from tianping.portal.api.description import MOVES, answers
from tianping.portal.api.documents import router as documents
from tianping.portal.api.door import door
from tianping.portal.api.procedures import router as procedures
from tianping.portal.api.referrals import referrals_router
from tianping.portal.api.shell import Api, new_api
from tianping.portal.api.writing import Done, correct, typed_router


@cache
def the_api() -> Api:
    """The API with all its addresses."""
    api = new_api()
    corrections = Router(auth=door(), tags=["cases"])
    declared = answers(*MOVES, etag=200)
    corrections.post("/cases/{case_id}/corrections", response=Done, operation_id="correct", summary="更正 · Void an entry", openapi_extra=declared)(
        correct
    )
    for router in (accounts, administration, procedures, cases, documents, corrections, referrals_router(), typed_router()):
        api.add_router("", router)
    return api


@require_safe
def description(_: HttpRequest) -> HttpResponse:
    """The OpenAPI description. Definitions are public, so it is open to everybody."""
    return HttpResponse(the_api().described, content_type="application/json; charset=utf-8")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description as a page, with files of our own only."""
    return render(request, "api_docs.html", using="jinja2")


class Patterns:
    """网址表 · The addresses, as Django reads them from a module, but made when they are first needed."""

    @property
    def urlpatterns(self) -> list[Any]:
        """The API's own."""
        made: list[Any] = the_api().urls[0]
        return made


LAZY: Final[Any] = (Patterns(), "api", "api")
urlpatterns: Final = [
    path("api/v1/openapi.json", description, name="openapi"),
    path("api/v1/docs", docs, name="api-docs"),
    path("api/v1/", LAZY),
]
