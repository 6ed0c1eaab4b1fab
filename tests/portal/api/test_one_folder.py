"""一个文件夹 · A procedure added as one folder: a new process opens its cases through the API, numbers, lists, finds and moves them; nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.conftest import ROOT
from tests.portal.conftest import Asker, asker, organisation
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine import numbers
from tianping.casework.moments import local
from tianping.procedure.registry import BrokenDefinition, load_folder

PROCEDURE = '''
"""信件 · Letters."""
from datetime import date
from tianping.law.statutes import CPL23
from tianping.law.text import T
from tianping.procedure import NEW, Fact, Limit, Procedure, Stage, Step, days
from tianping.procedure.contracts.roles import Roles

class Letter(Procedure):
    title = T("来信", "Letter")
    code = "letters"
    valid_from = date(2020, 1, 1)
    pages = Fact(int, T("页数", "Pages"))
    come = Stage(T("收到", "Received"))
    gone = Stage(T("办结", "Done"), end=True)
    receive = Step(NEW >> come, T("收信", "Receive"), by=Roles.CLERK, asks=(pages,), cites=CPL23[122])
    answer = Step(come >> gone, T("复信", "Answer"), by=Roles.CLERK, cites=CPL23[122])
    to_answer = Limit(since=receive, until=answer, within=days(7), title=T("复信期限", "Time to answer"), cites=CPL23[126])
'''
NUMBERS = '[[kind]]\nstep = "Letter.receive"\nkind = "信"\nstatus = "local"\nsource = "检验用"\n'
ASKS = """
import json, sys, uuid
import django
django.setup()
from django.test import Client
client, secret = Client(raise_request_exception=False, SERVER_NAME="localhost"), sys.argv[1]
def ask(method, path, body=None, **headers):
    given = {"Authorization": f"Bearer {secret}", **headers}
    if body is not None:
        given["Idempotency-Key"] = str(uuid.uuid4())
    answer = client.generic(method, f"/api/v1/{path}", data="" if body is None else json.dumps(body), content_type="application/json", headers=given)
    return answer.status_code, json.loads(answer.content)
told = {"opened": ask("POST", "procedures/letters/cases/Letter.receive", {"title": "某甲来信", "facts": {"pages": 3}})}
if told["opened"][0] == 201:
    case = told["opened"][1]["case"]
    told["asked"] = ask("POST", "procedures/letters/cases/Letter.receive", {"title": "无答案", "facts": {"pages": "many"}})
    told["detail"] = ask("GET", f"cases/{case}")
    told["list"] = ask("GET", "cases")
    told["search"] = ask("POST", "search", {"words": "某甲来信"})
    told["moved"] = ask("POST", f"cases/{case}/steps/letters/Letter.answer", {}, **{"If-Match": "*"})
    told["described"] = ask("GET", "openapi.json?part=letters")
print(json.dumps(told))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "procedures" / "letters"
    made.mkdir(parents=True)
    (made / "procedure.py").write_text(textwrap.dedent(PROCEDURE), encoding="utf-8")
    (made / "numbering.toml").write_text(NUMBERS, encoding="utf-8")
    return made


@pytest.fixture
def clerk() -> Asker:
    return asker(organisation(), "CLERK")


def told(server: Embedded, clerk: Asker, **more: str) -> dict[str, Any]:
    """What a process of its own is told by the API, on this database."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tianping.project.settings", **more}
    name = str(connections["default"].settings_dict["NAME"])
    env |= {"DATABASE_URL": server.app_dsn(name), "TIANPING_VAR": str(ROOT / "var" / "test"), "TIANPING_DEBUG": "1"}
    done = subprocess.run([sys.executable, "-c", ASKS, clerk.secret], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_one_folder_is_a_working_procedure(database: Embedded, clerk: Asker, folder: Path) -> None:
    without = clerk.post("procedures/letters/cases/Letter.receive", {"title": "某甲来信", "facts": {"pages": 3}})
    assert without.status_code == 404, "this process knows no such procedure"
    said = told(database, clerk, TIANPING_PROCEDURES=str(folder.parent.parent))
    assert said["opened"][0] == 201, said["opened"]
    case, year = said["opened"][1]["case"], local(datetime.now(UTC)).year
    detail = said["detail"][1]
    assert (detail["stage"], detail["facts"]["pages"], detail["number"]) == ("come", 3, f"（{year}）{clerk.organisation.court_code}信1号")
    assert [c["code"] for c in detail["clocks"]] == ["Letter.to_answer"]
    assert said["asked"][0] == 422, "its questions are typed"
    assert case in [row["id"] for row in said["list"][1]["items"]]
    assert case in [row["id"] for row in said["search"][1]["items"]]
    assert (said["moved"][0], said["moved"][1]["stage"]) == (200, "gone")
    assert "/api/v1/procedures/letters/cases/Letter.receive" in said["described"][1]["paths"]


def test_a_number_of_a_step_that_is_not_there_is_told(folder: Path) -> None:
    (folder / "numbering.toml").write_text(NUMBERS.replace("Letter.receive", "Letter.recieve"), encoding="utf-8")
    with pytest.raises(BrokenDefinition, match=r"Letter\.recieve"):
        numbers._kinds(load_folder(folder))
