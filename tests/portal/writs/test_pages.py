"""文书页面 · Drafted on a page, checked, edited in Word, issued, read; what is refused is told on the page and nothing typed is lost."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from docx import Document as WordFile

from tests.portal.conftest import asker, opened, organisation
from tests.portal.desk.conftest import Seat, seat
from tianping.casework.documents.store import place
from tianping.casework.models import Organisation, Party, Writ

FORM = {"w-papers": "起诉状二份", "day-year": "2026", "day-month": "3", "day-day": "5"}


@pytest.fixture(autouse=True)
def _places(tmp_path: Path) -> Iterator[None]:
    with override_settings(TIANPING_DOCUMENTS=tmp_path / "documents", TIANPING_TEST_KEY=tmp_path / "key.p12", TIANPING_TEMPLATES=""):
        yield


@pytest.fixture
def clerk(database: object) -> Seat:
    return seat(organisation(), "FILING_JUDGE", "CLERK")


def begun(at: Organisation) -> int:
    case = opened(asker(at, "FILING_JUDGE", "CLERK"))
    Party.objects.create(case_id=case, capacity="APPLICANT", name="张晓明")
    return case


def test_a_receipt_from_the_list_to_the_signed_file(clerk: Seat) -> None:
    case = begun(clerk.organisation)
    listed = clerk.get(f"/writs/{case}/")
    assert "诉讼材料收据" in listed
    assert "补正通知书" in listed
    form = clerk.get(f"/writs/{case}/from/receipt")
    assert "材料名称、份数" in form
    assert "张晓明" not in form
    lacking = clerk.post(f"/writs/{case}/from/receipt", FORM | {"w-papers": ""}).headers["Location"]
    page = clerk.get(lacking)
    assert "缺 1 项" in page
    assert "材料清单" in page
    assert "先补齐左侧所列的缺项" in page
    number = Writ.objects.get(case_id=case).pk
    refused = clerk.post(f"{lacking}/issue", {"seen": Writ.objects.get(pk=number).draft_id}, 409)
    assert "OPS-573" in refused.text
    whole = clerk.post(f"/writs/{case}/from/receipt", FORM).headers["Location"]
    assert whole == lacking
    assert "各部分齐全" in clerk.get(whole)
    assert "起诉状二份" in clerk.get(f"/writs/{case}/from/receipt")
    done = clerk.post(f"{whole}/issue", {"seen": Writ.objects.get(pk=number).draft_id})
    assert done.headers["Location"] == whole
    assert "下载签发的 PDF" in clerk.get(whole)
    answer: Any = clerk.client.get(f"{whole}/file/issued")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    clerk.get(f"{whole}/file/public", 404)


def test_an_edited_word_file_is_taken_and_a_wrong_one_told(clerk: Seat) -> None:
    case = begun(clerk.organisation)
    where = clerk.post(f"/writs/{case}/from/receipt", FORM).headers["Location"]
    row = Writ.objects.get(case_id=case)
    file = WordFile(io.BytesIO(place(row.draft.content_id).read_bytes()))
    next(p for p in file.paragraphs if "起诉状" in p.text).add_run("、证据目录")
    out = io.BytesIO()
    file.save(out)
    clerk.post(f"{where}/edit", {"file": SimpleUploadedFile("稿.docx", out.getvalue())})
    assert "在 Word 中改过" in clerk.get(where)
    assert "现有草稿已在 Word 中改过" in clerk.get(f"/writs/{case}/from/receipt")
    clerk.post(f"{where}/restore")
    assert "在 Word 中改过" not in clerk.get(where)
    row.refresh_from_db()
    words = "".join(p.text for p in WordFile(io.BytesIO(place(row.draft.content_id).read_bytes())).paragraphs)
    assert ("起诉状二份" in words, "证据目录" in words, row.edited) == (True, False, False)
    assert "OPS-578" in clerk.post(f"{where}/edit", {"file": SimpleUploadedFile("稿.docx", b"PK\x03\x04 nothing")}, 409).text
    assert "POR-031" in clerk.post(f"{where}/edit", {}, 422).text
    assert clerk.client.get(f"{where}/preview").content.startswith(b"%PDF-")


def test_two_people_at_one_draft_never_overwrite_each_other(clerk: Seat) -> None:
    case = begun(clerk.organisation)
    where = f"/writs/{case}/from/receipt"
    clerk.post(where, FORM | {"seen": "0"})
    row = Writ.objects.get(case_id=case)
    mine = FORM | {"seen": str(row.draft_id)}
    clerk.post(where, mine | {"w-papers": "起诉状三份"})
    refused = clerk.post(where, mine | {"w-papers": "起诉状四份"}, 412).text
    assert "OPS-579" not in refused
    assert "在您打开后已有新稿" in refused
    assert "起诉状四份" in refused
    row.refresh_from_db()
    assert row.written == {"papers": "起诉状三份"}
    assert f'name="seen" value="{row.draft_id}"' in refused
    late = SimpleUploadedFile("稿.docx", place(row.draft.content_id).read_bytes())
    assert "在您打开后已有新稿" in clerk.post(f"/writs/{case}/{row.pk}/edit", {"file": late, "seen": mine["seen"]}, 412).text
    clerk.post(where, mine | {"w-papers": "起诉状四份", "seen": str(row.draft_id)})
    row.refresh_from_db()
    assert row.written == {"papers": "起诉状四份"}


def test_a_day_that_is_none_keeps_what_was_typed(clerk: Seat) -> None:
    case = begun(clerk.organisation)
    page = clerk.post(f"/writs/{case}/from/receipt", FORM | {"day-month": "13"}, 422).text
    assert "日期须写全年、月、日" in page
    assert "起诉状二份" in page
    assert not Writ.objects.filter(case_id=case).exists()


def test_a_draft_is_dropped_with_a_reason(clerk: Seat) -> None:
    case = begun(clerk.organisation)
    where = clerk.post(f"/writs/{case}/from/receipt", FORM).headers["Location"]
    assert "OPS-" in clerk.post(f"{where}/drop", {"reason": " "}, 409).text
    clerk.post(f"{where}/drop", {"reason": "重复制作"})
    assert "已作废" in clerk.get(where)


def test_strangers_sign_in_and_others_find_nothing(clerk: Seat) -> None:
    case = begun(clerk.organisation)
    where = clerk.post(f"/writs/{case}/from/receipt", FORM).headers["Location"]
    other = seat(organisation(), "*")
    for path in (f"/writs/{case}/", f"/writs/{case}/from/receipt", where, f"{where}/preview", f"{where}/file/draft"):
        assert Client().get(path).status_code == 302
        other.get(path, 404)
    for act in ("issue", "drop", "edit", "public", "restore"):
        assert other.client.post(f"{where}/{act}", {"seen": "1", "reason": "无"}).status_code in (403, 404, 422), act
