"""基准数据 · The public fines log beside the checkout, and the larger logs that are made from it under ``var/bench``."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from benchmarks.measure import Absent
from tianping.engines.events.mapping import Mapping, read_mapping
from tianping.law.text import T
from tianping.procedure.registry import Folder, load_folder

ROOT: Final = Path(__file__).resolve().parents[1]
OUT: Final = ROOT / "var" / "bench"
TIMES: Final = 20
COLUMNS: Final = ["case_id", "seq", "activity", "date"]
NO_LOG: Final = T("没有公开罚单日志 {name}（设 TIANPING_SHARED 指明位置）", "no fines log {name} (TIANPING_SHARED says where it is)")


def fines_log() -> Path:
    """The public record of Italian road-traffic fines as CSV. Raises Absent where it is not."""
    place = Path(os.environ.get("TIANPING_SHARED", ROOT.parent / "shared"))
    path = place / "data" / "rtfm" / "events.csv.gz"
    if not path.is_file():
        raise Absent(NO_LOG.fill(name=path.name))
    return path


def fines_folder() -> tuple[Folder, Mapping]:
    """The example procedure of the fines and its mapping."""
    folder = load_folder(ROOT / "examples" / "road_traffic_fines")
    return folder, read_mapping(folder.path / "mapping.toml", folder)


def fines_rows() -> pa.Table:
    """The log's case, number, activity and date."""
    return pv.read_csv(fines_log(), convert_options=pv.ConvertOptions(include_columns=COLUMNS))


def fines_parquet() -> Path:
    """The log ``TIMES`` times over, each copy with cases of its own; written once."""
    path = OUT / f"fines_{TIMES}.parquet"
    if not path.is_file():
        rows = fines_rows()
        OUT.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        with pq.ParquetWriter(half, rows.schema) as writer:
            for n in range(TIMES):
                names = pa.array([f"{name}-{n}" for name in rows["case_id"].to_pylist()])
                writer.write_table(rows.set_column(0, "case_id", names))
        half.replace(path)
    return path


def fines_xes() -> Path:
    """The log as gzipped XES with the names of the standard extensions; written once."""
    path = OUT / "fines.xes.gz"
    if not path.is_file():
        rows = fines_rows()
        OUT.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        with gzip.open(half, "wt", encoding="utf-8", compresslevel=6) as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n')
            before = None
            for case, what, day in zip(*(rows[n].to_pylist() for n in ("case_id", "activity", "date")), strict=True):
                if case != before:
                    file.write("</trace>\n" if before is not None else "")
                    file.write(f'<trace>\n<string key="concept:name" value={quoteattr(case)}/>\n')
                    before = case
                file.write(f'<event>\n<string key="concept:name" value={quoteattr(what)}/>\n')
                file.write(f'<date key="time:timestamp" value="{day}T00:00:00.000+01:00"/>\n</event>\n')
            file.write("</trace>\n</log>\n")
        half.replace(path)
    return path
