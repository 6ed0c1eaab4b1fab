"""删除内容 · What was said is erased by an act of two people and by nothing else; the chain still holds, and what the case knew is unknown again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from tests.casework.conftest import actor_of
from tests.casework.plain_verifier import first_bad
from tests.casework.test_writers import MONDAY, opened
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.erasing import erase_payload
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.writers import Taken, step_take
from tianping.casework.errors import NoSuchCase, NotErasable, NothingToErase, UnknownGround
from tianping.casework.ledger.checkpoints import checkpoint_take
from tianping.casework.ledger.errors import BadLedger, NotAnchored
from tianping.casework.ledger.verify import verify
from tianping.casework.models import Case, Event, Organisation, Run
from tianping.procedure.roles import Signer

LATER = MONDAY + timedelta(days=400)
SECOND = (Signer("wang.fang@court", "Roles.FILING_JUDGE"),)


@pytest.fixture
def judge(court: Organisation) -> Actor:
    return actor_of(court, "FILING_JUDGE", "CLERK")


def erased(judge: Actor, case: int, seq: int = 1, ground: str = "unlawful", co_signers: tuple[Signer, ...] = SECOND) -> Taken:
    return erase_payload(actor=judge, case_id=case, seq=seq, ground=ground, at=LATER, co_signers=co_signers)


def exported(case: int) -> list[bytes]:
    return [line.encode() for line in ledger_lines([case])]


def test_what_was_said_is_gone_and_the_chain_still_holds(judge: Actor) -> None:
    key = uuid4()
    case = opened(judge, key=key).case_id
    step_take(case_id=case, step="file", actor=judge, at=MONDAY + timedelta(days=1), facts={"qualifies": True})
    before = exported(case)
    assert erased(judge, case).seq == 3
    lines = exported(case)
    assert verify(lines).erased == 1
    assert first_bad(lines) is None
    assert lines[0].split(b',"payload":')[0] == before[0].split(b',"payload":')[0]
    assert lines[0].endswith(b',"payload":null}')
    row = Case.objects.get(pk=case)
    assert (row.seq, row.stage, row.lifecycle, row.facts) == (3, "filed", 2, {"qualifies": True})
    assert Event.objects.get(case_id=case, seq=1).request is None
    assert "ORDINARY" not in str(list(Run.objects.filter(case_id=case).values()))
    now = snapshot(case, judge)
    assert now.erased == {1}
    assert now.events[0].facts == {}
    assert opened(judge, key=key).replayed, "a request sent again is still known by its key"


def test_a_case_goes_on_without_the_answer(judge: Actor) -> None:
    case = opened(judge).case_id
    erased(judge, case)
    assert Case.objects.get(pk=case).facts == {}
    step_take(case_id=case, step="file", actor=judge, at=LATER + timedelta(days=1), facts={"qualifies": True})
    assert Case.objects.get(pk=case).stage == "filed"
    assert verify(exported(case)).events == 3


def test_one_person_alone_or_somebody_else_erases_nothing(judge: Actor, court: Organisation, other_court: Organisation) -> None:
    case = opened(judge).case_id
    alone, same = (), (Signer(judge.account, "Roles.FILING_JUDGE"),)
    for signers in (alone, same, (Signer("x@court", "Roles.CLERK"),), (Signer("", "Roles.FILING_JUDGE"),)):
        with pytest.raises(NotErasable):
            erased(judge, case, co_signers=signers)
    with pytest.raises(NotErasable):
        erased(actor_of(court, "MEDIATOR"), case)
    with pytest.raises(NoSuchCase):
        erased(actor_of(other_court, "FILING_JUDGE"), case)
    with pytest.raises(UnknownGround):
        erased(judge, case, ground="because")
    assert Event.objects.get(case_id=case).payload is not None


def test_what_is_not_there_cannot_be_erased_and_an_erasure_neither(judge: Actor) -> None:
    case = opened(judge).case_id
    erased(judge, case)
    for seq in (1, 2, 3, 9):
        with pytest.raises(NothingToErase):
            erased(judge, case, seq)
    assert Event.objects.filter(case_id=case).count() == 2


def test_nothing_is_erased_while_no_checkpoint_leaves_the_house(judge: Actor, tmp_path: Path, settings: Settings) -> None:
    case = opened(judge).case_id
    settings.TIANPING_LEDGER_KEY, settings.TIANPING_ANCHORS = tmp_path / "key", [str(tmp_path / "away" / "file")]
    checkpoint_take(at=LATER - timedelta(hours=5))
    with pytest.raises(NotAnchored):
        erased(judge, case)
    (tmp_path / "away").mkdir()
    checkpoint_take(at=LATER)
    erased(judge, case)


def test_the_database_erases_nothing_that_no_act_names(judge: Actor, database: Embedded) -> None:
    case = opened(judge).case_id
    erase = "update casework_event set payload = null, request = null where case_id = %s and seq = 1"
    name = connection.settings_dict["NAME"]
    for dsn in (database.app_dsn(name), database.owner_dsn(name)):
        with psycopg.connect(dsn, autocommit=True) as c, pytest.raises(psycopg.errors.RestrictViolation):
            c.execute(erase, [case])
    with psycopg.connect(database.superuser_dsn(name)) as god:  # whoever gets round it is found by the verifier
        god.execute("set session_replication_role = replica")
        god.execute(erase, [case])
        god.commit()
    with pytest.raises(BadLedger) as bad:
        verify(exported(case))
    assert (bad.value.values["case"], bad.value.values["seq"]) == (case, 1)
    with psycopg.connect(database.superuser_dsn(name), autocommit=True) as god:  # the other tests' ledger shall verify
        god.execute("set session_replication_role = replica")
        god.execute("delete from casework_event where case_id = %s", [case])
