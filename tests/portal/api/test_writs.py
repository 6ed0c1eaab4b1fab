"""文书接口 · Over the API a receipt is drafted, looked at, corrected, issued and read; nobody else finds it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from docx import Document as WordFile

from tests.portal.conftest import Asker, asker, opened, organisation, told
from tianping.casework.models import Party


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(TIANPING_DOCUMENTS=tmp_path / "documents", TIANPING_TEST_KEY=tmp_path / "key.p12", TIANPING_TEMPLATES=""):
        yield


def begun(by: Asker) -> int:
    """A case with its applicant."""
    case = opened(by)
    Party.objects.create(case_id=case, capacity="APPLICANT", name="张晓明")
    return case


def receipt(by: Asker, case: int, **written: str) -> Any:
    return by.post(f"cases/{case}/writs/from/receipt", {"written": written, "day": "2026-03-05"})


def test_a_receipt_is_drafted_issued_and_read(judge: Asker) -> None:
    case = begun(judge)
    page = judge.get(f"cases/{case}/writs").data
    assert {o["template"] for o in page["offers"]} == {"receipt", "correction"}
    assert page["items"] == []
    lacking = receipt(judge, case)
    assert lacking.status_code == 201, lacking.content.decode()
    number = lacking.data["id"]
    assert (lacking.data["ready"], [x["section"] for x in lacking.data["lacks"]]) == (False, ["papers"])
    refused = judge.post(f"cases/{case}/writs/{number}/issue", {"seen": lacking.data["draft"]})
    assert (refused.status_code, refused.data["code"]) == (409, "OPS-573")
    whole = receipt(judge, case, papers="起诉状二份；身份证复印件一份")
    assert (whole.data["id"], whole.data["ready"]) == (number, True)
    assert judge.get(f"cases/{case}/writs/{number}/preview").content.startswith(b"%PDF-")
    stale = judge.post(f"cases/{case}/writs/{number}/issue", {"seen": lacking.data["draft"]})
    assert (stale.status_code, stale.data["code"]) == (412, "OPS-579")
    done = judge.post(f"cases/{case}/writs/{number}/issue", {"seen": whole.data["draft"]})
    assert done.status_code == 200, done.content.decode()
    assert (done.data["state"], done.data["ready"], "TEST" in done.data["signer"]) == ("issued", None, True)
    assert b"".join(judge.get(f"documents/{done.data['issued']}/content").streaming_content).startswith(b"%PDF-")
    assert judge.post(f"cases/{case}/writs/{number}/public", {"hide": []}).data["code"] == "OPS-583"
    assert [w["id"] for w in judge.get(f"cases/{case}/writs").data["items"]] == [number]


def test_an_edited_word_file_takes_the_place_of_the_draft(judge: Asker) -> None:
    case = begun(judge)
    first = receipt(judge, case, papers="起诉状").data
    file = WordFile(io.BytesIO(b"".join(judge.get(f"documents/{first['draft']}/content").streaming_content)))
    next(p for p in file.paragraphs if "起诉状" in p.text).add_run("、证据目录")
    out = io.BytesIO()
    file.save(out)
    headers = {"Authorization": f"Bearer {judge.secret}"}
    path = f"/api/v1/cases/{case}/writs/{first['id']}/draft"
    done = told(judge.client.generic("POST", path, data=out.getvalue(), content_type="application/octet-stream", headers=headers))
    assert (done.status_code, done.data["edited"], done.data["ready"]) == (200, True, True)
    assert told(judge.client.generic("POST", path, data=b"{}", content_type="application/json", headers=headers)).status_code == 415
    assert judge.post(f"cases/{case}/writs/{first['id']}/drop", {"reason": "重复"}).status_code == 204


def test_nobody_else_finds_it(judge: Asker) -> None:
    case = begun(judge)
    number = receipt(judge, case, papers="起诉状").data["id"]
    stranger = asker(organisation(), "*")
    for path in (f"cases/{case}/writs", f"cases/{case}/writs/{number}", f"cases/{case}/writs/{number}/preview"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"cases/{case}/writs/{number}/issue", {"seen": 1}).status_code == 404
    assert stranger.post(f"cases/{case}/writs/{number}/drop", {"reason": "无"}).status_code in (403, 404)
    assert receipt(stranger, case).status_code in (403, 404)
