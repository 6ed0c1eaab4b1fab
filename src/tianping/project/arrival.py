"""到达 · The one place where a request meets the time: every request carries its instant and a number of its own, and is logged when it leaves."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

LOG = logging.getLogger("tianping.request")


def arrival(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: gives the request ``at`` and ``number``, and writes a line with its route (never its address), status and length."""

    def arrived(request: HttpRequest) -> HttpResponse:
        request.at = datetime.now(UTC)  # type: ignore[attr-defined]  # see portal.arrived.Arrived
        request.number = uuid4()  # type: ignore[attr-defined]
        began = time.perf_counter()
        response = answer(request)
        match = request.resolver_match
        told: dict[str, Any] = {
            "request": str(request.number),  # type: ignore[attr-defined]
            "method": request.method if request.method in METHODS else "?",
            "route": match.route if match is not None else "?",
            "status": response.status_code,
            "ms": round(1000 * (time.perf_counter() - began), 1),
            "account": getattr(request, "account_number", None),
        }
        LOG.info("request", extra={"told": told})
        response.headers["X-Request-Id"] = told["request"]
        return response

    return arrived


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
