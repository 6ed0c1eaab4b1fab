"""归卷 · A document is filed into a case or one of its events, replaced by a new version, withdrawn; reading one leaves a trace.

A party hands documents in with what it does, and reads its own and those that were shown to the parties.

The file is written first, then its rows: a crash may leave a file without rows, which ``check.swept`` removes, never a row without its file.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.db import transaction

from tianping.casework.changes import changed
from tianping.casework.documents.check import filing, sweeping
from tianping.casework.documents.errors import Damaged, NoSuchDocument
from tianping.casework.documents.kinds import kind_of
from tianping.casework.documents.store import Incoming, place, received
from tianping.casework.engine.actors import HANDLE, PARTY, Actor
from tianping.casework.errors import NoSuchCase
from tianping.casework.handling.errors import BadWords
from tianping.casework.handling.guard import Held, capacities, held, why
from tianping.casework.models import Content, Document, Event
from tianping.law.text import T

PAGE: Final = 50
WITHDRAW = T("撤回材料", "withdrawing a document")


def document_filed(
    *, case_id: int, name: str, file: BinaryIO, actor: Actor, at: datetime, seq: int | None = None, replaces: int | None = None
) -> Document:
    """归卷 · File a document; ``seq`` names the event that it belongs to, ``replaces`` the version before.

    Raises NoSuchCase, OnlyHandlers, TooLarge, WrongKind, NoSuchDocument, BadWords.
    """
    return _filed(case_id, name, file, actor, at, HANDLE, seq, replaces)


def document_handed_in(*, case_id: int, name: str, file: BinaryIO, actor: Actor, at: datetime, seq: int) -> Document:
    """交材料 · A party hands a document in with what it has just done. Raises as ``document_filed`` does."""
    return _filed(case_id, name, file, actor, at, PARTY, seq, None)


def document_taken_back(*, case_id: int, document: int, actor: Actor, at: datetime) -> None:
    """收回 · A party takes back what it uploaded and nobody else has seen: the row is gone, and what it held, if no other document holds the same.

    Whether nobody has seen it yet the caller knows. Raises NoSuchDocument, NoSuchCase.
    """
    with held(case_id, actor, at=at, capacity=PARTY) as h:
        row = Document.objects.filter(pk=document, case_id=case_id, account=actor.account, replaced_by__isnull=True).first()
        if row is None:
            raise NoSuchDocument(document=document)
        sweeping()
        content = row.content_id
        row.delete()
        if not Document.objects.filter(content_id=content).exists():
            Content.objects.filter(pk=content).delete()  # the file itself is swept when it is a day old
        h.changed("document.taken_back", f"document:{document}", sha256=content)


def document_shown(*, case_id: int, document: int, actor: Actor, at: datetime) -> None:
    """给当事人看 · The parties of the case may read it from now on. Raises NoSuchDocument, OnlyHandlers, NoSuchCase."""
    with held(case_id, actor, at=at) as h:
        rows = Document.objects.filter(pk=document, case_id=case_id, withdrawn__isnull=True)
        if not rows.exists():
            raise NoSuchDocument(document=document)
        if rows.filter(shown__isnull=True).update(shown=at):
            h.changed("document.shown", f"document:{document}")


def _filed(case_id: int, name: str, file: BinaryIO, actor: Actor, at: datetime, capacity: str, seq: int | None, replaces: int | None) -> Document:
    if not name.strip() or len(name) > 200 or any(c in name for c in "\0/\\\r\n"):
        raise BadWords(field=T("文件名", "the file's name"), reason=T("应为1至200字，不含斜线", "1 to 200 characters, no slash"))
    if capacity not in capacities(case_id, actor):
        raise NoSuchCase(case=case_id)
    incoming = received(file)
    try:
        kind = kind_of(name, incoming.stored.head)
        with held(case_id, actor, at=at, capacity=capacity) as h:
            return _rows(h, incoming, name.strip(), kind, seq, replaces)
    finally:
        incoming.drop()


def _rows(h: Held, incoming: Incoming, name: str, kind: str, seq: int | None, replaces: int | None) -> Document:
    if seq is not None and not Event.objects.filter(case_id=h.case.pk, seq=seq).exists():
        raise NoSuchDocument(document=f"{h.case.pk}/{seq}")
    before = None
    if replaces is not None:
        before = Document.objects.filter(pk=replaces, case=h.case, replaced_by__isnull=True, withdrawn__isnull=True).first()
        if before is None:
            raise NoSuchDocument(document=replaces)
    stored = incoming.stored
    filing()
    incoming.keep()
    content, _ = Content.objects.get_or_create(sha256=stored.sha256, defaults={"size": stored.size, "kind": kind, "kept": h.at})
    row = Document.objects.create(
        case=h.case, seq=seq, content=content, name=name, version=1 if before is None else before.version + 1, replaces=before, filed=h.at,
        account=h.actor.account,
    )  # fmt: skip
    h.changed("document.filed", f"document:{row.pk}", sha256=stored.sha256, version=row.version, replaces=replaces, seq=seq)
    return row


def document_withdrawn(*, case_id: int, document: int, actor: Actor, at: datetime, reason: str) -> None:
    """撤回 · It is no longer listed as standing; it stays in the file. Raises NoSuchDocument, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        said = why(reason, WITHDRAW)
        if not Document.objects.filter(pk=document, case_id=case_id, withdrawn__isnull=True).update(withdrawn=at):
            raise NoSuchDocument(document=document)
        h.changed("document.withdrawn", f"document:{document}", reason=said)


def documents_of(*, case_id: int, actor: Actor, before: int | None = None) -> list[Document]:
    """A page of a case's documents, newest first, for those who handle it. Raises NoSuchCase."""
    if HANDLE not in capacities(case_id, actor):
        raise NoSuchCase(case=case_id)
    rows = Document.objects.filter(case_id=case_id).select_related("content")
    return list((rows if before is None else rows.filter(pk__lt=before)).order_by("-pk")[:PAGE])


def document_read(*, document: int, actor: Actor, at: datetime) -> tuple[Document, Path]:
    """调阅 · The document and the file that holds it, if the actor handles its case, or is a party that may read it; who read it is written down.

    Raises NoSuchDocument, Damaged.
    """
    row = Document.objects.select_related("content").filter(pk=document).first()
    if row is None:
        raise NoSuchDocument(document=document)
    with transaction.atomic():
        try:
            seen = capacities(row.case_id, actor)
        except NoSuchCase:
            seen = frozenset()
        own = row.account == actor.account or (row.shown is not None and row.withdrawn is None)
        if HANDLE not in seen and not (PARTY in seen and own):
            raise NoSuchDocument(document=document)
        path = place(row.content_id)
        if not path.is_file() or path.stat().st_size != row.content.size:
            raise Damaged(sha256=row.content_id, reason=T("缺失或长度不符", "is missing, or has another length"))
        who = actor.organisation
        changed("document.read", account=actor.account, at=at, subject=f"document:{document}", case_id=row.case_id, organisation=who)
    return row, path
