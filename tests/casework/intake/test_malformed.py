"""残缺文件 · Files of cases and mappings, broken in every way: each ends in words of both languages, with nothing written; nothing else comes out."""

from __future__ import annotations

import io
import json
import random
import traceback
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.conftest import ROOT, size
from tianping.casework.access.keys import make_keys
from tianping.casework.intake.run import Asked, import_file
from tianping.casework.models import Case, Event, Organisation
from tianping.law.errors import TianpingError

SAMPLE = ROOT / "examples" / "import"
AT = datetime(2026, 5, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
CELLS: tuple[Any, ...] = (
    "", " ", "\x00", "\ufeff", "\u202e反", "𠮷野家", "a" * 200_000, "-" * 300, "9" * 5000, "1e999999", "NaN", "inf", "-0", "１２３", "=1+1", '"', "'",
    ";", "\t", "\r\n", "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "20210301", "2021年3月1日25时", "99999999", "1", "是",
    "Roles.JUDGE", "PreFiling.receive", "../../etc/passwd", "{}", "[]", "1700-01-01", "9999-12-31", "2199-12-31 10:00",
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 10**4000, 1.5, float("nan"), float("inf"), 45000.25, 79999.9, 1e300, "\ud800", {"a": 1}, [1],
    *CELLS,
)  # fmt: skip
ENCODINGS = ("", "utf-8", "utf-16", "gb18030", "latin-1", "utf-7", "nosuch", "hex", "rot13", "idna", "\x00", "a" * 500)


class Mill:
    """磨坊 · Makes one broken file after another out of the sample register."""

    def __init__(self, dice: random.Random, folder: Path, court: str) -> None:
        self.dice, self.folder = dice, folder
        text = (SAMPLE / "mapping.toml").read_text("utf-8")
        self.mapping_text = text.replace("court.jiexiu", court).replace("court.pingyao", court)
        self.table = (SAMPLE / "cases.csv").read_text("utf-8")
        self.head, *self.lines = [line.split(",") for line in self.table.splitlines()]

    def rows(self, odd: tuple[Any, ...]) -> list[list[Any]]:
        """Some rows of the sample with cells that do not belong there."""
        return [[self.dice.choice(odd) if self.dice.random() < 0.15 else cell for cell in self.dice.choice(self.lines)] for _ in range(6)]

    def csv(self) -> bytes:
        """A table with wrong cells, wrong widths, another delimiter or encoding."""
        sep = self.dice.choice(",,,;\t")
        head = list(self.head)
        if self.dice.random() < 0.2:
            head[self.dice.randrange(len(head))] = self.dice.choice(CELLS)
        rows = self.rows(CELLS)
        if self.dice.random() < 0.2:
            rows[0] = rows[0][: self.dice.randrange(len(head))]
        text = "\n".join(sep.join(row) for row in [head, *rows])
        return text.encode(self.dice.choice(["utf-8", "utf-8", "gb18030", "utf-16"]), "replace")

    def xlsx(self) -> bytes:
        """A workbook with wrong cells."""
        book, out = openpyxl.Workbook(), io.BytesIO()
        sheet = book.active
        assert sheet is not None
        for row in [self.head, *self.rows(ODD)]:
            try:
                sheet.append([cell if not isinstance(cell, dict | list) else str(cell) for cell in row])
            except (ValueError, openpyxl.utils.exceptions.IllegalCharacterError):  # what no workbook can hold
                continue
        if self.dice.random() < 0.2:
            sheet.append([datetime(1900, 1, 1), datetime(9999, 12, 31)])  # noqa: DTZ001 — as a workbook holds them
        try:
            book.save(out)
        except (ValueError, OverflowError):
            return b"PK"
        return out.getvalue()

    def jsonl(self) -> bytes:
        """Lines of JSON, or nearly."""
        lines = [json.dumps(dict(zip(self.head, row, strict=True))) for row in self.rows(ODD)]
        strange = ["", "{", "[]", "1", "[" * 100_000, '{"a":' * 5000, '{"a": NaN, "a": 1}', "\x00", '"x"']
        lines.insert(self.dice.randrange(6), self.dice.choice(strange))
        return "\n".join(lines).encode("utf-8", "replace")

    def broken(self, content: bytes) -> bytes:
        """The bytes as they are, cut off, turned, doubled, or with some of them changed."""
        way = self.dice.randrange(6)
        if way == 0 or not content:
            return content[: self.dice.randrange(len(content) + 1)]
        if way == 1:
            made = bytearray(content)
            for _ in range(self.dice.randrange(1, 20)):
                made[self.dice.randrange(len(made))] = self.dice.randrange(256)
            return bytes(made)
        return content if way > 2 else content + content[::-1]

    def rezipped(self, content: bytes) -> bytes:
        """A workbook one part of which is something else."""
        out = io.BytesIO()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
                names = old.namelist()
                chosen = self.dice.choice(names)
                for name in names:
                    new.writestr(name, self.broken(old.read(name)) if name == chosen else old.read(name))
        except (zipfile.BadZipFile, ValueError, IndexError):
            return content
        return out.getvalue()

    def mapping(self) -> Path:
        """The mapping of the sample, now and then a broken one."""
        text = self.mapping_text
        if self.dice.random() < 0.3:
            text = f"encoding = {json.dumps(self.dice.choice(ENCODINGS))}\n" + text
        if self.dice.random() < 0.1:
            text = 'time_format = "%s%%%Q%"\n' + text
        content = text.encode()
        if self.dice.random() < 0.3:
            content = self.dice.choice([self.broken(content), b"x = " + b"[" * 5000, b"columns = 3", b'[columns]\ncase = ["a"]', b"\xff\xfe"])
        file = self.folder / "mapping.toml"
        file.write_bytes(content)
        return file

    def file(self) -> Path:
        """One file."""
        kind = self.dice.choice(["csv", "xlsx", "jsonl"])
        content: bytes = getattr(self, kind)()
        if kind == "xlsx" and self.dice.random() < 0.4:
            content = self.rezipped(content)
        elif self.dice.random() < 0.5:
            content = self.broken(content)
        suffix = kind if self.dice.random() < 0.95 else self.dice.choice(["csv", "xlsx", "jsonl", "txt", "XLSX"])
        path = self.folder / f"cases.{suffix}"
        path.write_bytes(content)
        return path


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_whatever_is_imported_ends_in_words_and_writes_nothing_that_is_broken(database: object, tmp_path: Path) -> None:
    court = Organisation.objects.create(code="court.mill", kind="court", zh="院", en="Court", path="")
    Organisation.objects.filter(pk=court.pk).update(path=f"/{court.pk}/")
    make_keys([court.pk])
    mill = Mill(random.Random(20261127), tmp_path, court.code)
    told, read, wrong = 0, 0, list[str]()
    for n in range(size(60, 3000)):
        path, mapping = mill.file(), mill.mapping() if mill.dice.random() < 0.9 else None
        asked = Asked(path, "pre_filing", tmp_path / "report.csv", mapping=mapping, organisation=court.code, dry=mill.dice.random() < 0.7)
        kept = path.read_bytes(), None if mapping is None else mapping.read_bytes()
        try:
            done = import_file(asked, at=AT, reading=lambda _: None, judging=lambda _: None)
        except TianpingError as error:
            told += 1
            assert error.message.zh, n
            assert error.message.en, n
            assert error.advice.zh, n
            assert error.advice.en, n
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{error!r} at {place.filename}:{place.lineno}"
            wrong.append(f"file {n} ({path.name}): {what}; it begins {kept[0][:80]!r}, the mapping {kept[1]!r:.80}")
        else:
            read += 1
            assert all(f.reason.zh and f.reason.en and f.line for f in done.faults), n
            assert not (asked.dry and done.written), n
        assert "Traceback" not in (tmp_path / "report.csv").read_text("utf-8") if (tmp_path / "report.csv").exists() else True
    assert not wrong, "\n".join(wrong[:20])
    assert told > size(10, 500)
    assert read > size(5, 200)
    assert set(Case.objects.values_list("pk", flat=True)) == set(Event.objects.filter(seq=1).values_list("case_id", flat=True))
