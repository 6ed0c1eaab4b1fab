"""启动 · What makes a short run start at once."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec

import pyarrow as pa


class _NotToBeFound(MetaPathFinder):
    """A finder before all others that says of one package that it is not there."""

    def find_spec(self, fullname: str, *_: object, **__: object) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)
        return None


def without_pandas() -> None:
    """Let Arrow believe, in this process, that there is no pandas; where one is installed, loading it takes a fifth of a short run.

    Arrow asks for it once, at its first array; afterwards pandas is found again by whoever wants it.
    """
    if "pandas" in sys.modules:
        return
    finder = _NotToBeFound()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(finder)
