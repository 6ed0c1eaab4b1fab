"""地域管辖 · The places of the articles, and no other."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law.jurisdiction import Dispute, Place, article, competent, places

DAY = date(2026, 3, 2)
A, B = "140702", "140703"


@pytest.mark.parametrize(
    ("dispute", "where", "divisions", "cited"),
    [
        (Dispute.CONTRACT, {Place.DEFENDANT: A, Place.PERFORMANCE: B}, (A, B), "CPL23 24"),
        (Dispute.CONTRACT, {Place.DEFENDANT: A, Place.PERFORMANCE: A}, (A,), "CPL23 24"),
        (Dispute.TORT, {Place.TORT: B}, (B,), "CPL23 29"),
        (Dispute.ACCIDENT, {Place.ACCIDENT: B, Place.DEFENDANT: A}, (B, A), "CPL23 30"),
        (Dispute.REAL_ESTATE, {Place.PROPERTY: A, Place.DEFENDANT: B}, (A,), "CPL23 34"),
        (Dispute.INHERITANCE, {Place.DECEASED: A, Place.ESTATE: B}, (A, B), "CPL23 34"),
        (Dispute.OTHER, {}, (), "CPL23 22"),
    ],
)
def test_the_courts_of_the_article(dispute: Dispute, where: dict[Place, str], divisions: tuple[str, ...], cited: str) -> None:
    found = competent(dispute, where, DAY)
    assert found.divisions == divisions and str(found.cites) == cited
    assert found.exclusive == (dispute in (Dispute.REAL_ESTATE, Dispute.INHERITANCE))
    assert all(line.cites is not None for line in found.derivation.lines)


def test_an_older_day_is_answered_with_the_older_text() -> None:
    assert str(article(Dispute.CONTRACT, date(2023, 6, 1))).startswith("CPL21")


def test_every_kind_names_its_places() -> None:
    assert all(places(d) for d in Dispute)
