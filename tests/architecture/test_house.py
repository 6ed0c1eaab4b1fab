"""house rules · What every file of the house keeps to."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN = 400, 60, 120


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_files_are_short() -> None:
    assert not [(p.name, _lines(p)) for p in SOURCES if _lines(p) > LONGEST_FILE]
    assert statistics.median(_lines(p) for p in SOURCES) <= MEDIAN


def test_functions_are_short() -> None:
    long = [
        (path.name, node.name)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_every_module_says_what_it_is() -> None:
    assert not [p.name for p in SOURCES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]


def test_nobody_below_the_command_line_reads_the_clock() -> None:
    clock = {"now", "today", "utcnow"}
    found = [
        (path.name, node.lineno)
        for path in SOURCES
        if "project" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clock and not node.args
    ]
    assert not found


def test_no_lock_names_a_registry() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text("utf-8"), lock.name


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    whole = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return whole | {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}


def test_a_procedure_imports_only_law_and_procedure() -> None:
    allowed = ("tianping.law", "tianping.procedure", "__future__", "datetime", "decimal", "enum", "typing")
    files = [*(ROOT / "src/tianping/institutions").rglob("*.py"), *(ROOT / "examples").rglob("*.py")]
    strange = [(p, m) for p in files for m in _imports(p) if not m.startswith(allowed)]
    assert not [(p.name, m) for p, m in strange if not _own(p, m)]


def _own(path: Path, module: str) -> bool:
    """Whether a module stands in the file's own room (or example): rooms do not know each other, their procedures may."""
    kinds = {"procedures", "examples"}
    folder = path.parent if path.name == "indicators.py" else next(f for f in path.parents if f.parent.name in kinds or f.name == "procedures")
    room = (
        folder
        if folder.parent.name == "examples" or path.name == "indicators.py"
        else next(f for f in folder.parents if f.name == "procedures").parent
    )
    return module.startswith(".".join(room.relative_to(ROOT / "src").parts) if room.is_relative_to(ROOT / "src") else room.name)


def test_every_error_has_a_code_of_its_storey() -> None:
    storeys: dict[str, tuple[str, ...]] = {
        "law": ("LAW-",),
        "procedure": ("PRO-",),
        "engines": ("EVT-", "SUP-", "MEA-"),
        "casework": ("OPS-",),
        "portal": ("POR-",),
        "project": ("CLI-",),
    }
    wrong = []
    for path in SOURCES:
        storey = path.relative_to(ROOT / "src/tianping").parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "code"):
                continue
            value = node.value.value if isinstance(node.value, ast.Constant) else None
            if isinstance(value, str) and value[3:4] == "-" and not value.startswith(storeys.get(storey, ())):
                wrong.append((path.name, value))
    assert not wrong


def test_migrations_are_one_chain() -> None:
    names = sorted(p.stem for p in (ROOT / "src/tianping/casework/migrations").glob("0*.py"))
    texts = {name: (ROOT / f"src/tianping/casework/migrations/{name}.py").read_text("utf-8") for name in names}
    after = {name: [other for other in names if f'("casework", "{other}")' in text] for name, text in texts.items()}
    assert all(len(before) == (name != "0001_initial") for name, before in after.items()), after
    assert len({b for before in after.values() for b in before}) == len(names) - 1, "two migrations follow the same one"
