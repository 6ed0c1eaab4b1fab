"""移送收发 · What was sent to one's institution and by it; to take a matter under a procedure that answers it, or to send it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.exchange.addressing import UNADDRESSED, referral_address
from tianping.casework.exchange.errors import AlreadyDecided, NoSuchReferral
from tianping.casework.exchange.offers import Offer
from tianping.casework.exchange.services import matter_of, part_for, referral_return, referral_take, ways
from tianping.casework.moments import instant, local
from tianping.casework.selectors.named import names_of
from tianping.casework.selectors.referrals import STATES, ReferralRow, referral_for, referral_inbox, referral_outbox
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.acting import signed_papers
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.acts import moment_of, told
from tianping.portal.desk.fields import Field, answer_words, typed_out
from tianping.portal.desk.forms import PAPERS, ROLE, Form, receivers, sent_to
from tianping.portal.desk.opening import TITLE, may_begin, opening_form
from tianping.portal.desk.reading import read
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import Asked, asked, key_of, new_key
from tianping.portal.house.doors import for_staff

SIZE: Final = 50
WORDS: Final[dict[str, T]] = {
    "unaddressed": T("未写收件机构", "No receiver named"), "sent": T("待接收", "Waiting"), "taken": T("已接收", "Taken"),
    "answered": T("已答复", "Answered"), "refused": T("已退回", "Sent back"),
}  # fmt: skip
OUTCOME: Final = T("以何结果退回", "With which outcome")
REASON: Final = Field("reason", "text", T("退回理由", "Why it is sent back"), T("对方机构会看到", "The sender reads it"), required=True, most=400)


@dataclass(frozen=True, slots=True)
class Matter:
    """一件委托 · A referral as its page of the list shows it."""

    row: ReferralRow
    state: T
    sender: T
    receiver: T
    told: tuple[tuple[T, T], ...]

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.row.state == "sent"


NOBODY: Final = T("（未写收件机构，尚未送达）", "(no institution named: not delivered)")


def matters(rows: tuple[ReferralRow, ...]) -> list[Matter]:
    """The rows of a page, with what both sides are called and what was carried."""
    places = names_of(organisations={n for r in rows for n in (r.sender, r.receiver) if n is not None}).organisations if rows else {}
    unknown = T("（机构）", "(institution)")
    return [
        Matter(
            r, WORDS.get(r.state, T(r.state, r.state)), places.get(r.sender, unknown),
            NOBODY if r.receiver is None else places.get(r.receiver, unknown),
            tuple((fact.title, answer_words(fact, r.carried[fact.name])) for fact in r.asked if fact.name in r.carried),
        )
        for r in rows
    ]  # fmt: skip


@for_staff
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What was sent to one's institution, newest first."""
    return _listed(request, "inbox")


@for_staff
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What one's institution sent, newest first."""
    return _listed(request, "outbox")


def _listed(request: HttpRequest, side: str) -> HttpResponse:
    who = asked(request)
    state = request.GET.get("state", "sent" if side == "inbox" else "")
    state = state if state in STATES else ""
    of = f"{side}:{state}"
    mark = opened(request.GET.get("after") or None, account=who.account.pk, of=of)
    found = (referral_inbox if side == "inbox" else referral_outbox)(who.actor, after=mark, size=SIZE, state=state or None)
    tabs = [(WORDS[s], f"/desk/{side}?state={s}", None, s == state) for s in STATES if side == "outbox" or s != "unaddressed"]
    tabs.append((T("全部", "All"), f"/desk/{side}?state=all", None, state == ""))
    following = f"/desk/{side}?state={state or 'all'}&after=" + sealed(found.after, account=who.account.pk, of=of) if found.after else ""
    return desk_page(
        request, who, "matters", {"side": side, "matters": matters(found.rows), "tabs": tabs, "next": following, "state": state}, part="_matters"
    )


@for_staff
@require_safe
def matter(request: HttpRequest, number: int) -> HttpResponse:
    """One matter: what was sent, and the ways to answer it."""
    who = asked(request)
    row = _own(who, number)
    listed = [(o.title, o.step.words, f"/desk/inbox/{number}/take/{o.procedure}/{o.step.code}") for o in _ways(who, row)]
    data = {"it": matters((row,))[0], "ways": listed}
    return desk_page(request, who, "matter", data)


def _own(who: Asked, number: int) -> ReferralRow:
    row = referral_for(who.actor, number)
    if row is None:
        raise NoSuchReferral(referral=number)
    return row


def _ways(who: Asked, row: ReferralRow) -> list[Offer]:
    """The procedures that answer the matter and that somebody with these roles may begin; where the sender's own act begins one, only such."""
    found = ways(row.id, local(instant(who.at)).date())
    sent = [offer for offer, by_sender in found if by_sender]
    held = [offer for offer, _ in found if any({r.code for r in signed} & who.actor.roles for signed in offer.step.by.sets())]
    return sent + [o for o in held if o not in sent] or [offer for offer, _ in found if may_begin(who.actor, offer.step)]


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, number: int, procedure: str, step: str) -> HttpResponse:
    """Take the matter: the form of the first step of one's own case; parties, source and what was carried come with it."""
    who = asked(request)
    row = _own(who, number)
    way = next((o for o in _ways(who, row) if (o.procedure, o.step.code) == (procedure, step)), None)
    if way is None:
        raise NoSuchReferral(referral=number)
    form = _taking(way, who, row)
    if request.method != "POST":
        return _form(request, who, row, form, "take")
    filled = read(form.fields, request.POST)
    form = form.with_read(filled)
    if not filled.good:
        return _form(request, who, row, form, "take", errors=filled.errors, status=422)
    answers: Mapping[str, Any] = filled.answers
    try:
        done = referral_take(
            actor=who.actor, referral_id=number, at=who.at, procedure=procedure, step=step, facts=filled.facts, happened=moment_of(answers),
            title=answers.get("title", ""), role=answers.get(ROLE), co_signers=signed_papers(list(answers.get(PAPERS, ()))),
            holder=who.actor.post, key=key_of(request),
        )  # fmt: skip
    except TianpingError as error:
        return _refused(request, who, row, form, "take", error)
    return HttpResponseRedirect(f"/desk/cases/{done.case_id}?done=1")


def _taking(way: Offer, who: Asked, row: ReferralRow) -> Form:
    """The opening form without what comes with the matter: source; its title may be left as it is."""
    form = opening_form(way.tables, way.step, who)
    title = Field(TITLE.name, "line", TITLE.title, T("不填则用来件的标题", "Left empty: the title that it came with"))
    kept = [f for f in form.fields if f.name not in ("source", TITLE.name)]
    carried = {f"fact.{name}": value for name, value in row.carried.items()}
    filled = [_with(f, carried[f.name]) if f.name in carried else f for f in kept]
    return Form(form.step, form.title, form.cites, form.who, "", (title, *filled), form.effects)


def _with(field: Field, value: object) -> Field:
    return replace(field, value=typed_out(value))


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Send a matter back with a reason and one of its outcomes."""
    who = asked(request)
    row = _own(who, number)
    wanted = matter_of(number)
    choices = tuple((o.name, o.title) for o in wanted.outcomes())
    first = "returned" if "returned" in dict(choices) else ""
    fields = (Field("outcome", "choice" if len(choices) <= 6 else "select", OUTCOME, None, choices, value=first, required=True), REASON)
    title = T("退回：{matter}", "Send back: {matter}").fill(matter=wanted.title)
    form = Form("return", title, T("", ""), T("", ""), "", fields, ())
    if request.method != "POST":
        return _form(request, who, row, form, "return")
    filled = read(form.fields, request.POST)
    form = form.with_read(filled)
    if not filled.good:
        return _form(request, who, row, form, "return", errors=filled.errors, status=422)
    answers: Mapping[str, Any] = filled.answers
    try:
        referral_return(actor=who.actor, referral_id=number, reason=answers["reason"], at=who.at, outcome=answers["outcome"])
    except TianpingError as error:
        return _refused(request, who, row, form, "return", error)
    return HttpResponseRedirect("/desk/inbox?state=refused")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, number: int) -> HttpResponse:
    """Name the institution of a referral that was sent without one; those that handle such a matter are proposed with reasons."""
    who = asked(request)
    row = referral_for(who.actor, number, sent=True)
    if row is None:
        raise NoSuchReferral(referral=number)
    if row.state != UNADDRESSED:
        raise AlreadyDecided(referral=number, state=WORDS[row.state])
    fields = tuple(replace(f, required=True) for f in receivers((part_for(number),), who.actor, who.at))
    form = Form("address", T("补写收件机构：{matter}", "Name the receiver: {matter}").fill(matter=row.matter), T("", ""), T("", ""), "", fields, ())
    if request.method != "POST":
        return _form(request, who, row, form, "address")
    filled = read(form.fields, request.POST)
    form = form.with_read(filled)
    if not filled.good:
        return _form(request, who, row, form, "address", errors=filled.errors, status=422)
    try:
        referral_address(actor=who.actor, referral_id=number, receiver=next(iter((sent_to(filled.answers) or {}).values())), at=who.at)
    except TianpingError as error:
        return _refused(request, who, row, form, "address", error)
    return HttpResponseRedirect("/desk/outbox?state=sent")


def _refused(request: HttpRequest, who: Asked, row: ReferralRow, form: Form, act: str, error: TianpingError) -> HttpResponse:
    denial_noted(request, error, status_of(error))
    return _form(request, who, row, form, act, error=error, status=status_of(error))


def _form(
    request: HttpRequest,
    who: Asked,
    row: ReferralRow,
    form: Form,
    act: str,
    *,
    errors: list[tuple[str, T]] | None = None,
    error: TianpingError | None = None,
    status: int = 200,
) -> HttpResponse:
    data = {"it": matters((row,))[0], "form": form, "act": act, "errors": errors or [], "told": told(error)}
    return desk_page(request, who, "answer", data | {"key": request.POST.get("key") or new_key()}, status=status)
