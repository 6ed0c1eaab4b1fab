"""演示页面 · The pages of a demonstration: the funnel, counted from the ledger when it is asked for, and the cases behind each of its figures."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from tianping.casework.funnel import Row, Scope, funnel, total
from tianping.casework.funnel_cases import MARKS, Mark, Place, behind
from tianping.law.text import Lang, T
from tianping.portal.arrived import language

WORDS: Final[dict[Mark, T]] = {
    "pushed": T("推送", "Pushed"),
    "closed": T("结案", "Closed"),
    "settled": T("调解成功", "Settled"),
    "confirmed": T("司法确认", "Confirmed"),
    "open": T("在办", "Open"),
    "unsettled": T("未成", "Not settled"),
    "unconfirmed": T("未确认", "Not confirmed"),
}
MEANS: Final[dict[Mark, T]] = {
    "pushed": T("法院送往调解平台的委派", "referrals that a court sent to mediation"),
    "closed": T("调解组织已答复或退回", "answered or returned by the mediation body"),
    "settled": T("答复为调解成功", "answered: settled"),
    "confirmed": T("法院裁定确认调解协议有效", "the agreement confirmed by the court's ruling"),
    "open": T("已推送、尚未答复", "sent and not answered yet"),
    "unsettled": T("已结案而未调成", "closed without a settlement"),
    "unconfirmed": T("调成而未经司法确认", "settled, not confirmed by a court"),
}


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The funnel by court and platform. Open to everybody in a demonstration only: there is nothing in it but invented people."""
    if not settings.TIANPING_DEMO:
        return _closed()
    rows = funnel()
    courts = [(own[0], total(own), own) for own in ([r for r in rows if r.court == c] for c in dict.fromkeys(r.court for r in rows))]
    return _page(request, "front.html", {"courts": courts, "total": total(rows)})


@require_safe
def cases(request: HttpRequest, mark: str) -> HttpResponse:
    """The cases behind a figure, of all courts and platforms or of one."""
    if not settings.TIANPING_DEMO:
        return _closed()
    if mark not in MARKS:
        raise Http404(mark)
    named = next(m for m in MARKS if m == mark)
    court, source = (request.GET.get(name, "").replace("\0", "") for name in ("court", "source"))
    rows = [r for r in funnel() if court in ("", r.court) and source in ("", r.source)]
    page = behind(named, Scope(court=court, source=source), after=Place.read(request.GET.get("after", "")))
    return _page(
        request,
        "cases.html",
        {
            "mark": named,
            "page": page,
            "figure": getattr(total(rows), named),
            "court": _only(rows, court, by_court=True),
            "source": _only(rows, source, by_court=False),
            "kept": {"court": court, "source": source},
        },
    )


def _only(rows: list[Row], asked: str, *, by_court: bool) -> T | None:
    """The name of the one court or platform that was asked for."""
    if not asked or not rows:
        return None
    return rows[0].court_name if by_court else rows[0].source_name


def _closed() -> HttpResponse:
    return HttpResponseForbidden("请先登录 · sign in first")


def _page(request: HttpRequest, template: str, data: dict[str, Any]) -> HttpResponse:
    lang = language(request)
    shared = {
        "lang": lang,
        "other": _other(request, lang),
        "words": WORDS,
        "means": MEANS,
        "marks": MARKS,
        "docs": _there("/api/v1/docs"),
        "sign_in": _there("/sign-in"),
        "query": _query,
    }
    return render(request, template, {**shared, **data}, using="jinja2")


def _other(request: HttpRequest, lang: Lang) -> str:
    """This page in the other language."""
    return "?" + urlencode({**request.GET.dict(), "lang": "zh" if lang == "en" else "en"})


def _query(lang: Lang, **parts: object) -> str:
    """The end of an address: the language and the parts that say something."""
    return "?" + urlencode({"lang": lang, **{k: v for k, v in parts.items() if v}})


def _there(path: str) -> str:
    """An address, if this installation has it."""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path
