"""网络地址 · Where a request comes from: the connection itself, or what so many trusted proxies say. A header that nobody vouches for is not read."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str | None:
    """The client's address, if it is one."""
    given = request.META.get("REMOTE_ADDR", "")
    hops = [h.strip() for h in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if h.strip()]
    proxies: int = settings.TIANPING_PROXIES
    if proxies and hops:
        given = hops[-min(proxies, len(hops))]
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return None
