"""委托鉴定 · The days between entrustment and opinion do not count towards the trial limit; only a listed body is drawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, found, later, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.courts.appraisal.indicators import AppraisalBodies
from tianping.law.calendar import calendar
from tianping.law.text import T
from tianping.procedure.examples import Example, failures
from tianping.procedure.registry import find
from tianping.procedure.tables import compiled

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def differs(entrusted: date | None, days: int, due: date) -> list[str]:
    """What differs if an ordinary case filed on 2023-03-01, with an appraisal of so many days in it, is expected to be due on a day."""
    events: list[dict[str, Any]] = [
        {"at": date(2023, 3, 1), "do": "FirstInstance.file", "facts": {"foreign": False}},
    ]
    if entrusted is not None:
        given = entrusted + timedelta(days=days)
        events += [
            {"at": entrusted, "do": "Appraisal.entrust", "entity": "a", "facts": {"expertise": "APPRAISAL", "opinion_due": given}},
            {"at": given, "do": "Appraisal.opine", "entity": "a"},
        ]
    data = {"title": {"zh": "", "en": ""}, "events": events, "clocks": [{"clock": "FirstInstance.to_judge", "due": due}]}
    day = date(2023, 3, 1)
    example = Example("trial", T("", ""), day, date(2025, 12, 31), data)
    return failures(example, compiled(find("first_instance_civil").on(day)), calendar())


@pytest.mark.parametrize("days", [1, 17, 60, 200])
def test_the_days_of_an_appraisal_do_not_count(days: int) -> None:
    days_of = calendar()
    assert differs(None, 0, date(2023, 9, 1)) == []
    due = days_of.as_date(days_of.roll(days_of.number(date(2023, 9, 1) + timedelta(days=days))))
    assert differs(date(2023, 4, 10), days, due) == []
    assert differs(date(2023, 4, 10), days, date(2023, 9, 1)) != []


def test_only_a_listed_body_is_drawn(database: object) -> None:
    own = office("appraisal-court", "COURT", "JUDGE")
    lot = {"body": "b", "qualified": True}
    case = opened(own, "entrusted_appraisal", "order", "JUDGE", {"when_": "TRIAL", "again": "FIRST", "speciality": "s"}, day=400)
    with pytest.raises(Refusal) as refused:
        take(own, case, "draw", "COURT", lot, day=401)
    assert why(refused) == ["EntrustedAppraisal.not_listed"]
    body = opened(own, "appraisal_body", "enter", "COURT", {"body": "b", "speciality": "s", "licensed": True})
    with pytest.raises(Refusal) as refused:
        opened(own, "appraisal_body", "enter", "COURT", {"body": "b", "speciality": "s", "licensed": True})
    assert why(refused) == ["AppraisalBody.twice"]
    assert Figures().value(AppraisalBodies.on_register) == 1
    take(own, body, "suspend", "COURT", day=1)
    with pytest.raises(Refusal) as refused:
        take(own, case, "draw", "COURT", lot, day=402)
    assert why(refused) == ["EntrustedAppraisal.not_listed"]
    take(own, body, "restore", "COURT", {"licensed": True}, day=2)
    take(own, case, "draw", "COURT", lot, day=403)


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "drawn before agreeing": (0, without(4), ["EntrustedAppraisal.may_agree"]),
    "unpaid": (0, without(2), ["EntrustedAppraisal.unpaid", "EntrustedAppraisal.to_pay"]),
    "not listed": (0, answered(5, listed=0), ["EntrustedAppraisal.not_listed"]),
    "not qualified": (0, answered(5, qualified=False), ["EntrustedAppraisal.unqualified"]),
    "materials not examined": (0, answered(6, examined=False), ["EntrustedAppraisal.untested"]),
    "no undertaking": (0, answered(10, undertaking=False), ["EntrustedAppraisal.unsigned"]),
    "delay not told": (0, without(11), ["EntrustedAppraisal.told"]),
    "opinion late": (0, later(13, 3), ["EntrustedAppraisal.to_opine"]),
    "incomplete": (0, answered(13, complete=False), ["EntrustedAppraisal.incomplete"]),
    "no copies": (0, without(14), ["EntrustedAppraisal.not_sent"] * 4),
    "objection open": (0, without(23), ["EntrustedAppraisal.still_open"]),
    "opinion by a judge": (1, signed(7, "李审 JUDGE"), ["EntrustedAppraisal.opine.by"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("entrusted_appraisal", "cases.yaml", nth, None) == []
    assert found("entrusted_appraisal", "cases.yaml", nth, change) == sorted(expected)
