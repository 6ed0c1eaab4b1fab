"""例案覆盖 · The worked cases of a folder take every step of its procedure, and see at least one refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tianping.procedure.check import refusals as no
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.examples import Example, read_examples
from tianping.procedure.registry import Folder
from tianping.procedure.tables import compiled


def coverage(folder: Folder) -> Iterator[Refusal]:
    """Steps of any version that no example takes, oldest version first. Raises BadExample, NoVersionOn."""
    examples = [e for file in _files(folder.path) for e in read_examples(file)]
    taken = {code for example in examples for code in _taken(folder, example)}
    for code in dict.fromkeys(row.step.code for version in folder.versions for row in compiled(version).steps):
        if code not in taken:
            yield no.NotExercised(where=code)
    if not any(example.data.get("refuse") for example in examples):
        yield no.NothingRefused(where=folder.code)


def _files(path: Path) -> list[Path]:
    return sorted((path / "examples").glob("*.yaml"))


def _taken(folder: Folder, example: Example) -> set[str]:
    tables = compiled(folder.on(example.version))
    done = [row["do"] for row in example.data["events"] if "do" in row]
    return {tables.steps[tables.by_step[name]].step.code for name in done if name in tables.by_step}
