"""拒绝留痕 · What is denied stands in the security log: whose it was, what and where, never what was in it; and nobody fills the log with it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.portal.conftest import Asker, account, asker, opened, organisation, secret_of
from tianping.casework.models import Denials, SecurityEvent
from tianping.casework.security.denials import ROWS, left_over


def rows(who: Asker) -> list[SecurityEvent]:
    """The denials of an account, oldest first."""
    return list(SecurityEvent.objects.filter(kind="denied", actor=who.account.pk).order_by("id"))


def test_each_denial_leaves_a_row_and_what_is_allowed_leaves_none(judge: Asker) -> None:
    case, clerk = opened(judge), asker(judge.organisation, "CLERK")
    stranger, system = asker(organisation(), "*"), Asker(account("system"), judge.organisation, "")
    system.secret = secret_of(system.account)
    assert stranger.get(f"cases/{case}").status_code == 404
    assert stranger.post(f"cases/{case}/steps/pre_filing/PreFiling.file", {"facts": {"qualifies": True}}, If_Match="*").status_code == 404
    assert clerk.get(f"cases/{case}").status_code == 200
    assert clerk.post(f"cases/{case}/steps/pre_filing/PreFiling.file", {"facts": {"qualifies": True}}, If_Match="*").data["code"] == "OPS-201"
    assert clerk.get("admin/audit").status_code == 403
    assert system.get("admin/audit").status_code == 403
    told = [(r.detail["code"], r.detail["method"], r.subject) for r in rows(stranger)]
    assert told == [("OPS-202", "GET", case), ("OPS-202", "POST", case)]
    assert [(r.detail["code"], r.subject) for r in rows(clerk)] == [("OPS-201", case), ("OPS-801", None)]
    assert [r.detail["code"] for r in rows(system)] == ["OPS-801"]
    assert {r.address for r in rows(stranger)} == {"127.0.0.1"}
    assert all("<case_id>" in r.detail["route"] for r in rows(stranger)), "the pattern of the address, not what was in it"
    before = len(rows(judge))
    assert judge.get(f"cases/{case}").status_code == 200
    assert len(rows(judge)) == before


def test_a_scope_that_a_token_lacks_is_a_denial_of_its_account(judge: Asker) -> None:
    reader = Asker(judge.account, judge.organisation, secret_of(judge.account, ("read",)))
    answer = reader.post("procedures/pre_filing/cases/PreFiling.receive", {"title": "甲诉乙", "facts": {"suit": "ORDINARY", "qualifies": True}})
    assert answer.status_code == 403
    assert [r.detail["code"] for r in rows(judge)] == ["POR-002"]


def test_denials_that_come_too_fast_are_counted_and_told_once() -> None:
    stranger, tries = asker(organisation(), "*"), 60
    for _ in range(tries):
        assert stranger.get("cases/1").status_code == 404
    written = rows(stranger)
    assert ROWS.minute <= len(written) <= ROWS.minute + tries // 3
    counted = Denials.objects.get(account=stranger.account.pk).unwritten
    assert len(written) + counted + sum(r.detail.get("denied_before", 0) for r in written) == tries
    assert left_over(at=datetime.now(UTC)) >= 1
    assert rows(stranger)[-1].detail == {"denied_before": counted}
    assert not Denials.objects.filter(account=stranger.account.pk).exists()


def test_a_refusal_of_how_things_stand_is_no_denial(judge: Asker) -> None:
    case = opened(judge)
    for status in (200, 409):
        again = judge.post(f"cases/{case}/steps/pre_filing/PreFiling.file", {"facts": {"qualifies": True}}, If_Match="*")
        assert again.status_code == status
    assert again.data["code"] == "OPS-201"
    assert not rows(judge)
