"""信访积案 · One person and one matter from two channels is one item; the sixty-first day is overdue; planted breaches are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Breach, Story, again, answered, later, mismatches, signed, without, worked
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Case
from tianping.casework.selectors.detail import clocks_explained
from tianping.institutions.procuratorate.petitions.indicators import Backlog

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
IN_2022 = 365  # 2022-06-01


@pytest.fixture
def own(database: object) -> Actor:
    return office("procuratorate-13", "RECEPTION", "CHIEF_PROSECUTOR", "PROSECUTOR")


@pytest.fixture
def county(database: object) -> Actor:
    return office("procuratorate-13-county", "RECEPTION", "CHIEF_PROSECUTOR")


def found(own: Actor, person: str, matter: str, channel: str, day: float = 0) -> int:
    facts = {"person": person, "matter": matter, "channel": channel, "years": 3, "visits_before": 4}
    return opened(own, "petition_item", "find", "RECEPTION", facts, day=IN_2022 + day)


def test_one_person_and_matter_from_two_channels_is_one_item(own: Actor, county: Actor) -> None:
    before = Figures().value(Backlog.items) or 0
    first = found(own, "p-13", "m-13", "LETTER")
    take(own, first, "register", "RECEPTION", day=IN_2022 + 1)
    second = found(county, "p-13", "m-13", "ONLINE", day=2)
    with pytest.raises(Refusal) as refused:
        take(county, second, "register", "RECEPTION", day=IN_2022 + 3)
    assert why(refused) == ["PetitionItem.is_one_item"]
    with_keys = office("procuratorate-13", "RECEPTION")
    third = found(own, "p-13", "m-13", "VISIT", day=3)
    step_take(case_id=third, step="merge", actor=with_keys, at=AT + timedelta(days=IN_2022 + 4), role="Roles.RECEPTION", into=first)
    assert Case.objects.get(pk=third).stage == "merged"
    other = found(own, "p-13", "m-14", "VISIT", day=3)
    with pytest.raises(Refusal) as refused:
        step_take(case_id=other, step="merge", actor=own, at=AT + timedelta(days=IN_2022 + 4), role="Roles.RECEPTION", into=first)
    assert why(refused) == ["PetitionItem.is_one_item"]
    take(own, other, "register", "RECEPTION", day=IN_2022 + 4)
    assert (Figures().value(Backlog.items) or 0) - before == 2


def test_the_sixty_first_day_is_overdue(own: Actor) -> None:
    case = found(own, "p-61", "m-61", "LETTER")
    take(own, case, "tell", "RECEPTION", day=IN_2022 + 1)
    take(own, case, "register", "RECEPTION", day=IN_2022 + 1)
    take(own, case, "lead", "CHIEF_PROSECUTOR", {"leader": "检察长", "grade": "一级", "settle_by": "2022-12-31"}, day=IN_2022 + 2)
    take(own, case, "take_up", "RECEPTION", {"route": "PETITION"}, day=IN_2022 + 2)
    for day, status in ((60, "running"), (61, "missed")):
        clock = next(c for c in clocks_explained(own, case, AT + timedelta(days=IN_2022 + 2 + day)) if c.code == "PetitionItem.to_finish")
        assert (clock.due, clock.status) == (date(2022, 8, 2), status)
    take(own, case, "prolong", "CHIEF_PROSECUTOR", day=IN_2022 + 60)
    longer = next(c for c in clocks_explained(own, case, AT + timedelta(days=IN_2022 + 70)) if c.code == "PetitionItem.to_finish")
    assert (longer.due, longer.status) == (date(2022, 9, 1), "running")


WHOLE, SENT_ON, SETTLED, UNASKED = worked("petition_item", 0), worked("petition_item", 2), worked("petition_item", 7), worked("petition_item", 8)
P = "PetitionItem."
BREACHES = [
    Breach("not told", WHOLE, without(P + "tell"), (P + "to_tell",)),
    Breach("told late", WHOLE, later(P + "tell", 25), (P + "to_tell",)),
    Breach("not ended in ninety days", WHOLE, later(P + "issue", 60), (P + "to_finish",)),
    Breach("a second item", WHOLE, answered(P + "register", same_items=1), (P + "is_one_item",)),
    Breach("taken again after its end", WHOLE, answered(P + "register", ended_items=1), (P + "ended_before",)),
    Breach("prolonged twice", WHOLE, again(P + "prolong", 52), (P + "prolong.count", P + "thirty_more.times")),
    Breach("reviewed late", WHOLE, later(P + "review", 60), (P + "to_review",)),
    Breach("review asked late", WHOLE, later(P + "ask_review", 60), (P + "to_ask_review",)),
    Breach("rechecked late", WHOLE, later(P + "recheck", 80), (P + "to_recheck",)),
    Breach("a leader named by a clerk", SENT_ON, signed(P + "lead", "控申 RECEPTION"), (P + "lead.by",)),
    Breach("the wrong way", SENT_ON, answered(P + "channel_on", route="PETITION"), (P + "by_petition",)),
    Breach("closed though not content", SENT_ON, answered(P + "visit", content=False), (P + "discontent",)),
    Breach("objected late", SENT_ON, later(P + "object_", 40), (P + "to_object", P + "to_tell")),
]
PLANTED = [("petition_item", [WHOLE, SENT_ON, SETTLED], BREACHES, date(2022, 7, 1))]


@pytest.mark.parametrize(("code", "stories", "breaches", "start"), PLANTED, ids=lambda v: v if isinstance(v, str) else "")
def test_planted_breaches_are_found_and_nothing_else(code: str, stories: list[Story], breaches: list[Breach], start: date) -> None:
    assert mismatches(code, stories, breaches, start=start) == []
