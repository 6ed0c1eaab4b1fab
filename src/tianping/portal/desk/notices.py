"""我的提醒 · One's own notices of limits: first those that nobody has seen, then those that were seen; a form says that they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from tianping.casework.alarms.notices import PAGE, Told, notices_acknowledge, notices_of, notices_seen
from tianping.casework.engine.actors import Actor
from tianping.casework.moments import local
from tianping.casework.selectors.worklist import cases_of
from tianping.law.text import T
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import asked, whole
from tianping.portal.house.doors import for_staff
from tianping.portal.house.shapes import Chip, When

HERE: Final = "/desk/notices"
SEEN: Final = "seen"
STATES: Final[dict[str, T]] = {"": T("未签收", "Not seen"), SEEN: T("已签收", "Seen")}


@dataclass(frozen=True, slots=True)
class Row:
    """一行 · A notice as the list shows it. Of a case that is closed to who reads it tells no more than the notice: ``href`` is empty."""

    told: Told
    chip: Chip
    when: When
    case: str
    title: str
    href: str


@for_staff
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices to one's post, to a role that one holds at the institution, or to the institution; newest first."""
    who = asked(request)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    of = f"desk-notices:{state}:{who.actor.post}"
    mark = opened(request.GET.get("after") or None, account=who.account.pk, of=of)
    found = (notices_seen if state else notices_of)(who.actor, before=mark, limit=PAGE)
    following = f"{HERE}?state={state}&after=" + sealed(found[-1].id, account=who.account.pk, of=of) if len(found) == PAGE else ""
    data = {
        "rows": _rows(who.actor, found), "next": following, "seen": state == SEEN, "done": whole(request.GET.get("done", ""), least=0),
        "states": [(words, f"{HERE}?state={name}", None, name == state) for name, words in STATES.items()],
    }  # fmt: skip
    return desk_page(request, who, "notices", data, part="_notices")


@for_staff
@require_POST
def notices_are_seen(request: HttpRequest) -> HttpResponse:
    """One's own notices of the form are seen; what is not one's own stays as it is."""
    who = asked(request)
    numbers = [number for given in request.POST.getlist("notice")[:PAGE] if (number := whole(given)) is not None]
    return HttpResponseRedirect(f"{HERE}?done={notices_acknowledge(actor=who.actor, notices=numbers, at=who.at)}")


def _rows(actor: Actor, found: Sequence[Told]) -> list[Row]:
    seen = {case.id: case for case in cases_of(actor, {told.case_id for told in found})} if found else {}
    rows = []
    for told in found:
        case, due = seen.get(told.case_id), local(told.due)
        rows.append(
            Row(
                told, Chip("l3" if told.kind == "alarm" else "l2" if told.level > 1 else "l1", told.called),
                When(told.due if told.timed else due.date(), told.provisional),
                told.case if case else "", (case.covered or case.title) if case else "", f"/desk/cases/{told.case_id}" if case else "",
            )
        )  # fmt: skip
    return rows
