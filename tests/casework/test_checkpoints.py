"""检查点 · Taken over what was written since the last, signed and chained, and written to a second place that finds what a chain cannot."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import psycopg
import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from tests.casework.conftest import actor_of
from tests.casework.test_writers import MONDAY, opened
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.writers import step_take
from tianping.casework.ledger.anchor import Anchored, append, file_of, read_anchors
from tianping.casework.ledger.canonical import DIGESTS
from tianping.casework.ledger.checkpoints import anchored_or_refused, checkpoint_take, heads_of, inclusion, record_of, records
from tianping.casework.ledger.errors import BadAnchor, BadLedger, ForkedAnchor, KeyExposed, NotAnchored
from tianping.casework.ledger.merkle import leaf, proof, proven, root
from tianping.casework.ledger.record import Record, rooted
from tianping.casework.ledger.signing import Key, key_at
from tianping.casework.ledger.verify import verify
from tianping.casework.models import AnchorPlace, Checkpoint, Organisation


@pytest.fixture
def judge(court: Organisation) -> Actor:
    return actor_of(court, "FILING_JUDGE", "CLERK")


@pytest.fixture
def place(tmp_path: Path, settings: Settings, database: Embedded) -> Iterator[Path]:
    """A second place, and a key that outlives it: the tests of this module add to one chain of checkpoints."""
    settings.TIANPING_LEDGER_KEY = tmp_path / "ledger.key"
    settings.TIANPING_ANCHORS = []
    checkpoint_take(at=MONDAY)
    settings.TIANPING_ANCHORS = [str(tmp_path)]
    yield tmp_path
    AnchorPlace.objects.filter(place=str(tmp_path)).delete()


def read(place: Path) -> Anchored:
    with file_of(place).open("rb") as lines:
        return read_anchors([(str(place), lines)])


def step(judge: Actor, case: int, at: datetime = MONDAY) -> None:
    step_take(case_id=case, step="file", actor=judge, at=at + timedelta(days=1), facts={"qualifies": True}, role="Roles.FILING_JUDGE")


def test_a_checkpoint_covers_what_was_written_since_the_last_and_nothing_else(judge: Actor, place: Path) -> None:
    cases = [opened(judge).case_id for _ in range(3)]
    first = checkpoint_take(at=MONDAY)
    assert first is not None
    assert (first.cases, first.events) == (3, 3)
    assert [h[:2] for h in heads_of(first.number)] == [(c, 1) for c in cases]
    assert checkpoint_take(at=MONDAY) is None
    step(judge, cases[1])
    second = checkpoint_take(at=MONDAY + timedelta(minutes=1))
    assert second is not None
    assert (second.number, second.cases, second.events) == (first.number + 1, 1, 1)
    assert bytes(second.previous) == record_of(first).name
    assert read(place).heads[cases[1]].keys() == {1, 2}
    verify(ledger_lines(), anchored=read(place))


def test_a_transaction_that_was_open_during_a_checkpoint_is_in_the_next(judge: Actor, place: Path) -> None:
    """The slow writer began before the checkpoint and commits after it; a quick one commits in between with a later number."""
    slow, quick = opened(judge).case_id, opened(judge).case_id
    checkpoint_take(at=MONDAY)
    written, go_on = Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            step(judge, slow)
            written.set()
            assert go_on.wait(20)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slowly)
        assert written.wait(20)
        step(judge, quick)
        between = checkpoint_take(at=MONDAY)
        go_on.set()
        waiting.result()
    assert between is not None
    assert [h[0] for h in heads_of(between.number)] == [quick]
    after = checkpoint_take(at=MONDAY)
    assert after is not None
    assert [h[:2] for h in heads_of(after.number)] == [(slow, 2)]


def test_the_proof_of_a_case_leads_to_a_signed_root(judge: Actor, place: Path) -> None:
    cases = [opened(judge).case_id for _ in range(7)]
    checkpoint_take(at=MONDAY)
    for case in cases:
        found = inclusion(case)
        assert found is not None
        record, head, path = found
        assert proven(leaf(head, DIGESTS[record.digest]), path, DIGESTS[record.digest]) == record.root
        assert proven(leaf((case, 2, head[2]), DIGESTS[record.digest]), path, DIGESTS[record.digest]) != record.root
    assert inclusion(-1) is None


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 13])
def test_every_leaf_has_a_proof_in_a_tree_of_any_size(count: int) -> None:
    digest = DIGESTS["sha256"]
    leaves = [digest(bytes([n])) for n in range(count)]
    assert all(proven(leaves[n], proof(leaves, n, digest), digest) == root(leaves, digest) for n in range(count))


def test_a_second_place_that_cannot_be_written_is_seen_and_gets_later_what_it_missed(judge: Actor, place: Path, settings: Settings) -> None:
    gone = place / "away"
    settings.TIANPING_ANCHORS = [str(gone / "file.jsonl")]
    case = opened(judge).case_id
    assert checkpoint_take(at=MONDAY) is not None
    step(judge, case)
    checkpoint_take(at=MONDAY + timedelta(hours=3))
    row = AnchorPlace.objects.get(place=str(gone / "file.jsonl"))
    assert row.failing == MONDAY
    assert "file.jsonl" in row.error
    anchored_or_refused(MONDAY + timedelta(hours=4))
    with pytest.raises(NotAnchored):
        anchored_or_refused(MONDAY + timedelta(hours=4, seconds=1))
    gone.mkdir()
    assert checkpoint_take(at=MONDAY + timedelta(hours=5)) is None
    again = AnchorPlace.objects.get(place=str(gone / "file.jsonl"))
    assert (again.failing, again.error, again.number) == (None, "", Checkpoint.objects.count())
    anchored_or_refused(MONDAY + timedelta(days=9))
    assert read(gone / "file.jsonl").heads[case].keys() == {1, 2}


def chain(key: Key, count: int, *, mark: bytes = b"") -> list[Record]:
    out: list[Record] = []
    for n in range(1, count + 1):
        heads = ((n, 1, DIGESTS["sha256"](mark + bytes([n]))),)
        before = out[-1].name if out else bytes(32)
        out.append(Record(n, f"t{n}", 1, 1, rooted(heads, "sha256"), before, "sha256", key.suite, key.public, heads).signed(key))
    return out


def test_what_stands_in_a_second_place_is_never_written_twice_or_overwritten(tmp_path: Path) -> None:
    key = key_at(tmp_path / "key")
    one, other = chain(key, 4), chain(key, 4, mark=b"other")
    file = tmp_path / "anchor"
    assert append(file, one[:2]) == 2
    assert append(file, one[:3]) == 3
    assert len(file.read_bytes().splitlines()) == 3
    with pytest.raises(ForkedAnchor):
        append(file, other)
    with pytest.raises(ForkedAnchor):  # a ledger restored from an older backup, before it goes on
        append(file, one[:1])
    with pytest.raises(ForkedAnchor):  # and after
        append(file, other[3:])
    with file.open("ab") as torn:  # a crash cut a line short
        torn.write(one[3].line().encode()[:40])
    assert append(file, one[2:]) == 4
    assert read(file).checkpoints == 4
    second = tmp_path / "second"
    append(second, other)
    with file.open("rb") as a, second.open("rb") as b, pytest.raises(ForkedAnchor):
        read_anchors([("a", a), ("b", b)])


def test_a_second_place_that_was_touched_is_found(tmp_path: Path) -> None:
    key, file = key_at(tmp_path / "key"), tmp_path / "anchor"
    append(file, chain(key, 5))
    whole = file.read_bytes().splitlines(keepends=True)
    lines = [line.replace(b'"t3"', b'"t9"') for line in whole], [*whole[:1], *whole[2:]], [whole[0], whole[2], whole[1], *whole[3:]]
    for changed in (*lines, [whole[0].replace(b"[[1,1", b"[[1,2"), *whole[1:]]):
        with pytest.raises(BadAnchor):
            read_anchors([("x", changed)])
    stranger = key_at(tmp_path / "stranger")
    with pytest.raises(BadAnchor, match=stranger.public.hex()):
        read_anchors([("x", [r.line().encode() for r in chain(stranger, 2)])], keys=[key.public.hex()])


def test_the_key_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "ledger.key"
    key = key_at(path)
    assert key_at(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(KeyExposed):
        key_at(path)
    path.chmod(0o600)
    path.write_text("not a key")
    with pytest.raises(KeyExposed):
        key_at(path)


def test_the_database_refuses_to_change_a_checkpoint(judge: Actor, place: Path, database: Embedded) -> None:
    opened(judge)
    checkpoint_take(at=MONDAY)
    with psycopg.connect(database.owner_dsn(connection.settings_dict["NAME"]), autocommit=True) as owner:
        for table in ("casework_checkpoint", "casework_checkpointhead"):
            for statement in (f"delete from {table}", f"truncate {table} cascade"):
                with pytest.raises(psycopg.errors.RestrictViolation):
                    owner.execute(statement)
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute("update casework_checkpointhead set seq = seq + 1")
    with (
        psycopg.connect(database.app_dsn(connection.settings_dict["NAME"]), autocommit=True) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute("update casework_checkpoint set taken = now()")


def test_what_is_stored_is_what_leaves_the_house(judge: Actor, place: Path) -> None:
    opened(judge)
    last = checkpoint_take(at=MONDAY)
    assert last is not None
    whole = list(records(after=last.number - 1))
    assert [r.line() for r in whole] == [file_of(place).read_text("utf-8").splitlines()[-1]]
    assert Checkpoint.objects.count() == last.number
    assert file_of(place).stat().st_mode & 0o777 == 0o644
    with pytest.raises(BadLedger, match="missing"):
        verify([line for line in ledger_lines() if f'"header":[1,{whole[0].heads[0][0]},' not in line], anchored=read(place))
