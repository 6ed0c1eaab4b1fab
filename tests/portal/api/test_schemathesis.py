"""接口证明 · The whole API against its own description: every check of schemathesis, on every address, as people of several kinds."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import schemathesis
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from schemathesis import Case, HookContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from schemathesis.generation.meta import CoveragePhaseData
from schemathesis.generation.meta import CoverageScenario as Scenario

from tests.city import environment
from tests.conftest import PROOF, ROOT, size
from tests.portal.conftest import account, asker, organisation, secret_of
from tianping.casework.database.embedded import Embedded
from tianping.portal.api.urls import the_api

LOG = logging.getLogger("tests.schemathesis")
ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "428"]
"""What well-formed requests may get: done; not yours; not there; not as things stand; moved on; without its version."""
EXAMPLES, STEPS = 40, 3
"""At full size: drawn requests of each address, and of each that is made from a step. Beside them one address of every shape of step, and all others,
meet every systematic request."""
WORDS = ("title", "description", "default", "examples", "properties", "required", "enum", "const")


@dataclass
class Found:
    """What a run saw."""

    operations: set[str] = field(default_factory=set)
    cases: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    failures: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """By address and check: all that is wrong is seen in one run."""

    def add(self, more: Found) -> None:
        """What another run saw too."""
        self.operations |= more.operations
        self.cases += more.cases
        self.checks += more.checks
        for where, told in more.failures.items():
            self.failures[where] += told

    def told(self) -> str:
        """Of each address and check how many failures, and the first of them."""
        return "\n".join(f"{label} · {check}: {len(told)}, first {told[0]}" for (label, check), told in self.failures.items())


def run(address: str, token: str, paths: list[str], examples: int, *, coverage: bool = True) -> Found:
    """Every phase and check on some addresses."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 20260302,
            "headers": {"Authorization": f"Bearer {token}"},
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": coverage}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTED},
                "missing_required_header": {"expected-statuses": ["401", "404", "422", "428"]},
            },
        }
    )
    document = json.loads(the_api().described)
    document["paths"] = {path: document["paths"][path] for path in paths}
    schema = schemathesis.openapi.from_dict(document, config=config)
    schema.config.update(base_url=address)
    schema.hooks.register_hook_with_name(_holds_of_http, "filter_case")
    found = Found()
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            found.failures[event.label, "error"].append(repr(event.value))
        if isinstance(event, ScenarioFinished):
            _seen(event, found)
    return found


def _holds_of_http(_: HookContext, case: Case[Any]) -> bool:
    """No request whose only fault is a header that is not described: whoever does not know a header is to ignore it (RFC 9110 §5.1), since proxies
    and browsers add their own. Fields of bodies and parameters of queries that are not described stay faults."""
    how = case.meta.phase.data if case.meta is not None else None
    return not (
        isinstance(how, CoveragePhaseData)
        and how.scenario is Scenario.OBJECT_UNEXPECTED_PROPERTIES
        and how.parameter_location is ParameterLocation.HEADER
    )


def _seen(event: ScenarioFinished, found: Found) -> None:
    found.operations.add(str(event.label))
    recorder = event.recorder
    found.cases += len(recorder.cases)
    for case, checks in recorder.checks.items():
        for check in checks:
            found.checks[check.name] += 1
            if check.status is Status.FAILURE:
                told = recorder.cases[case].value
                answer = recorder.interactions.get(case)
                body = answer.response.content[:600].decode() if answer is not None and answer.response is not None else ""
                title = check.failure_info.failure.title if check.failure_info else ""
                found.failures[str(event.label), check.name].append(f"{told.body!r} {told.query} {told.headers}: {title} {body}")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def served(migrated: Embedded, database: Embedded) -> Iterator[str]:
    """The whole application behind a real socket: for the many requests of the proof as it is served in earnest, in a process of its own."""
    if PROOF:
        with _granian(environment(migrated, settings.DATABASES["default"]["NAME"])) as address:
            yield address
        return
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def _granian(env: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"from tianping.project.serve import served; served('127.0.0.1', {port}, 1)"
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=env | {"TIANPING_WARM": "1"}, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(480):
            try:
                urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json?part=common").close()
                break
            except URLError:
                assert process.poll() is None, "the server has ended"
                time.sleep(0.25)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def paths() -> tuple[list[str], list[str]]:
    """The addresses that stand once, and those that are made from the steps."""
    every = list(json.loads(the_api().described)["paths"])
    typed = [p for p in every if any(part in p for part in ("/steps/", "/cases/", "/take/")) and p.count("/") >= 6]
    return [p for p in every if p not in typed], typed


def shapes(typed: list[str]) -> list[str]:
    """Of the addresses made from the steps the first of each shape: the same kinds of field, whatever they are called."""
    document = json.loads(the_api().described)
    found: dict[str, str] = {}
    for path in typed:
        for method, one in document["paths"][path].items():
            body = _kinds(one.get("requestBody", {}).get("content", {}), document["components"]["schemas"])
            found.setdefault(json.dumps([method, body, len(one.get("parameters", ())), sorted(one["responses"])], sort_keys=True), path)
    return list(dict.fromkeys(found.values()))


def _kinds(schema: Any, known: dict[str, Any]) -> Any:
    """A schema without its words: of each kind of field one."""
    if isinstance(schema, list):
        return [_kinds(s, known) for s in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _kinds(known[schema["$ref"].rsplit("/", 1)[-1]], known)
    out = {k: _kinds(v, known) for k, v in schema.items() if k not in WORDS}
    needed, fields = schema.get("required", ()), schema.get("properties", {})
    return out | {"fields": sorted({json.dumps([_kinds(f, known), name in needed], sort_keys=True) for name, f in fields.items()})}


@pytest.mark.parametrize("who", ["", "system", "security", "audit"])
def test_the_api_keeps_to_its_description(served: str, who: str) -> None:
    own, typed = paths()
    assert len(own) > 25
    assert len(typed) > 350
    token = secret_of(account(who)) if who else asker(organisation(), "*").secret
    turn = ("", "system", "security", "audit").index(who)
    if who:
        own, typed = [p for p in own if "/admin/" in p][size(turn - 1, 0) :: size(3, 1)], []
    chosen = own[:: 1 if PROOF or who else 2] + typed[:: size(160, 1)]
    if PROOF:
        found = run(served, token, own, EXAMPLES)
        if typed:
            kinds = shapes(typed)
            assert len(kinds) > 100
            for more in (run(served, token, kinds, 1), run(served, token, typed, STEPS, coverage=False)):
                found.add(more)
    else:
        found = run(served, token, chosen, 2, coverage=False)
        found.add(run(served, token, chosen[::8], 1))
    LOG.info("%s: %s operations, %s requests, %s checks", who or "all roles", len(found.operations), found.cases, found.checks)
    assert not found.failures, found.told()
    assert len(found.operations) >= len(chosen)
