"""群众留言 · Messages to a judge: those for one's own posts and those for the court; one of them read, and answered in words that its writer sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, StaleCase
from tianping.casework.handling.messages import LONGEST, Text, answered, texts_of
from tianping.casework.models import AccessKey
from tianping.casework.selectors.detail import Detail, StepOffer, available_steps, case_detail, clocks_explained
from tianping.casework.selectors.lists import case_list
from tianping.casework.selectors.referrals import MESSAGES
from tianping.casework.selectors.worklist import cases_of, numbered, work_of
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.acts import told
from tianping.portal.desk.rooms import desk_page
from tianping.portal.desk.shown import reckoned
from tianping.portal.desk.worklist import Row, row_of
from tianping.portal.house.asked import Asked, asked, key_of, new_key, whole
from tianping.portal.house.clocks import chip
from tianping.portal.house.doors import for_staff
from tianping.portal.house.shapes import Chip, When

SIZE: Final = 50
PROCEDURE, UNREAD = MESSAGES
READ, ANSWER = "JudgeMessage.open_", "JudgeMessage.answer"
STATES: Final[dict[str, T]] = {
    UNREAD: T("未读", "Unread"), "read": T("待回复", "To be answered"), "answered": T("已回复", "Answered"), "": T("全部", "All"),
}  # fmt: skip
WHOSE: Final[dict[str, T]] = {"": T("给我和我的团队", "For me and my team"), "court": T("给本院、未指明法官", "For the court, nobody named")}
EMPTY: Final = T("请写明回复的内容", "Write the answer")


@dataclass(frozen=True, slots=True)
class Promise:
    """承诺 · By when it is to be read or answered."""

    title: T
    chip: Chip
    when: When


def keys_of_posts(who: Asked) -> tuple[int, ...]:
    """The keys of one's own posts."""
    return tuple(AccessKey.objects.filter(pk__in=who.actor.keys, post__isnull=False).values_list("pk", flat=True))


@for_staff
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The messages, newest first: for one's own posts, or for the court as a whole."""
    who = asked(request)
    state, whose = request.GET.get("state", UNREAD), request.GET.get("whose", "")
    state, whose = state if state in STATES else "", whose if whose in WHOSE else ""
    own = keys_of_posts(who)
    actor = replace(who.actor, keys=own if not whose else tuple(k for k in who.actor.keys if k not in own))
    of = f"messages:{state}:{whose}"
    mark = opened(request.GET.get("after") or None, account=who.account.pk, of=of)
    page = case_list(actor, at=who.at, size=SIZE, after=mark, order="opened", procedure=PROCEDURE, stage=state or None)
    rows = [_row(row_of(w, who.at)) for w in work_of(page.rows)] if page.rows else []
    here = f"/desk/messages?state={state or 'all'}&whose={whose}"
    data = {
        "rows": rows, "whose": whose, "next": f"{here}&after=" + sealed(page.after, account=who.account.pk, of=of) if page.after else "",
        "states": [(words, f"/desk/messages?state={name or 'all'}&whose={whose}", None, name == state) for name, words in STATES.items()],
        "sides": [(words, f"/desk/messages?state={state or 'all'}&whose={name}", None, name == whose) for name, words in WHOSE.items()],
    }  # fmt: skip
    return desk_page(request, who, "messages", data, part="_messages")


def _row(row: Row) -> Row:
    """A row leads to the message, not to the case page."""
    href = f"/desk/messages/{row.id}"
    return replace(row, href=href, act=href)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, case_id: int) -> HttpResponse:
    """One message: who left it, about which case, by when it is to be read; then what it says, and the answer."""
    who = asked(request)
    found = _found(who, case_id)
    if request.method != "POST":
        return _shown(request, who, found)
    version, act = whole(request.POST.get("version", "")) or 0, request.POST.get("act", "")
    try:
        if act == "read":
            step_take(case_id=case_id, step=READ, actor=who.actor, at=who.at, key=key_of(request), expected_version=version)
        elif not request.POST.get("answer", "").strip():
            return _shown(request, who, found, errors=[("answer", EMPTY)], status=422)
        else:
            words = request.POST["answer"]
            answered(case_id=case_id, step=ANSWER, words=words, actor=who.actor, at=who.at, expected_version=version, key=key_of(request))
    except NoSuchCase:
        raise
    except TianpingError as error:
        denial_noted(request, error, status_of(error))
        return _shown(request, who, _found(who, case_id), error=error, status=status_of(error))
    return HttpResponseRedirect(f"/desk/messages/{case_id}?done={act if act == 'read' else 'answer'}")


def _found(who: Asked, case_id: int) -> Detail:
    found = case_detail(who.actor, case_id, who.at)
    if found.procedure != PROCEDURE or "handle" not in found.capacities:
        raise Http404
    return found


def _shown(
    request: HttpRequest,
    who: Asked,
    found: Detail,
    *,
    errors: list[tuple[str, T]] | None = None,
    error: TianpingError | None = None,
    status: int = 200,
) -> HttpResponse:
    offers = {o.step: o for o in available_steps(who.actor, found.id, who.at) if o.may}
    texts = [] if found.stage == UNREAD else texts_of(found.documents, who.actor, at=who.at)
    number = str(found.facts.get("case_number", ""))
    data: dict[str, Any] = {
        "d": found, "texts": texts, "replies": [t for t in texts if _by_office(t)], "files": [x for x in found.documents if x.kind != "text/plain"],
        "about": next(iter(cases_of(who.actor, _numbered(number))), None) if number else None, "number": number,
        "promises": _promises(who, found), "may_read": _may(offers, READ), "may_answer": _may(offers, ANSWER), "errors": errors or [],
        "told": told(error), "stale": isinstance(error, StaleCase), "words": request.POST.get("answer", "")[:LONGEST], "most": LONGEST,
        "key": new_key(), "done": request.GET.get("done", ""), "read": found.stage != UNREAD,
    }  # fmt: skip
    return desk_page(request, who, "message", data, status=status)


def _by_office(text: Text) -> bool:
    return not text.account.startswith("citizen:")


def _may(offers: dict[str, StepOffer], step: str) -> bool:
    return step in offers


def _numbered(number: str) -> list[int]:
    """The case of a number, or of the number of a receipt."""
    receipt = number[1:] if number[:1] in "Ss" else ""
    return [int(receipt)] if receipt.isdecimal() and len(receipt) < 16 else numbered(number)


def _promises(who: Asked, found: Detail) -> list[Promise]:
    open_ = [c for c in clocks_explained(who.actor, found.id, who.at) if c.open and c.met_on is None]
    return [Promise(c.title, chip(shape, who.at), shape.when) for c in open_ for shape in (reckoned(c),)]
