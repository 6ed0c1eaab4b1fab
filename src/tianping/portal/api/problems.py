"""问题说明 · Every error of the API as RFC 9457 problem details: code, what happened and what to do in both languages, articles."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field as Described

from tianping.casework.errors import Refusal
from tianping.law.errors import TianpingError
from tianping.portal.arrived import language
from tianping.portal.denials import denial_noted
from tianping.portal.errors import BadFields, NotThisMethod

MEDIA: Final = "application/problem+json"
STATUSES: Final = {
    "POR-001": 401, "POR-002": 403, "POR-003": 404, "POR-004": 405, "POR-005": 400, "POR-006": 413, "POR-007": 415, "POR-008": 422, "POR-009": 428,
    "POR-010": 404, "POR-011": 401, "POR-012": 403, "POR-013": 403, "POR-015": 500, "POR-018": 404, "POR-031": 422, "POR-190": 503, "POR-191": 403,
    "OPS-202": 404, "OPS-203": 404, "OPS-204": 412, "OPS-401": 403, "OPS-403": 404, "OPS-411": 404, "OPS-404": 403, "OPS-405": 404,
    "OPS-212": 403, "OPS-418": 403, "OPS-801": 403, "OPS-802": 404,
    "OPS-762": 404, "OPS-868": 404, "OPS-781": 404, "OPS-805": 401, "OPS-521": 403, "OPS-561": 413, "OPS-563": 404,
    "OPS-571": 404, "OPS-572": 404, "OPS-576": 403, "OPS-579": 412, "OPS-806": 429, "PRO-401": 404,
    "OPS-881": 422, "OPS-882": 503, "OPS-883": 404, "OPS-884": 403, "OPS-885": 404, "OPS-886": 404, "OPS-888": 422,
    "OPS-889": 403, "OPS-891": 404,
}  # fmt: skip
"""Code → status. Whatever is not here was understood and does not fit how things stand: 409."""


class Words(Schema):
    """一种语言 · What happened and what to do, in one language."""

    what: str
    todo: str


class Why(Schema):
    """一项理由 · One reason of a refusal: the rule, its words, the article, what to do next."""

    rule: str
    zh: Words
    en: Words
    article: str


class BadField(Schema):
    """一处不合 · A field that will not do: where, and why (a code of the validator)."""

    place: str
    why: str


class Problem(Schema):
    """问题说明 · RFC 9457 problem details. ``title`` and ``detail`` are in the language asked for (Accept-Language)."""

    type: str = Described(description="urn:tianping:problem:<code>")
    title: str
    status: int = Described(ge=400, le=599)
    detail: str
    instance: str = Described(description="urn:uuid:<number of the request>")
    code: str
    zh: Words
    en: Words
    articles: list[str]
    reasons: list[Why]
    fields: list[BadField]


def status_of(error: TianpingError) -> int:
    """The HTTP status that an error has."""
    return STATUSES.get(error.code, 409)


def problem(request: HttpRequest, error: TianpingError) -> HttpResponse:
    """An error as an answer."""
    lang, status = language(request), status_of(error)
    denial_noted(request, error, status)
    number = getattr(request, "number", "")
    body = {
        "type": f"urn:tianping:problem:{error.code}", "title": error.message.pick(lang), "status": status, "detail": error.advice.pick(lang),
        "instance": f"urn:uuid:{number}", "code": error.code,
        "zh": {"what": error.message.zh, "todo": error.advice.zh}, "en": {"what": error.message.en, "todo": error.advice.en},
        "articles": _articles(error), "reasons": _reasons(error), "fields": _fields(error),
    }  # fmt: skip
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    answer = HttpResponse(text, status=status, content_type=MEDIA)
    answer.headers["Content-Language"] = "zh-Hans" if lang == "zh" else "en"
    answer.headers["Cache-Control"] = "no-store"
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="tianping"'
    if status == 429:
        answer.headers["Retry-After"] = str(error.values.get("seconds", 1))
    return answer


def _articles(error: TianpingError) -> list[str]:
    if isinstance(error, Refusal):
        return list(dict.fromkeys(r.cites for r in error.reasons if r.cites))
    return [error.article.format(**error.values)] if error.article else []


def _reasons(error: TianpingError) -> list[dict[str, Any]]:
    if not isinstance(error, Refusal):
        return []
    return [
        {"rule": r.rule, "zh": {"what": r.text.zh, "todo": r.todo.zh}, "en": {"what": r.text.en, "todo": r.todo.en}, "article": r.cites}
        for r in error.reasons
    ]


def _fields(error: TianpingError) -> list[dict[str, str]]:
    return [{"place": f.place, "why": f.why} for f in error.fields] if isinstance(error, BadFields) else []


def not_this_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """The answer to a method that an address does not take."""
    answer = problem(request, NotThisMethod())
    answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer
