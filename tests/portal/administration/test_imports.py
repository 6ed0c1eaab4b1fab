"""导入页面 · The sample register handed in on a page: tried, every refused row told, the good cases written or none; read by nobody else."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings

from tests.conftest import ROOT
from tests.portal.administration.conftest import administrator
from tests.portal.administration.test_pages import HOME, key
from tests.portal.desk.conftest import Seat
from tianping.casework.access.keys import make_keys
from tianping.casework.intake.jobs import jobs_carried_on, jobs_swept
from tianping.casework.models import Case, ImportJob, ImportRun, Organisation, SecurityEvent

SAMPLE = ROOT / "examples" / "import"
WHERE = f"{HOME}imports"


class Register:
    """The sample register, for two courts of its own."""

    def __init__(self) -> None:
        mark = uuid4().hex[:8]
        self.courts = [Organisation.objects.create(code=f"ip{n}-{mark}", kind="court", zh="院", en="Court", path="") for n in (1, 2)]
        make_keys([c.pk for c in self.courts])
        text = (SAMPLE / "mapping.toml").read_text("utf-8")
        self.mapping = text.replace("court.jiexiu", self.courts[0].code).replace("court.pingyao", self.courts[1].code)
        lines = (SAMPLE / "cases.csv").read_text("utf-8").splitlines(keepends=True)
        self.text = "".join(line for line in lines if not line.startswith("2026-登-004"))  # the one case of the sample that is refused
        self.cases = len({line.partition(",")[0] for line in self.text.splitlines()[1:]})

    def sent(self, text: str | None = None, name: str = "cases.csv") -> dict[str, object]:
        """The form that hands the file in."""
        files = {
            "file": SimpleUploadedFile(name, (self.text if text is None else text).encode()),
            "mapping-file": SimpleUploadedFile("m.toml", self.mapping.encode()),
        }
        return {"procedure": "pre_filing", **key(), **files}

    def flawed(self) -> str:
        """With a step that there is not, on the third line of the file."""
        lines = self.text.splitlines()
        lines[2] = lines[2].replace("立案", "立卷", 1)
        return "\n".join(lines) + "\n"

    def written(self) -> int:
        return Case.objects.filter(organisation__in=self.courts).count()


@pytest.fixture
def register(database: object) -> Register:
    return Register()


def worked() -> None:
    """As the worker does it."""
    jobs_carried_on(at=datetime.now(UTC))


def test_a_file_is_tried_then_written_whole(system: Seat, register: Register) -> None:
    where = system.post(WHERE, register.sent()).headers["Location"]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'imports'")
        assert cursor.fetchone()[0] == 1, "a worker is woken"
    assert 'hx-trigger="every 2s"' in system.get(where)
    worked()
    page = system.get(where)
    assert f"全部写入，{register.cases}件" in page
    assert register.written() == 0, "tried only"
    act = {"act": "stop"} | key()
    system.post(where, act)
    assert "写入中" in system.get(where)
    worked()
    assert register.written() == register.cases
    page = system.get(where)
    assert "已写入" in page
    assert "赵小川" not in page, "no administrator is shown a party"
    job = ImportJob.objects.get(pk=where.rpartition("/")[2])
    assert (job.content, job.state, job.known) == (None, "written", 0)
    run = ImportRun.objects.get(keys__organisation=register.courts[0].pk, keys__key="2026-登-001")
    assert run.account == system.account.pk
    assert SecurityEvent.objects.filter(kind="imported", actor=system.account.pk, detail__run=run.pk).exists()
    assert "现在不等待选择" in system.post(where, {"act": "drop"} | key(), 409).text
    again = system.post(WHERE, register.sent()).headers["Location"]
    worked()
    assert "写入其余" not in system.get(again)
    assert ImportJob.objects.get(pk=again.rpartition("/")[2]).known == register.cases, "no case comes in twice"


def test_refused_rows_are_told_and_the_good_cases_written(system: Seat, register: Register) -> None:
    where = system.post(WHERE, register.sent(register.flawed())).headers["Location"]
    worked()
    page = system.get(where)
    assert "没有环节“立卷”" in page
    assert '<th scope="row" class="n">3</th>' in page, "with its line"
    told = list(csv.DictReader(io.StringIO(system.get(f"{where}/refused.csv").lstrip("\ufeff"))))
    assert [(row["行 line"], row["案件 case"]) for row in told] == [("3", "2026-登-001")]
    system.post(where, {"act": "aside"} | key())
    worked()
    assert register.written() == register.cases - 1
    assert "写入的案件" in system.get(where)


def test_a_file_may_be_dropped_and_is_forgotten(system: Seat, register: Register) -> None:
    where, waiting = (system.post(WHERE, register.sent(register.flawed())).headers["Location"] for _ in range(2))
    worked()
    system.post(where, {"act": "drop"} | key())
    assert "已放弃" in system.get(where)
    assert jobs_swept(at=datetime.now(UTC)) == 0
    assert jobs_swept(at=datetime.now(UTC) + timedelta(days=8)) >= 1
    for address in (where, waiting):
        row = ImportJob.objects.get(pk=address.rpartition("/")[2])
        assert (row.state, row.content) == ("dropped", None)
    assert register.written() == 0
    system.post(where, {"act": "nothing"} | key(), 404)


def test_what_cannot_be_read_is_told_on_the_page(system: Seat, register: Register) -> None:
    assert "选择一个文件" in system.post(WHERE, {"procedure": "pre_filing"} | key(), 422).text
    assert "没有这个代号" in system.post(WHERE, register.sent() | {"organisation": "nowhere"}, 422).text
    assert "不能导入这种文件" in system.post(WHERE, register.sent(name="cases.pdf"), 409).text
    with override_settings(TIANPING_IMPORT_MEGABYTES=0):
        assert "过大" in system.post(WHERE, register.sent(), 409).text
    for sent, told in ((register.sent("登记号,办理\n1,收案\n"), "缺列"), (register.sent("junk", name="cases.xlsx"), "不能读取")):
        where = system.post(WHERE, sent).headers["Location"]
        worked()
        page = system.get(where)
        assert "没有写入" in page
        assert (told if told != "缺列" else "文件没有") in page


def test_a_worker_that_died_is_followed_by_another(system: Seat, register: Register) -> None:
    where = system.post(WHERE, register.sent()).headers["Location"]
    worked()
    system.post(where, {"act": "stop"} | key())
    row = ImportJob.objects.get(pk=where.rpartition("/")[2])
    worked()
    ImportJob.objects.filter(pk=row.pk).update(state="writing", content=row.content)  # as it stood when the worker died after its last block
    worked()
    row.refresh_from_db()
    assert (row.state, row.cases, row.known) == ("written", 0, register.cases)
    assert register.written() == register.cases


def test_nobody_else_reads_what_was_handed_in(system: Seat, register: Register) -> None:
    where = system.post(WHERE, register.sent()).headers["Location"]
    for kind in ("system", "security", "audit", ""):
        who = administrator(kind)
        for page in (where, f"{where}/refused.csv"):
            who.get(page, 404)
        who.post(where, {"act": "stop"} | key(), 404)
        who.get(WHERE, 200 if kind == "system" else 404)
    assert "cases.csv" not in administrator("system").get(WHERE)
