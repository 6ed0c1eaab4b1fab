"""接口网址 · What stands under ``/api/v1``. The API is made when it is first asked: a page does not wait for it."""

from __future__ import annotations

import json
from functools import cache, cached_property
from threading import Lock
from types import ModuleType
from typing import Any, ClassVar, Final, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.urls.resolvers import RoutePattern
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_safe
from ninja import Router

from tianping.casework.engine.registered import folders
from tianping.law.text import T
from tianping.portal.accounts.api import router as accounts
from tianping.portal.api.administration import router as administration
from tianping.portal.api.branches import Branch, branched
from tianping.portal.api.cases import router as cases
from tianping.portal.api.description import MOVES, answers
from tianping.portal.api.documents import router as documents
from tianping.portal.api.door import door
from tianping.portal.api.handling import router as handling
from tianping.portal.api.notices import router as notices
from tianping.portal.api.organisations import router as organisations
from tianping.portal.api.parties import router as parties
from tianping.portal.api.procedures import router as procedures
from tianping.portal.api.referrals import referrals_router
from tianping.portal.api.shell import Api, new_api
from tianping.portal.api.told import told
from tianping.portal.api.writing import Done, correct, typed_router
from tianping.portal.api.writs import router as writs
from tianping.portal.house.page import page

COMMON: Final = frozenset({"accounts", "administration", "cases", "documents", "notices", "procedures", "referrals", "writs"})
"""The tags of what every procedure shares."""
SHARED: Final = T("共用", "Common")
_TURN: Final = Lock()


def the_api() -> Api:
    """The API with all its addresses, made once, whoever asks at the same moment."""
    with _TURN:
        return _made()


@cache
def _made() -> Api:
    api = new_api()
    corrections = Router(auth=door(), tags=["cases"])
    declared = answers(*MOVES, etag=200)
    corrections.post("/cases/{case_id}/corrections", response=Done, operation_id="correct", summary="更正 · Void an entry", openapi_extra=declared)(
        correct
    )
    shared = (accounts, administration, organisations, procedures, cases, parties, handling, documents, notices, writs)
    for router in (*shared, corrections, referrals_router(), typed_router()):
        api.add_router("", router)
    return api


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description, or with ``part`` that of one procedure or matter, or of what all share (``common``). It is open to everybody."""
    part = request.GET.get("part", "")
    tags = COMMON if part == "common" else frozenset({part})
    if part and not tags <= the_api().tags:
        raise Http404
    told = the_api().described_part(tags) if part else the_api().described
    return HttpResponse(told, content_type="application/json; charset=utf-8")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description as a page, a part at a time: all of it at once is more than anybody reads."""
    part = request.GET.get("part", "common")
    titles = {f.code: f.current.title for f in folders().values()}
    parts = [(tag, titles.get(tag, T(tag, tag))) for tag in sorted(the_api().tags - COMMON)]
    if part != "common" and part not in the_api().tags:
        raise Http404
    shown = COMMON if part == "common" else frozenset({part})
    described = json.loads(the_api().described_part(shown))
    options = [("common", SHARED), *parts]
    return page(request, "api_docs.html", {"parts": options, "part": part, "title": dict(options)[part], "told": told(described)})


class Patterns:
    """网址表 · The addresses, as Django reads them from a module, but made when they are first needed."""

    @cached_property
    def urlpatterns(self) -> list[Any]:
        """The API's own, those that begin alike together."""
        return branched(the_api().urls[0])


class Unnamed(Branch):
    """无名网址 · Addresses that are asked for and never looked up by name: to find the name of another page does not make them."""

    def _populate(self) -> None:
        """There are no names."""

    reverse_dict: ClassVar[Any] = MultiValueDict()
    namespace_dict: ClassVar[Any] = {}
    app_dict: ClassVar[Any] = {}


urlpatterns: Final = [
    path("api/v1/openapi.json", description, name="openapi"),
    path("api/v1/docs", docs, name="api-docs"),
    Unnamed(RoutePattern("api/v1/"), cast(ModuleType, Patterns()), {}, "api", "api"),
]
