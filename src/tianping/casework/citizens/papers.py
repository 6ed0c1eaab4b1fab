"""材料 · What a citizen hands in with an act: files, and what he wrote, kept as a text that anybody can open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from tianping.casework.citizens.acting import party_at
from tianping.casework.citizens.errors import NoSuchDraft, TooManyPapers
from tianping.casework.documents.filing import document_handed_in, document_taken_back
from tianping.casework.engine.actors import Actor
from tianping.casework.models import Citizen, Draft

MOST: Final = 20
LONGEST: Final = 20_000
"""Bytes of a text that a page shows whole."""


@dataclass(frozen=True, slots=True)
class Paper:
    """一份材料 · A file under a name."""

    name: str
    file: BinaryIO


def written(name: str, words: str) -> Paper:
    """Words as a paper: UTF-8, lines as they were typed."""
    return Paper(f"{name}.txt", io.BytesIO(words.replace("\r\n", "\n").replace("\0", "").encode()))


def handed_in(actor: Actor, case_id: int, seq: int, papers: Sequence[Paper], *, at: datetime) -> None:
    """File papers with an event of the case. Raises TooManyPapers and what ``document_handed_in`` raises."""
    if len(papers) > MOST:
        raise TooManyPapers(most=MOST)
    for paper in papers:  # at most MOST
        document_handed_in(case_id=case_id, name=paper.name, file=paper.file, actor=actor, at=at, seq=seq)


def taken_back(citizen: Citizen, draft: Draft, document: int, *, at: datetime) -> None:
    """收回 · Take an uploaded paper back from a draft that was not handed in: it is gone. Raises NoSuchDraft, NoSuchDocument."""
    if draft.case_id is None or draft.handed_in is not None:
        raise NoSuchDraft
    document_taken_back(case_id=draft.case_id, document=document, actor=party_at(citizen, draft.case_id), at=at)
