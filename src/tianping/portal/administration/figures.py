"""参数页面 · Every figure with its days, source and status, those that were replaced too; and a form that adds one."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tianping.casework.parameters.held import STATUSES as ALLOWED
from tianping.casework.parameters.held import parameter_added, rows
from tianping.law.citations import LABELS
from tianping.law.text import T
from tianping.portal.administration.forms import Typed, answered
from tianping.portal.administration.rooms import PARAMETERS, by_of, for_administrators, room

STATUSES: Final = {**LABELS, "verified": T("已核实", "verified")}
WHERE: Final = PARAMETERS.href


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def parameters(request: HttpRequest) -> HttpResponse:
    """The figures that calculations take; a form adds one, and none is ever changed."""
    by = by_of(request)
    found = rows(by)
    titles = {r.figure.name: r.figure.title for r in found}
    data: dict[str, Any] = {
        "rows": found, "statuses": STATUSES, "names": sorted(titles.items(), key=lambda n: n[1].zh), "allowed": [(s, STATUSES[s]) for s in ALLOWED],
    }  # fmt: skip
    if request.method != "POST":
        return room(request, "parameters", data | {"typed": {"region": "CN-SX"}})
    form = Typed(request)
    name = form.line("other", 80, optional=True) or form.chosen("name", titles)
    region, status = form.line("region", 6), form.chosen("status", dict.fromkeys(ALLOWED))
    value, source = form.decimal("value"), T(form.line("zh", 300), form.line("en", 300))
    start, end = form.must_day("start"), form.day("end", optional=True)

    def act() -> str:
        parameter_added(by, name=name, region=region, value=value, start=start, end=end, status=status, source=source)
        return f"{WHERE}?done=added"

    return answered(request, form, act, "parameters", data)
