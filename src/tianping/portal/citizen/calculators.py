"""计算器 · Fees, deadlines, traffic damages, custody: what was asked stands in the address, the answer with its derivation under it; it prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.moments import instant, local
from tianping.law.derivation import Derivation, Value
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.citizen import reckoned_cases, reckoned_days, reckoned_fees
from tianping.portal.citizen.questions import Question, Read, read
from tianping.portal.citizen.session import page
from tianping.portal.house.doors import for_everybody
from tianping.portal.house.slips import slip


@dataclass(frozen=True, slots=True)
class Answer:
    """算得 · The answers, each with its words, and how they were reached. ``notes``: what must be known beside them."""

    lines: tuple[tuple[T, Value], ...]
    derivation: Derivation
    notes: tuple[T, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Calculator:
    """一种计算 · Its questions (which may depend on what was chosen) and its reckoning."""

    title: T
    told: T
    questions: Callable[[dict[str, str], date], tuple[Question, ...]]
    reckoned: Callable[[dict[str, Any], date], tuple[tuple[tuple[T, Value], ...], Derivation, tuple[T, ...], bool]]
    first: str = ""
    """The question whose answer decides the others: it is asked by itself first."""


CALCULATORS: Final[dict[str, Calculator]] = {
    "fees": Calculator(
        T("诉讼费", "Court fees"),
        T("应交多少，减半、司法救助怎么算", "What is payable, halved or reduced"),
        reckoned_fees.questions,
        reckoned_fees.reckoned,
        "kind",
    ),
    "deadlines": Calculator(
        T("期限", "Deadlines"),
        T("上诉、答辩、申请执行、申请司法确认等的最后一天", "The last day to appeal, answer, enforce, ask for confirmation"),
        reckoned_days.questions,
        reckoned_days.reckoned,
        "rule",
    ),
    "damages": Calculator(
        T("交通事故赔偿", "Traffic damages"),
        T("各项损失、由谁赔、按什么顺序", "Each head of loss, who pays it, in which order"),
        reckoned_cases.questions,
        reckoned_cases.reckoned,
    ),
    "custody": Calculator(
        T("羁押和讯问期限", "Custody and questioning"),
        T("拘留、逮捕、审查起诉、审判、传唤最长多久", "How long detention, arrest, trial, summons may last"),
        reckoned_days.custody_questions,
        reckoned_days.custody_reckoned,
        "clock",
    ),
}


ANSWER: Final = "answer"
"""The part of the page that is reckoned anew while somebody fills the form."""


@for_everybody
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The four."""
    return page(request, "calculators", {"listed": CALCULATORS.items()})


@for_everybody
@require_safe
def calculator(request: HttpRequest, name: str) -> HttpResponse:
    """One of them: the form, filled with what the address says, and the answer where all is said."""
    if name not in CALCULATORS:
        raise Http404
    one, day = CALCULATORS[name], local(instant(cast(Arrived, request).at)).date()
    given = {k: str(v) for k, v in request.GET.items() if k != "lang"}
    questions = one.questions(given, day)
    asked = _asked(one, given)
    found = read(questions, given) if asked else Read(tuple(_begun(q, given) for q in questions))
    answer, error = None, None
    if asked and not found.errors:
        try:
            answer = Answer(*one.reckoned(found.answers, day))
        except TianpingError as wrong:
            error = wrong
    shown = {
        "name": name,
        "one": one,
        "found": found,
        "errors": found.errors,
        "error": error,
        "answer": answer,
        "slip": None if answer is None else slip(answer.derivation, provisional=answer.provisional),
        "opened": any(q.optional and (q.value or q.error) for q in found.questions),
        "choosing": bool(one.first) and one.first not in given,
    }
    if request.headers.get("HX-Target") != ANSWER:
        return page(request, "calculator", shown, status=422 if found.errors or error else 200)
    told = page(request, "calculator", shown, part="_answer")
    if answer is not None:
        told.headers["HX-Replace-Url"] = request.get_full_path()  # to print, to reload, to send
    return told


def _asked(one: Calculator, given: dict[str, str]) -> bool:
    """Whether an answer is wanted: more is said than the choice that decides the questions."""
    return "go" in given or any(k != one.first for k in given)


def _begun(question: Question, given: dict[str, str]) -> Question:
    return replace(question, value=given[question.name]) if question.name in given else question
