"""例案测试 · Every worked case of every procedure comes out as its lawyer wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tianping.law.calendar import calendar
from tianping.procedure.examples import Example, failures, read_examples
from tianping.procedure.registry import Folder, folders, load_folder
from tianping.procedure.tables import compiled

FOLDERS = [*folders().values(), *(p.parent for p in sorted((ROOT / "examples").glob("*/procedure.py")))]
CASES = [(folder, file) for folder in FOLDERS for file in sorted((folder / "examples").glob("*.yaml"))]


def _all(folder: Folder, file: Path) -> list[tuple[Example, list[str]]]:
    return [(e, failures(e, compiled(folder.on(e.version)), calendar())) for e in read_examples(file)]


@pytest.mark.parametrize(("path", "file"), CASES, ids=[f"{p.name}/{f.stem}" for p, f in CASES])
def test_examples_come_out_as_written(path: Path, file: Path) -> None:
    wrong = {e.where: bad for e, bad in _all(load_folder(path), file) if bad}
    assert not wrong


@pytest.mark.parametrize("path", FOLDERS, ids=[p.name for p in FOLDERS])
def test_every_procedure_has_examples_and_a_refusal(path: Path) -> None:
    examples = [e for file in (path / "examples").glob("*.yaml") for e in read_examples(file)]
    assert examples
    assert any(e.data.get("refuse") for e in examples)
