"""接口外壳 · The API itself: JSON in UTF-8, problem details for whatever goes wrong, one description of all of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import pydantic_core
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.description import complete, part_of
from tianping.portal.api.problems import problem
from tianping.portal.errors import BadFields, Broken, Field, NoIfMatch, NotAllowed, NotFound, NotSignedIn, TooLarge, Unreadable

LOG: Final = logging.getLogger("tianping.portal.api")
TITLE: Final = "天平 Tianping"
ABOUT: Final = (
    "办理任何已登记的程序。每个程序、每个环节一个地址，字段由程序定义生成。错误一律为 RFC 9457 问题说明，中英文并列。\n\n"
    "Moves cases of any registered procedure. One address for each procedure and step, its fields made from the definition. "
    "Every error is an RFC 9457 problem in Chinese and English."
)


class Utf8(JSONRenderer):
    """JSON · Chinese as Chinese, no spaces."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}  # noqa: RUF012 — as ninja declares it


class Strict(Parser):
    """读取 · JSON of bounded depth; NaN, infinity, and what is no UTF-8 are refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's value. Raises ValueError."""
        return pydantic_core.from_json(request.body, allow_inf_nan=False)


class Api(NinjaAPI):
    """接口 · ninja's API with its description completed and kept."""

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The OpenAPI description, made once."""
        return complete(self.get_openapi_schema())

    @cached_property
    def described(self) -> bytes:
        """The whole description as text."""
        return json.dumps(self.whole, ensure_ascii=False, default=str).encode()

    @cached_property
    def tags(self) -> frozenset[str]:
        """Every tag: those of procedures and matters are their codes."""
        return frozenset(t for path in self.whole["paths"].values() for operation in path.values() for t in operation["tags"])

    def described_part(self, tags: frozenset[str]) -> bytes:
        """The description of the addresses with these tags."""
        if tags not in self._parts:
            self._parts[tags] = json.dumps(part_of(self.whole, tags), ensure_ascii=False, default=str).encode()
        return self._parts[tags]

    @cached_property
    def _parts(self) -> dict[frozenset[str], bytes]:
        return {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        """ninja's own description, under the address at which it is served."""
        return super().get_openapi_schema(path_prefix="api/v1" if path_prefix is None else path_prefix, path_params=path_params)


def new_api() -> Api:
    """An API without any address yet."""
    api = Api(title=TITLE, version="1", description=ABOUT, docs_url=None, openapi_url=None, renderer=Utf8(), parser=Strict(), urls_namespace="api")
    for kind, answer in HANDLERS.items():
        api.add_exception_handler(kind, answer)
    return api


def _fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = tuple(Field(_place(e["loc"]), str(e["type"])) for e in error.errors[:50])
    if any(f.place == "header.If-Match" and f.why == "missing" for f in found):
        return problem(request, NoIfMatch())
    return problem(request, BadFields(found))


def _place(loc: Any) -> str:
    """``body.facts.qualifies``. A name that the request itself brought is not repeated."""
    parts = [str(p) for p in loc]
    if len(parts) > 2 and parts[0] == "body":
        parts = ["body", *parts[2:]]
    return ".".join(p if len(p) <= 60 and p.isprintable() else "?" for p in parts)


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:
        return problem(
            request,
            NotAllowed(
                why=T("CSRF 校验未通过", "the CSRF check failed"), todo=T("请在 X-CSRFToken 头中给出令牌。", "Give the token as X-CSRFToken.")
            ),
        )
    return problem(request, Unreadable(why=T("不是 JSON", "it is not JSON")))


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """What nobody foresaw: told with its number, logged with its places."""
    LOG.error(
        "broken", exc_info=error, extra={"told": {"request": str(getattr(request, "number", "")), "database": isinstance(error, DatabaseError)}}
    )
    return problem(request, Broken(number=getattr(request, "number", "")))


def csrf_failed(request: HttpRequest, **_: str) -> HttpResponse:
    """Django's answer to a form without its token."""
    return problem(
        request,
        NotAllowed(why=T("CSRF 校验未通过", "the CSRF check failed"), todo=T("请重新打开页面后再提交。", "Open the page again and send it again.")),
    )


HANDLERS: Final[dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = {
    TianpingError: problem,
    ValidationError: _fields,
    AuthenticationError: lambda request, _: problem(request, NotSignedIn()),
    HttpError: _http,
    Http404: lambda request, _: problem(request, NotFound()),
    RequestDataTooBig: lambda request, _: problem(request, TooLarge()),
    TooManyFieldsSent: lambda request, _: problem(request, TooLarge()),
    UnreadablePostError: lambda request, _: problem(request, Unreadable(why=T("连接中断", "the connection broke"))),
    Exception: _broken,
}
