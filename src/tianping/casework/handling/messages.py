"""留言往来 · What was written in a case and can be shown whole: a citizen's message, and a judge's answer, which the citizen reads."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from tianping.casework.documents.filing import document_filed, document_read, document_shown
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import Taken, step_take
from tianping.casework.handling.errors import BadWords
from tianping.casework.models import Party
from tianping.casework.selectors.views import DocumentView
from tianping.law.text import T

SHOWN: Final = 20_000
"""Bytes of a text that a page shows whole."""
MOST: Final = 10
"""So many texts are shown on a page."""
LONGEST: Final = 4_000
ANSWER: Final = T("回复", "The answer")
TOLD: Final = T("告知当事人的话", "What the parties are told")


@dataclass(frozen=True, slots=True)
class Text:
    """一段文字 · A document of the case as words."""

    document: int
    seq: int | None
    name: str
    words: str
    filed: datetime
    account: str


def texts_of(documents: Iterable[DocumentView], actor: Actor, *, at: datetime) -> list[Text]:
    """The texts among some documents of a case, in their order, read whole: each reading leaves its trace. Raises NoSuchDocument, Damaged."""
    found = [d for d in documents if d.kind == "text/plain" and d.size <= SHOWN and not d.withdrawn][:MOST]
    out = []
    for d in sorted(found, key=lambda d: d.id):  # at most MOST
        _, path = document_read(document=d.id, actor=actor, at=at)
        out.append(Text(d.id, d.seq, d.name.removesuffix(".txt"), path.read_text("utf-8", "replace"), d.filed, d.account))
    return out


def followed_by_parties(case_id: int) -> bool:
    """Whether a party of the case has signed in and follows it."""
    return Party.objects.filter(case_id=case_id, citizen__isnull=False, left__isnull=True).exists()


def told_to_parties(*, case_id: int, seq: int, name: str, words: str, actor: Actor, at: datetime) -> None:
    """告知 · Words that go with a step: filed with it, and read by the parties from now on. Inside a transaction. Raises BadWords."""
    said = words.replace("\r\n", "\n").strip()
    if not said or len(said) > LONGEST or "\0" in said:
        raise BadWords(field=TOLD, reason=T(f"1至{LONGEST}字", f"1 to {LONGEST} characters"))
    row = document_filed(case_id=case_id, name=f"{name}.txt", file=io.BytesIO(said.encode()), actor=actor, at=at, seq=seq)
    document_shown(case_id=case_id, document=row.pk, actor=actor, at=at)


@transaction.atomic
def answered(*, case_id: int, step: str, words: str, actor: Actor, at: datetime, expected_version: int, key: UUID | None = None) -> Taken:
    """回复 · Take the step that answers, with the words that the party reads from now on. Raises BadWords and what ``step_take`` raises."""
    if not words.strip():
        raise BadWords(field=ANSWER, reason=T(f"1至{LONGEST}字", f"1 to {LONGEST} characters"))
    taken = step_take(case_id=case_id, step=step, actor=actor, at=at, key=key, expected_version=expected_version)
    if not taken.replayed:
        told_to_parties(case_id=case_id, seq=taken.seq, name=ANSWER.zh, words=words, actor=actor, at=at)
    return taken
