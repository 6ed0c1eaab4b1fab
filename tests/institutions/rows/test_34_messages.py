"""法官留言 · A judge sees only the own messages; one that is not read in time turns red."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.casework.conftest import actor_of
from tests.institutions.rows.live import AT, office, opened, take
from tests.institutions.rows.planting import Change, answered, forgetting, found, later, signed, without
from tianping.casework.errors import NoSuchCase
from tianping.casework.figures import Figures
from tianping.casework.models import Clock, Organisation
from tianping.institutions.courts.hall.indicators import Messages

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def message(judge: str) -> dict[str, Any]:
    return {"judge": judge, "sender": "s", "identified": True, "medium": "AUDIO"}


def overdue(days: int) -> list[str]:
    """The messages that are unread and late, so many days after AT."""
    known = Figures(until=(AT + timedelta(days=days)).replace(tzinfo=None))
    return [str(n) for n in known.cases(Messages.overdue)["case_id"].to_pylist()]


def test_a_judge_sees_only_the_own_messages(database: object) -> None:
    """Each judge's chamber is an institution beneath the court, and only it has the key of its messages to handle."""
    court, _ = Organisation.objects.get_or_create(code="message-court", defaults={"kind": "court", "zh": "留言试院", "en": "Court of messages"})
    chambers = []
    for n in (1, 2):
        made, _ = Organisation.objects.get_or_create(
            code=f"message-{n}", defaults={"kind": "office", "zh": f"留言{n}", "en": f"Chamber {n}", "parent": court}
        )
        chambers.append(actor_of(made, "PARTY", "JUDGE"))
    first, second = chambers
    case = opened(first, "judge_message", "leave", "PARTY", message("first"))
    with pytest.raises(NoSuchCase):
        take(second, case, "open_", "JUDGE", day=1)
    take(first, case, "open_", "JUDGE", day=1)
    take(first, case, "answer", "JUDGE", day=1)


def test_unread_turns_red(database: object) -> None:
    own = office("message-3", "PARTY", "JUDGE")
    case = opened(own, "judge_message", "leave", "PARTY", message("third"))
    clock = Clock.objects.get(case_id=case)
    assert clock.code == "JudgeMessage.to_read"
    assert clock.due > clock.since
    assert str(case) not in overdue(1)
    assert str(case) in overdue(29)
    take(own, case, "open_", "JUDGE", day=30)
    assert Clock.objects.get(case_id=case, code="JudgeMessage.to_read").status == "met_late"
    assert str(case) not in overdue(59)


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "not identified": (0, answered(0, identified=False), ["JudgeMessage.unknown_sender"]),
    "for nobody": (0, forgetting(0, "judge"), ["JudgeMessage.nobody"]),
    "by the number of its case": (0, answered(0, judge=None, case_number="（2021）示例1号"), []),
    "left by a clerk": (0, signed(0, "丁 CLERK"), ["JudgeMessage.leave.by"]),
    "read by a clerk": (0, signed(1, "丁 CLERK"), ["JudgeMessage.open_.by"]),
    "never read": (0, without(1), ["JudgeMessage.answer.order", "JudgeMessage.answer.missing", "JudgeMessage.to_read"]),
    "read late": (0, later(1, 10), ["JudgeMessage.to_read"]),
    "answered late": (0, later(2, 10), ["JudgeMessage.to_answer"]),
    "answered by a clerk": (0, signed(2, "丁 CLERK"), ["JudgeMessage.answer.by"]),
    "a note of no case": (0, forgetting(4, "case_number"), ["JudgeMessage.no_case"]),
    "a note by a clerk": (0, signed(4, "丁 CLERK"), ["JudgeMessage.make_note.by"]),
    "filed by the judge": (0, signed(5, "李审 JUDGE"), ["JudgeMessage.file.by"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("judge_message", "cases.yaml", 0, None) == []
    assert found("judge_message", "cases.yaml", nth, change) == sorted(expected)
