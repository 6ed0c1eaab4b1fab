"""材料接口 · A document is filed as it is, read under its digest, and is nobody's who does not handle the case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.portal.conftest import Asker, asker, opened, organisation, told

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(TIANPING_DOCUMENTS=tmp_path / "documents"):
        yield


def filed(by: Asker, case: int, content: bytes, name: str = "起诉状.pdf", kind: str = "application/octet-stream") -> Any:
    headers = {"Authorization": f"Bearer {by.secret}"}
    return told(by.client.generic("POST", f"/api/v1/cases/{case}/documents?name={name}", data=content, content_type=kind, headers=headers))


def test_a_document_is_filed_listed_and_read(judge: Asker) -> None:
    case = opened(judge)
    done = filed(judge, case, PDF)
    assert done.status_code == 201, done.data
    digest = hashlib.sha256(PDF).hexdigest()
    assert (done.data["sha256"], done.data["size"]) == (digest, len(PDF))
    assert [d["id"] for d in judge.get(f"cases/{case}/documents").data["items"]] == [done.data["id"]]
    read = judge.get(f"documents/{done.data['id']}/content")
    assert b"".join(read.streaming_content) == PDF
    assert read.headers["ETag"] == f'"{digest}"'
    assert read.headers["Content-Disposition"].startswith("attachment;")
    assert read.headers["X-Content-Type-Options"] == "nosniff"
    assert judge.post(f"cases/{case}/documents/{done.data['id']}/withdraw", {"reason": "重复提交"}).status_code == 204
    assert judge.get(f"cases/{case}/documents").data["items"][0]["withdrawn"]


def test_what_is_not_what_its_name_says_is_refused(judge: Asker) -> None:
    case = opened(judge)
    for content, name in ((b"<script>alert(1)</script>", "a.pdf"), (PDF, "a.exe"), (b"<svg onload=alert(1)>", "a.png")):
        assert filed(judge, case, content, name).status_code == 409
    assert filed(judge, case, PDF, "../a.pdf").status_code == 422
    assert filed(judge, case, PDF, kind="text/html").status_code == 415
    with override_settings(TIANPING_DOCUMENT_MEGABYTES=1):
        assert filed(judge, case, PDF + b"0" * 1024 * 1024 * 2).status_code == 413
    assert judge.get(f"cases/{case}/documents").data["items"] == []


def test_a_document_is_nobody_elses(judge: Asker) -> None:
    case = opened(judge)
    number = filed(judge, case, PDF).data["id"]
    stranger = asker(organisation(), "FILING_JUDGE", "JUDGE")
    assert stranger.get(f"documents/{number}/content").status_code == 404
    assert stranger.get(f"cases/{case}/documents").status_code == 404
    assert filed(stranger, case, PDF).status_code == 404
    assert stranger.post(f"cases/{case}/documents/{number}/withdraw", {"reason": "x"}).status_code == 404
