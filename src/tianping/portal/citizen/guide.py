"""办事指南 · Everything that somebody outside the institutions may begin, by institution: in which role, what is asked, how soon it is answered.

All of it is read from the definitions: a new procedure stands here by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.citizens.openings import Opening, openings
from tianping.casework.engine.registered import folders
from tianping.casework.moments import instant, local
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.services import length
from tianping.portal.citizen.session import page
from tianping.portal.house.doors import for_everybody
from tianping.procedure import Limit

ROOMS: Final = {
    "courts": T("人民法院", "Courts"),
    "mediation": T("调解", "Mediation"),
    "procuratorate": T("人民检察院", "Procuratorates"),
    "police": T("公安机关", "Police"),
}
"""The first folder of a room → what people call it."""
ELSE: Final = T("其他", "Other")


@dataclass(frozen=True, slots=True)
class Matter:
    """一件事 · What may be begun of one procedure: each way in, and the limits that begin with it."""

    code: str
    title: T
    ways: tuple[Opening, ...]
    limits: tuple[tuple[Limit, T], ...]


@for_everybody
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guide, institution by institution."""
    day = local(instant(cast(Arrived, request).at)).date()
    return page(request, "guide", {"groups": matters(day)})


def matters(day: date) -> list[tuple[T, list[Matter]]]:
    """The matters of each room, in the order of ``ROOMS``."""
    ways: dict[str, list[Opening]] = {}
    for one in openings(day):
        ways.setdefault(one.tables.procedure.code, []).append(one)
    rooms: dict[str, list[Matter]] = {}
    for code, found in ways.items():
        rooms.setdefault(_room(code), []).append(_matter(code, found))
    named = [(title, rooms[room]) for room, title in ROOMS.items() if room in rooms]
    return named + ([(ELSE, rooms[""])] if "" in rooms else [])


def _matter(code: str, found: list[Opening]) -> Matter:
    first = {one.row.no for one in found}
    rows = [row for row in found[0].tables.limits if first & set(row.since)]
    return Matter(code, found[0].tables.procedure.title, tuple(found), tuple((row.limit, length(row.rows[0])) for row in rows))


def _room(code: str) -> str:
    parts = folders()[code].path.parts
    room = parts[parts.index("institutions") + 1] if "institutions" in parts else ""
    return room if room in ROOMS else ""
