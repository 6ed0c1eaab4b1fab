"""接口说明 · Completes ninja's OpenAPI: every error that an address may answer, as problem details, and the headers of its answers."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any, Final

from tianping.portal.api.problems import MEDIA, Problem

ERRORS: Final = {
    304: "没有变化 · Nothing changed", 400: "不能读取 · Unreadable", 401: "未登录 · Not signed in", 403: "无权 · Not allowed",
    404: "没有，或者无权查看 · Not there, or not yours to see",
    405: "方法不对 · Method not allowed", 409: "与现状不合 · Does not fit how things stand", 412: "案件已变化 · The case has moved on",
    413: "过大 · Too large", 415: "类型不对 · Wrong type", 422: "内容不合要求 · Fields that will not do", 428: "未写版本 · No If-Match",
    429: "请求过多 · Too many requests", 500: "系统出错 · Something went wrong",
}  # fmt: skip
_SPOKEN: Final = re.compile(r'"#/components/schemas/([^"]+)"')
READS: Final = (400, 401, 403, 404, 409, 422, 429, 500)
WRITES: Final = (*READS, 413, 415)
MOVES: Final = (*WRITES, 412, 428)


def answers(*statuses: int, etag: int = 0) -> dict[str, Any]:
    """``openapi_extra`` of an address: its errors, and for ``etag`` the answer that carries the case's version."""
    responses: dict[Any, Any] = {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}
    if etag:
        responses[etag] = {"headers": {"ETag": {"required": True, "description": "案件版本 · version of the case", "schema": {"type": "string"}}}}
    return {"responses": responses}


def complete(schema: Any) -> dict[str, Any]:
    """The description with its components, and no key that is not text."""
    components = schema["components"]
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= made.pop("$defs") | {"Problem": made}
    body = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components["responses"] = {str(status): {"description": words} | ({"content": body} if status >= 400 else {}) for status, words in ERRORS.items()}
    components["responses"]["429"]["headers"] = {"Retry-After": {"required": True, "schema": {"type": "string", "pattern": "^[0-9]+$"}}}
    components["responses"]["401"]["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    for path in schema["paths"].values():
        for operation in path.values():
            operation["responses"] = {str(status): answer for status, answer in sorted(operation["responses"].items(), key=lambda x: str(x[0]))}
        for parameter in (p for operation in path.values() for p in operation.get("parameters", ())):
            parameter["schema"] = _given(parameter["schema"])
    done: dict[str, Any] = schema
    return done


def part_of(schema: dict[str, Any], tags: Collection[str]) -> dict[str, Any]:
    """The addresses with one of some tags, and just the schemas that they speak of."""
    paths = {address: kept for address, path in schema["paths"].items() if (kept := {m: o for m, o in path.items() if set(o["tags"]) & set(tags)})}
    components = schema["components"]
    named, waiting = set[str](), [paths, components["responses"], components.get("securitySchemes", {})]
    while waiting:
        for name in set(_SPOKEN.findall(json.dumps(waiting.pop(), ensure_ascii=False, default=str))) - named:
            named.add(name)
            waiting.append(components["schemas"][name])
    held = {name: made for name, made in components["schemas"].items() if name in named}
    return schema | {"paths": paths, "components": components | {"schemas": held}}


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter of an address or header is there or is not: it is never null."""
    kinds = [k for k in schema.get("anyOf", ()) if k != {"type": "null"}]
    rest = {k: v for k, v in schema.items() if k != "anyOf" and (k != "default" or v is not None)}
    return rest | kinds[0] if len(kinds) == 1 else schema
