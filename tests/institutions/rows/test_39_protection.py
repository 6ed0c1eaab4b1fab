"""服务保障措施 · A number is listed once, with an owner; its latest evidence is what was added last."""

from __future__ import annotations

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tianping.casework.errors import Refusal
from tianping.casework.models import Case


def test_every_measure_has_an_owner_and_its_latest_evidence(database: object) -> None:
    own = office("committee-39", "POLITICAL_LEGAL_COMMITTEE", "MEASURE_OWNER")
    entry = {"number": 7, "text": "（由使用单位填写）", "owner_body": "x"}
    case = opened(own, "protection_measure", "list_", "POLITICAL_LEGAL_COMMITTEE", entry)
    with pytest.raises(Refusal) as refused:
        opened(own, "protection_measure", "list_", "POLITICAL_LEGAL_COMMITTEE", entry)
    assert why(refused) == ["ProtectionMeasure.numbered_already"]
    with pytest.raises(Refusal) as refused:
        opened(own, "protection_measure", "list_", "POLITICAL_LEGAL_COMMITTEE", {"number": 8, "text": "x"})
    assert why(refused) == ["ProtectionMeasure.nobody"]
    take(own, case, "carry_out", "MEASURE_OWNER", {"evidence": "2021-06-02"}, day=1)
    take(own, case, "add_evidence", "MEASURE_OWNER", {"evidence": "2021-06-09"}, day=8)
    facts = Case.objects.get(pk=case).facts
    assert (facts["owner_body"], facts["evidence"]) == ("x", "2021-06-09")
