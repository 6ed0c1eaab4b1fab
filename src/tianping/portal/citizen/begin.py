"""开始一件事 · Any first step that somebody outside may take, of any procedure: to which institution, what is asked, words and files, one button."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from tianping.casework.citizens.acting import party_at
from tianping.casework.citizens.filing import PROCEDURE as E_FILING
from tianping.casework.citizens.looking import receipt_number
from tianping.casework.citizens.openings import Opening, begun, opening_of
from tianping.casework.citizens.recipients import PROCEDURE as MESSAGE
from tianping.casework.citizens.recipients import recipient
from tianping.casework.models import Citizen, Organisation
from tianping.casework.moments import instant, local
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.problems import status_of
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.acts import Given, key_of, papers_of
from tianping.portal.citizen.followed import followed
from tianping.portal.citizen.known import answered
from tianping.portal.citizen.matters import CODE
from tianping.portal.citizen.offices import offices_for
from tianping.portal.citizen.questions import Question, Read, asked, line, read
from tianping.portal.citizen.services import length
from tianping.portal.citizen.session import for_citizens, page

WORDS: Final = 10_000
OFFICE: Final = T("向哪个机构提出", "To which institution?")
FREE: Final = frozenset({"case_number", "judge"})
"""Questions that may be left open: not everybody has a case, nor knows who holds it. Of the two a message wants one, as its procedure says."""
HOLDER: Final = "承办法官"
"""Whom a message is for that is about a case and names nobody."""
ABOUT: Final = T(
    "案号或者收件号，是您的案件就送到承办法官。法官姓名和案号至少写一项",
    "Case or receipt number: of a case of yours it goes to who holds it. Name the judge or the case, one of the two",
)
WHO: Final = T("知道姓名的写姓名；写了案号的可以不填", "The name, if you know it; not needed with a case number")
HINTS: Final = {"case_number": ABOUT, "judge": WHO}


@for_citizens
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Arrived, citizen: Citizen, procedure: str, step: str) -> HttpResponse:
    """The page, and beginning it."""
    day = local(instant(request.at)).date()
    opening = opening_of(procedure, step, day)
    if procedure == E_FILING:
        return HttpResponseRedirect("/filing/")
    offices = offices_for(procedure, day)
    known = answered(citizen)
    questions = (
        Question("office", "select", OFFICE, None, tuple((str(o.pk), T(o.zh, o.en)) for o in offices)),
        *asked((f for f in opening.row.step.asks if f.name not in known), optional=FREE, of=(opening.tables, opening.row.no)),
    )
    if procedure == MESSAGE:
        questions = tuple(replace(q, hint=HINTS.get(q.name, q.hint)) for q in questions)
    given = Given(Read(_filled(questions, request)), "", 0, uuid4())
    if request.method != "POST":
        return _page(request, opening, _about(request, citizen, given) if procedure == MESSAGE else given)
    given = Given(read(questions, request.POST), line(request.POST, "words", WORDS), 0, key_of(request))
    if given.read.errors:
        return _page(request, opening, given, status=422)
    try:
        case_id = _begun(request, citizen, opening, given, offices)
    except TianpingError as error:
        return _page(request, opening, given, error, status=status_of(error))
    return HttpResponseRedirect(f"/my/cases/{case_id}/receipt")


def _filled(questions: tuple[Question, ...], request: Arrived) -> tuple[Question, ...]:
    """What the address says already: a row of the catalogue names its item."""
    return tuple(replace(q, value=line(request.GET, q.name)) if q.name in request.GET else q for q in questions)


def _about(request: Arrived, citizen: Citizen, given: Given) -> Given:
    """A message that is begun from a case of his is about it: its court and its number stand there already."""
    asked_of = line(request.GET, "case", 15)
    if not asked_of.isdecimal():
        return given
    it = followed(party_at(citizen, int(asked_of)), int(asked_of), request.at)
    shown = {"office": str(it.organisation), "case_number": it.called, "medium": "TEXT"}
    return replace(given, read=Read(tuple(replace(q, value=shown.get(q.name, q.value)) for q in given.read.questions)))


def _begun(request: Arrived, citizen: Citizen, opening: Opening, given: Given, offices: list[Organisation]) -> int:
    answers = dict(given.read.answers)
    chosen = answers.pop("office")
    office = next(o for o in offices if str(o.pk) == chosen)
    known = answered(citizen)
    facts = {f.name: known[f.name] for f in opening.row.step.asks if f.name in known} | answers
    title = opening.tables.procedure.title.zh
    about = next((str(answers[n]) for n in ("item", "matter_kind", "case_number") if answers.get(n)), "")
    to = None
    if opening.tables.procedure.code == MESSAGE:
        number, judge = str(answers.get("case_number", "")), str(answers.get("judge", ""))
        to = recipient(citizen, office.pk, number=number, judge=judge, day=local(instant(request.at)).date())
        facts |= {"judge": HOLDER} if to.case is not None and not judge else {}
    made = begun(
        citizen, opening, office.pk if to is None else to.organisation, at=request.at, title=f"{title}：{about}" if about else title, key=given.key,
        facts=facts, papers=papers_of(request.FILES, opening.row.step.words, given.words), to=to,
    )  # fmt: skip
    if made.code:
        request.session[f"{CODE}:{made.case_id}"] = made.code
    return made.case_id


def _page(request: Arrived, opening: Opening, given: Given, error: TianpingError | None = None, *, status: int = 200) -> HttpResponse:
    step = opening.row.step
    limits = [(row.limit, length(row.rows[0])) for row in opening.tables.limits if opening.row.no in row.since]
    shown = {
        "opening": opening, "step": step, "given": given, "error": error, "errors": given.read.errors, "limits": limits,
        "name": opening.tables.procedure.title, "words": _wants_words(opening), "code": error.code if error else "",
    }  # fmt: skip
    return page(request, "begin", shown, status=status)


def _wants_words(opening: Opening) -> bool:
    """Whether something is said in words: where the step itself asks for no more than a number or a kind there is nothing to write."""
    return opening.tables.procedure.code not in ("service_visit", "file_reading", "locker_item")


@for_citizens
@require_http_methods(["GET", "HEAD"])
def receipt(request: Arrived, citizen: Citizen, case_id: int) -> HttpResponse:
    """The receipt: number and code, what happens next and when. The code is shown this once."""
    it = followed(party_at(citizen, case_id), case_id, request.at)
    code = request.session.pop(f"{CODE}:{case_id}", "")
    return page(request, "receipt", {"it": it, "number": receipt_number(case_id), "code": code})
