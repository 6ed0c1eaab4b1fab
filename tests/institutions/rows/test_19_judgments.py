"""裁判文书 · A missing section blocks the issue; an article whose text was not in force on its day is flagged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, found, later, signed, without
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.law.statutes import parse_citation

SECTIONS = ("has_claims", "has_findings", "has_result", "has_appeal")
WHOLE = dict.fromkeys(SECTIONS, True)


def cited(article: str, day: date) -> dict[str, Any]:
    """What is noted of an article: the life of its text as the statute index holds it."""
    statute = parse_citation(article).refs[0].statute
    last = {"text_to": statute.valid_to} if statute.valid_to is not None else {}
    return {"article": article, "applied_on": day, "text_from": statute.valid_from, "repealed": statute.valid_to is not None, **last}


def drafted(own: Actor, kind: str = "JUDGMENT", *, small: bool = False) -> int:
    return opened(own, "judgment_document", "generate", "JUDGE", {"kind": kind, "template": "t 1", "final_at_once": small}, day=1100)


@pytest.mark.parametrize(
    ("kind", "missing", "rule"),
    [
        ("JUDGMENT", "has_claims", "no_claims"),
        ("JUDGMENT", "has_findings", "no_findings"),
        ("JUDGMENT", "has_result", "no_result"),
        ("JUDGMENT", "has_appeal", "no_appeal"),
        ("MEDIATION_STATEMENT", "has_claims", "no_claims"),
        ("MEDIATION_STATEMENT", "has_findings", "no_findings"),
        ("MEDIATION_STATEMENT", "has_result", "no_result"),
        ("RULING", "has_result", "no_result"),
    ],
)
def test_a_missing_section_blocks_the_issue(database: object, kind: str, missing: str, rule: str) -> None:
    own = office("judgment-court", "JUDGE", "CLERK")
    case = drafted(own, kind)
    take(own, case, "CitedArticle.note", "JUDGE", cited("CPL23 155", date(2024, 6, 5)), entity="a", day=1100)
    take(own, case, "CitedArticle.verify", "JUDGE", entity="a", day=1100)
    with pytest.raises(Refusal) as refused:
        take(own, case, "check", "JUDGE", WHOLE | {missing: False}, day=1101)
    assert why(refused) == [f"JudgmentDocument.{rule}"]
    take(own, case, "check", "JUDGE", WHOLE, day=1101)
    take(own, case, "issue", "JUDGE", {"changed": 1, "pronounced_on": date(2024, 6, 6), "in_court": True}, day=1101, co="CLERK")


def test_a_small_claim_needs_no_time_of_appeal(database: object) -> None:
    own = office("judgment-court", "JUDGE", "CLERK")
    case = drafted(own, small=True)
    take(own, case, "CitedArticle.note", "JUDGE", cited("CPL23 165", date(2024, 6, 5)), entity="a", day=1100)
    take(own, case, "CitedArticle.verify", "JUDGE", entity="a", day=1100)
    take(own, case, "check", "JUDGE", WHOLE | {"has_appeal": False}, day=1101)


@pytest.mark.parametrize(
    ("article", "day", "rule"),
    [
        ("CPL21 155", date(2023, 12, 31), ""),
        ("CPL21 155", date(2024, 1, 1), "outdated"),
        ("CPL23 155", date(2023, 12, 31), "not_yet"),
        ("CPL23 155", date(2024, 1, 1), ""),
        ("PI20 12", date(2022, 5, 1), "outdated"),
        ("PI22 12", date(2022, 4, 30), "not_yet"),
    ],
)
def test_a_repealed_article_is_flagged_by_the_day(database: object, article: str, day: date, rule: str) -> None:
    own = office("judgment-court", "JUDGE", "CLERK")
    case = drafted(own)
    take(own, case, "CitedArticle.note", "JUDGE", cited(article, day), entity="a", day=1100)
    if not rule:
        take(own, case, "CitedArticle.verify", "JUDGE", entity="a", day=1100)
        return
    with pytest.raises(Refusal) as refused:
        take(own, case, "CitedArticle.verify", "JUDGE", entity="a", day=1100)
    assert why(refused) == [f"CitedArticle.{rule}"]
    with pytest.raises(Refusal) as refused:
        take(own, case, "check", "JUDGE", WHOLE, day=1100)
    assert why(refused) == ["JudgmentDocument.unchecked"]


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "claims missing": (0, answered(7, has_claims=False), ["no_claims"] * 2),
    "findings missing": (0, answered(7, has_findings=False), ["no_findings"] * 2),
    "result missing": (0, answered(7, has_result=False), ["no_result"] * 2),
    "appeal missing": (0, answered(7, has_appeal=False), ["no_appeal"] * 2),
    "an article unchecked": (0, without(3), ["unchecked"] * 3),
    "a repealed article left": (0, without(4), ["unchecked"] * 3),
    "signed by the judge alone": (0, signed(8, "甲 JUDGE"), ["issue.by"]),
    "not sealed": (0, without(9), ["serve.missing", "serve.order"]),
    "sent late": (0, later(10, 20), ["to_serve"]),
    "published unmasked": (0, answered(11, masked=False), ["unmasked"]),
    "published though secret": (0, answered(11, secret=True), ["is_secret"]),
    "withheld without need": (1, answered(8, secret=False), ["not_secret"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("judgment_document", "cases.yaml", nth, None) == []
    assert found("judgment_document", "cases.yaml", nth, change) == sorted([f"JudgmentDocument.{code}" for code in expected])
