"""类型错误测试 · What an author may get wrong is a type error before anything runs: mypy reads one folder of small mistakes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

HEAD = '''"""错误 · One mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tianping.law.statutes import CPL23
from tianping.procedure import NEW, Extension, Fact, Ground, Limit, One, Pause, Procedure, Stage, Step, T, Track, days
from tianping.procedure.contracts.roles import Roles


class Route(Track):
    """程序 · Beside the case."""

    title = T("程序", "Route")
    simple = Stage(T("简易", "Simple"))
    choose = Step(NEW >> simple, T("选择", "Choose"), by=Roles.JUDGE, cites=CPL23[160])


class Small(Procedure):
    """小程序 · With one mistake, or none."""

    title = T("小程序", "Small")
    code = "small"
    valid_from = date(2024, 1, 1)
    route = One(Route)
    amount = Fact(Decimal, T("金额", "Amount"))
    urgent = Fact(bool, T("紧急", "Urgent?"))
    filed = Stage(T("已收", "Filed"))
    heard = Stage(T("已审", "Heard"))
    decided = Stage(T("已决", "Decided"), end=True)
    file = Step(NEW >> filed, T("收件", "File"), by=Roles.CLERK, asks=(amount, urgent), cites=CPL23[126])
'''
GOOD = """    decide = Step((filed | heard) >> decided, T("决定", "Decide"), by=Roles.JUDGE | Roles.PRESIDENT, cites=CPL23[126, 152])
    small = Ground((amount < Decimal(5)) & urgent.is_(True), T("小额", "Small claim"), CPL23[165])
    in_time = Limit(since=file, until=decide, within=days(7), title=T("期限", "Limit"), cites=CPL23[126])
"""
MISTAKES = {
    "within_a_number": ('in_time = Limit(since=file, until=file, within=6, title=T("期限", "Limit"), cites=CPL23[126])', "arg-type"),
    "citation_as_text": ('decide = Step(filed >> decided, T("决定", "Decide"), by=Roles.JUDGE, cites="CPL23 126")', "arg-type"),
    "by_missing": ('decide = Step(filed >> decided, T("决定", "Decide"), cites=CPL23[126])', "call-arg"),
    "cites_missing": ('decide = Step(filed >> decided, T("决定", "Decide"), by=Roles.JUDGE)', "call-arg"),
    "title_in_one_language": ('decide = Step(filed >> decided, "Decide", by=Roles.JUDGE, cites=CPL23[126])', "arg-type"),
    "role_as_text": ('decide = Step(filed >> decided, T("决定", "Decide"), by="judge", cites=CPL23[126])', "arg-type"),
    "misspelt_role": ('decide = Step(filed >> decided, T("决定", "Decide"), by=Roles.JUGDE, cites=CPL23[126])', "attr-defined"),
    "misspelt_fact": ('small = Ground(amuont < Decimal(5), T("小额", "Small"), CPL23[165])', "name-defined"),
    "misspelt_stage_of_a_part": ('small = Ground(route.at(Route.simpel), T("简易", "Simple"), CPL23[160])', "attr-defined"),
    "number_against_text": ('small = Ground(amount < "5", T("小额", "Small"), CPL23[165])', "operator"),
    "fact_is_no_rule": ('small = Ground(urgent, T("紧急", "Urgent"), CPL23[165])', "arg-type"),
    "equals_sign": ('small = Ground(amount == 3, T("小额", "Small"), CPL23[165])', "arg-type"),
    "rule_precedence": ('small = Ground(amount < Decimal(5) & urgent.is_(True), T("小额", "Small"), CPL23[165])', "operator"),
    "move_precedence": ('decide = Step(filed | heard >> decided, T("决定", "Decide"), by=Roles.JUDGE, cites=CPL23[126])', "operator"),
    "two_targets": ('decide = Step(filed >> (heard | decided), T("决定", "Decide"), by=Roles.JUDGE, cites=CPL23[126])', "operator"),
    "stage_or_step": ('in_time = Limit(since=file | filed, until=file, within=days(1), title=T("期限", "Limit"), cites=CPL23[126])', "operator"),
    "role_or_stage": ('decide = Step(filed >> decided, T("决定", "Decide"), by=Roles.JUDGE | filed, cites=CPL23[126])', "operator"),
    "grant_is_a_stage": ("more = Extension(days(7), grant=filed, cites=CPL23[152])", "arg-type"),
    "pause_without_end": ('pause = Pause(since=file, title=T("扣除", "Pause"), cites=CPL23[152])', "call-arg"),
    "asks_for_a_text": ('again = Step(filed, T("再问", "Ask"), by=Roles.CLERK, asks=("amount",), cites=CPL23[126])', "arg-type"),
}


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """File → the kinds of errors that mypy --strict reports in it; one run over all files."""
    folder: Path = tmp_path_factory.mktemp("mistakes")
    (folder / "good.py").write_text(HEAD + GOOD, encoding="utf-8")
    for name, (line, _) in MISTAKES.items():
        (folder / f"{name}.py").write_text(f"{HEAD}    {line}\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml"), "--no-color-output"]
    command += ["--cache-dir", str(ROOT / "var" / "mypy"), str(folder)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=300)
    out: dict[str, list[str]] = {name: [] for name in (*MISTAKES, "good")}
    for file, kind in re.findall(r"(\w+)\.py:\d+: error: .*\[([\w-]+)\]", done.stdout):
        out[file].append(kind)
    assert "Found" in done.stdout, done.stdout + done.stderr
    return out


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_a_type_error(name: str, reported: dict[str, list[str]]) -> None:
    assert MISTAKES[name][1] in reported[name], reported[name]


def test_what_is_right_is_not(reported: dict[str, list[str]]) -> None:
    assert reported["good"] == []
