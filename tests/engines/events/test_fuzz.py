"""读坏文件测试 · Files damaged at random are read, or refused in words; whatever is read, every row is accounted for."""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT, size
from tests.engines.events.test_read import GOOD, HEAD, XES
from tianping.engines.events.mapping import Mapping, read_mapping
from tianping.engines.events.read import read
from tianping.engines.events.write import write
from tianping.law.errors import TianpingError
from tianping.procedure.registry import Folder, load_folder

TRIALS = size(150, 10_000)
PIECES = (b"\x00", b"\xff", b'"', b",", b"\n", b"<", b">", b"&", b"{", b"]", b"\xed\xa0\x80", "𠮷".encode(), "\u202e".encode(), b"1" * 400)


@pytest.fixture(scope="module")
def fines() -> Folder:
    return load_folder(ROOT / "examples/road_traffic_fines")


@pytest.fixture(scope="module")
def how(fines: Folder) -> Mapping:
    return read_mapping(fines.path / "mapping.toml", fines)


def samples(folder: Path, fines: Folder, how: Mapping) -> dict[str, bytes]:
    csv = (HEAD + GOOD * 5).encode()
    (folder / "log.csv").write_bytes(csv)
    table = read(folder / "log.csv", procedure=fines, mapping=how).table
    out = {"log.csv": csv, "log.csv.gz": gzip.compress(csv), "log.xes": XES.encode(), "log.xes.gz": gzip.compress(XES.encode())}
    for name in ("log.parquet", "log.json"):
        write(table, folder / name)
        out[name] = (folder / name).read_bytes()
    return out


def damaged(data: bytes, random: Random) -> bytes:
    """One to four wounds: a byte changed, a piece put in, a stretch lost or doubled, the end cut off."""
    for _ in range(random.randrange(1, 5)):
        at = random.randrange(len(data) + 1)
        to = min(len(data), at + random.randrange(1, 40))
        kind = random.randrange(5)
        if kind == 0 and at < len(data):
            data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + random.choice(PIECES) + data[at:]
        elif kind == 2:
            data = data[:at] + data[to:]
        elif kind == 3:
            data = data[:to] + data[at:]
        elif len(data) > 1:
            data = data[: max(1, at)]
    return data


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz", "log.xes", "log.xes.gz", "log.parquet", "log.json"])
def test_damaged_files_are_read_or_refused(tmp_path: Path, fines: Folder, how: Mapping, name: str) -> None:
    random, whole = Random(f"damage {name}"), samples(tmp_path, fines, how)[name]
    path, kept, refused = tmp_path / f"bad-{name}", 0, 0
    for _ in range(TRIALS):
        path.write_bytes(damaged(whole, random))
        try:
            log = read(path, procedure=fines, mapping=how, bad="aside", aside=tmp_path / "aside.csv")
        except TianpingError as error:
            assert error.text("zh") and error.text("en")
            refused += 1
            continue
        assert log.rows == len(log.table) + log.ignored + log.aside
        kept += 1
    assert kept and refused
