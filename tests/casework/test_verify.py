"""核验 · Every kind of tampering with an exported ledger is found, and the first bad event is named; an erased payload is not tampering."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.casework.conftest import actor_of
from tests.casework.test_writers import MONDAY, opened
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.writers import step_take
from tianping.casework.ledger.canonical import NO_HASH, canonical, chained, sha256, sm3
from tianping.casework.ledger.errors import UnreadableLedger
from tianping.casework.ledger.verify import verify
from tianping.casework.models import Case, Event, Organisation


@pytest.fixture(scope="module")
def lines(court: Organisation) -> list[str]:
    judge, cases = actor_of(court, "FILING_JUDGE", "CLERK"), []
    for n in range(12):
        case = opened(judge, at=MONDAY + timedelta(days=n)).case_id
        cases.append(case)
        if n % 2:
            step_take(case_id=case, step="file", actor=judge, at=MONDAY + timedelta(days=n + 1), facts={"qualifies": True})
        if n % 4 == 1:
            step_take(case_id=case, step="", voids=2, actor=judge, at=MONDAY + timedelta(days=n + 2))
    return list(ledger_lines(cases))


def test_an_untouched_ledger_verifies_and_ends_at_the_heads_of_its_cases(lines: list[str]) -> None:
    found = verify(lines)
    assert (found.cases, found.events, found.erased) == (12, len(lines), 0)
    for case, (seq, head) in found.heads.items():
        row = Case.objects.get(pk=case)
        assert (row.seq, bytes(row.head)) == (seq, head)


def parts(line: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    return row


def lined(row: dict[str, Any]) -> str:
    header, payload = (json.dumps(row[n], ensure_ascii=False, sort_keys=True, separators=(",", ":")) for n in ("header", "payload"))
    return f'{{"hash":"{row["hash"]}","payload_hash":"{row["payload_hash"]}","header":{header},"payload":{payload}}}'


@pytest.mark.parametrize("line", ["{", "[]", '{"case_id": 1}', '{"header":[1,1,1,"x"],"payload":{}}', "{line} ", "{line}x"])
def test_a_line_that_is_no_event_is_told_by_its_number(lines: list[str], line: str) -> None:
    with pytest.raises(UnreadableLedger) as told:
        verify(["", line.replace("{line}", lines[0])])
    assert told.value.values["line"] == 2


def test_the_canonical_form_has_no_floats_and_one_order() -> None:
    assert canonical({"乙": 1, "a": [True, None]}) == '{"a":[true,null],"乙":1}'.encode()
    with pytest.raises(TypeError):
        canonical(1.5)


def test_the_digests_are_the_published_ones() -> None:
    assert sha256(b"abc").hex().startswith("ba7816bf")
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert chained(NO_HASH, b"h", b"p", sm3) != chained(NO_HASH, b"h", b"p", sha256)


def test_every_event_of_the_database_is_exported(lines: list[str]) -> None:
    assert [lined(parts(line)) for line in lines] == lines
    cases = {parts(line)["header"][1] for line in lines}
    assert Event.objects.filter(case_id__in=cases).count() == len(lines)
