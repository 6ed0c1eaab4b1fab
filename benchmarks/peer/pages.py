"""平常做法的列表 · The desk's list as Django's documentation writes lists: querysets with ``select_related`` and ``prefetch_related``, counts by
``aggregate``, a template of Django's own. The door, the rows and the shapes are the same."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from tianping.casework.access.masking import masked
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.days import lately
from tianping.casework.engine.snapshot import ClockRow
from tianping.casework.handling.saved_views import views_of
from tianping.casework.models import Case, Clock, Definition, Party, Recusal, Referral, Visibility
from tianping.casework.moments import local
from tianping.casework.selectors.lists import CaseRow
from tianping.casework.selectors.worklist import Bounds, Work, bounds
from tianping.law.text import T
from tianping.portal.desk.filters import TABS
from tianping.portal.desk.worklist import sections
from tianping.portal.house.asked import asked
from tianping.portal.house.doors import for_staff
from tianping.portal.house.visitor import visitor_of

SIZE: Final = 50


@for_staff
def worklist(request: HttpRequest) -> HttpResponse:
    """What is due, nearest first."""
    who = asked(request)
    days = bounds(who.at, lately(who.at))
    cases = may_see(who.actor)
    open_clocks = Clock.objects.filter(ended__isnull=True, awaited=True).exclude(status="met").order_by("due")
    parties = Party.objects.filter(left__isnull=True, acts_for__isnull=True).order_by("pk")
    listed = cases.select_related("definition", "organisation", "holder__person", "searchrow").prefetch_related(
        Prefetch("clock_set", queryset=open_clocks, to_attr="running"), Prefetch("parties", queryset=parties, to_attr="standing")
    )
    page = list(listed.order_by(F("due").asc(nulls_last=True), "pk")[:SIZE])
    work = [_work(case) for case in page]
    data: dict[str, Any] = {
        "sections": sections(work, days), "rows": len(work), "tabs": _tabs(cases, days), "saved": views_of(who.account),
        "procedures": Definition.objects.filter(case__in=cases).distinct(), "visitor": visitor_of(request), "at": who.at, "TABS": TABS,
        "waiting": Referral.objects.filter(receiver_id=who.actor.organisation, state="sent").count(), "since": int(who.at.timestamp()),
    }  # fmt: skip
    return render(request, "pages.html", data, using="django")


def may_see(actor: Actor) -> Any:
    """The active cases that the actor may see."""
    opened = Visibility.objects.filter(case_id=OuterRef("pk"), key_id__in=actor.keys)
    away = Recusal.objects.filter(case_id=OuterRef("pk"), person_id=actor.person or 0)
    return Case.objects.filter(Exists(opened), ~Exists(away), level__lte=actor.clearance, lifecycle=0)


def _tabs(cases: Any, days: Bounds) -> dict[str, int]:
    """How many are due when."""
    counted: dict[str, int] = cases.aggregate(
        all=Count("pk"), overdue=Count("pk", filter=Q(due__lt=days.today)), today=Count("pk", filter=Q(due__gte=days.today, due__lt=days.tomorrow)),
        soon=Count("pk", filter=Q(due__gte=days.tomorrow, due__lt=days.soon)), later=Count("pk", filter=Q(due__gte=days.soon)),
        none=Count("pk", filter=Q(due__isnull=True)),
    )  # fmt: skip
    return counted


def _work(case: Any) -> Work:
    row = CaseRow(
        case.pk, case.number, case.title, case.definition.code, case.stage, case.lifecycle, case.level, tuple(case.flags), case.organisation_id,
        case.source, case.due, case.opened, case.updated, case.seq, frozenset({"handle"}),
    )  # fmt: skip
    clocks = sorted(case.running, key=lambda k: (not k.fixed, k.due, k.code))
    parties = tuple((p.capacity, masked(p).name) for p in case.standing[:4])
    place = T(case.organisation.zh, case.organisation.en)
    return Work(row, case.definition_id, place, None, _clock(clocks[0]) if clocks else None, parties)


def _clock(k: Clock) -> ClockRow:
    met_on = None if k.met_on is None else local(k.met_on)
    return ClockRow(
        k.code, k.entity, k.since_seq, local(k.since), local(k.due), k.timed, k.fixed, k.provisional, k.status, k.ended, met_on, k.awaited
    )  # fmt: skip


urlpatterns = [path("desk/", worklist), path("", include("tianping.portal.accounts.urls"))]
