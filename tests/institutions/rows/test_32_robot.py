"""智能问答 · Every answer has an article that exists; who asks whether he wins gets the risk form."""

from __future__ import annotations

import pytest

from tests.institutions.rows.live import office, opened, take, why
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
