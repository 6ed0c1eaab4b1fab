"""每个地址 · Every address of the installation, found by asking Django: closed to strangers, silent to people of other institutions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import size
from tests.portal.conftest import Asker, account, asker, opened, organisation, secret_of, told
from tianping.casework.models import Case, Event
from tianping.portal.api.urls import the_api
from tianping.portal.house.doors import PUBLIC

OPEN = {
    "api/v1/openapi.json": "definitions are public",
    "api/v1/docs": "and so is their page",
    "api/v1/sign-in": "where one comes in",
    "api/v1/sign-in/code": "where one comes in",
    "api/v1/sign-in/with-code": "where one comes in",
    "api/v1/sign-in/enrol": "where one comes in",
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/": "where one comes in",
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/": "where one comes in",
}
"""The addresses that a stranger may ask, each with the reason."""
FILLED = {"case_id": "1", "number": "1", "code": "pre_filing", "mark": "pushed", "template": "receipt"}


def routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    for p in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(p.pattern)
        if isinstance(p, URLResolver):
            yield from routes(p.url_patterns, route)
        elif isinstance(p, URLPattern):
            yield route


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    document = json.loads(the_api().described)
    return [(method.upper(), path, op) for path, methods in document["paths"].items() for method, op in methods.items()]


def filled(path: str, **values: object) -> str:
    known = {**FILLED, **values}
    path = re.sub(r"\{(\w+)\}|<(?:\w+:)?(\w+)>", lambda found: str(known.get(found[1] or found[2], "1")), path)
    assert "{" not in path, path
    assert "<" not in path, path
    return path


def test_every_address_refuses_a_stranger() -> None:
    """Addresses of the API and pages: a page sends a stranger to sign in, but for those that are named as open to everybody."""
    asked, stranger = 0, Client()
    for route in routes():
        if route in OPEN or route in PUBLIC:
            continue
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            stranger.cookies.clear()
            answer = stranger.generic(method, "/" + filled(route), data="{}", content_type="application/json")
            sent = answer.status_code == 302 and answer.headers["Location"].startswith(("/sign-in?", "/enter?"))
            assert sent or answer.status_code in (401, 403, 404, 405), (method, route, answer.status_code)
            asked += 1
    assert asked > 2000
    assert set(OPEN) <= set(routes()), "an exception that is no address any more"


def test_no_token_that_is_wrong_opens_anything() -> None:
    for secret in ("", "x", "tp_" + "A" * 43, "tp_" + "中" * 20):
        for header in (f"Bearer {secret}", f"Basic {secret}", secret):
            answer = Client().get("/api/v1/cases", headers={"Authorization": header.encode().decode("latin-1")})
            assert answer.status_code == 401, header


def test_every_address_with_a_case_says_nothing_to_another_institution(judge: Asker) -> None:
    case = opened(judge)
    before = (Case.objects.get(pk=case).seq, Event.objects.filter(case_id=case).count())
    foreign = [asker(organisation(), "*"), asker(judge.organisation), *(_administrator(k) for k in ("system", "security", "audit"))]
    asked = 0
    own = [o for o in operations() if "{case_id}" in o[1]]
    typed = [o for o in own if "/steps/" in o[1] and not o[1].endswith("/steps")]  # one view takes them all
    for method, path, op in [o for o in own if o not in typed] + typed[:: size(4, 1)]:
        for one in foreign if "/steps/" not in path or path.endswith("/steps") else foreign[:1]:
            body = _body(op)
            headers = {"Idempotency-Key": str(uuid4()), "If-Match": "*", "Authorization": f"Bearer {one.secret}"}
            kind = next(iter(op.get("requestBody", {}).get("content", {})), "application/json")
            address = filled(path, case_id=case) + ("?name=a.pdf" if path.endswith("/documents") and method == "POST" else "")
            answer = told(one.client.generic(method, address, data=json.dumps(body), content_type=kind, headers=headers))
            assert answer.status_code == 404, (method, path, answer.status_code, answer.content[:300])
            assert "张三" not in answer.content.decode()
            asked += 1
    assert asked > size(300, 380)
    assert (Case.objects.get(pk=case).seq, Event.objects.filter(case_id=case).count()) == before


def test_lists_and_searches_of_others_do_not_know_the_case(judge: Asker) -> None:
    case = opened(judge)
    for one in (asker(organisation(), "*"), asker(judge.organisation), *(_administrator(k) for k in ("system", "security", "audit"))):
        for path in ("cases", "cases?order=due", "referrals/in", "referrals/out"):
            answer = one.get(path)
            assert answer.data["items"] == [], path
        assert one.post("search", {"words": "张三"}).data["items"] == []
        assert str(case) not in one.post("search", {"words": "李四"}).content.decode()


@pytest.mark.parametrize("kind", ["", "system", "security", "audit"])
def test_no_administrator_does_what_is_another_ones(kind: str) -> None:
    one = _administrator(kind) if kind else asker(organisation(), "*")
    whose = {
        "POST /api/v1/admin/accounts": "system", "POST /api/v1/admin/accounts/{number}/close": "system", "POST /api/v1/admin/organisations": "system",
        "POST /api/v1/admin/posts": "system", "GET /api/v1/admin/accounts": "system security", "POST /api/v1/admin/posts/{number}/roles": "security",
        "POST /api/v1/admin/roles/{number}/end": "security", "POST /api/v1/admin/accounts/{number}/code": "security",
        "POST /api/v1/admin/accounts/{number}/unlock": "security", "GET /api/v1/admin/audit": "audit",
        "GET /api/v1/admin/organisations": "system", "GET /api/v1/admin/organisations/{number}": "system",
        "GET /api/v1/admin/organisations/{number}/posts": "system", "POST /api/v1/admin/posts/{number}/end": "system",
        "POST /api/v1/admin/posts/{number}/deputies": "system",
        **{f"POST /api/v1/admin/organisations/{{number}}/{act}": "system" for act in ("rename", "move", "merge", "close")},
    }  # fmt: skip
    found = {f"{m} {p}": op for m, p, op in operations() if "/admin/" in p}
    assert set(found) == set(whose), "an address of administration without its owner"
    for name, op in found.items():
        method, path = name.split(" ")
        answer = one(method, filled(path, number=10**9), None if method == "GET" else _body(op))
        if kind and kind in whose[name].split():
            assert answer.status_code in (200, 201, 204, 404, 409), (name, answer.status_code)
        else:
            assert (answer.status_code, answer.data["code"]) == (403, "OPS-801"), (name, answer.status_code)


def _administrator(kind: str) -> Asker:
    who = account(kind)
    return Asker(who, organisation(), secret_of(who))


def _body(op: dict[str, Any]) -> dict[str, Any]:
    """The least body that the description takes."""
    content = op.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return {}
    if not _SCHEMAS:
        _SCHEMAS.update(json.loads(the_api().described)["components"]["schemas"])
    model = _SCHEMAS[content["schema"]["$ref"].rsplit("/", 1)[-1]]
    return {name: _value(model["properties"][name]) for name in model.get("required", ())}


_SCHEMAS: dict[str, Any] = {}


def _value(field: dict[str, Any]) -> Any:
    if field.get("type") == "integer":
        return 10**9
    if field.get("pattern", "").startswith("^(19|20|21)"):
        return "2026-03-02"
    if field.get("pattern", "").startswith("^[a-z"):
        return f"u{uuid4().hex[:10]}"
    return uuid4().hex[:12]
