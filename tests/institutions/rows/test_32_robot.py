"""智能问答 · Every answer has an article that exists; who asks whether he wins gets the risk form."""

from __future__ import annotations

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, forgetting, found, signed, without
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.courts.hall.articles import article_held
from tianping.institutions.courts.hall.indicators import Questions

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def asked(own: Actor, kind: str) -> int:
    return opened(own, "hall_question", "ask", "VISITOR", {"question": "q", "kind": kind})


@pytest.mark.parametrize(
    ("article", "held"),
    [
        ("REG15 7", True),
        ("CPL23 151; CI22 243", True),
        ("CPL23 307", False),
        ("CPL23 151; NOLAW 1", False),
        ("LOCAL_HALL 问答", False),
        ("no article", False),
    ],
)
def test_every_answer_has_an_article_that_exists(database: object, article: str, held: bool) -> None:
    assert article_held(article) is held
    own = office("robot-court", "VISITOR", "SYSTEM", "GUIDE")
    case = asked(own, "LAW")
    answer = {"article": article, "article_held": article_held(article)}
    if held:
        take(own, case, "answer", "SYSTEM", answer)
        return
    with pytest.raises(Refusal) as refused:
        take(own, case, "answer", "SYSTEM", answer)
    assert why(refused) == ["HallQuestion.no_article"]
    take(own, case, "decline", "SYSTEM")


def test_who_wins_gets_the_risk_form(database: object) -> None:
    own = office("robot-court-2", "VISITOR", "SYSTEM", "GUIDE")
    case = asked(own, "OUTCOME")
    with pytest.raises(Refusal) as refused:
        take(own, case, "answer", "SYSTEM", {"article": "CPL23 151", "article_held": True})
    assert why(refused) == ["HallQuestion.asks_outcome"]
    take(own, case, "give_form", "SYSTEM")
    take(own, case, "hand_over", "VISITOR")
    take(own, case, "resolve", "GUIDE")
    assert Figures().value(Questions.handed_over) == 1


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "an article that is not held": (0, answered(1, article_held=False), ["HallQuestion.no_article"]),
    "no article": (0, forgetting(1, "article"), ["HallQuestion.no_article"]),
    "a verdict": (0, answered(0, kind="OUTCOME"), ["HallQuestion.asks_outcome"]),
    "outside the scope": (0, answered(0, kind="OUTSIDE"), ["HallQuestion.outside"]),
    "answered by a guide": (0, signed(1, "导诉 GUIDE"), ["HallQuestion.answer.by"]),
    "never answered": (
        0,
        without(1),
        ["HallQuestion.review.order", "HallQuestion.review.missing", "HallQuestion.close.order", "HallQuestion.close.missing"],
    ),
    "reviewed by a visitor": (0, signed(2, "来访 VISITOR"), ["HallQuestion.review.by"]),
    "the risk form without need": (1, answered(0, kind="LAW"), ["HallQuestion.no_outcome"]),
    "not handed over": (1, without(2), ["HallQuestion.resolve.order", "HallQuestion.resolve.missing"]),
    "resolved by a visitor": (1, signed(3, "来访 VISITOR"), ["HallQuestion.resolve.by"]),
    "declining who wins": (2, answered(0, kind="OUTCOME"), ["HallQuestion.asks_outcome"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("hall_question", "cases.yaml", 0, None) == []
    assert found("hall_question", "cases.yaml", nth, change) == sorted(expected)
