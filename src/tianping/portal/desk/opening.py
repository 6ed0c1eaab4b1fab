"""登记新件 · Opening a case of any procedure: which ones the actor may open today, and the form of the first step with parties and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.casework.access.keys import keys_for
from tianping.casework.engine.actors import MACHINES, PARTIES, Actor
from tianping.casework.engine.registered import folders
from tianping.casework.engine.writers import NewCase, NewParty, case_open
from tianping.casework.errors import NoSuchStep
from tianping.casework.exchange.offers import opening
from tianping.casework.handling.consents import consented_to_open, consents_to_open, openers_of
from tianping.casework.models import Source
from tianping.casework.moments import instant, local
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.acting import signed_papers
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.acts import moment_of, told
from tianping.portal.desk.case_page import role_title
from tianping.portal.desk.fields import Field, fact_fields
from tianping.portal.desk.forms import CONSENTS, PAPERS, ROLE, WHEN, Form, consent_field, receivers, sent_to
from tianping.portal.desk.reading import Read, read
from tianping.portal.desk.rooms import desk_page
from tianping.portal.desk.steps import effects
from tianping.portal.house.asked import Asked, asked, key_of, new_key
from tianping.portal.house.doors import for_staff
from tianping.procedure.grammar import Step
from tianping.procedure.registry import NoVersionOn
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables, compiled

SEATS: Final = 4
"""So many parties are entered with a new case; more join it afterwards."""
LIKE: Final = T("如：张三诉李四买卖合同纠纷", "For example: Zhang v. Li, sale of goods")
TITLE: Final = Field("title", "line", T("案由标题", "Title"), LIKE, required=True)
SOURCES: Final = 100
ALWAYS: Final = ("Roles.APPLICANT", "Roles.OPPONENT", "Roles.PARTY")


@dataclass(frozen=True, slots=True)
class Beginning:
    """可立之件 · A first step that the actor may take: of which procedure, in words, where its form is."""

    procedure: T
    words: T
    cites: T
    href: str


@dataclass(frozen=True, slots=True)
class Seat:
    """当事人一栏 · A party of a new case as it was typed."""

    number: int
    name: str = ""
    capacity: str = ""
    kind: str = "person"
    identity: str = ""
    phone: str = ""
    minor: bool = False


def beginnings(actor: Actor, day: date) -> list[Beginning]:
    """Every first step of every procedure of the day that somebody with these roles may take, alone or for parties who signed on paper."""
    return [
        Beginning(tables.procedure.title, step.words, step.cites.words, f"/desk/new/{code}/{step.code}")
        for code, tables in current(day).items()
        for step in opening(tables)
        if may_begin(actor, step)
    ]


def current(day: date) -> dict[str, Tables]:
    """The procedures of a day, in the order of their codes."""
    out = {}
    for code in sorted(folders()):
        try:
            out[code] = compiled(folders()[code].on(day))
        except NoVersionOn:
            continue
    return out


def may_begin(actor: Actor, step: Step) -> bool:
    """Whether the actor's role is among those that begin it, or parties begin it on paper."""
    sets = [{r.code for r in signed} for signed in step.by.sets()]
    return any(signed <= MACHINES | PARTIES and not signed & MACHINES for signed in sets) or any(signed & actor.roles for signed in sets)


@for_staff
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What may be opened."""
    who = asked(request)
    return desk_page(request, who, "new", {"beginnings": beginnings(who.actor, local(instant(who.at)).date())})


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest, procedure: str, step: str) -> HttpResponse:
    """The form of a first step; sent, the case is opened."""
    who = asked(request)
    tables = current(local(instant(who.at)).date()).get(procedure)
    first = next((s for s in opening(tables) if s.code == step), None) if tables is not None else None
    if tables is None or first is None:
        raise NoSuchStep(procedure=procedure[:60], step=step[:60])
    form = opening_form(tables, first, who)
    capacities = party_roles(tables)
    if request.method != "POST":
        return _shown(request, who, form, capacities, [Seat(n) for n in range(SEATS)])
    filled, seats = read(form.fields, request.POST), [seat(request.POST, n) for n in range(SEATS)]
    form = form.with_read(filled)
    wrong = [(f"party-{s.number}-capacity", WHO.fill(name=s.name)) for s in seats if s.name and s.capacity not in dict(capacities)]
    if not filled.good or wrong:
        return _shown(request, who, form, capacities, seats, errors=[*filled.errors, *wrong], status=422)
    try:
        opened = _opened(request, who, procedure, first, filled, seats)
    except TianpingError as error:
        denial_noted(request, error, status_of(error))
        return _shown(request, who, form, capacities, seats, error=error, status=status_of(error))
    return HttpResponseRedirect(f"/desk/cases/{opened}?done=1")


WHO: Final = T("请选择“{name}”的身份", "Choose in which capacity “{name}” takes part")


def opening_form(tables: Tables, first: Step, who: Asked) -> Form:
    """Title, source, the questions of the step, who signed on paper, to whom something is sent, when it was."""
    row = tables.steps[tables.by_step[first.code]]
    roles = list(dict.fromkeys(r.code for signed in first.by.sets() for r in signed))
    papers = tuple((r, role_title(r)) for r in roles if r in PARTIES)
    held = tuple((r, role_title(r)) for r in roles if r in who.actor.roles)
    sources = tuple((s.code, T(s.zh, s.en)) for s in Source.objects.order_by("code")[:SOURCES])
    fields = [TITLE, *([Field("source", "select", T("来源", "Source"), None, sources)] if sources else [])]
    fields += fact_fields(first.asks, row=row, tables=tables)
    fields += [Field(PAPERS, "checks", T("在申请书上签名的", "Who signed the application on paper"), None, papers)] if papers else []
    fields += [Field(ROLE, "select", T("以何身份办理", "In which role"), None, held, value=held[0][0], required=True)] if len(held) > 1 else []
    if together(first):
        given = consents_to_open(procedure=tables.procedure.code, step=first.code, actor=who.actor, at=who.at)
        fields.append(consent_field(given))
    fields += [*receivers(first.opens, who.actor, who.at), WHEN]
    return Form(first.code, first.words, first.cites.words, first.by.words, "", tuple(fields), tuple(effects(tables, row)), roles=tuple(roles))


def together(first: Step) -> bool:
    """Whether two people of institutions must take it together."""
    return any(sum(r.code not in PARTIES for r in signed) > 1 for signed in first.by.sets())


def party_roles(tables: Tables) -> list[tuple[str, T]]:
    """In which capacities somebody may take part: applicant, other party, party, and those that the procedure speaks of."""
    spoken = {r.code for row in tables.steps for signed in row.step.by.sets() for r in signed if r.code in PARTIES}
    return [(code, role_title(code)) for code in (*ALWAYS, *sorted(spoken - set(ALWAYS)))]


def seat(given: Mapping[str, Any], number: int) -> Seat:
    """One party as it was typed."""

    def one(name: str, most: int) -> str:
        return "".join(c for c in str(given.get(f"party-{number}-{name}", ""))[:most] if c.isprintable()).strip()

    kind = "body" if one("kind", 10) == "body" else "person"
    return Seat(number, one("name", 120), one("capacity", 60), kind, one("identity", 30), one("phone", 30), bool(one("minor", 5)))


def held_for(form: Form, who: Asked) -> str:
    """The role in which the actor would consent, if it holds one that the step wants."""
    role = next((f for f in form.fields if f.name == ROLE), None)
    return role.value if role is not None else next((r for r in form.roles if r in who.actor.roles), "")


def _opened(request: HttpRequest, who: Asked, procedure: str, first: Step, filled: Read, seats: list[Seat]) -> int:
    answers: Mapping[str, Any] = filled.answers
    parties = tuple(NewParty(s.name, s.capacity, s.kind, s.identity, s.phone, s.minor) for s in seats if s.name)
    place = who.actor.organisation
    new = NewCase(answers["title"], place, source=answers.get("source", ""), holder=who.actor.post, keys=keys_for(place), parties=parties)
    return case_open(
        procedure=procedure, step=first.code, actor=who.actor, at=who.at, new=new, facts=filled.facts, happened=moment_of(answers),
        role=answers.get(ROLE), co_signers=_signers(who, procedure, first, answers), key=key_of(request), receivers=sent_to(answers),
    ).case_id  # fmt: skip


def _signers(who: Asked, procedure: str, first: Step, answers: Mapping[str, Any]) -> tuple[Signer, ...]:
    """Parties on paper, and colleagues who consented to open it together."""
    accounts = list(answers.get(CONSENTS, ()))
    together = openers_of(procedure=procedure, step=first.code, accounts=accounts, actor=who.actor, at=who.at) if accounts else ()
    return signed_papers(list(answers.get(PAPERS, ()))) + together


@for_staff
@require_POST
def consent_open(request: HttpRequest, procedure: str, step: str) -> HttpResponse:
    """Consent to a first step that a colleague will take."""
    who = asked(request)
    consented_to_open(procedure=procedure, step=step, role=request.POST.get("role", "")[:60], actor=who.actor, at=who.at)
    return HttpResponseRedirect(f"/desk/new/{procedure}/{step}?consented=1")


def _shown(
    request: HttpRequest,
    who: Asked,
    form: Form,
    capacities: list[tuple[str, T]],
    seats: list[Seat],
    *,
    errors: list[tuple[str, T]] | None = None,
    error: TianpingError | None = None,
    status: int = 200,
) -> HttpResponse:
    data = {"form": form, "capacities": capacities, "seats": seats, "errors": errors or [], "told": told(error)}
    data |= {"consented": "consented" in request.GET, "may_consent": [f for f in form.fields if f.name == CONSENTS], "held": held_for(form, who)}
    return desk_page(request, who, "open", data | {"key": request.POST.get("key") or new_key()}, status=status)
