"""我有纠纷 · One question a screen; at the end the ways, what each takes and costs under which article, and what to watch. Never who will win.

Everything that was answered stands in the address: nothing is kept here, nobody signs in, and the same answers give the same page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.engine.days import in_use
from tianping.casework.moments import instant, local
from tianping.institutions.courts.risk_prompt.procedures.risk_prompt.report import Risk
from tianping.law.citations import Citation
from tianping.law.errors import TianpingError
from tianping.law.jurisdiction import DISPUTES, Dispute
from tianping.law.statutes import CC, CPL23, LOCAL_GUIDE, OMR
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.questions import YES, Question, read
from tianping.portal.citizen.session import page
from tianping.portal.citizen.ways import Told, Way, risks, ways
from tianping.portal.house.doors import for_everybody

UNSURE: Final = "unsure"
PARTS: Final = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Screen:
    """一屏 · A question, why it is asked, the article that makes it matter; ``when``: an earlier answer that it is only asked after."""

    question: Question
    why: T
    cites: Citation
    when: tuple[str, str] | None = None


SCREENS: Final = (
    Screen(
        Question("kind", "choice", T("是什么样的纠纷？", "What kind of dispute is it?"), None, tuple((d.name, DISPUTES[d]) for d in Dispute)),
        T("种类不同，能去的法院和收费不同。", "The court and the fee depend on it."),
        CPL23[22],
    ),
    Screen(
        Question("money", "yes", T("您只要求对方给钱吗？", "Do you ask for money only?"), None, YES),
        T("只要求给付金钱的案件，可能适用更快的小额诉讼程序。", "A claim for money only may go the faster way of small claims."),
        CPL23[165],
    ),
    Screen(
        Question("amount", "money", T("要多少钱？", "How much?"), T("大概的数也可以", "A rough figure will do")),
        T("受理费和适用的程序按金额定。", "The fee and the procedure follow the amount."),
        CPL23[165],
        ("money", "yes"),
    ),
    Screen(
        Question(
            "since",
            "date",
            T("什么时候知道权利受损害、对方是谁？", "When did you know of the harm, and who did it?"),
            T("催要过的，填最后一次催要的日期", "If you asked for it since: the last time you asked"),
        ),
        T("一般诉讼时效是三年，过了对方可以拒绝。", "As a rule limitation is three years; after that the other side may refuse."),
        CC[188],
    ),
    Screen(
        Question(
            "evidence",
            "yes",
            T("手里有证据吗？", "Do you have evidence?"),
            T("合同、欠条、转账记录、聊天记录、照片、证人", "A contract, note, transfer, chat, photograph, witness"),
            YES,
        ),
        T("提出主张的人要提供证据。", "Who claims must prove."),
        CPL23[67],
    ),
    Screen(
        Question("clear", "yes", T("事情清楚、双方争议不大吗？", "Are the facts clear, with little dispute?"), None, YES),
        T("事实清楚、争议不大的，可以适用简易程序。", "Then the simple procedure may be used."),
        CPL23[160],
    ),
    Screen(
        Question("reachable", "yes", T("知道对方在哪里、能联系上吗？", "Do you know where the other side is?"), None, YES),
        T("要有明确的被告；找不到人的要公告，时间更长。", "A definite defendant is needed; serving one who is missing takes longer."),
        CPL23[122],
    ),
    Screen(
        Question(
            "property",
            "yes",
            T("知道对方有什么财产吗？", "Do you know of assets of the other side?"),
            T("房、车、存款、工资", "House, car, deposits, wages"),
            YES,
        ),
        T("有财产线索，判决或者协议更容易执行。", "With assets known, a judgment or agreement is easier to enforce."),
        CPL23[103],
    ),
    Screen(
        Question(
            "willing",
            "yes",
            T("愿意先调解吗？", "Are you willing to mediate first?"),
            T("要双方都同意；不成还可以起诉", "Both must agree; you may sue afterwards"),
            YES,
        ),
        T("适宜调解的先行调解，但当事人拒绝的除外。", "What can be mediated is mediated first, unless a party declines."),
        CPL23[125] + OMR[4],
    ),
)


@for_everybody
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """The next question that is open, or the ways where none is."""
    given = {k: str(v) for k, v in request.GET.items() if k != "lang"}
    answers: dict[str, Any] = {}
    passed: list[tuple[str, str]] = []
    asked = [s for s in SCREENS if s.when is None or given.get(s.when[0]) == s.when[1]]
    for n, screen in enumerate(asked):
        name = screen.question.name
        if given.get(name) == UNSURE:
            answers[name] = None
            passed.append((name, UNSURE))
            continue
        found = read((screen.question,), given)
        tried = any(k in given for k in _names(screen.question))
        if found.errors or not tried:
            return _asked(request, screen, found.questions[0] if tried else replace(screen.question), passed, n, asked)
        answers[name] = found.answers[name]
        passed += [(k, given[k]) for k in _names(screen.question) if k in given]
    return _answered(request, answers, passed)


def _names(question: Question) -> list[str]:
    """The fields of a question."""
    return [f"{question.name}-{p}" for p in PARTS] if question.kind == "date" else [question.name]


def _asked(request: HttpRequest, screen: Screen, question: Question, passed: list[tuple[str, str]], n: int, asked: list[Screen]) -> HttpResponse:
    before = asked[:n]
    last = before[-1].question if before else None
    kept = [(k, v) for k, v in passed if last is None or (k not in _names(last) and k != last.name)]
    back = f"/disputes/?{urlencode(kept)}" if kept else ("/disputes/" if before else "/")
    total = len(asked) if any(k == "money" for k, _ in passed) else None
    shown = {
        "screen": screen,
        "question": question,
        "passed": passed,
        "place": n + 1,
        "total": total,
        "back": back,
        "unsure": UNSURE,
        "errors": [(question.name, question.error)] if question.error else [],
    }
    return page(request, "dispute", shown, status=422 if question.error else 200)


def _answered(request: HttpRequest, answers: dict[str, Any], passed: list[tuple[str, str]]) -> HttpResponse:
    day = local(instant(cast(Arrived, request).at)).date()
    told = Told(
        Dispute[answers["kind"]] if answers["kind"] else None,
        answers["money"],
        answers.get("amount"),
        answers["since"],
        answers["evidence"],
        answers["clear"],
        answers["reachable"],
        answers["property"],
        answers["willing"],
    )
    error = None
    found: tuple[Way, ...] = ()
    prompts: tuple[Risk, ...] = ()
    days = in_use()
    try:
        found, prompts = ways(told, day, days), risks(told, day, days)
    except TianpingError as wrong:
        error = wrong
    dropped = passed[-1][0] if passed else ""
    shown = {
        "ways": found,
        "risks": prompts,
        "told": told,
        "error": error,
        "guide": LOCAL_GUIDE["报告"],
        "back": f"/disputes/?{urlencode([(k, v) for k, v in passed if k != dropped])}",
        "unsure": [s for s in SCREENS if answers.get(s.question.name, 0) is None],
        "dispute": DISPUTES[told.kind] if told.kind else T("纠纷", "Dispute"),
    }
    return page(request, "triage", shown)
