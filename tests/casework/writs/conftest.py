"""文书夹具 · A court with a confirmed mediation agreement, whose ruling is to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from tests.casework.conftest import actor_of
from tests.casework.handling.conftest import unit_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, NewParty, case_open, step_take
from tianping.casework.models import Account, Organisation, Person
from tianping.procedure.roles import Signer

AT = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 3, 5)
TERMS = "一、张晓明于2026年4月1日前支付王小芳货款38250元；\n二、王小芳的联系电话13812345678，身份证号码140702199001010019。"
WRITTEN = {"terms": TERMS, "judge": "李审判", "clerk": "赵记录"}


@pytest.fixture(autouse=True)
def places(tmp_path: Path) -> Iterator[Path]:
    """Documents and the test key of the test's own."""
    with override_settings(
        TIANPING_DOCUMENTS=tmp_path / "documents", TIANPING_TEST_KEY=tmp_path / "key.p12", TIANPING_TEMPLATES=str(tmp_path / "templates")
    ):
        yield tmp_path


@dataclass(frozen=True, slots=True)
class Bench:
    """A court with its judge, a stranger, and a case of confirmation under review."""

    court: Organisation
    judge: Actor
    clerk: Actor
    stranger: Actor
    case: int

    def take(self, step: str, *, actor: Actor | None = None, **facts: object) -> None:
        """Take a step of the case."""
        who = actor or self.judge
        role = "Roles.FILING_JUDGE" if step == "accept" else "Roles.JUDGE"
        step_take(case_id=self.case, step=step, actor=who, at=AT + timedelta(days=1), facts=facts, role=role)


@pytest.fixture
def bench(database: object) -> Bench:
    court, other = unit_of("试点法院"), unit_of("外单位")
    Organisation.objects.filter(pk=court.pk).update(kind="court", court_code=f"晋{court.pk:04d}")
    judge, clerk, stranger = actor_of(court, "JUDGE", "FILING_JUDGE"), actor_of(court, "CLERK", name="zhao.ji"), actor_of(other, "JUDGE")
    for who, name in ((judge, "李审判"), (clerk, "赵记录")):
        Account.objects.create_user(who.account, None, person=Person.objects.create(name=name))
    parties = (
        NewParty("张晓明", "APPLICANT", identity="140702198501010011", phone="13912345678"),
        NewParty("王小芳", "OPPONENT", identity="140702199001010019"),
        NewParty("晋中某建材有限公司", "OPPONENT", kind="body", identity="91140700MA0GT00000"),
    )
    new = NewCase("张晓明与王小芳买卖合同纠纷司法确认", court.pk, keys=judge.keys, parties=parties)
    facts = {"effective": "2026-02-20", "self_run": False, "inviting": True, "connected": True, "level_fits": True}
    signers = (Signer("party:2", "Roles.OPPONENT"),)
    applicant = Actor(judge.account, court.pk, frozenset({"Roles.APPLICANT"}), judge.keys)
    taken = case_open(
        procedure="judicial_confirmation", step="JudicialConfirmation.apply", actor=applicant, at=AT, new=new, facts=facts, co_signers=signers
    )
    made = Bench(court, judge, clerk, stranger, taken.case_id)
    made.take("accept", bar="NONE")
    made.take("verify")
    return made
