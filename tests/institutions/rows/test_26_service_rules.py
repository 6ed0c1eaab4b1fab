"""工作规程 · Four rules are named, fourteen blank, a nineteenth refused; a second request for the same material is a breach of being told once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, forgetting, found, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.courts.service_centre.indicators import ServiceRules
from tianping.institutions.courts.service_centre.procedures.service_rule.procedure import Named

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def rule(number: int, named: Named, name: str) -> dict[str, Any]:
    return {"number": number, "named": named.name, "name": name, "text": "", "owner": "a", "question": "q"}


def test_four_rules_are_named_and_fourteen_are_blank(database: object) -> None:
    named = [n for n in Named if n is not Named.UNKNOWN]
    assert [n.value for n in named] == ["导诉提示", "登记立案", "首办负责", "一次性告知"]
    own = office("rules-court", "FILING_JUDGE", "WINDOW_CLERK")
    for number in range(1, 19):
        known = named[number - 1] if number <= len(named) else Named.UNKNOWN
        opened(own, "service_rule", "adopt", "FILING_JUDGE", rule(number, known, known.value if number <= 4 else f"blank {number}"))
    assert Figures().value(ServiceRules.in_force) == 18
    for number, name, expected in ((19, "x", "out_of_range"), (0, "x", "out_of_range"), (7, "x", "number_taken")):
        with pytest.raises(Refusal) as refused:
            opened(own, "service_rule", "adopt", "FILING_JUDGE", rule(number, Named.UNKNOWN, name))
        assert why(refused) == [f"ServiceRule.{expected}"]
    with pytest.raises(Refusal) as refused:
        opened(own, "service_rule", "adopt", "FILING_JUDGE", rule(4, Named.TOLD_ONCE, "一次性告知"))
    assert why(refused) == ["ServiceRule.number_taken", "ServiceRule.name_taken"]


def notice(material: str, matter: str = "M") -> dict[str, Any]:
    return {"matter": matter, "material": material, "in_writing": True, "supply_by": date(2021, 6, 10)}


def test_a_second_request_for_the_same_material_is_a_breach(database: object) -> None:
    own = office("once-court", "GUIDE", "WINDOW_CLERK")
    visits = []
    for _ in range(2):
        case = opened(own, "service_visit", "draw", "GUIDE", {"matter_kind": "m"})
        take(own, case, "call", "WINDOW_CLERK", {"counter": "3"})
        take(own, case, "take_up", "WINDOW_CLERK", {"handler": "h"})
        visits.append(case)
    take(own, visits[0], "MaterialNotice.tell", "WINDOW_CLERK", notice("id"), entity="a", day=1)
    take(own, visits[0], "MaterialNotice.tell", "WINDOW_CLERK", notice("mandate"), entity="b", day=1)
    take(own, visits[0], "MaterialNotice.supply", "WINDOW_CLERK", entity="a", day=2)
    for case in visits:
        with pytest.raises(Refusal) as refused:
            take(own, case, "MaterialNotice.tell", "WINDOW_CLERK", notice("id"), entity="z", day=3)
        assert why(refused) == ["MaterialNotice.told_twice"]
        assert "REG15 7" in refused.value.reasons[0].cites
    take(own, visits[1], "MaterialNotice.tell", "WINDOW_CLERK", notice("id", "another"), entity="y", day=3)


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "a nineteenth": (0, answered(0, number=19), ["ServiceRule.out_of_range"]),
    "a number taken": (0, answered(0, numbered=1), ["ServiceRule.number_taken"]),
    "a name taken": (0, answered(0, same_name=2), ["ServiceRule.name_taken"]),
    "nobody answers": (0, forgetting(0, "owner"), ["ServiceRule.nobody"]),
    "adopted at the counter": (0, signed(0, "窗口 WINDOW_CLERK"), ["ServiceRule.adopt.by"]),
    "no evidence": (0, forgetting(1, "evidence"), ["ServiceRule.no_evidence"]),
    "never carried out": (0, without(1), ["ServiceRule.inspect.order", "ServiceRule.inspect.missing"]),
    "improved without need": (0, answered(2, complied=True), ["ServiceRule.fine"]),
    "never inspected": (0, without(2), ["ServiceRule.improve.order", "ServiceRule.improve.missing", "ServiceRule.fine"]),
    "inspected by a guide": (0, signed(6, "导诉 GUIDE"), ["ServiceRule.inspect.by"]),
    "inspected while improving": (0, without(5), ["ServiceRule.inspect.order", "ServiceRule.inspect.missing"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("service_rule", "cases.yaml", 0, None) == []
    assert found("service_rule", "cases.yaml", nth, change) == sorted(expected)
