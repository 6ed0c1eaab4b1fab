"""公开名册页面 · Who mediates for the courts today: by court, by words of a name or a field. No telephone: a case's court gives it."""

from __future__ import annotations

from typing import Final, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.moments import local
from tianping.casework.registers.mediators import KINDS, SORTS, in_public, keepers
from tianping.law.statutes import MED16
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.house import page
from tianping.portal.house.asked import whole
from tianping.portal.house.doors import for_everybody

SIZE: Final = 50
WHERE: Final = "/mediators/"


@for_everybody
@require_safe
def mediators(request: HttpRequest) -> HttpResponse:
    """The registers of today, a page at a time."""
    day = local(cast(Arrived, request).at).date()
    courts = keepers(day)
    chosen = next((c for c in courts if c.code == request.GET.get("court", "")), None)
    search, after = request.GET.get("q", "").replace("\0", "").strip()[:60], whole(request.GET.get("after", ""), 0) or 0
    rows = in_public(day, after=after, size=SIZE + 1, search=search, court=chosen)
    kept = {k: v for k, v in (("q", search), ("court", chosen.code if chosen else ""), ("after", rows[SIZE - 1].pk if len(rows) > SIZE else "")) if v}
    data = {
        "rows": rows[:SIZE], "kinds": KINDS, "sorts": SORTS, "q": search, "court": chosen.code if chosen else "", "cites": MED16[8, 12],
        "courts": [(c.code, T(c.zh, c.en)) for c in courts], "next": f"{WHERE}?{urlencode(kept)}" if len(rows) > SIZE else "",
    }  # fmt: skip
    return page(request, "registers/mediators.html", data)
