"""核验 · Every kind of tampering with an exported ledger is found, and the first bad event is named; an erased payload is not tampering."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.casework.conftest import actor_of
from tests.casework.test_writers import MONDAY, opened
from tests.conftest import size
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.writers import step_take
from tianping.casework.ledger.canonical import NO_HASH, canonical, chained, sha256, sm3
from tianping.casework.ledger.verify import BadLedger, UnreadableLedger, verify
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


def test_an_erased_payload_still_verifies(lines: list[str]) -> None:
    rows = [json.loads(line) for line in lines]
    rows[3]["payload"] = None
    assert verify(json.dumps(r) for r in rows).erased == 1


EDITS: dict[str, Callable[[list[dict[str, Any]], int, random.Random], object]] = {
    "payload": lambda rows, n, r: rows[n]["payload"].update(salt=f"{r.getrandbits(128):032x}"),
    "step": lambda rows, n, r: rows[n].update(step=rows[n]["step"] + "x"),
    "happened": lambda rows, n, r: rows[n].update(
        happened=(datetime.fromisoformat(rows[n]["happened"]) + timedelta(microseconds=r.randrange(1, 10**9))).isoformat()
    ),
    "signer": lambda rows, n, r: rows[n]["signers"][0].__setitem__(0, f"u{r.random()}"),
    "hash": lambda rows, n, r: rows[n].update(hash=f"{r.getrandbits(256):064x}"),
    "payload hash": lambda rows, n, r: rows[n].update(payload_hash=f"{r.getrandbits(256):064x}"),
    "delete": lambda rows, n, r: rows.pop(n),
    "insert": lambda rows, n, r: rows.insert(n, dict(rows[n])),
}


@pytest.mark.parametrize("kind", EDITS)
def test_every_edit_is_found_and_named(lines: list[str], kind: str) -> None:
    draw = random.Random(kind)
    ends = {json.loads(line)["case_id"]: n for n, line in enumerate(lines)}
    for _ in range(size(40, 1000)):
        rows = [json.loads(line) for line in lines]
        n = draw.randrange(len(rows))
        if kind == "delete" and n in ends.values():
            continue  # a shortened tail is found by the heads that partners hold, not by the chain
        case = rows[n]["case_id"]
        EDITS[kind](rows, n, draw)
        with pytest.raises(BadLedger) as bad:
            verify(json.dumps(r) for r in rows)
        assert bad.value.values["case"] == case


def test_two_events_that_changed_places_are_found(lines: list[str]) -> None:
    rows = [json.loads(line) for line in lines]
    n = next(i for i, (a, b) in enumerate(pairwise(rows)) if a["case_id"] == b["case_id"])
    rows[n], rows[n + 1] = rows[n + 1], rows[n]
    with pytest.raises(BadLedger):
        verify(json.dumps(r) for r in rows)


@pytest.mark.parametrize("line", ["{", "[]", '{"case_id": 1}', '{"case_id": 1, "seq": "x"}'])
def test_a_line_that_is_no_event_is_told_by_its_number(line: str) -> None:
    with pytest.raises(UnreadableLedger) as told:
        verify(["", line])
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
    cases = {json.loads(line)["case_id"] for line in lines}
    assert Event.objects.filter(case_id__in=cases).count() == len(lines)
