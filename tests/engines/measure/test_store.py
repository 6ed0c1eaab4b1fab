"""存放的一致 · A roll-up that was brought up to date equals one made anew, whatever has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.engines.measure.room import Mediation, P
from tianping.engines.generate import Generator
from tianping.engines.measure.defined import page
from tianping.engines.measure.frames import figures
from tianping.engines.measure.plan import needs
from tianping.engines.measure.rollup import rollup
from tianping.engines.measure.store import keep, kept, refresh
from tianping.engines.portable.connect import as_table, connect
from tianping.engines.supervise.encoding import rows_of_events
from tianping.procedure.tables import compiled

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
LISTED = Mediation.listed()


def log() -> pa.Table:
    tables = compiled(P)
    table = rows_of_events(Generator(tables, 11, start=date(2022, 3, 1)).cases(200), tables)
    return table.append_column("organisation", table["case_id"]).append_column("source", table["case_id"])


def test_a_refreshed_rollup_is_one_made_anew(tmp_path: Path) -> None:
    connection, whole, wanted = connect(), log(), needs(LISTED)
    known = set(whole["case_id"].to_pylist()[: len(whole) // 2])
    late = pa.array([name not in known or n % 3 == 0 for n, name in enumerate(whole["case_id"].to_pylist())])
    before, changed = whole.filter(pc.invert(late)), sorted(set(whole.filter(late)["case_id"].to_pylist()))
    path = tmp_path / "rollup.parquet"
    refresh(connection, path, as_table(connection, before), wanted, changed=None)
    got = refresh(connection, path, as_table(connection, whole), wanted, changed=changed)
    anew = rollup(connection, as_table(connection, whole), wanted)
    assert figures(got, LISTED).equals(figures(anew, LISTED))
    rows = pq.read_metadata(keep(anew, tmp_path / "anew.parquet")).num_rows
    assert pq.read_metadata(path).num_rows == rows > len(known)  # a case of which everything was voided has no row


def test_a_rollup_made_for_other_figures_is_not_taken(tmp_path: Path) -> None:
    connection, table = connect(), log()
    path = keep(rollup(connection, as_table(connection, table), needs(LISTED[:1])), tmp_path / "rollup.parquet")
    assert kept(connection, path, needs(LISTED[:1])) is not None
    assert kept(connection, path, needs(LISTED)) is None
    assert kept(connection, tmp_path / "none.parquet", needs(LISTED)) is None


def test_every_figure_is_put_into_words() -> None:
    zh, en = page([Mediation], "zh"), page([Mediation], "en")
    assert "现处于“调解成功”" in zh
    assert "it has been in “Settled”" in en
    assert "“各方同意延长”的次数多于1" in zh
    for indicator in Mediation.listed():
        assert indicator.code in zh
        assert indicator.code in en
