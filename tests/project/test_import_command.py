"""导入命令测试 · The sample import, an account and its export, as a clerk would give the commands, on a database of their own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from tests.project.test_operating import call as called
from tianping.casework.database.embedded import Embedded
from tianping.casework.intake.mapping import read_import_mapping
from tianping.casework.intake.template import mapping_template
from tianping.procedure.columns import FactColumn
from tianping.procedure.expressions import columns
from tianping.procedure.tables import compiled
from tianping.project.known import known, named

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def call(database: Embedded, var: Path) -> Call:
    """A command, on the tests' own server: each would start one and stop it, and ``test_operating`` has seen that."""
    name = str(connections["default"].settings_dict["NAME"])
    where = {"DATABASE_URL": database.app_dsn(name), "DATABASE_OWNER_URL": database.owner_dsn(name)}
    return lambda *words: called(var, *words, **where)


def test_cases_are_imported_and_users_made(call: Call, tmp_path: Path) -> None:
    words = ["import", "examples/import/cases.csv", "-p", "pre_filing", "--mapping", "examples/import/mapping.toml"]
    words += ["--report", str(tmp_path / "refused.csv"), "--json"]
    assert call("city", "load", "cities/jinzhong").returncode == 0
    tried = call(*words, "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert {k: v for k, v in json.loads(tried.stdout).items() if k in ("cases", "refused", "written")} == {"cases": 3, "refused": 1, "written": False}
    stopped = call(*words)
    assert (stopped.returncode, "OPS-866" in stopped.stderr) == (2, True)
    assert json.loads(call(*words, "--bad", "aside").stdout)["cases"] == 3
    assert json.loads(call(*words, "--bad", "aside").stdout)["known"] == 3
    made = call("user", "add", "chen.yu", "--organisation", "court.jiexiu", "--role", "FILING_JUDGE", "--generate")
    assert made.returncode == 0, made.stderr
    assert "shown this once" in made.stdout
    found = json.loads(call("user", "list", "--json", "--after", "chen.x", "--size", "1").stdout)
    assert found == [{"username": "chen.yu", "name": "chen.yu", "active": True, "administrator": "", "posts": ["court.jiexiu (FILING_JUDGE)"]}]
    own = call("export", "--as", "chen.yu", "--format", "csv", "--table", "cases", "-o", str(tmp_path / "own.csv"), "--json")
    assert json.loads(own.stdout)["cases"] == 2, "the two of the sample that are her court's"
    assert call("user", "add", "chen.yu", "--administrator", "audit", "--generate").returncode == 2
    nothing = call("user", "password", "chen.yu")
    assert (nothing.returncode, "CLI-302" in nothing.stderr) == (2, True)


def test_a_mapping_to_begin_from_tells_every_question_and_can_be_read(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    words = ["import", str(path), "-p", "pre_filing", "--template"]
    assert call(*words).returncode == 0
    again = call(*words)
    assert (again.returncode, "CLI-303" in again.stderr) == (2, True)
    told = path.read_text()
    read = read_import_mapping(path, named("pre_filing"))
    assert read.columns == {name: name for name in ("case", "step", "happened")}
    assert "qualifies" in read.facts
    assert '# suit = "suit"' in told
    for folder in known():
        path.write_text(mapping_template(folder))
        needed = set(read_import_mapping(path, folder).facts)
        tables = compiled(folder.current)
        guarded = {c.fact.name for r in tables.steps for g, _ in r.guards for c in columns(g.rule) if isinstance(c, FactColumn)}
        asked = {fact.name: fact for row in tables.steps for fact in row.step.asks}
        assert needed == guarded & set(asked), folder.code
        whole = path.read_text().replace("\n# ", "\n").replace("\n#", "\n")
        for name, fact in asked.items():
            assert f'\n{name} = "{name}"\n' in whole, (folder.code, name)
            told_of = [fact.title, *([fact.hint] if fact.hint else [])]
            assert all(" ".join(w.split()) in whole for t in told_of for w in (t.zh, t.en)), (folder.code, name)
    assert "是、否 · true or false" in told


def test_an_exported_log_is_judged_as_the_ledger_is(call: Call, var: Path) -> None:
    found = call("supervise", "--ledger", "-p", "pre_filing", "--as-of", "2026-12-24", "-o", str(var / "one"), "--json")
    (ours,) = json.loads(found.stdout).values()
    exported = call("export", "--format", "xes", "--all", "-p", "pre_filing", "-o", str(var / "out.xes"), "--json")
    assert json.loads(exported.stdout)["cases"] == ours["cases"] == 3
    again = call("supervise", str(var / "out.xes"), "-p", "pre_filing", "--as-of", "2026-12-24", "-o", str(var / "two"), "--json")
    assert json.loads(again.stdout)["clocks"] == ours["clocks"]
