"""已有程序 · The procedures that a command can name: those of the package, and those of ``examples/`` where it stands."""

from __future__ import annotations

from pathlib import Path

from tianping.procedure.registry import Folder, find, folders, load_folder


def known() -> list[Folder]:
    """Every procedure of the package, and those of ``examples/`` where it stands."""
    paths = [*folders().values(), *(p.parent for p in sorted(Path("examples").glob("*/procedure.py")))]
    return [load_folder(p) for p in paths]


def named(name: str) -> Folder:
    """The folder of a code, at a path, or of a code of ``examples/``, as :func:`known` lists them. Raises UnknownProcedure with the nearest codes."""
    if name in folders() or (Path(name) / "procedure.py").is_file():
        return find(name)
    return next((folder for folder in known() if folder.code == name), None) or find(name)
