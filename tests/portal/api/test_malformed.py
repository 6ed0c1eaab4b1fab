"""残缺请求 · Whatever is sent: no answer of 5xx, no trace of the program, nothing written; and what is refused is a problem in words."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import urlencode

from tests.conftest import size
from tests.portal.api.test_routes import filled, operations
from tests.portal.conftest import asker, opened, organisation
from tianping.casework.models import Event

DEEP = "[" * 10_000 + "]" * 10_000
NASTY: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 10**400, 1.5, float("1e308"), "", " ", "\x00", "\ud800", "\u202e反", "𠮷野家", "\U0010ffff", "a" * 100_000, "-" * 300,
    "'; drop table casework_case; --", "%00", "../../etc/passwd", "<script>", "{{7*7}}", "140799199001010001", [],
    [[]], {}, {"": ""}, {"a": {"b": {}}},
    "2026-02-30", "9999-12-31T23:59:59Z", "0001-01-01", "１２３", "NaN", [None] * 1000, {"$ref": "#"}, {"__proto__": 1}, "\r\nSet-Cookie: x=1",
)  # fmt: skip
RAW: tuple[bytes, ...] = (
    b"", b"{", b"nul", b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"{}" * 1000, b'{"a":1,"a":2}', b'{"x": NaN}', b'{"x": 1e999999}', DEEP.encode(),
    b'{"a":' * 5000, b"\x00" * 1000, b'{"title":"\\ud800"}', b"[" + b"1," * 100_000 + b"1]", b"a" * 3_000_000, b'"' + b"\\" * 999 + b'"', b"--x\r\n",
)  # fmt: skip
KINDS = (
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "",
    "a/b;c",
)


def body(op: dict[str, Any], schemas: dict[str, Any], dice: random.Random) -> object:
    """The described body with some fields replaced by what does not belong there."""
    content = op.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return dice.choice(NASTY)
    fields = schemas[content["schema"]["$ref"].rsplit("/", 1)[-1]].get("properties", {})
    made = {name: dice.choice(NASTY) for name in fields if dice.random() < 0.7}
    if "facts" in fields and dice.random() < 0.7:
        made["facts"] = {name: dice.choice(NASTY) for name in ("qualifies", "suit", "scope", dice.choice(["", "x" * 300, "\x00"]))}
    if dice.random() < 0.2:
        made[dice.choice(["", "\x00", "x" * 5000, "__class__"])] = dice.choice(NASTY)
    return made


def query(op: dict[str, Any], dice: random.Random, cursors: list[str | None]) -> str:
    """Now and then a filter, a size, a cursor (also one of another list, or cut off) or a parameter that nobody knows."""
    names = [p["name"] for p in op.get("parameters", ()) if p["in"] == "query"]
    if dice.random() < (0.7 if names else 0.9):
        return ""
    asked = []
    for name in dice.sample([*names, "lang", "a[]", "after", "\x00"], k=dice.randrange(1, 4)):
        cursor = dice.choice([*cursors, "", "x"]) or ""
        nasty = [str(v)[:9000] for v in NASTY if isinstance(v, str | float) or v is None]
        asked.append((name, dice.choice([*nasty, cursor, cursor[:-1], cursor + "=", "9" * 400, "-1", "0", "1e3", "true"])))
    return "?" + urlencode(asked, errors="replace")


def test_nothing_that_is_sent_breaks_anything() -> None:
    dice = random.Random(20260302)
    one = asker(organisation(), "*")
    case = opened(one)
    opened(one)
    before = Event.objects.filter(case_id=case).count()
    document = json.loads(one.client.get("/api/v1/openapi.json").content)
    every = operations()
    refused = 0
    cursors = [one.get(f"cases?size=1&order={order}").data["next"] for order in ("opened", "due")]
    for n in range(size(300, 10_000)):
        method, path, op = dice.choice(every)
        address = filled(path, case_id=dice.choice([case, 1, 0, -1, 2**70, "x", "%00", "１"]), number=dice.choice([1, "x", 2**70]))
        address += query(op, dice, cursors)
        sent, kind = (dice.choice(RAW), dice.choice(KINDS)) if n % 3 == 0 else (_json(body(op, document["components"]["schemas"], dice)), KINDS[0])
        headers = {
            "Authorization": f"Bearer {one.secret}",
            "Idempotency-Key": dice.choice(["", "x", "00000000-0000-0000-0000-000000000000", "é" * 50]),
            "If-Match": dice.choice(["*", '"1"', "W/x", "", '"99999999999"', "\x01"]),
            "Tianping-Post": dice.choice(["", "1", "x", "9" * 100]),
            "Accept-Language": dice.choice(["", "en", "zh", "x" * 3000, "\xff"]),
        }
        answer = one.client.generic(method, address, data=sent, content_type=kind, headers=headers)
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code < 500, (method, address, sent[:300], kind, headers, content[:500])
        if answer.status_code >= 400:
            refused += 1
            told = json.loads(content)
            assert told["zh"]["todo"], (method, address)
            assert told["en"]["todo"], (method, address)
            assert b"Traceback" not in content
            assert b"site-packages" not in content
    assert refused > size(250, 9000)
    assert Event.objects.filter(case_id=case).count() == before


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()
