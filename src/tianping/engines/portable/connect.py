"""连接 · A connection to DuckDB or Spark, and a log as one of its tables. Optional extras are imported here and nowhere above."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from tianping.engines.portable.errors import EngineMissing, NoJava, UnknownBackend

BACKENDS: Final = ("duckdb", "spark")
MEMORY: Final = "512MB"
"""What DuckDB may hold in memory before it writes to disk."""
_COUNTER: Final = count()


def connect(backend: str = "duckdb", *, threads: int = 2, memory: str = MEMORY) -> Any:
    """An Ibis connection. Raises EngineMissing, NoJava, UnknownBackend."""
    if backend == "duckdb":
        return _duckdb(threads, memory)
    if backend == "spark":
        return _spark(threads)
    raise UnknownBackend(given=backend, known=", ".join(("arrays", *BACKENDS)))


def _duckdb(threads: int, memory: str) -> Any:
    ibis = _ibis("duckdb")
    spill = str(Path(tempfile.gettempdir()) / f"tianping-duckdb-{os.getpid()}")  # else it would write where the person stands
    try:
        return ibis.duckdb.connect(threads=threads, memory_limit=memory, temp_directory=spill, preserve_insertion_order=False)
    except ModuleNotFoundError as error:
        raise EngineMissing(backend="duckdb", package=error.name, extras="analytics") from error


def _spark(threads: int) -> Any:
    if not has_java():
        raise NoJava()
    ibis = _ibis("spark")
    try:
        # An optional extra: a run on DuckDB must not need Spark.
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise EngineMissing(backend="spark", package="pyspark", extras="analytics,spark") from error
    builder = SparkSession.builder.master(f"local[{threads}]").appName("tianping")
    for key, value in {
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.pyspark.python": sys.executable,
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")  # its advice on the size of tasks is not for a person who asked who was late
    return ibis.pyspark.connect(session)


def _ibis(backend: str) -> Any:
    try:
        # An optional extra: the arrays need none of it.
        import ibis  # noqa: PLC0415
    except ModuleNotFoundError as error:
        extras = "analytics" if backend == "duckdb" else "analytics,spark"
        raise EngineMissing(backend=backend, package="ibis-framework", extras=extras) from error
    return ibis


def has_java() -> bool:
    """Whether there is a Java that Spark could start."""
    home = os.environ.get("JAVA_HOME")
    return bool((home and shutil.which("java", path=os.path.join(home, "bin"))) or shutil.which("java"))  # noqa: PTH118 — a search path is a string


def is_spark(connection: Any) -> bool:
    """Whether an Ibis connection speaks to Spark."""
    return bool(connection.name == "pyspark")


def as_table(connection: Any, log: Any) -> Any:
    """A log as a table of the connection: an Arrow table is handed over without a copy, an Ibis table is itself."""
    if not isinstance(log, pa.Table):
        return log
    plain = pa.table([_plain(log[name]) for name in log.column_names], names=log.column_names)
    name = f"tianping_{next(_COUNTER)}"
    if is_spark(connection):
        connection._session.createDataFrame(plain).createOrReplaceTempView(name)
    else:
        connection.con.register(name, plain)
    return connection.table(name)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_null(column.type):
        return column.cast(pa.string())
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def lay_down(connection: Any, expression: Any) -> Any:
    """The rows of an expression as a temporary table, for what several other expressions read. See :func:`take_up`."""
    name, sql = f"tianping_{next(_COUNTER)}", connection.compile(expression)
    if is_spark(connection):
        connection._session.sql(sql).persist().createOrReplaceTempView(name)
    else:
        connection.con.execute(f"CREATE TEMPORARY TABLE {name} AS {sql}").fetchall()
    return connection.table(name)


def take_up(connection: Any, table: Any) -> None:
    """Let a temporary table go."""
    name = table.get_name()
    if is_spark(connection):
        connection._session.table(name).unpersist()
        connection._session.catalog.dropTempView(name)
    else:
        connection.con.execute(f"DROP TABLE {name}").fetchall()


def batches(connection: Any, expression: Any, size: int = 100_000) -> Iterator[pa.RecordBatch]:
    """The rows of an expression as a stream of batches; the connection is busy until it ends."""
    sql = connection.compile(expression)
    if is_spark(connection):
        yield from connection._session.sql(sql).toArrow().to_batches(size)
        return
    # Ibis 12 asks DuckDB for a method that DuckDB 2 no longer has; the reader is asked for directly.
    yield from connection.con.sql(sql).to_arrow_reader(size)


def collect(connection: Any, expression: Any) -> pa.Table:
    """The rows of a small expression, whole. (Ibis itself would fetch from Spark through pandas.)"""
    found = list(batches(connection, expression))
    return pa.Table.from_batches(found) if found else expression.schema().to_pyarrow().empty_table()
