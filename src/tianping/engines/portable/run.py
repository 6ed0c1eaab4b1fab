"""可移植监督 · Runs a definition over an event table on DuckDB or Spark, with the results of the array engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa

from tianping.engines.portable.connect import as_table, collect, connect, is_spark
from tianping.engines.portable.errors import NotExpressible, UnknownWay
from tianping.engines.portable.partitions import partitioned
from tianping.engines.portable.survey import OPTIONAL, Survey, survey
from tianping.engines.supervise.errors import EmptyLog, MissingColumn, UnknownStep
from tianping.engines.supervise.results import CLOCKS, FINDINGS
from tianping.engines.supervise.run import Piece, Report
from tianping.law.calendar import Calendar, calendar
from tianping.procedure.events import end_of
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import Folder, life
from tianping.procedure.tables import compiled

WAYS: Final = ("auto", "expressions", "partitions")
NEEDED: Final = ("case_id", "seq", "step", "happened")


@dataclass(frozen=True, slots=True, eq=False)
class PortableReport(Report):
    """监督结果 · The results, and how they came about: by ``expressions``, or by ``partitions`` and because of which words."""

    way: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """监督方案 · A log that has been looked over once: as of when and by which way it is judged, and because of which words not by expressions."""

    folder: Folder
    connection: Any
    log: Any
    seen: Survey
    moment: datetime
    calendar: Calendar
    way: str
    words: tuple[str, ...]

    def pieces(self) -> Iterator[Piece]:
        """The results as they come, so that a caller who writes them away holds only some. Pieces need not be whole cases."""
        if self.way == "partitions":
            return partitioned(self.connection, self.folder, self.log, self.moment, self.calendar)
        return _expressed(self)


def plan(
    folder: Folder,
    log: Any,
    *,
    as_of: date | datetime | None = None,
    cal: Calendar | None = None,
    backend: str = "duckdb",
    connection: Any = None,
    way: str = "auto",
) -> Plan:
    """Look over a log, an Arrow table or an Ibis table of the connection, and settle how it is judged. Raises SUP-1xx, SUP-2xx.

    ``way``: ``expressions`` or ``partitions``. ``auto`` takes what is faster: partitions on DuckDB; on Spark expressions, which need no Python on
    its workers, wherever the definition and the log allow them.
    """
    conn = connect(backend) if connection is None else connection
    table = as_table(conn, log)
    lacking = [name for name in NEEDED if name not in table.columns]
    if lacking:
        raise MissingColumn(columns=", ".join(lacking))
    facts = frozenset(name for v in folder.versions for name in compiled(v).facts)
    seen = survey(conn, table, facts)
    moment = _moment(seen, as_of)
    if way not in WAYS:
        raise UnknownWay(given=way, known=", ".join(WAYS))
    parted = way == "partitions" or (way == "auto" and not is_spark(conn))
    words = () if parted else _words(folder, seen)
    if way == "expressions" and words:
        raise NotExpressible(procedure=folder.code, words="; ".join(words))
    chosen = "partitions" if parted or words else "expressions"
    used = table.select(*(name for name in table.columns if name in {*NEEDED, *OPTIONAL, *facts}))
    return Plan(folder, conn, used, seen, moment, calendar() if cal is None else cal, chosen, words)


def supervise(
    folder: Folder,
    log: Any,
    *,
    as_of: date | datetime | None = None,
    cal: Calendar | None = None,
    backend: str = "duckdb",
    connection: Any = None,
    way: str = "auto",
) -> PortableReport:
    """Judge a whole log and hold all results. See :func:`plan`; raises SUP-1xx, SUP-2xx."""
    made = plan(folder, log, as_of=as_of, cal=cal, backend=backend, connection=connection, way=way)
    pieces = list(made.pieces())
    clocks = pa.Table.from_batches([b for p in pieces for b in p.clocks], CLOCKS).unify_dictionaries()
    findings = pa.Table.from_batches([b for p in pieces for b in p.findings], FINDINGS).unify_dictionaries()
    return PortableReport(clocks, findings, made.moment, made.seen.events, sum(p.cases for p in pieces), made.way, made.words)


def _moment(seen: Survey, as_of: date | datetime | None) -> datetime:
    """The instant that a log is judged as of."""
    if as_of is not None:
        return end_of(as_of)
    if seen.last is None:
        raise EmptyLog()
    return end_of(seen.last.date() if isinstance(seen.last, datetime) else seen.last)


def _words(folder: Folder, seen: Survey) -> tuple[str, ...]:
    from tianping.engines.portable.relational.words import missing  # noqa: PLC0415 — its package needs the optional extra

    return tuple(f"{life(v)} {w}" if len(folder.versions) > 1 else w for v in folder.versions for w in missing(compiled(v), seen))


def _expressed(made: Plan) -> Iterator[Piece]:
    from tianping.engines.portable.relational.judged import judged  # noqa: PLC0415 — its package needs the optional extra

    for version, log in _versions(made.connection, made.folder, made.log):
        tables = compiled(version)
        strange = made.seen.steps - set(tables.by_step)
        if strange and len(made.folder.versions) > 1:
            steps = collect(made.connection, log.select("step").distinct())["step"].to_pylist()
            strange = frozenset(s for s in steps if s is not None) - set(tables.by_step)
        if strange:
            raise UnknownStep(procedure=tables.procedure.__name__, steps=", ".join(sorted(strange)))
        yield from judged(made.connection, tables, log, made.moment, made.seen, made.calendar)


def _versions(conn: Any, folder: Folder, table: Any) -> Iterator[tuple[type[Procedure], Any]]:
    """Each version of the folder with the cases whose first event falls into its life."""
    if len(folder.versions) == 1:
        yield folder.versions[0], table
        return
    first = table.group_by("case_id").aggregate(first_day=table.happened.min().date())
    chosen: dict[type[Procedure], list[date]] = {}
    for row in collect(conn, first.select("first_day").distinct()).to_pylist():
        chosen.setdefault(folder.on(row["first_day"]), []).append(row["first_day"])
    for version in folder.versions:
        if version in chosen:
            low, high = min(chosen[version]), max(chosen[version])
            mine = first.filter(first.first_day.between(low, high)).select(version_case="case_id")
            yield version, table.semi_join(mine, table.case_id == mine.version_case)
