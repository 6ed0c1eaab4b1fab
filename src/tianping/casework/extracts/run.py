"""办理导出 · ``extract``: the cases of a scope as a file, noted in the security log before the file appears under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tianping.casework.access.acting import actor_for
from tianping.casework.engine.registered import folders
from tianping.casework.extracts.errors import MaskedOnly, NoSuchUser, WhoseExport
from tianping.casework.extracts.files import Counted, Notes, written
from tianping.casework.extracts.scope import Scope
from tianping.casework.extracts.tables import Block, read_blocks
from tianping.casework.models import Account
from tianping.casework.moments import local
from tianping.casework.replay.mark import NOTICE, is_replay
from tianping.casework.security.audit import Kind, noted
from tianping.law.text import T
from tianping.procedure.registry import UnknownProcedure


@dataclass(frozen=True, slots=True)
class Wanted:
    """导出要求 · What is wanted. ``user``: the account whose cases they are; or ``every``: all, by the operator."""

    form: str
    procedure: str | None = None
    since: date | None = None
    until: date | None = None
    table: str = "events"
    user: str | None = None
    every: bool = False
    unmasked: bool = False


def extract(wanted: Wanted, to: Path, *, at: datetime, told: Callable[[int], None] | None = None) -> Counted:
    """Write the export. Raises WhoseExport, NoSuchUser, MaskedOnly, UnknownExtract, UnknownProcedure, CannotWrite; then no file is replaced."""
    account, scope = _scope(wanted, at)
    to.parent.mkdir(parents=True, exist_ok=True)
    half = to.with_name(to.name + ".part")
    found = read_blocks(scope, unmasked=wanted.unmasked)
    try:
        count = written(_told(found, told), half, wanted.form, procedure=wanted.procedure, table=wanted.table, notes=_notes(wanted, at))
        said: dict[str, Any] = {
            "form": wanted.form,
            "procedure": wanted.procedure,
            "cases": count.cases,
            "events": count.events,
            "unmasked": wanted.unmasked,
        }
        noted(Kind.EXPORTED, at=at, actor=None if account is None else account.pk, subject=None, address=None, **said)
        half.replace(to)
    finally:
        half.unlink(missing_ok=True)
    return count


def _scope(wanted: Wanted, at: datetime) -> tuple[Account | None, Scope]:
    if wanted.procedure is not None and wanted.procedure not in folders():
        raise UnknownProcedure(name=wanted.procedure, near="")
    if wanted.every == (wanted.user is not None):
        raise WhoseExport
    if wanted.every:
        return None, Scope(None, wanted.procedure, wanted.since, wanted.until)
    if wanted.unmasked:
        raise MaskedOnly
    account = Account.objects.filter(username=wanted.user, is_active=True).first()
    if account is None:
        raise NoSuchUser(name=wanted.user)
    return account, Scope(actor_for(account, at=at), wanted.procedure, wanted.since, wanted.until)


def _told(found: Iterator[Block], told: Callable[[int], None] | None) -> Iterator[Block]:
    """The blocks; whoever waits hears how many cases have passed."""
    done = 0
    for block in found:
        yield block
        done += len(block.rows)
        if told is not None:
            told(done)


def _notes(wanted: Wanted, at: datetime) -> Notes:
    """What the file says of itself."""
    whose = wanted.user or "全部 all"
    rows = [
        (T("天平导出", "Tianping export"), local(at).isoformat(sep=" ", timespec="minutes")),
        (T("何人可见", "cases seen by"), whose),
        (T("程序", "procedure"), wanted.procedure or "全部 all"),
        (T("首个环节自", "first act from"), "" if wanted.since is None else wanted.since.isoformat()),
        (T("至", "to"), "" if wanted.until is None else wanted.until.isoformat()),
        (T("遮蔽", "masked"), "否 no" if wanted.unmasked else "是 yes"),
    ]
    if is_replay():
        rows.insert(0, (T("回放", "replay"), f"{NOTICE.zh} · {NOTICE.en}"))
    return [(f"{words.zh} {words.en}", value) for words, value in rows]
