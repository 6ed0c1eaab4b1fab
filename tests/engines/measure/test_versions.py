"""各版本对照 · A figure written on the newest version counts the cases of the older one, under whatever names its steps go."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from tianping.engines.generate import Generator
from tianping.engines.measure.frames import figures
from tianping.engines.measure.plan import needs
from tianping.engines.measure.rollup import rollup
from tianping.engines.measure.versions import alike, codes, entering, versions
from tianping.engines.portable.connect import as_table, connect
from tianping.engines.supervise.encoding import rows_of_events
from tianping.institutions.courts.trial.procedures.first_instance_civil.procedure import FirstInstance
from tianping.institutions.mediation.online_platform.indicators import OnlineMediations
from tianping.institutions.mediation.online_platform.procedures.online_mediation.procedure import OnlineMediation as P
from tianping.procedure.grammar import Procedure
from tianping.procedure.tables import compiled

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
OLD = versions(P)[1]

COUNTED = (OnlineMediations.received, OnlineMediations.accepted, OnlineMediations.settled, OnlineMediations.days)


def log_of(version: type[Procedure], name: str, start: date) -> pa.Table:
    tables = compiled(version)
    table = rows_of_events(Generator(tables, 7, start=start).cases(80, length=14), tables)
    table = table.set_column(table.schema.get_field_index("case_id"), "case_id", pa.array([name + c for c in table["case_id"].to_pylist()]))
    return table.append_column("organisation", pa.array(["court"] * len(table))).append_column("source", pa.array(["grid"] * len(table)))


@pytest.fixture(scope="module")
def logs() -> tuple[pa.Table, pa.Table]:
    return log_of(OLD, "old", date(2020, 3, 1)), log_of(P, "new", date(2022, 3, 1))


def cases(log: pa.Table, *steps: str) -> set[str]:
    """The cases in which one of some steps stands, plainly."""
    struck = {(r["case_id"], r["voids"]) for r in log.to_pylist() if r["voids"] is not None}
    return {r["case_id"] for r in log.to_pylist() if r["step"] in steps and (r["case_id"], r["seq"]) not in struck}


def test_the_older_version_counts_by_its_own_steps(logs: tuple[pa.Table, pa.Table]) -> None:
    old, new = logs
    connection = connect()
    whole = as_table(connection, pa.concat_tables([old, new], promote_options="permissive"))
    listed = list(COUNTED)
    row = figures(rollup(connection, whole, needs(listed)), listed).to_pylist()[0]
    taken_on = cases(old, "InvitedMediation.sign_for") | cases(new, "OnlineMediation.accept", "OnlineMediation.accept_alone")
    settled = cases(old, "InvitedMediation.settle") | cases(new, "OnlineMediation.settle")
    assert cases(old, "InvitedMediation.sign_for")
    assert cases(old, "InvitedMediation.settle")
    assert row["received"] == sum(len(cases(log, *log["step"].drop_null().unique().to_pylist())) for log in logs)
    assert row["accepted_of"] == len(taken_on)
    assert row["settled_of"] == len(settled)
    assert row["days_among"] == len({c for c, stage in (_stand(old, OLD) | _stand(new, P)).items() if stage in OVER and c in taken_on})


OVER = ("settled", "failed", "withdrawn")


def _stand(log: pa.Table, version: type[Procedure]) -> dict[str, str]:
    """The stage in which each case of a log stands, plainly."""
    rows = log.to_pylist()
    struck = {(r["case_id"], r["voids"]) for r in rows}
    targets = {row.step.code: row.step.target.name for row in compiled(version).steps if row.step.target is not None and row.track == 0}
    kept = (r for r in rows if r["step"] in targets and (r["case_id"], r["seq"]) not in struck)
    return {r["case_id"]: targets[r["step"]] for r in sorted(kept, key=lambda r: (r["happened"], r["seq"]))}


def test_what_has_the_same_name_in_the_same_place_is_the_same() -> None:
    assert codes(P, P.settle) == ["OnlineMediation.settle", "InvitedMediation.settle"]
    assert codes(P, P.accept) == ["OnlineMediation.accept"]
    assert "InvitedMediation.sign_for" in entering(P, P.accepted.stages)
    assert len(alike(FirstInstance, FirstInstance.route.track)) == 2
    assert versions(OLD) == (OLD,)
