"""导出测试 · What leaves is what may be seen, masked, without formulas, marked where it is a replay; event logs read back the same."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.casework.conftest import actor_of
from tianping.casework.access.keys import keys_for, make_keys
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.importing import ImportedCase, ImportedParty, ImportedStep, steps_import
from tianping.casework.engine.registered import folders
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.extracts import scope
from tianping.casework.extracts.cells import SIGNS, defused
from tianping.casework.extracts.errors import MaskedOnly, NoSuchUser, UnknownExtract, WhoseExport
from tianping.casework.extracts.run import Wanted, extract
from tianping.casework.models import Account, Case, Event, Organisation, Person, Post, PostRole, Recusal, SecurityEvent
from tianping.casework.replay.mark import NOTICE
from tianping.engines.events.read import read
from tianping.procedure.registry import UnknownProcedure
from tianping.procedure.roles import Signer

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 5, 4, 10, tzinfo=SHANGHAI)
FIRST = datetime(2026, 3, 2, 10)  # noqa: DTZ001 — local, as imports have it
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "ocel": ".json", "xes": ".xes", "parquet": ".parquet"}
FORMULA = '=HYPERLINK("http://x","张三丰")'


class Town:
    """Two courts, somebody at the first, and cases in both."""

    def __init__(self) -> None:
        mark = uuid4().hex[:8]
        self.courts = [Organisation.objects.create(code=f"x{n}-{mark}", kind="court", zh="院", en="Court", path="") for n in (1, 2)]
        for court in self.courts:
            Organisation.objects.filter(pk=court.pk).update(path=f"/{court.pk}/")
        make_keys([c.pk for c in self.courts])
        self.person = Person.objects.create(name="李明")
        self.account = Account.objects.create_user(f"u-{mark}", None, person=self.person)
        post = Post.objects.create(person=self.person, organisation=self.courts[0], zh="法官", en="Judge", valid_from=date(2020, 1, 1))
        PostRole.objects.create(post=post, role="Roles.FILING_JUDGE", valid_from=date(2020, 1, 1))
        self.cases = [self.imported(court, n) for court in self.courts for n in range(3)]
        self.corrected()

    def imported(self, court: Organisation, n: int) -> int:
        signed = (Signer("li.ming", "Roles.FILING_JUDGE"),)
        steps = [
            ImportedStep("PreFiling.receive", FIRST + timedelta(days=n), signed, "", {"suit": "ORDINARY", "qualifies": True}),
            ImportedStep("PreFiling.file", FIRST + timedelta(days=n + 1), signed, "", {"qualifies": True}),
        ]
        title = FORMULA if n == 0 else f"张三丰诉甲公司合同纠纷{n}"
        parties = (ImportedParty("张三丰", "PLAINTIFF", "person", "14079919800101001X", "13812345678"), ImportedParty("甲公司", "DEFENDANT", "body"))
        case = ImportedCase(f"{court.code}-{n}", "pre_filing", court.pk, title, steps, keys_for(court.pk), parties=parties)
        return next(iter(steps_import(cases=[case], recorder="import", at=AT).cases.values()))

    def corrected(self) -> None:
        """A case with a correction: its log names a number."""
        judge = actor_of(self.courts[0], "FILING_JUDGE", "CLERK")
        judge = Actor(judge.account, judge.organisation, judge.roles, keys_for(judge.organisation))
        new = NewCase("李四诉乙公司", judge.organisation, keys=judge.keys)
        given: dict[str, Any] = {"actor": judge, "role": "Roles.FILING_JUDGE"}
        at = AT - timedelta(days=20)
        facts = {"suit": "ORDINARY", "qualifies": True}
        case = case_open(procedure="pre_filing", step="PreFiling.receive", at=at, new=new, facts=facts, **given).case_id
        step_take(case_id=case, step="file", at=at + timedelta(days=1), facts={"qualifies": True}, **given)
        step_take(case_id=case, step="", voids=2, actor=judge, at=at + timedelta(days=2))
        self.cases.append(case)

    @property
    def own(self) -> set[int]:
        return {*self.cases[:3], self.cases[-1]}


@pytest.fixture(scope="module")
def town(database: object) -> Town:
    return Town()


def exported(town: Town, to: Path, form: str, **given: Any) -> Path:
    path = to / f"out{ENDINGS[form]}"
    extract(Wanted(form, "pre_filing", **({"user": town.account.username} | given)), path, at=AT)
    return path


@pytest.mark.parametrize("form", ["ocel", "xes", "csv", "parquet"])
def test_a_log_that_was_exported_reads_back_as_the_same_events(town: Town, tmp_path: Path, form: str) -> None:
    log = read(exported(town, tmp_path, form), procedure=folders()["pre_filing"])
    found = sorted((int(r["case_id"]), r["seq"], r["step"], r["happened"], r.get("voids"), r.get("actor")) for r in log.table.to_pylist())
    wanted = [
        (
            e.case_id, e.seq, e.step or None, e.happened.astimezone(SHANGHAI).replace(tzinfo=None), e.voids,
            ";".join(a for a, _ in e.signers),
        )
        for e in Event.objects.filter(case_id__in=town.own).order_by("case_id", "seq")
    ]  # fmt: skip
    assert found == wanted
    facts = {(int(r["case_id"]), r["seq"]): r["qualifies"] for r in log.table.to_pylist()}
    assert facts[town.cases[0], 1] is True


def texts(path: Path) -> str:
    """Everything that a file says."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        return "\n".join(str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v is not None)
    return str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text("utf-8")


@pytest.mark.parametrize("form", list(ENDINGS))
def test_an_account_takes_away_its_own_cases_and_no_name(town: Town, tmp_path: Path, form: str) -> None:
    path = exported(town, tmp_path, form, table="cases")
    said = texts(path)
    assert town.courts[0].code in said
    assert town.courts[1].code not in said
    for name in ("张三丰", "14079919800101001X", "13812345678"):
        assert name not in said
    if form in {"xlsx", "csv"}:
        assert "张某某" in said
        assert "甲公司" in said


def test_a_recusal_takes_a_case_out(town: Town, tmp_path: Path) -> None:
    row = Recusal.objects.create(person=town.person, case_id=town.cases[1], ground="回避", since=AT)
    try:
        said = texts(exported(town, tmp_path, "csv"))
    finally:
        row.delete()
    assert f"\n{town.cases[1]}," not in said
    assert f"\n{town.cases[2]}," in said


def test_no_cell_is_a_formula(town: Town, tmp_path: Path) -> None:
    path = exported(town, tmp_path, "csv", table="cases", user=None, every=True, unmasked=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [c for row in csv.reader(file) for c in row]
    assert "'" + FORMULA in cells
    assert not [c for c in cells if c.startswith(SIGNS)]
    book = openpyxl.load_workbook(exported(town, tmp_path, "xlsx", user=None, every=True, unmasked=True))
    kinds = [(c.data_type, c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [v for kind, v in kinds if kind == "f" or (kind == "s" and str(v).startswith(SIGNS))]
    assert ("s", "'" + FORMULA) in kinds


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_is_defused(sign: str) -> None:
    assert defused(sign + "1+1") == "'" + sign + "1+1"
    assert defused("1" + sign) == "1" + sign


def test_days_of_the_first_act_and_small_blocks(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "BLOCK", 1)
    path = exported(town, tmp_path, "csv", since=date(2026, 3, 3), until=date(2026, 3, 3))
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {row["case_id"] for row in csv.DictReader(file)} == {str(town.cases[1])}


def test_every_case_is_the_operators_and_is_noted(town: Town, tmp_path: Path) -> None:
    before = SecurityEvent.objects.filter(kind="exported").count()
    path = exported(town, tmp_path, "parquet", user=None, every=True, unmasked=True)
    table = pq.read_table(path)
    assert table.num_rows == Event.objects.filter(case_id__in=Case.objects.filter(definition__code="pre_filing").values("id")).count()
    row = SecurityEvent.objects.filter(kind="exported").latest("id")
    assert SecurityEvent.objects.filter(kind="exported").count() == before + 1
    assert (row.actor, row.detail["events"], row.detail["unmasked"]) == (None, table.num_rows, True)
    exported(town, tmp_path, "csv")
    assert SecurityEvent.objects.filter(kind="exported").latest("id").actor == town.account.pk


@pytest.mark.parametrize("form", list(ENDINGS))
def test_a_replay_says_so(town: Town, tmp_path: Path, form: str) -> None:
    account = Account.objects.create_user(f"replay-{uuid4().hex[:8]}", None, replay=True)
    try:
        said = texts(exported(town, tmp_path, form))
    finally:
        account.delete()
    assert NOTICE.en in said
    if not Account.objects.filter(replay=True).exists():
        assert NOTICE.en not in texts(exported(town, tmp_path, form))


def test_what_cannot_be_exported_leaves_no_file_and_replaces_none(town: Town, tmp_path: Path) -> None:
    old = exported(town, tmp_path, "csv")
    before = old.read_bytes()
    wrong: list[tuple[type[Exception], Wanted]] = [
        (WhoseExport, Wanted("csv")),
        (WhoseExport, Wanted("csv", user=town.account.username, every=True)),
        (NoSuchUser, Wanted("csv", user="nobody")),
        (MaskedOnly, Wanted("csv", user=town.account.username, unmasked=True)),
        (UnknownProcedure, Wanted("csv", "alchemy", user=town.account.username)),
        (UnknownExtract, Wanted("pdf", user=town.account.username)),
        (UnknownExtract, Wanted("csv", user=town.account.username, table="secrets")),
    ]
    for error, wanted in wrong:
        with pytest.raises(error):
            extract(wanted, old, at=AT)
    assert old.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [old.name]
