"""存放的指标 · Kept figures are those of the ledger, are made again only when it has grown, and their lists are their numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.casework.exchange.stories import body_of, sent
from tianping.casework.engine.brought import Imported
from tianping.casework.figures import Figures
from tianping.casework.kept import kept_figures
from tianping.casework.masked_cases import masked_cases
from tianping.casework.models import Case, Organisation, Party
from tianping.procedure.measures import Conserve, Indicator, Indicators, Share
from tianping.procedure.registry import indicators

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def city(half_year: Imported) -> None:
    """The half-year, in a database that holds nothing else."""


def listed(room: type[Indicators]) -> list[Indicator | Conserve]:
    return [*room.listed(), *room.conserved()]


def test_kept_figures_are_those_of_the_ledger(city: None, tmp_path: Path) -> None:
    room = indicators()["Docking"]
    store = kept_figures(listed(room), tmp_path, at=AT)
    row, fresh = store.of(room.listed()).to_pylist()[0], Figures(plain=True).of(room.listed()).to_pylist()[0]
    assert row == fresh
    assert (row["pushed"], row["closed"], row["settled"], row["open"]) == (1264, 1149, 491, 115)
    assert all(store.conserved(rule).holds for rule in room.conserved())


def test_each_number_is_its_list_page_by_page(city: None, tmp_path: Path) -> None:
    room = indicators()["Docking"]
    store = kept_figures(listed(room), tmp_path, at=AT)
    share = next(i for i in room.listed() if isinstance(i, Share) and i.name == "share_settled")
    row = store.of([share]).to_pylist()[0]
    for part, number in (("of", row["share_settled_of"]), ("among", row["share_settled_among"])):
        seen: list[tuple[str, str]] = []
        after: tuple[str, ...] = ()
        while True:
            found = store.cases(share, part=part, after=after, size=50).to_pylist()
            seen += [(r["case_id"], r["entity"]) for r in found]
            if len(found) < 50:
                break
            after = (found[-1]["case_id"], found[-1]["entity"])
        assert len(seen) == len(set(seen)) == number
    cases = masked_cases([int(c) for c, _ in seen[:60]], actor=None)
    names = Party.objects.filter(case_id__in=[c.case for c in cases], kind="person").values_list("name", flat=True)
    assert cases
    assert not [name for name in names for c in cases if name in c.title]


def test_they_are_made_again_only_when_the_ledger_has_grown(city: None, tmp_path: Path) -> None:
    room = indicators()["Docking"]
    first = kept_figures(listed(room), tmp_path, at=AT)
    again = kept_figures(listed(room), tmp_path, at=AT + timedelta(hours=1))
    assert (first.made, again.made) == (AT, AT)
    court = Organisation.objects.create(code="kept-court", kind="court", zh="存放院", en="Kept court", court_code="晋0793")
    sent(court, body_of("kept-union"))
    grown = kept_figures(listed(room), tmp_path, at=AT + timedelta(hours=2))
    assert grown.made == AT + timedelta(hours=2)
    assert grown.of(room.listed()).to_pylist()[0]["pushed"] == 1265


def test_a_sealed_case_stands_in_no_list(city: None) -> None:
    one = Case.objects.order_by("id").first()
    assert one is not None
    Case.objects.filter(pk=one.pk).update(level=1)
    try:
        assert masked_cases([one.pk], actor=None) == []
    finally:
        Case.objects.filter(pk=one.pk).update(level=0)
