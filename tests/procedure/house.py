"""全部程序 · Every procedure of the house and of the examples, for tests that run over them all."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tianping.law.errors import TianpingError
from tianping.procedure import Procedure
from tianping.procedure.registry import Folder, folders, load_folder

FOLDERS: dict[str, Folder] = {}
BROKEN: dict[str, str] = {}
"""Folders that cannot be loaded, with the reason: one broken folder fails one test and hides no other."""


def _load(paths: list[Path]) -> None:
    for path in paths:
        try:
            FOLDERS[path.name] = load_folder(path)
        except TianpingError as error:
            BROKEN[path.name] = error.text("en")


_load([*folders().values(), *(file.parent for file in sorted((ROOT / "examples").glob("*/procedure.py")))])
ALL: list[type[Procedure]] = [version for folder in FOLDERS.values() for version in folder.versions]
"""Every version of every procedure."""
