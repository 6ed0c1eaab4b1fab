"""接口分册 · Each procedure has a description of its own that lacks nothing; together they are the whole; the page shows one at a time."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tianping.casework.engine.registered import folders
from tianping.portal.api.urls import COMMON, the_api


def part(client: Client, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(client.get(f"/api/v1/openapi.json?part={name}").content)
    return read


def test_the_parts_together_are_the_whole(database: object) -> None:
    client = Client()
    names = ["common", *sorted(the_api().tags - COMMON)]
    found = [(address, method) for name in names for address, path in part(client, name)["paths"].items() for method in path]
    whole = [(address, method) for address, path in the_api().whole["paths"].items() for method in path]
    assert set(found) == set(whole)
    assert set(folders()) <= set(names)


@pytest.mark.parametrize("name", ["common", "pre_filing", "criminal_case"])
def test_a_part_speaks_only_of_schemas_that_it_has(database: object, name: str) -> None:
    read = part(Client(), name)
    spoken = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(read, ensure_ascii=False)))
    assert spoken <= set(read["components"]["schemas"])
    assert len(read["components"]["schemas"]) < len(the_api().whole["components"]["schemas"])


def test_the_page_shows_one_part_and_leads_to_the_others(database: object) -> None:
    client = Client()
    page = client.get("/api/v1/docs?part=pre_filing").content.decode()
    assert "/api/v1/openapi.json?part=pre_filing" in page
    assert all(f'<option value="{code}"' in page for code in folders())
    own = part(client, "pre_filing")
    for path, methods in own["paths"].items():
        assert f"<code>{path}</code>" in page
        assert all(f'id="{operation["operationId"]}"' in page for operation in methods.values())
    assert "<code>facts.suit</code>" in page, "a field inside a field is told"
    for wrong in ("/api/v1/docs?part=nothing", "/api/v1/openapi.json?part=nothing"):
        assert client.get(wrong).status_code == 404
