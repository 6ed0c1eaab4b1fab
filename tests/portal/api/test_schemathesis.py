"""接口证明 · The whole API against its own description: every check of schemathesis, on every address, as people of several kinds."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from tests.conftest import PROOF, size
from tests.portal.conftest import account, asker, organisation, secret_of
from tianping.portal.api.urls import the_api

LOG = logging.getLogger("tests.schemathesis")
ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "428"]
"""What well-formed requests may get: done; not yours; not there; not as things stand; moved on; without its version."""


@dataclass
class Found:
    """What a run saw."""

    operations: set[str] = field(default_factory=set)
    cases: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


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
    found = Found()
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            found.failures.append(f"{event.label}: {event.value!r}")
        if isinstance(event, ScenarioFinished):
            _seen(event, found)
    return found


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
                found.failures.append(f"{check.name} {told.method} {told.path} {told.body!r} {told.query} {told.headers}: {title} {body}")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The whole application behind a real socket."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Threads, handler_class=_Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def paths() -> tuple[list[str], list[str]]:
    """The addresses that stand once, and those that are made from the steps."""
    every = list(json.loads(the_api().described)["paths"])
    typed = [p for p in every if any(part in p for part in ("/steps/", "/cases/", "/take/")) and p.count("/") >= 6]
    return [p for p in every if p not in typed], typed


@pytest.mark.parametrize("who", ["", "system", "security", "audit"])
def test_the_api_keeps_to_its_description(served: str, who: str) -> None:
    own, typed = paths()
    assert len(own) > 25
    assert len(typed) > 350
    token = secret_of(account(who)) if who else asker(organisation(), "*").secret
    turn = ("", "system", "security", "audit").index(who)
    chosen = own[:: size(2, 1)] + typed[:: size(160, 1)] if not who else [p for p in own if "/admin/" in p][size(turn - 1, 0) :: size(3, 1)]
    if PROOF:
        found = run(served, token, chosen, 60)
    else:
        found = run(served, token, chosen, 2, coverage=False)
        systematic = run(served, token, chosen[::8], 1)
        found.failures += systematic.failures
    LOG.info("%s: %s operations, %s requests, %s checks", who or "all roles", len(found.operations), found.cases, found.checks)
    assert not found.failures, "\n".join(found.failures[:15])
    assert len(found.operations) >= len(chosen)
