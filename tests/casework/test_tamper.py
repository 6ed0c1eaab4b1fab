"""篡改 · Eight ways to falsify a ledger (R-15), each tried hundreds of times: all are found, the first bad event is named, and a second verifier that
shares no code with the first agrees. The chain finds the first four; the last four need what a second place holds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.casework.conftest import actor_of
from tests.casework.plain_verifier import first_bad, sha, written
from tests.casework.test_writers import MONDAY, opened
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.writers import step_take
from tianping.casework.ledger.anchor import read_anchors
from tianping.casework.ledger.checkpoints import checkpoint_take
from tianping.casework.ledger.errors import BadAnchor, BadLedger, ForkedAnchor, UnreadableLedger
from tianping.casework.ledger.record import read_line, rooted
from tianping.casework.ledger.signing import key_at
from tianping.casework.ledger.verify import verify
from tianping.casework.models import Case, Event, Organisation

TRIES = 1000
"""Of each class of tampering, in both sizes of proof."""
Ledger = list[bytes]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A ledger after each of three rounds, what the second place held then, and the key that signed."""

    rounds: list[Ledger]
    anchor: Ledger
    key: Path

    @property
    def lines(self) -> Ledger:
        return list(self.rounds[-1])


@pytest.fixture(scope="module")
def corpus(court: Organisation, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    judge, folder = actor_of(court, "FILING_JUDGE", "CLERK"), tmp_path_factory.mktemp("anchor")
    kept = (settings.TIANPING_LEDGER_KEY, settings.TIANPING_ANCHORS)
    settings.TIANPING_LEDGER_KEY, settings.TIANPING_ANCHORS = folder / "key", []
    try:
        checkpoint_take(at=MONDAY)  # what other tests wrote
        settings.TIANPING_ANCHORS = [str(folder / "file")]
        rounds = list(_rounds(judge, folder / "file"))
    finally:
        settings.TIANPING_LEDGER_KEY, settings.TIANPING_ANCHORS = kept
    own = {json.loads(line)["header"][1] for line in rounds[-1]}
    anchor = [line for line in (folder / "file").read_bytes().splitlines(keepends=True) if {h[0] for h in json.loads(line)["heads"]} <= own]
    return Corpus(rounds, anchor, folder / "key")


def _rounds(judge: Actor, file: Path) -> list[Ledger]:
    out, cases = [], [opened(judge, at=MONDAY + timedelta(days=n)).case_id for n in range(10)]
    for turn in range(3):
        for n, case in enumerate(cases):
            if turn == 0 and n % 2:
                step_take(case_id=case, step="file", actor=judge, at=MONDAY + timedelta(days=n + 1), facts={"qualifies": True})
            if turn == 1 and n % 2:
                step_take(case_id=case, step="", voids=2, actor=judge, at=MONDAY + timedelta(days=n + 2))
                step_take(case_id=case, step="file", actor=judge, at=MONDAY + timedelta(days=n + 3), facts={"qualifies": True})
            if turn == 2 and n % 3:
                step_take(case_id=case, step="", voids=1 if not n % 2 else 4, actor=judge, at=MONDAY + timedelta(days=n + 4))
        checkpoint_take(at=MONDAY + timedelta(days=30 + turn))
        out.append([line.encode() + b"\n" for line in ledger_lines(cases)])
    return out


def parts(line: bytes) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    return row


def place(line: bytes) -> tuple[int, int]:
    case, seq = parts(line)["header"][1:3]
    return case, seq


def lined(row: dict[str, Any]) -> bytes:
    body = (written(row[n]) for n in ("header", "payload"))
    return b'{"hash":"%b","payload_hash":"%b","header":%b,"payload":%b}\n' % (row["hash"].encode(), row["payload_hash"].encode(), *body)


def rehashed(lines: Ledger, case: int, first: int = 1) -> Ledger:
    """The events of a case from one on with new hashes and numbers, as somebody would who knows how it is done."""
    out, head, seq = [], bytes(32), 0
    for line in lines:
        row = parts(line)
        if row["header"][1] != case:
            out.append(line)
            continue
        seq += 1
        row["header"][2] = seq
        if row["payload"] is not None and seq >= first:
            row["payload_hash"] = sha(written(row["payload"])).hex()
        head = sha(head + written(row["header"]) + bytes.fromhex(row["payload_hash"]))
        row["hash"] = head.hex()
        out.append(lined(row))
    return out


def told(lines: Ledger, anchor: Ledger | None = None) -> BadLedger | UnreadableLedger:
    """What is found; the second verifier must name the same."""
    anchored = None if anchor is None else read_anchors([("partner", anchor)])
    with pytest.raises((BadLedger, UnreadableLedger)) as bad:
        verify(lines, anchored=anchored)
    plain = first_bad(lines, anchor or [])
    assert plain is not None
    if isinstance(bad.value, BadLedger) and plain[0] not in ("line", "missing"):
        assert plain[1:] == (bad.value.values["case"], bad.value.values["seq"])
    assert isinstance(bad.value, BadLedger | UnreadableLedger)
    return bad.value


def test_the_untouched_ledger_passes_both_verifiers(corpus: Corpus) -> None:
    for lines in corpus.rounds:
        assert verify(lines).events == len(lines)
        assert first_bad(lines) is None
    assert verify(corpus.lines, anchored=read_anchors([("partner", corpus.anchor)])).cases == 10
    assert first_bad(corpus.lines, corpus.anchor) is None
    assert len(corpus.anchor) == 3


def test_any_byte_that_is_changed(corpus: Corpus) -> None:
    draw = random.Random("byte")
    for _ in range(TRIES * 4):
        lines = corpus.lines
        n = draw.randrange(len(lines))
        at, byte = draw.randrange(len(lines[n])), draw.randrange(256)
        if lines[n][at] == byte:
            continue
        changed = lines[n][:at] + bytes([byte]) + lines[n][at + 1 :]
        lines = (
            b"".join([*lines[:n], changed, *lines[n + 1 :]]).splitlines(keepends=True) if byte in b"\r\n" else [*lines[:n], changed, *lines[n + 1 :]]
        )
        assert told(lines).values["line"] == n + 1


def _inner(lines: Ledger, draw: random.Random) -> int:
    """An event that is not the last of its case."""
    return draw.choice([n for n, line in enumerate(lines[:-1]) if place(line)[0] == place(lines[n + 1])[0]])


def test_an_event_that_is_taken_out(corpus: Corpus) -> None:
    draw = random.Random("delete")
    for _ in range(TRIES):
        lines = corpus.lines
        n = _inner(lines, draw)
        case, seq = place(lines.pop(n))
        bad = told(lines).values
        assert (bad["case"], bad["seq"], bad["line"]) == (case, seq + 1, n + 1)


def test_an_event_that_is_put_in(corpus: Corpus) -> None:
    draw = random.Random("insert")
    for _ in range(TRIES):
        lines = corpus.lines
        n = _inner(lines, draw)
        row = parts(lines[n])
        row["header"][2] += draw.randrange(2)
        row["header"][6] = draw.choice(["", "PreFiling.file", "PreFiling.refer"])
        row["hash"] = sha(bytes.fromhex(row["hash"]) + written(row["header"]) + bytes.fromhex(row["payload_hash"])).hex()
        lines.insert(n + 1, lined(row))
        bad = told(lines).values
        assert bad["case"] == row["header"][1]
        assert bad["line"] in (n + 2, n + 3)


def test_events_that_changed_places(corpus: Corpus) -> None:
    draw = random.Random("swap")
    for _ in range(TRIES):
        lines = corpus.lines
        n = _inner(lines, draw)
        case, seq = place(lines[n])
        lines[n], lines[n + 1] = lines[n + 1], lines[n]
        bad = told(lines).values
        assert (bad["case"], bad["seq"], bad["line"]) == (case, seq + 1, n + 1)


def test_a_tail_that_is_cut_off(corpus: Corpus) -> None:
    draw = random.Random("truncate")
    cases = sorted({place(line)[0] for line in corpus.lines})
    for _ in range(TRIES):
        case = draw.choice(cases)
        own = [n for n, line in enumerate(corpus.lines) if place(line)[0] == case]
        keep = draw.randrange(len(own))
        lines = [line for n, line in enumerate(corpus.lines) if n not in own[keep:]]
        verify(lines)  # the chain alone does not see it
        bad = told(lines, corpus.anchor).values
        assert (bad["case"], bad["seq"]) == (case, keep + 1)


def test_an_older_backup_that_is_shown_as_today(corpus: Corpus) -> None:
    draw = random.Random("restore")
    for turn in range(TRIES):
        lines = list(corpus.rounds[turn % 2])
        missing = {place(line) for line in corpus.lines} - {place(line) for line in lines}
        if turn % 3:  # and goes on differently
            case, seq = draw.choice(sorted(missing))
            at = max((n for n, line in enumerate(lines) if place(line) == (case, seq - 1)), default=None)
            if at is not None:
                row = parts(lines[at])
                row["payload"] = {"facts": {}, "salt": f"{draw.getrandbits(128):032x}"}
                lines = rehashed([*lines[: at + 1], lined(row), *lines[at + 1 :]], case, seq)
        verify(lines)
        bad = told(lines, corpus.anchor).values
        assert (bad["case"], bad["seq"]) in missing


def test_a_case_that_is_written_anew_with_new_hashes(corpus: Corpus) -> None:
    draw = random.Random("rewrite")
    heads = {(h[0], h[1]) for line in corpus.anchor for h in json.loads(line)["heads"]}
    changes: list[Callable[[dict[str, Any]], object]] = [
        lambda row: row["payload"].update(salt=f"{draw.getrandbits(128):032x}"),
        lambda row: row["header"].__setitem__(12, f"u{draw.random()}"),
        lambda row: row["header"].__setitem__(7, f"20{draw.randrange(10, 26)}-03-01T02:00:00.000000Z"),
    ]
    for _ in range(TRIES):
        lines = corpus.lines
        n = draw.randrange(len(lines))
        row = parts(lines[n])
        case, seq = place(lines[n])
        draw.choice(changes)(row)
        lines[n] = lined(row)
        lines = rehashed(lines, case, seq)
        verify(lines)
        bad = told(lines, corpus.anchor).values
        assert (bad["case"], bad["seq"]) == (case, min(s for c, s in heads if c == case and s >= seq))


def test_two_histories_that_are_shown_to_two_partners(corpus: Corpus) -> None:
    draw, key = random.Random("fork"), key_at(corpus.key)
    for _ in range(TRIES):
        first = draw.randrange(3)
        other, previous = list(corpus.anchor[:first]), None
        for n in range(first, 3):
            record = read_line(corpus.anchor[n], n)
            heads = list(record.heads)
            at = draw.randrange(len(heads))
            heads[at] = (heads[at][0], heads[at][1], draw.randbytes(32))
            record = replace(record, heads=tuple(heads), root=rooted(tuple(heads), record.digest), previous=previous or record.previous).signed(key)
            other.append(record.line().encode() + b"\n")
            previous = record.name
        read_anchors([("b", other)])  # each alone is in order
        with pytest.raises(ForkedAnchor) as forked:
            read_anchors([("a", corpus.anchor), ("b", other)])
        assert forked.value.values["number"] == read_line(corpus.anchor[first], 0).number
        bad = told(corpus.lines, other).values
        assert bad["case"] in {h[0] for line in other[first:] for h in json.loads(line)["heads"]}


def test_a_second_place_that_is_changed_is_found_itself(corpus: Corpus) -> None:
    draw = random.Random("anchor")
    for _ in range(TRIES):
        n = draw.randrange(3)
        at, byte = draw.randrange(len(corpus.anchor[n]) - 1), draw.randrange(32, 127)
        line = corpus.anchor[n][:at] + bytes([byte]) + corpus.anchor[n][at + 1 :]
        if line.lower() == corpus.anchor[n].lower():
            continue
        lines = [*corpus.anchor[:n], line, *corpus.anchor[n + 1 :]]
        try:
            verify(corpus.lines, anchored=read_anchors([("partner", lines)]))
        except BadAnchor:
            continue
        assert at == len(line) - 2 and n == 2, "only a last line without its end passes for one that a crash cut short"


# ---- in the database ------------------------------------------------------------------------------------------------------------------

COLUMNS = {
    "track": "'x'", "entity": "'x'", "step": "'PreFiling.refer'", "happened": "happened + interval '1 microsecond'",
    "voids": "coalesce(voids, 0) + 1",
    "recorded": "recorded - interval '1 s'", "organisation": "organisation + 1", "signers": """jsonb_set(signers, '{0,0}', '"x"')""",
    "recorder": "recorder || 'x'", "into": """coalesce("into", 0) + 1""", "payload": "jsonb_set(payload, '{salt}', '1.5')",
    "payload_hash": "sha256(payload_hash)", "hash": "sha256(hash)",
}  # fmt: skip


def test_whoever_gets_round_the_database_is_found_by_the_verifier(corpus: Corpus, database: Embedded) -> None:
    """As the superuser with the triggers switched off: every column of an event, and what the header takes from the case."""
    case = place(corpus.lines[2])[0]
    with psycopg.connect(database.superuser_dsn(connection.settings_dict["NAME"])) as god:
        god.execute("set session_replication_role = replica")
        for column, value in COLUMNS.items():
            with god.transaction(force_rollback=True):
                assert god.execute(f'update casework_event set "{column}" = {value} where case_id = %s and seq = 2', [case]).rowcount == 1
                found = god.execute(_as_exported(), {"cases": [case]}).fetchall()
            with pytest.raises(BadLedger) as bad:
                verify(_exported(found))
            assert (bad.value.values["case"], bad.value.values["seq"]) == (case, 2), column
        with god.transaction(force_rollback=True):
            god.execute("update casework_definition set version = version - 1")
            with pytest.raises(BadLedger):
                verify(_exported(god.execute(_as_exported(), {"cases": [case]}).fetchall()))
        god.rollback()
    assert Event.objects.filter(case_id=case).count() == Case.objects.get(pk=case).seq


def _as_exported() -> str:
    from tianping.casework.engine import exporting  # noqa: PLC0415 — the statement itself, run by another role

    return exporting._LEDGER


def _exported(rows: list[tuple[Any, ...]]) -> list[str]:
    from tianping.casework.engine import exporting  # noqa: PLC0415 — as above

    return [exporting._line(row) for row in rows]


FORBIDDEN = [
    "update casework_event set recorder = 'x'", "update casework_event set payload = '{}'", "update casework_event set payload = payload, seq = 3",
    "delete from casework_event", "truncate casework_event", "truncate casework_case cascade",
    "insert into casework_event select * from casework_event on conflict (case_id, seq) do update set recorder = 'x'",
    "merge into casework_event e using casework_case c on c.id = e.case_id when matched then delete",
    "alter table casework_event disable trigger all", "alter table casework_event disable trigger event_rows",
    "drop trigger event_rows on casework_event",
    "set session_replication_role = replica", "alter role tianping_app superuser", "set role tianping_owner", "set session authorization postgres",
    "alter table casework_event drop column payload", "alter table casework_event owner to tianping_app", "drop table casework_event",
    "create rule quiet as on insert to casework_event do instead nothing", "alter table casework_event rename to other",
    "create or replace function casework_event_refuse() returns trigger language plpgsql as $$ begin return old; end $$",
    "create trigger mine before insert on casework_event for each row execute function casework_event_refuse()",
    "copy casework_event from program 'true'", "alter system set fsync = off", "alter table casework_event no force row level security",
    "create table public.casework_shadow (id int)", "delete from django_migrations", "alter database {name} set session_replication_role = replica",
]  # fmt: skip


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_cannot_change_the_ledger_nor_switch_off_what_refuses_it(corpus: Corpus, database: Embedded, statement: str) -> None:
    before = Event.objects.count()
    with psycopg.connect(database.app_dsn(connection.settings_dict["NAME"]), autocommit=True) as app:
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)):
            app.execute(statement.replace("{name}", connection.settings_dict["NAME"]))
        app.execute("grant all on casework_event to tianping_app")  # PostgreSQL warns and grants nothing
        assert app.execute(
            "select has_table_privilege('casework_event', 'delete') or has_table_privilege('casework_event', 'truncate')"
        ).fetchone() == (False,)
    assert Event.objects.count() == before
