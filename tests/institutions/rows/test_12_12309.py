"""12309 · A letter without a reply turns red on the eighth day; a slot to read a file is given once; ten planted breaches are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, added, again, answered, later, mismatches, signed, without, worked
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.selectors.detail import clocks_explained
from tianping.institutions.procuratorate.services_12309.indicators import Service

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
LETTER = {"kind": "OTHER_PETITION", "channel": "LETTER"}
SLOT = {"under_review": True, "slot": "2021-06-10", "period": "MORNING", "seat": "1"}


@pytest.fixture
def own(database: object) -> Actor:
    return office("procuratorate-12", "RECEPTION", "PROSECUTOR", "CASE_MANAGEMENT", "DEFENDER")


def test_a_letter_without_a_reply_is_red_on_the_eighth_day(own: Actor) -> None:
    case = opened(own, "service_request", "receive_letter", "RECEPTION", LETTER)
    for day, status in ((7, "running"), (8, "missed")):
        clock = next(c for c in clocks_explained(own, case, AT + timedelta(days=day)) if c.code == "ServiceRequest.to_reply")
        assert (clock.due, clock.status) == (date(2021, 6, 8), status)
    answered_one = opened(own, "service_request", "receive_letter", "RECEPTION", LETTER)
    take(own, answered_one, "reply", "RECEPTION", {"query_code": "7F3K"}, day=7)
    figures = Figures()
    assert str(answered_one) in figures.cases(Service.replied, part="of")["case_id"].to_pylist()
    assert str(case) not in figures.cases(Service.replied, part="of")["case_id"].to_pylist()


def test_a_slot_to_read_a_file_is_not_booked_twice(own: Actor) -> None:
    cases = [opened(own, "file_reading", "apply", "DEFENDER", {"file": f"f-{n}", "reader": reader}) for n, reader in enumerate(("L-1", "L-2", "L-1"))]
    take(own, cases[0], "book", "DEFENDER", SLOT)
    with pytest.raises(Refusal) as refused:
        take(own, cases[1], "book", "DEFENDER", SLOT)
    assert why(refused) == ["FileReading.taken"]
    with pytest.raises(Refusal) as refused:
        take(own, cases[2], "book", "DEFENDER", {**SLOT, "seat": "2"})
    assert why(refused) == ["FileReading.busy"]
    take(own, cases[0], "free", "DEFENDER")
    take(own, cases[1], "book", "DEFENDER", SLOT)
    take(own, cases[2], "book", "DEFENDER", {**SLOT, "seat": "2"})


WHOLE, VISIT, ONLINE_LATE, OBSTRUCTED, ADVICE = (worked("service_request", n) for n in (0, 2, 3, 4, 5))
R = "ServiceRequest."
BREACHES = [
    Breach("letter without a reply", WHOLE, without(R + "reply"), (R + "to_reply",)),
    Breach("reply after seven days", WHOLE, later(R + "reply", 12), (R + "to_reply",)),
    Breach("told nothing in three months", WHOLE, later(R + "assign", 200), (R + "to_result",)),
    Breach("sorted by a prosecutor", WHOLE, signed(R + "accept", "赵检 PROSECUTOR"), (R + "accept.by",)),
    Breach("accepted what is for another", WHOLE, answered(R + "accept", ours=False), (R + "not_ours",)),
    Breach("assigned before it was accepted", WHOLE, without(R + "accept"), (R + "assign.missing", R + "assign.order", R + "to_sort")),
    Breach("an accusation sorted late", VISIT, later(R + "transfer", 30), (R + "to_sort",)),
    Breach("a question taken as a letter and accepted", WHOLE, answered(R + "receive_letter", kind="ADVICE"), (R + "a_service", R + "a_service")),
    Breach("obstruction answered after ten days", OBSTRUCTED, later(R + "answer", 30), (R + "to_answer_defender",)),
    Breach("founded and not put right", OBSTRUCTED, without(R + "correct"), (R + "uncorrected",)),
    Breach("answered twice", OBSTRUCTED, again(R + "answer", 9.5), (R + "answer.closed",)),
    Breach("a question answered late", ADVICE, later(R + "answer_question", 40), (R + "to_advise",)),
    Breach("a talk held that was not arranged", VISIT, added(Act(3, "Talk.hold", "控申 RECEPTION", "t2")), ("Talk.hold.missing", "Talk.hold.order")),
]
PLANTED = [("service_request", [WHOLE, VISIT, OBSTRUCTED, ADVICE], BREACHES, date(2022, 3, 1))]


@pytest.mark.parametrize(("code", "stories", "breaches", "start"), PLANTED, ids=lambda v: v if isinstance(v, str) else "")
def test_planted_breaches_are_found_and_nothing_else(code: str, stories: list[Story], breaches: list[Breach], start: date) -> None:
    assert mismatches(code, stories, breaches, start=start) == []
