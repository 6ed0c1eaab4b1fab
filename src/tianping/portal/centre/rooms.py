"""中心导航 · The links of the supervision centre with how much waits in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from tianping.casework.access.policy import supervising
from tianping.casework.engine.registered import folders
from tianping.casework.watch.alarms import Near, near
from tianping.casework.watch.elements import watch
from tianping.casework.watch.findings import Flow, flow
from tianping.law.text import T
from tianping.portal.house import Group, Link, page
from tianping.portal.house.asked import Asked
from tianping.procedure.tables import compiled

STEPS: Final = ("alarmed", "judged", "ordered", "rectifying", "fed_back", "suspended")


@dataclass(frozen=True, slots=True)
class Seen:
    """所见 · What the one who asks may see: limits near and past, findings on their way, and whether the messages that were sent."""

    near: Near
    flow: Flow
    messages: bool


def seen(who: Asked) -> Seen:
    """Read once for a page."""
    return Seen(near(who.actor, who.at), flow(who.actor, who.at), bool(who.actor.roles & supervising()))


def stage_titles() -> dict[str, T]:
    """What the stages of a finding are called."""
    tables = compiled(folders()[watch().finding.procedure].current)
    return {s.name: s.title for s in tables.tracks[0].stages}


def rooms(what: Seen) -> tuple[Group, ...]:
    """The links at the side."""
    titles = stage_titles()
    today = Link(T("今日", "Today"), "/centre/", count=len(what.near.only()) or None, exact=True)
    elements = [Link(e.title, f"/centre/elements/{e.code}", count=len(what.near.only(element=e.code)) or None) for e in watch().elements]
    steps = [Link(titles[s], f"/centre/stages/{s}", count=what.flow.stage(s) or None) for s in STEPS]
    closed = Link(T("已销号", "Struck off"), "/centre/closed")
    registers, sent = Link(T("登记表", "Registers"), "/centre/registers"), Link(T("通报记录", "Messages sent"), "/centre/notices")
    out = (registers, sent) if what.messages else (registers,)
    return (Group((today, *elements)), Group((*steps, closed), T("闭环", "To the end")), Group(out, T("输出", "Out")))


def centre_page(request: HttpRequest, what: Seen, template: str, data: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the centre."""
    shared = {"near": what.near, "flow": what.flow, "elements": watch().elements, "stages": stage_titles()}
    return page(request, f"centre/{template}.html", {**shared, **data}, status=status, nav=rooms(what))
