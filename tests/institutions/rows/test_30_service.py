"""送达 · Of several channels the earliest valid one counts; nothing is announced without a failed attempt on record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, found, later, moved, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.courts.service.indicators import ServicePool

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("CLERK", "SERVICE_POOL", "SERVER", "POST", "SYSTEM")
JUDGMENT = {"document": "JUDGMENT", "simple": False, "abroad": False, "missing": False}


def test_the_earliest_valid_time_counts() -> None:
    """A judgment by two channels: electronic on the 22nd, in person on the 26th. It is served as of the 22nd, and entered later is a finding."""
    assert found("service_of_process", "cases.yaml", 1, None) == []
    assert found("service_of_process", "cases.yaml", 1, moved(4, days=1)) == sorted(["Service.earliest"])
    assert found("service_of_process", "cases.yaml", 1, moved(4, days=4)) == sorted(["Service.earliest"])


def test_no_announcement_without_a_failed_attempt_on_record(database: object) -> None:
    own = office("service-court", *ROLES)
    case = opened(own, "service_of_process", "assign", "CLERK", JUDGMENT, day=700)
    with pytest.raises(Refusal) as refused:
        take(own, case, "announce", "CLERK", {"missing": False}, day=701)
    assert why(refused) == ["Service.not_exhausted"]
    take(own, case, "Direct.go", "SERVER", entity="d", day=702)
    with pytest.raises(Refusal) as refused:
        take(own, case, "announce", "CLERK", {"missing": False}, day=702)
    assert why(refused) == ["Service.not_exhausted", "Service.still_trying"]
    take(own, case, "Direct.miss", "SERVER", entity="d", day=703)
    take(own, case, "announce", "CLERK", {"missing": False}, day=704)


def pooled(own: Any, *, failing: int) -> int:
    """A task that is tried in vain so many times and then served."""
    case = opened(own, "service_task", "hand_in", "CLERK", {"document": "d", "addressee": "a", "missing": False}, day=700)
    take(own, case, "assign", "SERVICE_POOL", {"server": "s"}, day=700)
    for n in range(failing + 1):
        sent = {"channel": "POST" if n else "ELECTRONIC", "consented": True, "address": "x"}
        take(own, case, "Attempt.send", "SERVER", sent, entity=f"t{n}", day=701)
        take(own, case, "Attempt.fail" if n < failing else "Attempt.succeed", "POST", {"feedback": "f"}, entity=f"t{n}", day=702)
    take(own, case, "report", "SERVER", day=703)
    with pytest.raises(Refusal) as refused:
        take(own, case, "review", "SERVICE_POOL", {"proof": False}, day=703)
    assert why(refused) == ["ServiceTask.no_proof"]
    take(own, case, "review", "SERVICE_POOL", {"proof": True}, day=703)
    take(own, case, "collect", "CLERK", day=704)
    return case


def test_the_pool_counts_what_was_served_at_the_first_try(database: object) -> None:
    own = office("pool-court", *ROLES)
    for failing in (0, 0, 1, 2):
        pooled(own, failing=failing)
    assert float(Figures().value(ServicePool.first_try)) == pytest.approx(0.5)


FAULTS: dict[str, tuple[str, int, Change, list[str]]] = {
    "no consent": ("service_task", 0, answered(2, consented=False), ["Attempt.no_consent"]),
    "sent before assigned": ("service_task", 1, moved(2, days=-2), ["ServiceTask.unassigned"]),
    "never tried": ("service_task", 1, lambda story: [*story[:2], *story[4:]], ["ServiceTask.untried", "ServiceTask.not_exhausted"]),
    "a channel left open": ("service_task", 1, without(3), ["ServiceTask.trying", "ServiceTask.untried", "ServiceTask.not_exhausted"]),
    "no proof": ("service_task", 0, answered(9, proof=False), ["ServiceTask.no_proof"]),
    "not reviewed": ("service_task", 0, without(9), ["ServiceTask.collect.order", "ServiceTask.collect.missing"]),
    "reviewed by the server": ("service_task", 0, signed(9, "孙送 SERVER"), ["ServiceTask.review.by"]),
    "collected by the post": ("service_task", 0, signed(10, "邮政 POST"), ["ServiceTask.collect.by"]),
    "the copy sent late": ("service_of_process", 0, later(1, 10), ["Service.to_send"]),
    "electronic without consent": ("service_of_process", 1, answered(2, consent="NONE"), ["Electronic.no_consent"]),
    "an address nobody confirmed": ("service_of_process", 1, answered(2, address_confirmed=False), ["Electronic.unconfirmed"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    code, nth, change, expected = FAULTS[fault]
    assert found(code, "cases.yaml", nth, change) == sorted(expected)
