"""所证之物 · What a part of the proof rests on, as twelve hexadecimal digits: who mends one file of tests gives that part again, and no other."""

from __future__ import annotations

import ast
import hashlib
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PROVEN: Final = ("src", "tests", "cities", "examples", "requirements", "pyproject.toml")
"""A change elsewhere, in a text say, leaves a proof as it is."""


def digest_of(part: str) -> str:
    """Of a file of tests: the product, what tests share, the file itself and the files of tests that it takes from. Of a benchmark: the product and
    all benchmarks, without what is said of them."""
    own = [name for name in _listed("benchmarks") if not name.endswith(".md")] if part.startswith("benchmark ") else sorted(_closure(part))
    return hashlib.sha256((_shared() + _of(own)).encode()).hexdigest()[:12]


@cache
def _shared() -> str:
    return _of([name for name in _listed(*PROVEN) if not Path(name).name.startswith("test_")])


def _listed(*places: str) -> list[str]:
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *places]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in set(found.splitlines()) if (ROOT / name).is_file())


def _of(names: list[str]) -> str:
    whole = hashlib.sha256()
    for name in names:
        whole.update(name.encode() + b"\0" + hashlib.sha256((ROOT / name).read_bytes()).digest())
    return whole.hexdigest()


def _closure(part: str) -> set[str]:
    """A file of tests and those that it imports from, however far."""
    found, left = set[str](), [part]
    while left:
        name = left.pop()
        if name not in found and (ROOT / name).is_file():
            found.add(name)
            left += _imported(name)
    return found


@cache
def _imported(name: str) -> tuple[str, ...]:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return tuple(m.replace(".", "/") + ".py" for m in modules if m.startswith("tests.") and m.rpartition(".")[2].startswith("test_"))
