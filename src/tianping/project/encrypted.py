"""经加密连接 · Behind a proxy that holds the certificate each request came over HTTPS, whatever its last hop is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Served = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def encrypted(served: Served) -> Served:
    """加密 · An application that knows that it is served over HTTPS.

    Else no form of a browser would be taken (its ``Origin`` says https), and a provider would be told to answer without encryption. The setting says
    so, not a header, which a client could send as well.
    """

    def over_https(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return served({**environ, "wsgi.url_scheme": "https"}, start)

    return over_https


def as_set(served: Served) -> Served:
    """依设置 · The application as the setting ``TIANPING_HTTPS`` says that it is served."""
    from tianping.project.settings.security import HTTPS  # noqa: PLC0415 — read when Django is set up

    return encrypted(served) if HTTPS.value() else served
