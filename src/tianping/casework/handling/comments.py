"""批注 · Remarks on a case, for those who handle it: added and withdrawn, never changed. A page at a time, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.handling.errors import BadWords, NotThere, OnlyHandlers
from tianping.casework.handling.guard import capacities, held
from tianping.casework.models import Comment
from tianping.law.text import T

MOST: Final = 4_000
PAGE: Final = 50


def comment_added(*, case_id: int, words: str, actor: Actor, at: datetime) -> int:
    """加批注 · Raises BadWords, OnlyHandlers, NoSuchCase."""
    if not words.strip() or len(words) > MOST or "\0" in words:
        raise BadWords(field=T("批注", "the comment"), reason=T(f"应为1至{MOST}字", f"it should have 1 to {MOST} characters"))
    with held(case_id, actor, at=at) as h:
        row = Comment.objects.create(case=h.case, written=at, account=actor.account, organisation=actor.organisation, words=words.strip())
        h.changed("comment.added", f"comment:{row.pk}")
        return row.pk


def comment_withdrawn(*, case_id: int, comment: int, actor: Actor, at: datetime) -> None:
    """撤回批注 · By who wrote it; it stays readable in the ledger of remarks. Raises NotThere."""
    with held(case_id, actor, at=at) as h:
        rows = Comment.objects.filter(pk=comment, case_id=case_id, account=actor.account, withdrawn__isnull=True)
        if not rows.update(withdrawn=at, withdrawn_by=actor.account):
            raise NotThere(case=case_id, what=T("本人的批注", "comment of yours"), name=comment)
        h.changed("comment.withdrawn", f"comment:{comment}")


def comments_of(*, case_id: int, actor: Actor, before: int | None = None) -> list[Comment]:
    """A page of the comments, newest first; ``before`` is the last one of the page before. Raises OnlyHandlers, NoSuchCase."""
    if HANDLE not in capacities(case_id, actor):
        raise OnlyHandlers(case=case_id)
    rows = Comment.objects.filter(case_id=case_id)
    return list((rows if before is None else rows.filter(pk__lt=before)).order_by("-pk")[:PAGE])
