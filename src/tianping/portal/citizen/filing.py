"""网上立案 · One topic a page, each saved as it is left; the court is found by the articles, what is needed is told at once and before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.casework.citizens.acting import party_at
from tianping.casework.citizens.drafts import draft_begun, draft_of, draft_written, drafts_of
from tianping.casework.citizens.filing import PROCEDURE, complaint_of, court_chosen, draft_discarded, submitted
from tianping.casework.citizens.papers import handed_in, taken_back
from tianping.casework.engine.registered import version_on
from tianping.casework.errors import Refusal
from tianping.casework.models import Citizen, Document, Draft
from tianping.casework.moments import instant, local
from tianping.law.errors import TianpingError
from tianping.law.jurisdiction import DISPUTES, PLACES, Dispute, Place, article, competent, places
from tianping.law.statutes import CPL23, REG15
from tianping.law.text import T
from tianping.portal.api.problems import status_of
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.acts import papers_of
from tianping.portal.citizen.matters import CODE
from tianping.portal.citizen.offices import basic_courts
from tianping.portal.citizen.questions import Question, Read, line, read, words_of
from tianping.portal.citizen.services import length
from tianping.portal.citizen.session import citizen_of, for_citizens, page
from tianping.portal.errors import NoFile
from tianping.portal.house.asked import whole
from tianping.portal.house.doors import for_everybody

PAGES: Final = ("dispute", "places", "court", "parties", "claims", "papers", "consent", "check")
ELSEWHERE: Final = "elsewhere"
MOST_DEFENDANTS: Final = 10
NEEDED: Final = (
    (T("身份证明：身份证复印件；单位交营业执照等和负责人证明", "Proof of who you are; a body: its licence and who heads it"), REG15[6]),
    (T("起诉状：写明当事人、诉讼请求、事实与理由；在这里填写生成", "The complaint, which you write here"), CPL23[124] + REG15[4]),
    (T("能把被告和别人区分开的姓名或者名称、住所等信息", "What tells the defendant from others: name, where he lives"), REG15[6]),
    (T("与请求有关的证据或者证明材料：合同、欠条、转账记录、照片等", "Evidence: contract, note of debt, transfers, photographs"), REG15[6]),
    (T("委托别人代办的：授权委托书和代理人身份证明", "Where somebody acts for you: power of attorney and his papers"), REG15[6]),
)  # fmt: skip
"""What an article asks for, in our words: told once, before anything is filled in."""


@for_everybody
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What is needed and what follows, before anything is asked; and the drafts of who has signed in."""
    citizen = citizen_of(request)
    day = local(instant(request.at)).date()  # type: ignore[attr-defined]  # arrived
    limits = {row.limit.name: row for row in version_on(PROCEDURE, day)[1].limits}
    follows = [(limits[n].limit, length(limits[n].rows[0])) for n in ("to_decide", "to_pay", "to_appeal")]
    drafts = [] if citizen is None else [d for d in drafts_of(citizen) if d.procedure == PROCEDURE]
    return page(request, "filing_start", {"needed": NEEDED, "follows": follows, "drafts": drafts, "steps": len(PAGES)})


@for_citizens
@require_POST
def begin(request: Arrived, citizen: Citizen) -> HttpResponse:
    """A new draft."""
    draft = draft_begun(citizen, PROCEDURE, at=request.at)
    return HttpResponseRedirect(f"/filing/{draft.pk}/{PAGES[0]}")


@for_citizens
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Arrived, citizen: Citizen, number: int, name: str) -> HttpResponse:
    """One page of a draft: shown, or saved and left for the next one. A page whose ground is not laid leads back to what lays it."""
    if name not in PAGES:
        raise Http404
    draft = draft_of(citizen, number)
    at = _Page(request, citizen, draft, name)
    earlier = at.lacking()
    if earlier is not None:
        return HttpResponseRedirect(earlier)
    return _VIEWS[name](at)


@for_citizens
@require_POST
def discard(request: Arrived, citizen: Citizen, number: int) -> HttpResponse:
    """Throws a draft away."""
    draft_discarded(citizen, number, at=request.at)
    return HttpResponseRedirect("/my/")


@dataclass(frozen=True, slots=True)
class _Page:
    """一页 · A page of one draft, as it was asked for."""

    request: Arrived
    citizen: Citizen
    draft: Draft
    name: str

    @property
    def posted(self) -> bool:
        return self.request.method == "POST"

    @property
    def written(self) -> dict[str, Any]:
        found: dict[str, Any] = self.draft.written
        return found

    def lacking(self) -> str | None:
        """Where to go first: the kind of dispute before the places, the court before the parties, who one is before a complaint."""
        place = PAGES.index(self.name)
        if place > 0 and self.written.get("dispute") not in Dispute.__members__:
            return self.to("dispute")
        if place > PAGES.index("court") and self.draft.case_id is None:
            return self.to("court")
        return None

    def to(self, name: str) -> str:
        """The address of a page of the draft."""
        return f"/filing/{self.draft.pk}/{name}"

    def saved(self, **written: Any) -> HttpResponse:
        """Saves, and goes on to the next page, or back to the check that it was called from."""
        draft_written(self.citizen, self.draft.pk, written, at=self.request.at)
        following = "check" if self.request.GET.get("back") == "check" else PAGES[PAGES.index(self.name) + 1]
        return HttpResponseRedirect(self.to(following))

    def shown(self, found: Read, *, status: int = 200, **more: Any) -> HttpResponse:
        """The page with its questions."""
        place = PAGES.index(self.name)
        shown = {
            "draft": self.draft, "name": self.name, "place": place + 1, "total": len(PAGES), "found": found, "errors": found.errors,
            "before": self.to(PAGES[place - 1]) if place else "/filing/", "to": self.to, "error": None, **more,
        }  # fmt: skip
        return page(self.request, f"filing_{self.name}", shown, status=status)

    def asked(self, *questions: Question) -> Read:
        """What was typed, or what had been saved."""
        if self.posted:
            return read(questions, self.request.POST)
        return Read(tuple(_kept(q, self.written.get(q.name)) for q in questions))


def _kept(question: Question, value: object) -> Question:
    if value is None:
        return question
    shown = ("yes" if value else "no") if isinstance(value, bool) else value
    return Question(question.name, question.kind, question.title, question.hint, question.options, shown, None, question.optional, question.most)


# ---- the pages ------------------------------------------------------------------------------------------------------------------------

DISPUTE: Final = Question(
    "dispute", "choice", T("这是哪一类纠纷", "Which kind of dispute is it?"), None, tuple((d.name, DISPUTES[d]) for d in Dispute)
)


def _dispute(at: _Page) -> HttpResponse:
    found = at.asked(DISPUTE)
    if at.posted and not found.errors:
        return at.saved(**found.answers)
    return at.shown(found, status=422 if at.posted else 200)


def _places(at: _Page) -> HttpResponse:
    dispute = Dispute[at.written["dispute"]]
    day = local(instant(at.request.at)).date()
    options = (*((c.division, _county(T(c.zh, c.en))) for c in basic_courts(day)), (ELSEWHERE, T("不在本市", "Not in this city")))
    questions = [Question(p.name, "select", PLACES[p], None, options, optional=True) for p in places(dispute)]
    found = at.asked(*questions)
    if at.posted and not found.errors:
        if found.answers:
            return at.saved(**{p.name: found.answers.get(p.name, "") for p in Place})
        first = Question(questions[0].name, "select", questions[0].title, None, options, "", T("至少选一个地点", "Choose one place at least"))
        found = Read((first, *found.questions[1:]))
    return at.shown(found, status=422 if at.posted else 200, article=article(dispute, day))


def _court(at: _Page) -> HttpResponse:
    dispute, day = Dispute[at.written["dispute"]], local(instant(at.request.at)).date()
    courts = {c.division: c for c in basic_courts(day)}
    where = {p: d for p in places(dispute) if (d := at.written.get(p.name, "")) and d != ELSEWHERE}
    found = competent(dispute, where, day)
    able = [courts[d] for d in found.divisions if d in courts]
    question = Question("court", "choice", T("向哪个法院起诉", "Which court do you sue in?"), None, tuple((str(c.pk), T(c.zh, c.en)) for c in able))
    given = at.asked(question)
    if at.posted and not given.errors:
        court_chosen(at.citizen, at.draft.pk, int(given.answers["court"]), at=at.request.at)
        return at.saved(court=given.answers["court"])
    named = {d: _county(T(c.zh, c.en)) for d, c in courts.items()}
    lines = [
        (line.what, line.cites, named.get(line.value.zh, line.value) if isinstance(line.value, T) else line.value) for line in found.derivation.lines
    ]
    return at.shown(given, status=422 if at.posted else 200, able=able, lines=lines, exclusive=found.exclusive)


def _county(court: T) -> T:
    """The county of a basic court, from its name."""
    return T(court.zh.removesuffix("人民法院"), court.en.removesuffix(" People's Court"))


ADDRESS: Final = Question("address", "text", T("您的住址", "Where you live"), T("法院按这里寄送文书", "Papers are sent there"), most=200)
FIELDS: Final = ("name", "kind", "identity", "phone", "address")


def _parties(at: _Page) -> HttpResponse:
    if at.citizen.identified is None:
        return HttpResponseRedirect(f"/my/identity?next={at.to('parties')}")
    found = at.asked(ADDRESS)
    listed = _defendants(at) if at.posted else list(at.written.get("defendants", ())) or [{}]
    more = "add" in at.request.POST and len(listed) < MOST_DEFENDANTS
    wrong = [
        (f"d{n}-name", T(f"请填写第{n + 1}个被告的姓名或者名称", f"Enter the name of defendant {n + 1}"))
        for n, d in enumerate(listed)
        if not d.get("name") and (n == 0 or any(d.get(f) for f in FIELDS if f != "kind"))
    ]
    if at.posted and not more and not wrong and not found.errors:
        return at.saved(**found.answers, defendants=[d for d in listed if d.get("name")])
    listed = [*listed, {}] if more else listed
    shown_wrong = wrong if at.posted and not more else []
    errors = [*(found.errors if not more else []), *shown_wrong]
    return at.shown(found, status=422 if errors else 200, defendants=listed, wrong=dict(shown_wrong), errors=errors)


def _defendants(at: _Page) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = []
    for n in range(MOST_DEFENDANTS):
        if f"d{n}-name" not in at.request.POST:
            break
        listed.append({f: line(at.request.POST, f"d{n}-{f}", 200)[:200] for f in FIELDS})
    return listed


def _claims(at: _Page) -> HttpResponse:
    tables = version_on(PROCEDURE, local(instant(at.request.at)).date())[1]
    suit = tables.facts["suit"][0]
    options = tuple((name, words_of(member)) for name, member in suit.kind.__members__.items())
    found = at.asked(
        Question("suit", "choice", suit.title, None, options, value="ORDINARY"),
        Question("cause", "text", T("案由", "Cause of action"), T("例如：民间借贷纠纷", "For example: a loan between people"), most=60),
        Question("claims", "text", T("诉讼请求：要对方做什么，金额多少", "Claims: what the other side is to do, how much"), None, most=4_000),
        Question("reasons", "text", T("事实与理由：什么时候、发生了什么", "Facts and reasons: what happened, and when"), None, most=10_000),
    )  # fmt: skip
    if at.posted and not found.errors:
        return at.saved(**found.answers)
    return at.shown(found, status=422 if at.posted else 200)


def _papers(at: _Page) -> HttpResponse:
    assert at.draft.case_id is not None, "the court was chosen before"
    actor, error, status = party_at(at.citizen, at.draft.case_id), None, 200
    if at.posted and "remove" in at.request.POST:
        chosen = whole(at.request.POST["remove"]) or 0
        taken_back(at.citizen, at.draft, chosen, at=at.request.at)
        return HttpResponseRedirect(at.to("papers"))
    if at.posted:
        papers = papers_of(at.request.FILES, T("材料", "Papers"), "")
        if not papers and "upload" not in at.request.POST:
            return at.saved()
        try:
            if not papers:
                raise NoFile
            handed_in(actor, at.draft.case_id, 1, papers, at=at.request.at)
            return HttpResponseRedirect(at.to("papers"))
        except TianpingError as wrong:
            error, status = wrong, status_of(wrong)
    listed = list(Document.objects.filter(case_id=at.draft.case_id, withdrawn=None).select_related("content").order_by("pk")[:100])
    return at.shown(Read(()), status=status, listed=listed, needed=NEEDED, error=error, most=settings.TIANPING_DOCUMENT_MEGABYTES)


def _consent(at: _Page) -> HttpResponse:
    yes = (("yes", T("同意", "I agree")), ("no", T("不同意", "I do not")))
    found = at.asked(
        Question("online", "yes", T("是否同意在线诉讼", "Do you agree to litigate online?"), T("不同意的，请到窗口立案", "Else at the counter"), yes),
        Question(
            "e_service", "yes", T("是否同意电子送达", "Do you agree to electronic service?"),
            T("同意后，文书发到手机和本页；不影响纸质判决书", "Papers then come to your telephone and to this page"), yes,
        ),
    )  # fmt: skip
    if at.posted and not found.errors:
        return at.saved(**found.answers)
    return at.shown(found, status=422 if at.posted else 200)


def _check(at: _Page) -> HttpResponse:
    error: TianpingError | None = None
    if at.posted:
        try:
            made = submitted(at.citizen, at.draft.pk, [], at=at.request.at)
        except TianpingError as refused:
            error = refused
        else:
            at.request.session[f"{CODE}:{made.case_id}"] = made.code
            return HttpResponseRedirect(f"/my/cases/{made.case_id}/receipt")
    listed = list(Document.objects.filter(case_id=at.draft.case_id or 0, withdrawn=None).order_by("pk").values_list("name", flat=True)[:100])
    reasons = error.reasons if isinstance(error, Refusal) else ()
    complaint = complaint_of(at.draft)
    where = {r.rule.split(".")[-1]: at.to(p) for r in reasons for rule, p in _MEND.items() if r.rule.endswith(rule)}
    return at.shown(
        Read(()), status=status_of(error) if error else 200, complaint=complaint, listed=listed, error=error, reasons=reasons, where=where,
        dispute=DISPUTES[Dispute[at.written["dispute"]]],
    )  # fmt: skip


_MEND: Final = {"not_online": "consent", "empty": "claims", "unknown_person": "parties"}
"""The ground of a refusal → the page on which it is mended."""
_VIEWS: Final[dict[str, Callable[[_Page], HttpResponse]]] = {
    "dispute": _dispute, "places": _places, "court": _court, "parties": _parties, "claims": _claims, "papers": _papers, "consent": _consent,
    "check": _check,
}  # fmt: skip
