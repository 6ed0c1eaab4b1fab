"""云柜 · A box is free only after the scan that takes the item; every item has two signatures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, found, later, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.models import Event

ROLES = ("PARTY", "CLERK", "JUDGE")
LEFT: dict[str, Any] = {"box": "A01", "depositor": "PARTY", "identity_scanned": True}


def test_a_box_is_free_only_after_the_scan(database: object) -> None:
    own = office("locker-court", *ROLES)
    with pytest.raises(Refusal) as refused:
        opened(own, "locker_item", "open_box", "PARTY", LEFT)
    assert why(refused) == ["LockerItem.no_box"]
    opened(own, "locker_box", "install", "CLERK", {"box": "A01"})
    item = opened(own, "locker_item", "open_box", "PARTY", LEFT)

    def full() -> bool:
        try:
            second = opened(own, "locker_item", "open_box", "PARTY", LEFT, day=9)
        except Refusal as refusal:
            assert [r.rule for r in refusal.reasons] == ["LockerItem.full"]
            return True
        take(own, second, "cancel", "PARTY", day=9)
        return False

    assert full()
    take(own, item, "deposit", "PARTY", {"deposit_scanned": True})
    assert full()
    take(own, item, "assign", "CLERK", {"recipient": "r"})
    assert full()
    take(own, item, "fall_due", "CLERK", day=8)
    assert full()
    with pytest.raises(Refusal) as refused:
        take(own, item, "take_back", "PARTY", {"pickup_scanned": False}, day=8)
    assert why(refused) == ["LockerItem.not_picked"]
    assert full()
    take(own, item, "take_back", "PARTY", {"pickup_scanned": True}, day=8)
    assert not full()


def test_every_item_has_two_signatures(database: object) -> None:
    own, other = office("locker-court-2", *ROLES), office("locker-court-3", *ROLES)
    opened(own, "locker_box", "install", "CLERK", {"box": "A01"})
    item = opened(own, "locker_item", "open_box", "PARTY", LEFT, keys=other.keys)
    take(own, item, "deposit", "PARTY", {"deposit_scanned": True})
    take(own, item, "assign", "CLERK", {"recipient": "r"})
    with pytest.raises(Refusal) as refused:
        take(own, item, "pick_up", "JUDGE", {"pickup_scanned": True}, day=1)
    assert why(refused) == ["LockerItem.pick_up.not_by"]
    take(other, item, "pick_up", "JUDGE", {"pickup_scanned": True}, day=1)
    signed = {e.step.rpartition(".")[2]: e.signers for e in Event.objects.filter(case_id=item)}
    assert signed["deposit"] != signed["pick_up"]
    assert len(signed["deposit"]) == len(signed["pick_up"]) == 1


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "no such box": (0, answered(0, boxes=0), ["no_box"]),
    "a full box": (0, answered(0, occupied=1), ["full"]),
    "nobody identified": (0, answered(0, identity_scanned=False), ["unidentified"]),
    "not signed in": (0, answered(1, deposit_scanned=False), ["unscanned"]),
    "never left": (0, without(1), ["assign.order", "assign.missing"]),
    "taken without a scan": (0, answered(4, pickup_scanned=False), ["not_picked"]),
    "taken by who left it": (0, signed(4, "甲 PARTY"), ["pick_up.not_by"]),
    "assigned by a judge": (0, signed(2, "李审 JUDGE"), ["assign.by"]),
    "assigned late": (0, later(2, 5), ["to_be_assigned"]),
    "picked up late": (0, later(4, 9), ["to_be_picked"]),
    "taken back without a scan": (1, answered(4, pickup_scanned=False), ["not_picked", "to_be_picked"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("locker_item", "cases.yaml", nth, change) == sorted([f"LockerItem.{code}" for code in expected])
