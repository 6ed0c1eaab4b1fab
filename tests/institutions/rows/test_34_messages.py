"""法官留言 · A judge sees only the own messages; one that is not read in time turns red."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.institutions.rows.live import AT, office, opened, take
from tianping.casework.errors import NoSuchCase
from tianping.casework.figures import Figures
from tianping.casework.models import Clock
from tianping.institutions.courts.hall.indicators import Messages

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def message(judge: str) -> dict[str, Any]:
    return {"judge": judge, "sender": "s", "identified": True, "medium": "AUDIO"}


def overdue(days: int) -> list[str]:
    """The messages that are unread and late, so many days after AT."""
    known = Figures(until=(AT + timedelta(days=days)).replace(tzinfo=None))
    return [str(n) for n in known.cases(Messages.overdue)["case_id"].to_pylist()]


def test_a_judge_sees_only_the_own_messages(database: object) -> None:
    first, second = office("message-1", "PARTY", "JUDGE"), office("message-2", "PARTY", "JUDGE")
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
