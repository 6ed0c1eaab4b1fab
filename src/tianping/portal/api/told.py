"""接口说明页 · The description of the API as lines of a page: each address with its fields, in the reader's language, with no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tianping.law.text import T

PLACES: Final = {"path": T("地址", "address"), "query": T("查询", "query"), "header": T("请求头", "header"), "body": T("内容", "body")}
DEEP: Final = 3
"""How far fields inside fields are told; deeper ones stand in the OpenAPI description."""


@dataclass(frozen=True, slots=True)
class FieldTold:
    """一个字段 · Its name, where it stands, what it is, whether it must be there."""

    name: str
    place: T
    kind: str
    required: bool
    words: T


@dataclass(frozen=True, slots=True)
class Told:
    """一个地址 · Method, address, what it does, by whom and under which article, what it takes, how it may answer."""

    name: str
    method: str
    path: str
    title: T
    words: T
    fields: tuple[FieldTold, ...]
    answers: tuple[str, ...]


def told(description: dict[str, Any]) -> list[Told]:
    """Every address of a part of the description."""
    schemas = description.get("components", {}).get("schemas", {})
    return [
        Told(
            operation["operationId"], method.upper(), path,
            _split(operation.get("summary", ""), " · "), _split(operation.get("description", ""), "\n\n"),
            tuple(_fields(operation, schemas)), tuple(sorted(operation.get("responses", {}))),
        )
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]  # fmt: skip


def _fields(operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[FieldTold]:
    for one in operation.get("parameters", ()):
        words = _split(one.get("description", one["schema"].get("description", "")), " · ")
        yield FieldTold(one["name"], PLACES[one["in"]], _kind(one["schema"]), bool(one.get("required")), words)
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _inside(content["schema"], schemas, "", DEEP)


def _inside(schema: dict[str, Any], schemas: dict[str, Any], before: str, deep: int) -> Iterator[FieldTold]:
    """The fields of an object, and of the objects in it."""
    whole = _found(schema, schemas)
    for name, one in whole.get("properties", {}).items():
        inner = _found(one, schemas)
        words = _split(one.get("description") or inner.get("description") or inner.get("title", ""), " · ")
        yield FieldTold(before + name, PLACES["body"], _kind(inner), name in whole.get("required", ()), words)
        if deep > 1:
            yield from _inside(inner, schemas, f"{before}{name}.", deep - 1)


def _found(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """What a reference stands for; of several kinds the first that is more than nothing."""
    if "$ref" in schema:
        found: dict[str, Any] = schemas.get(schema["$ref"].rpartition("/")[2], {})
        return found
    for one in schema.get("anyOf", schema.get("allOf", ())):
        if one.get("type") != "null":
            return _found(one, schemas)
    return schema


def _kind(schema: dict[str, Any]) -> str:
    """The kind of a value: ``string (date)``, ``A | B``, ``integer``."""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    kind = str(schema.get("type", "object"))
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _split(text: str, between: str) -> T:
    """Words that stand in both languages, one after the other."""
    zh, there, en = text.partition(between)
    return T(zh.strip(), (en if there else zh).strip())
