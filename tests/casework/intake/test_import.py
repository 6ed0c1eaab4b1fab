"""导入测试 · The sample register: tried, refused by line and article, written once, whoever runs it again and whatever it is written in."""

from __future__ import annotations

import csv
import json
import threading
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection

from tests.conftest import ROOT, size
from tianping.casework.access.keys import make_keys
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.importing import steps_import
from tianping.casework.intake import run as running
from tianping.casework.intake.errors import (
    BadImportMapping,
    MissingColumn,
    RowsRefused,
    TooLarge,
    UnknownImport,
    UnknownInstitution,
    UnreadableImport,
)
from tianping.casework.intake.run import Asked, Done, import_file
from tianping.casework.intake.values import moment
from tianping.casework.ledger.verify import verify
from tianping.casework.models import Account, Case, Event, ImportedKey, ImportRun, Organisation, Party, Person, Post, PostRole, SecurityEvent
from tianping.law.errors import TianpingError

SAMPLE = ROOT / "examples" / "import"
AT = datetime(2026, 5, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


class Place:
    """Two courts and the sample register, with a mapping that leads to them."""

    def __init__(self, to: Path) -> None:
        mark = uuid4().hex[:8]
        self.to = to
        self.courts = [Organisation.objects.create(code=f"im{n}-{mark}", kind="court", zh="院", en="Court", path="") for n in (1, 2)]
        for court in self.courts:
            Organisation.objects.filter(pk=court.pk).update(path=f"/{court.pk}/")
        make_keys([c.pk for c in self.courts])
        text = (SAMPLE / "mapping.toml").read_text("utf-8")
        self.mapping = to / "mapping.toml"
        self.mapping.write_text(text.replace("court.jiexiu", self.courts[0].code).replace("court.pingyao", self.courts[1].code), "utf-8")
        with (SAMPLE / "cases.csv").open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))

    def run(self, path: Path, **given: Any) -> Done:
        asked: dict[str, Any] = {"procedure": "pre_filing", "report": self.to / "refused.csv", "mapping": self.mapping, "bad": "aside"} | given
        return import_file(Asked(path, **asked), at=AT, reading=lambda _: None, judging=lambda _: None)

    def csv(self, rows: list[dict[str, Any]] | None = None, name: str = "cases.csv", encoding: str = "utf-8") -> Path:
        path = self.to / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, self.rows[0])
            writer.writeheader()
            writer.writerows(self.rows if rows is None else rows)
        return path

    def cases(self) -> list[Case]:
        return list(Case.objects.filter(organisation__in=self.courts).order_by("id"))

    def told(self) -> list[dict[str, str]]:
        with (self.to / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def place(database: object, tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_trial_writes_nothing_and_names_line_and_article(place: Place) -> None:
    before = (Event.objects.count(), ImportRun.objects.count(), ImportedKey.objects.count(), SecurityEvent.objects.count())
    done = place.run(place.csv(), dry=True)
    assert (done.rows, done.cases, done.events, done.known, done.written) == (10, 3, 8, 0, False)
    (told,) = place.told()
    assert (told["行 line"], told["案件 case"], told["代码 code"]) == ("11", "2026-登-004", "OPS-201")
    assert "CPL23 122" in told["依据 article"]
    assert "不符合起诉条件" in told["原因"]
    assert (Event.objects.count(), ImportRun.objects.count(), ImportedKey.objects.count(), SecurityEvent.objects.count()) == before


def test_with_stop_one_bad_case_lets_nothing_in(place: Place) -> None:
    with pytest.raises(RowsRefused) as refused:
        place.run(place.csv(), bad="stop")
    assert "第 11 行" in refused.value.text("zh")
    assert not place.cases()
    good = [row for row in place.rows if row["登记号"] != "2026-登-004"]
    assert place.run(place.csv(good), bad="stop").cases == 3


def test_the_good_ones_are_written_once_with_parties_and_chain(place: Place) -> None:
    done = place.run(place.csv())
    assert (done.cases, done.events, len(done.faults), done.written) == (3, 8, 1, True)
    cases = place.cases()
    assert [c.title for c in cases] == ["买卖合同纠纷", "民间借贷纠纷", "执行异议之诉"]
    assert [c.stage for c in cases] == ["filed", "filed", "given_up"]
    assert cases[0].source == "窗口"
    parties = Party.objects.filter(case=cases[0]).order_by("id")
    assert [(p.capacity, p.kind, p.name) for p in parties] == [("APPLICANT", "person", "赵小川"), ("DEFENDANT", "body", "绵山建材商行")]
    first = Event.objects.get(case_id=cases[0].pk, seq=1)
    assert (first.happened, first.recorded, first.recorder) == (datetime(2026, 3, 2, 9, 10, tzinfo=AT.tzinfo), AT, "import")
    assert first.signers == [["王立新", "Roles.FILING_JUDGE"]]
    assert verify(ledger_lines([c.pk for c in cases])).events == 8
    again = place.run(place.csv())
    assert (again.cases, again.events, again.known, len(again.faults)) == (0, 0, 3, 1)
    assert len(place.cases()) == 3
    assert SecurityEvent.objects.filter(kind="imported").latest("id").detail["cases"] == 3


def test_a_known_case_with_other_content_is_refused(place: Place) -> None:
    place.run(place.csv())
    changed = [row | ({"时间": "2026/3/3 9:10"} if n == 0 else {}) for n, row in enumerate(place.rows)]
    done = place.run(place.csv(changed))
    assert (done.cases, done.known) == (0, 2)
    assert [t["案件 case"] for t in place.told()] == ["2026-登-001", "2026-登-004"]
    shuffled = place.csv(list(reversed(place.rows)))
    assert place.run(shuffled).known == 3


# ---- what a file may be written in ---------------------------------------------------------------------------------------------------


def _book(place: Place, *, serial: bool) -> Path:
    """As spreadsheets keep it: dates as dates (or bare serial numbers), numbers as numbers or as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(place.rows[0]))
    for row in place.rows:
        cells: list[Any] = list(row.values())
        when = moment(row["时间"])
        assert when is not None
        cells[2] = (when - datetime(1899, 12, 30)).total_seconds() / 86_400 if serial else when  # noqa: DTZ001 — a workbook's zero
        cells[12] = float(row["原告电话"]) if row["原告电话"] and serial else row["原告电话"]
        sheet.append([None if c == "" else c for c in cells])
    book.save(place.to / "cases.xlsx")
    return place.to / "cases.xlsx"


def _lines(place: Place) -> Path:
    path = place.to / "cases.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in place.rows), "utf-8")
    return path


WAYS: dict[str, Callable[[Place], Path]] = {
    "mark": lambda p: p.csv(name="m.csv", encoding="utf-8-sig"),
    "gb18030": lambda p: p.csv(name="g.csv", encoding="gb18030"),
    "dates": lambda p: _book(p, serial=False),
    "serials": lambda p: _book(p, serial=True),
    "lines": _lines,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_however_it_is_written_it_says_the_same(place: Place, way: str) -> None:
    place.run(place.csv())
    done = place.run(WAYS[way](place))
    assert (done.rows, done.cases, done.known) == (10, 0, 3)
    assert [f.case for f in done.faults] == ["2026-登-004"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2026-03-01", datetime(2026, 3, 1)),  # noqa: DTZ001
        ("2026/3/1 9:05", datetime(2026, 3, 1, 9, 5)),  # noqa: DTZ001
        ("2026年3月1日9时5分", datetime(2026, 3, 1, 9, 5)),  # noqa: DTZ001
        ("20260301", datetime(2026, 3, 1)),  # noqa: DTZ001
        ("2026-03-01T01:00:00Z", datetime(2026, 3, 1, 9)),  # noqa: DTZ001
        (46_082, datetime(2026, 3, 1)),  # noqa: DTZ001
        (46_082.5, datetime(2026, 3, 1, 12)),  # noqa: DTZ001
        (date(2026, 3, 1), datetime(2026, 3, 1)),  # noqa: DTZ001
        ("2026-02-30", None),
        ("明天", None),
        ("2026/3/1 25:00", None),
        (7, None),
    ],
)
def test_instants_as_people_write_them(given: object, wanted: datetime | None) -> None:
    assert moment(given) == wanted


# ---- bad rows and bad files ----------------------------------------------------------------------------------------------------------


def test_every_bad_row_is_told_and_takes_its_case_with_it(place: Place) -> None:
    bad = [
        {"登记号": ""}, {"办理": "飞"}, {"时间": "后天"}, {"时间": ""}, {"身份": "皇帝"}, {"起诉种类": "奇怪"}, {"法院": "火星法院"},
        {"补正期限": "2026-03-11"}, {"案由": "长" * 201}, {"办理": ""},
    ]  # fmt: skip
    rows = [place.rows[0] | {"登记号": f"坏-{n}"} | change for n, change in enumerate(bad)]
    done = place.run(place.csv([*place.rows[:2], *rows]), dry=True)
    assert done.cases == 1
    assert [f.line for f in done.faults] == list(range(4, 4 + len(bad)))
    assert all(t["原因"] and t["reason"] and t["怎么办"] for t in place.told())
    assert "=" not in {t["案件 case"][:1] for t in place.told()}


def test_a_report_holds_no_formula(place: Place) -> None:
    place.run(place.csv([place.rows[0] | {"登记号": "=1+1", "办理": "飞"}]), dry=True)
    assert place.told()[0]["案件 case"] == "'=1+1"


def _truncated(place: Place) -> Path:
    path = _book(place, serial=False)
    path.write_bytes(path.read_bytes()[:-400])
    return path


def _bomb(place: Place) -> Path:
    path = place.to / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (40 << 20))
    return path


def _cell(place: Place, ending: str) -> Path:
    path = place.to / f"cell.{ending}"
    long = "长" * (4 << 20)
    if ending == "xlsx":
        book = openpyxl.load_workbook(_book(place, serial=False))
        sheet = book.active
        assert sheet is not None
        sheet["G2"].value = "x"
        book.save(path)
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(place.to / "long.xlsx", "w", zipfile.ZIP_STORED) as new:
            for part in old.infolist():
                data = old.read(part)
                new.writestr(part, data.replace(b"<t>x</t>", b"<t>" + long.encode() + b"</t>"))
        return place.to / "long.xlsx"
    head = ",".join(place.rows[0])
    path.write_text(json.dumps({"登记号": long}) if ending == "jsonl" else f"{head}\n{long}", "utf-8")
    return path


def _raw(name: str, data: bytes) -> Callable[[Place], Path]:
    def made(place: Place) -> Path:
        path = place.to / name
        path.write_bytes(data)
        return path

    return made


BROKEN: dict[str, tuple[Callable[[Place], Path], type[TianpingError]]] = {
    "cut short": (_truncated, UnreadableImport),
    "a bomb": (_bomb, TooLarge),
    "no workbook": (_raw("x.xlsx", b"hello"), UnreadableImport),
    "an empty zip": (_raw("e.xlsx", b"PK\x05\x06" + bytes(18)), UnreadableImport),
    "a long cell": (lambda p: _cell(p, "csv"), TooLarge),
    "a long line": (lambda p: _cell(p, "jsonl"), TooLarge),
    "a long cell in a workbook": (lambda p: _cell(p, "xlsx"), TooLarge),
    "a quote that never ends": (lambda p: _raw("q.csv", (",".join(p.rows[0]) + '\n"x').encode())(p), UnreadableImport),
    "neither encoding": (_raw("b.csv", b"\xff\xff\xff,a\n"), UnreadableImport),
    "no such column": (_raw("c.csv", b"a,b\n1,2\n"), MissingColumn),
    "nothing": (_raw("n.csv", b""), MissingColumn),
    "another kind": (_raw("x.doc", b""), UnknownImport),
    "not there": (lambda p: p.to / "none.csv", UnreadableImport),
}


@pytest.mark.parametrize("what", list(BROKEN))
def test_a_broken_file_is_refused_in_words(place: Place, what: str) -> None:
    make, error = BROKEN[what]
    with pytest.raises(error) as told:
        place.run(make(place))
    assert "Traceback" not in told.value.text("zh")
    assert len(told.value.text("en")) < 600
    assert not place.cases()


ENOUGH = '[columns]\ncase = "a"\nstep = "b"\nhappened = "c"\n'
MAPPINGS = (
    "[", "x = 1\n" + ENOUGH, '[columns]\ncase = "a"', "[columns]\ncase = 3", ENOUGH + '[steps]\n"飞" = "Fly.fly"', "columns = 3",
    ENOUGH + '[[parties]]\nname = "x"', ENOUGH + "[values]\nsuit = 3", ENOUGH + '[defaults]\nrole = "皇帝"',
)  # fmt: skip


@pytest.mark.parametrize("text", MAPPINGS)
def test_a_bad_mapping_is_refused(place: Place, text: str) -> None:
    (place.to / "bad.toml").write_text(text, "utf-8")
    with pytest.raises(BadImportMapping):
        place.run(place.csv(), mapping=place.to / "bad.toml")


def test_an_institution_that_is_not_there_is_refused(place: Place) -> None:
    with pytest.raises(UnknownInstitution):
        place.run(place.csv(), organisation="nowhere")


# ---- who imports, and two at once ----------------------------------------------------------------------------------------------------


def test_an_account_imports_for_its_own_institution_only(place: Place) -> None:
    person = Person.objects.create(name="导入员")
    account = Account.objects.create_user(f"im-{uuid4().hex[:8]}", None, person=person)
    post = Post.objects.create(person=person, organisation=place.courts[0], zh="书记员", en="Clerk", valid_from=date(2020, 1, 1))
    PostRole.objects.create(post=post, role="Roles.CLERK", valid_from=date(2020, 1, 1))
    done = place.run(place.csv(), account=account)
    assert done.cases == 2
    assert [f.line for f in done.faults] == [8, 10]
    assert {e.recorder for e in Event.objects.filter(case_id__in=[c.pk for c in place.cases()])} == {account.username}


def test_two_who_import_the_same_file_write_it_once(place: Place) -> None:
    rows = [row | {"登记号": f"{row['登记号']}-{n}"} for n in range(size(20, 400)) for row in place.rows[:2]]
    path, outcomes = place.csv(rows), list[object]()

    def one() -> None:
        try:
            outcomes.append(place.run(path, report=place.to / f"{threading.get_ident()}.csv"))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [o for o in outcomes if not isinstance(o, Done | TianpingError)] == []
    assert len(place.cases()) == len(rows) // 2


def test_a_run_that_dies_is_finished_by_the_next(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BLOCK", 1)
    calls = list[int]()

    def dies(**given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return steps_import(**given)

    with monkeypatch.context() as patch:
        patch.setattr(running, "steps_import", dies)
        with pytest.raises(KeyboardInterrupt):
            place.run(place.csv())
    assert len(place.cases()) == 2
    done = place.run(place.csv())
    assert (done.known, done.cases) == (2, 1)


def test_a_register_brings_its_own_numbers_and_one_that_is_there_is_refused_by_its_line(place: Place) -> None:
    act = {"step": "PreFiling.receive", "happened": "2026-03-02 09:00", "actor": "li", "role": "FILING_JUDGE", "organisation": place.courts[0].code}
    number = f"（2019）晋{uuid4().int % 9000 + 1000}诉前调5号"
    rows = [{"case": key, "number": number, "suit": "ORDINARY", "qualifies": "true", **act} for key in ("r1", "r2")]
    path = place.to / "numbered.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    done = place.run(path, mapping=None)
    assert (done.cases, [(f.line, f.code) for f in done.faults]) == (1, [(2, "OPS-213")])
    assert [c.number for c in place.cases()] == [number]
    assert place.run(path, mapping=None).known == 1, "the same file again changes nothing"
