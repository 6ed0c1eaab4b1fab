"""文书材料 · The same bytes lie there once; who may not handle the case reads nothing; what is damaged is found and what is orphaned is swept."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import override_settings

from tests.casework.handling.conftest import MONDAY, Scene
from tianping.casework.documents.check import damaged, swept
from tianping.casework.documents.errors import Damaged, NoSuchDocument, TooLarge, WrongKind
from tianping.casework.documents.filing import document_filed, document_read, document_withdrawn, documents_of
from tianping.casework.documents.store import digest_of, files, folder, place
from tianping.casework.errors import NoSuchCase
from tianping.casework.handling.errors import BadWords
from tianping.casework.models import Change, Content, Document

PDF = b"%PDF-1.7\n" + b"x" * 3_000_000


@pytest.fixture(autouse=True)
def documents(tmp_path: Path) -> Iterator[Path]:
    with override_settings(TIANPING_DOCUMENTS=tmp_path / "documents", TIANPING_DOCUMENT_MEGABYTES=4, TIANPING_DOCUMENT_KINDS=["pdf", "png", "txt"]):
        yield tmp_path / "documents"


def filed(scene: Scene, body: bytes = PDF, name: str = "起诉状.pdf", **given: int) -> Document:
    return document_filed(case_id=scene.case, name=name, file=io.BytesIO(body), actor=scene.judge, at=MONDAY, **given)


def test_the_same_bytes_are_kept_once_and_read_back_whole(scene: Scene, documents: Path) -> None:
    body = PDF + os.urandom(8)
    first, second = filed(scene, body), filed(scene, body, "副本.pdf", seq=1)
    digest = hashlib.sha256(body).hexdigest()
    assert first.content_id == second.content_id == digest
    assert [p.relative_to(documents).as_posix() for p in files()] == [f"{digest[:2]}/{digest[2:4]}/{digest}"]
    row, path = document_read(document=second.pk, actor=scene.judge, at=MONDAY)
    assert (row.name, row.seq, path.read_bytes() == body) == ("副本.pdf", 1, True)
    assert path.stat().st_mode & 0o077 == 0
    assert [d.pk for d in documents_of(case_id=scene.case, actor=scene.judge)] == [second.pk, first.pk]
    acts = Change.objects.filter(case_id=scene.case).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["document.filed", "document.filed", "document.read"]


def test_who_does_not_handle_the_case_gets_the_answer_of_nothing(scene: Scene) -> None:
    row = filed(scene)
    for document in (row.pk, 10**9):
        with pytest.raises(NoSuchDocument):
            document_read(document=document, actor=scene.stranger, at=MONDAY)
    with pytest.raises(NoSuchCase):
        documents_of(case_id=scene.case, actor=scene.stranger)
    with pytest.raises(NoSuchCase):
        document_filed(case_id=scene.case, name="a.pdf", file=io.BytesIO(PDF), actor=scene.stranger, at=MONDAY)


def test_a_new_version_stands_in_the_place_of_one(scene: Scene) -> None:
    first = filed(scene)
    second = filed(scene, PDF + b"2", replaces=first.pk)
    assert (second.version, second.replaces_id) == (2, first.pk)
    with pytest.raises(NoSuchDocument):
        filed(scene, PDF + b"3", replaces=first.pk)
    document_withdrawn(case_id=scene.case, document=second.pk, actor=scene.judge, at=MONDAY, reason="误传")
    with pytest.raises(NoSuchDocument):
        document_withdrawn(case_id=scene.case, document=second.pk, actor=scene.judge, at=MONDAY, reason="再撤")
    assert document_read(document=second.pk, actor=scene.judge, at=MONDAY)[0].withdrawn is not None


@pytest.mark.parametrize(
    ("body", "name", "error"),
    [
        (PDF + b"y" * 2_000_000, "大.pdf", TooLarge),
        (b"MZ\x90\x00", "程序.exe", WrongKind),
        (b"MZ\x90\x00", "假.pdf", WrongKind),
        (b"a\0b", "假.txt", WrongKind),
        (PDF, "../../x.pdf", BadWords),
        (PDF, "无扩展名", WrongKind),
        (PDF, " ", BadWords),
    ],
)
def test_what_is_not_taken_leaves_nothing_behind(scene: Scene, documents: Path, body: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        filed(scene, body, name)
    assert not [p for p in documents.rglob("*") if p.is_file()]
    assert not Document.objects.filter(case_id=scene.case).exists()


def test_rows_that_fail_leave_a_file_that_is_swept_when_it_is_old(scene: Scene) -> None:
    kept = filed(scene)
    body = PDF + os.urandom(8)
    with pytest.raises(NoSuchDocument):
        filed(scene, body, seq=99)
    lost = place(hashlib.sha256(body).hexdigest())
    lost.parent.mkdir(parents=True, exist_ok=True)
    lost.write_bytes(body)
    begun = folder() / "0123.part"
    begun.write_bytes(b"half")
    for path in (lost, begun, place(kept.content_id)):
        os.utime(path, (MONDAY.timestamp(), MONDAY.timestamp()))
    assert swept(at=MONDAY + timedelta(hours=23)) == 0
    assert swept(at=MONDAY + timedelta(hours=25)) == 2
    assert [p.name for p in files()] == [kept.content_id]


def test_what_is_missing_or_changed_is_named(scene: Scene) -> None:
    whole, gone, changed = (filed(scene, PDF + os.urandom(8)) for _ in range(3))
    place(gone.content_id).unlink()
    at = place(changed.content_id)
    at.write_bytes(at.read_bytes()[:-1] + b"\0")
    own = {d.content_id for d in (whole, gone, changed)}
    assert {d for e in damaged() if (d := str(e.values["sha256"])) in own} == {gone.content_id, changed.content_id}
    assert {d for e in damaged(bytes_too=False) if (d := str(e.values["sha256"])) in own} == {gone.content_id}
    with pytest.raises(Damaged):
        document_read(document=gone.pk, actor=scene.judge, at=MONDAY)
    assert digest_of(place(whole.content_id)) == whole.content_id


def test_many_file_the_same_bytes_at_once(scene: Scene) -> None:
    body, barrier, made = PDF + os.urandom(8), Barrier(4), list[int]()

    def file_it() -> None:
        barrier.wait()
        try:
            made.append(filed(scene, body).pk)
        finally:
            connection.close()

    threads = [Thread(target=file_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    digest = hashlib.sha256(body).hexdigest()
    assert len(set(made)) == 4
    assert Content.objects.filter(pk=digest).count() == 1
    assert place(digest).read_bytes() == body
