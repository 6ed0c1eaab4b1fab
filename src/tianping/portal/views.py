"""首页 · The front page of a demonstration: the funnel, counted from the ledger when it is asked for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tianping.casework.funnel import funnel, total


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The funnel by court and platform. Open to everybody in a demonstration only: there is nothing in it but invented people."""
    if not settings.TIANPING_DEMO:
        return HttpResponseForbidden("请先登录 · sign in first")
    rows = funnel()
    courts = [(own[0], total(own), own) for own in ([r for r in rows if r.court == c] for c in dict.fromkeys(r.court for r in rows))]
    lang = "en" if request.GET.get("lang") == "en" else "zh"
    return render(request, "front.html", {"courts": courts, "total": total(rows), "lang": lang}, using="jinja2")
