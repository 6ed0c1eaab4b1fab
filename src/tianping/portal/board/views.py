"""看板页面 · The pages of the board: the overview of a scope, the cases behind a figure, the figures of every room, and exports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.funnel import courts, funnel, sources, total
from tianping.casework.funnel_cases import MARKS, PAGE, Mark, Place, behind
from tianping.casework.masked_cases import masked_cases
from tianping.casework.moments import local
from tianping.law.text import T
from tianping.portal.arrived import language
from tianping.portal.board import rooms
from tianping.portal.board.asking import Asked, Period, asked
from tianping.portal.board.charts import by_period
from tianping.portal.board.doors import for_leaders, reader_of
from tianping.portal.board.exports import FORMS, Leaf
from tianping.portal.board.leaves import figure_leaf, overview_leaf, room_leaf
from tianping.portal.board.overview import MEANS, OUTCOMES, WORDS, Overview, mean_days, overview, rate
from tianping.portal.house import Group, Link, page
from tianping.portal.house.walls import on_wall, wall_asked
from tianping.procedure.measures import Indicator, Per, Share

SHARED: Final[dict[str, Any]] = {"words": WORDS, "means": MEANS, "rate": rate, "mean_days": mean_days, "outcomes": OUTCOMES}
PARTS: Final = {"among": T("分母", "Looked at"), "of": T("分子", "Of these"), "rest": T("其余", "The rest")}


@require_safe
@for_leaders
def index(request: HttpRequest) -> HttpResponse:
    """The overview of a scope and a period."""
    seen = overview(asked(request))
    data = {"seen": seen, "asked": seen.asked, "forms": list(FORMS), "pills": _pills(seen), "options": _options, "named": _listed}
    if wall_asked(request):
        return page(request, "board/wall.html", SHARED | data | on_wall(request))
    return page(request, "board/index.html", SHARED | data, nav=_nav())


@require_safe
@for_leaders
def cases(request: HttpRequest, mark: str) -> HttpResponse:
    """The cases behind a figure of the funnel: a masked list, a page at a time."""
    named: Mark | None = next((m for m in MARKS if m == mark), None)
    if named is None:
        raise Http404(mark)
    scope, outcome = asked(request), request.GET.get("outcome", "").replace("\0", "")[:60]
    reader = reader_of(request)
    rows = behind(named, scope.scope, outcome=outcome, actor=reader, after=Place.read(request.GET.get("after", "")))
    counted = getattr(total(funnel(scope.scope)), named)
    more = {k: v for k, v in (("outcome", outcome), ("after", str(rows.after) if rows.after else "")) if v}
    data = {
        "mark": named,
        "asked": scope,
        "rows": rows.rows,
        "next": scope.to(f"/board/cases/{named}", **more) if rows.after else "",
        "number": None if outcome else counted,
        "outcome": outcome,
        "names": _names(scope),
        "masked_by": reader is not None,
    }
    return page(request, "board/cases.html", SHARED | data, nav=_nav())


@require_safe
@for_leaders
def export(request: HttpRequest, form: str) -> HttpResponse:
    """What the overview shows, as a file. Raises NoTypesetter."""
    scope = asked(request)
    name = "-".join(filter(None, ("tianping-board", scope.period.key if scope.period else "", scope.court, scope.source)))
    return _file(request, form, name, lambda taken: overview_leaf(overview(scope), taken, replay=settings.TIANPING_DEMO))


@require_safe
@for_leaders
def figure_export(request: HttpRequest, room: str, form: str, name: str = "") -> HttpResponse:
    """The figures of a room, or one of them by the groups that are shown, as a file. Raises NoTypesetter."""
    indicator = rooms.indicator_of(room, name) if name else None
    whole = rooms.room(room, _at(request))

    def made(taken: str) -> Leaf:
        if indicator is None:
            return room_leaf(whole, taken, replay=settings.TIANPING_DEMO)
        shown, per, groups = _grouped(request, whole, indicator)
        return figure_leaf(whole, shown, per, groups, taken, replay=settings.TIANPING_DEMO)

    return _file(request, form, "-".join(filter(None, ("tianping", room, name))), made)


def _file(request: HttpRequest, form: str, name: str, made: Callable[[str], Leaf]) -> HttpResponse:
    if form not in FORMS:
        raise Http404(form)
    make, kind = FORMS[form]
    answer = HttpResponse(make(made(local(_at(request)).isoformat(sep=" ", timespec="minutes")), language(request)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


@require_safe
@for_leaders
def figures(request: HttpRequest, institution: str = "") -> HttpResponse:
    """The rooms that have figures, of all institutions or of one."""
    groups = [g for g in rooms.institutions() if institution in ("", g[0])]
    if not groups:
        raise Http404(institution)
    count = sum(n for _, _, listed in groups for _, _, n in listed)
    data = {"groups": groups, "one": institution, "rooms": sum(len(g[2]) for g in groups), "count": count}
    return page(request, "board/figures.html", SHARED | data, nav=_nav())


@require_safe
@for_leaders
def figures_of(request: HttpRequest, room: str) -> HttpResponse:
    """The figures of one room."""
    return page(request, "board/room.html", SHARED | {"room": rooms.room(room, _at(request)), "forms": list(FORMS)}, nav=_nav())


@require_safe
@for_leaders
def figure(request: HttpRequest, room: str, name: str) -> HttpResponse:
    """One figure: what it means, and how it stands by one of its groups."""
    indicator = rooms.indicator_of(room, name)
    whole = rooms.room(room, _at(request))
    shown, per, groups = _grouped(request, whole, indicator)
    data = {
        "room": whole,
        "figure": shown,
        "per": per,
        "bys": [(p.title, f"?by={p.column}", None, p is per) for p in indicator.by],
        "groups": groups,
        "most": max((g.among for g in groups), default=0) or 1,
        "share": isinstance(indicator, Share),
        "to": _list_address,
        "chart": by_period(shown, groups, language(request)) if per is not None and per.span else None,
        "forms": list(FORMS),
    }
    return page(request, "board/figure.html", SHARED | data, nav=_nav())


def _grouped(request: HttpRequest, whole: rooms.Room, indicator: Indicator) -> tuple[rooms.Figure, Per | None, list[rooms.Group]]:
    """A figure, by which of its groups it is asked for, and these."""
    shown = next(f for f in whole.figures if f.indicator is indicator)
    per = next((p for p in indicator.by if p.column == request.GET.get("by", "")), indicator.by[0] if indicator.by else None)
    return shown, per, rooms.groups(whole.name, indicator, per, _at(request))[0] if per is not None else []


@require_safe
@for_leaders
def figure_cases(request: HttpRequest, room: str, name: str) -> HttpResponse:
    """The cases behind a figure of a room: a masked list. Raises UnknownGroup."""
    indicator = rooms.indicator_of(room, name)
    part = request.GET.get("part", "among")
    if part not in PARTS or (part != "among" and not isinstance(indicator, Share)):
        raise Http404(part)
    where = {p.column: request.GET[p.column].replace("\0", "") or None for p in indicator.by if p.column in request.GET and not p.span}
    after = [a for a in request.GET.get("after", "").replace("\0", "").split("~") if a]
    units = rooms.cases(room, indicator, part=part, where=where, after=after, size=PAGE + 1, at=_at(request))
    shown = units[:PAGE]
    reader = reader_of(request)
    listed = {str(c.case): c for c in masked_cases([int(u[0]) for u in shown], actor=reader)}
    rows = [(listed[u[0]], u[1] if len(u) > 1 else "") for u in shown if u[0] in listed]
    data = {
        "room_name": room,
        "indicator": indicator,
        "part": PARTS[part],
        "rows": rows,
        "hidden": len(shown) - len(rows),
        "where": ", ".join(str(v) for v in where.values() if v),
        "next": _list_address(room, indicator, part, where, "~".join(shown[-1])) if len(units) > PAGE else "",
    }
    return page(request, "board/figure_cases.html", SHARED | data, nav=_nav())


def _list_address(room: str, indicator: Indicator, part: str, where: dict[str, Any], after: str = "") -> str:
    """The address of the cases behind a figure, of one of its groups."""
    query = {"part": part, **{k: v or "" for k, v in where.items()}, **({"after": after} if after else {})}
    return f"/board/figures/{room}/{indicator.name}/cases?{urlencode(query)}"


def _nav() -> tuple[Group, ...]:
    """The links of the board: the overview, and the figures by institution."""
    own = tuple(Link(title, f"/board/institutions/{name}/") for name, title, _ in rooms.institutions())
    return (
        Group((Link(T("总览", "Overview"), "/board/", exact=True), Link(T("全部指标", "All figures"), "/board/figures/"))),
        Group(own, T("按机构", "By institution")),
    )


def _pills(seen: Overview) -> list[tuple[T, str]]:
    """What the scope is narrowed by, each with the address that takes it away."""
    asked = seen.asked
    court, source = seen.court_names.get(asked.court), seen.source_names.get(asked.source)
    on = [(asked.period.title, asked.to(period=""))] if asked.period else []
    on += [(court, asked.to(court=""))] if court else []
    on += [(source, asked.to(source=""))] if source else []
    against = T("对比{p}", "against {p}").fill(p=asked.against.title) if asked.against else None
    return on + ([(against, asked.to(against=""))] if against else [])


def _options(periods: tuple[Period, ...]) -> list[tuple[str, T]]:
    return [(p.key, p.title) for p in periods]


def _listed(names: dict[str, T]) -> list[tuple[str, T]]:
    return sorted(names.items())


def _names(scope: Asked) -> list[T]:
    """What the scope is called."""
    found = {**courts(), **sources()}
    return [scope.title, *(found[c] for c in (scope.court, scope.source) if c in found)]


def _at(request: HttpRequest) -> Any:
    return request.at  # type: ignore[attr-defined]  # arrived
