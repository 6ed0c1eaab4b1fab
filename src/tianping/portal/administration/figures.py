"""参数页面 · Every figure with its days, source and status."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.law.citations import LABELS
from tianping.law.parameters import parameters as known
from tianping.law.text import T
from tianping.portal.administration.rooms import for_administrators, room

STATUSES: Final = {**LABELS, "verified": T("已核实", "verified")}


@for_administrators("system")
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """The figures that calculations take from the tables; they change with the tables only."""
    return room(request, "parameters", {"rows": [p for rows in known().values() for p in rows], "statuses": STATUSES})
