"""机构之间看见什么 · A resident prosecutor, a platform's mediator, those who supervise see, by every way, what the mechanism grants and no more.

The ways are the list, the search, the page of one case with its clocks and steps, the inbox, and the export.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.portal.conftest import Asker, asker, organisation
from tianping.casework.access.acting import actor_for
from tianping.casework.access.keys import keys_for
from tianping.casework.engine.writers import NewCase, NewParty, case_open, step_take
from tianping.casework.exchange.services import referral_take
from tianping.casework.extracts.run import Wanted, extract
from tianping.casework.models import Referral
from tianping.casework.outbox.dispatch import drain
from tianping.procedure.roles import Signer

NAME, IDENTITY, PHONE = "欧阳示例", "140799198001010015", "13800131234"
OTHER, SECOND = "上官样本", ("140799198101010023", "13900139999")


def now() -> datetime:
    """The API reads the clock; so do these stories."""
    return datetime.now(UTC)


def opens(who: Asker, procedure: str, step: str, facts: dict[str, Any], *, title: str, parties: Iterable[NewParty] = ()) -> int:
    """A case of the institution, opened from the post."""
    new = NewCase(title, who.organisation.pk, keys=keys_for(who.organisation.pk), parties=tuple(parties))
    actor = actor_for(who.account, at=now())
    return case_open(procedure=procedure, step=step, actor=actor, at=now(), new=new, facts=facts).case_id


def takes(who: Asker, case: int, step: str, facts: dict[str, Any] | None = None, *, entity: str = "", to: dict[str, Asker] | None = None) -> None:
    """A step from the post."""
    receivers = {part: other.organisation.pk for part, other in (to or {}).items()}
    step_take(case_id=case, step=step, actor=actor_for(who.account, at=now()), at=now(), facts=facts or {}, entity=entity, receivers=receivers)


@dataclass(frozen=True, slots=True)
class Eyes:
    """所见 · What somebody sees, by every way."""

    who: Asker
    words: str
    folder: Path

    def numbers(self) -> dict[str, set[int]]:
        """Way → the cases that it shows."""
        listed = {row["id"] for row in self.pages("cases?size=100")}
        found = {row["id"] for row in self.who.post("search", {"words": self.words, "size": 50}).data["items"]}
        return {"list": listed, "search": found, "export": {int(line.split(",")[0]) for line in self.exported("cases").splitlines()[1:] if line}}

    def pages(self, path: str) -> list[dict[str, Any]]:
        """Every page of a list."""
        rows, after = [], ""
        while True:
            page = self.who.get(f"{path}{f'&after={after}' if after else ''}").data
            rows += page["items"]
            if not (after := page["next"] or ""):
                return rows

    def exported(self, table: str) -> str:
        """What the account takes away, as text."""
        path = self.folder / f"{uuid4().hex}.csv"
        extract(Wanted("csv", table=table, user=self.who.account.username), path, at=now())
        return path.read_text("utf-8-sig")

    def page(self, case: int) -> Any:
        """The page of one case."""
        return self.who.get(f"cases/{case}")

    def everything(self, case: int) -> str:
        """All that can be read of a case, as text."""
        ways = ("cases?size=100", f"cases/{case}", f"cases/{case}/clocks", f"cases/{case}/steps", "referrals/in", "referrals/out")
        said = [self.who.get(way).content.decode() for way in ways]
        said.append(self.who.post("search", {"words": self.words}).content.decode())
        return "\n".join([*said, self.exported("cases"), self.exported("events")])


def blind(eyes: Eyes, *cases: int) -> None:
    """No way shows any of the cases; their pages are as if they were not there."""
    for way, numbers in eyes.numbers().items():
        assert not numbers & set(cases), way
    for case in cases:
        for part in ("", "/clocks", "/steps"):
            assert eyes.who.get(f"cases/{case}{part}").status_code == 404, part


def test_a_resident_prosecutor_sees_what_the_mechanism_grants(tmp_path: Path) -> None:
    police = asker(organisation("police"), "CHIEF", "OFFICER", "LEGAL_REVIEW")
    resident = asker(organisation("procuratorate"), "RESIDENT_PROSECUTOR")
    eyes = Eyes(resident, "盗窃", tmp_path)
    party = [NewParty(NAME, "Roles.SUSPECT", "person", IDENTITY, PHONE)]
    crime = opens(police, "criminal_case", "open_case", {}, title=f"{NAME}盗窃案", parties=party)
    ask = {"mechanism": "EARLY", "own_view": "只供内部研判"}
    asked = opens(police, "cooperation", "propose", {"subject": "盗窃案一", **ask}, title=f"{NAME}盗窃案商请介入", parties=party)
    kept = opens(police, "cooperation", "propose", {"subject": "盗窃案二", **ask}, title="另一盗窃案", parties=party)
    blind(eyes, crime, asked, kept)
    takes(police, asked, "ask_early", {"weight": "COMPLEX"}, to={"early": resident})
    blind(eyes, crime, kept)
    page = eyes.page(asked).data
    assert page["facts"] == {"subject": "盗窃案一", "mechanism": "EARLY", "weight": "COMPLEX"}
    assert ({e["step"] for e in page["ledger"]}, page["parties"]) == ({"early.send"}, [])
    said = eyes.everything(asked)
    for secret in ("只供内部研判", NAME, IDENTITY, PHONE):
        assert secret not in said
    note = resident.post(f"cases/{asked}/steps/cooperation/Cooperation.note", {}, If_Match="*")
    assert note.status_code == 404, "it may be read, not moved"
    row = Referral.objects.get(case_id=asked)
    work = referral_take(actor=actor_for(resident.account, at=now()), referral_id=row.pk, at=now()).case_id
    assert eyes.page(work).status_code == 200
    takes(resident, work, "begin")
    takes(resident, work, "Opinion.give", entity="o1")
    replier = asker(resident.organisation, "OFFICER")
    takes(replier, work, "Opinion.reply", {"adopted": True}, entity="o1")
    takes(resident, work, "feed_back", {"result": "补强证据"})
    drain(at=now())
    blind(eyes, crime, asked, kept)
    assert eyes.page(work).status_code == 200, "its own case stays"


def test_a_mediator_sees_only_what_was_referred_to_the_own_organisation(tmp_path: Path) -> None:
    court = asker(organisation(), "FILING_JUDGE")
    union, women = (asker(organisation("docked_body"), "MEDIATOR", "MEDIATION_BODY") for _ in range(2))
    facts = {"suit": "ORDINARY", "qualifies": True}
    party = [NewParty(NAME, "Roles.APPLICANT", "person", IDENTITY, PHONE)]
    ours, theirs, kept = (opens(court, "pre_filing", "PreFiling.receive", facts, title=f"{NAME}买卖纠纷{n}", parties=party) for n in range(3))
    for case, to in ((ours, union), (theirs, women)):
        takes(court, case, "refer", {"suitable": True, "consents": True}, to={"mediation": to})
    for who, mine, other in ((union, ours, theirs), (women, theirs, ours)):
        eyes = Eyes(who, "买卖纠纷", tmp_path)
        blind(eyes, other, kept)
        page = eyes.page(mine).data
        assert ({e["step"] for e in page["ledger"]}, page["parties"]) == ({"mediation.send"}, [])
        assert [r["case"] for r in who.get("referrals/in").data["items"]] == [mine]
        said = eyes.everything(mine)
        for secret in (NAME, IDENTITY, PHONE):
            assert secret not in said
    colleague = Eyes(asker(union.organisation), "买卖纠纷", tmp_path)
    blind(colleague, ours, theirs, kept)


def test_who_supervises_sees_elements_and_no_personal_data(tmp_path: Path) -> None:
    city = organisation("police")
    county = organisation("police", parent=city)
    officer, inspector = asker(county, "OFFICER", "CHIEF"), asker(city, "INSPECTOR")
    plain, neighbour = asker(city, "OFFICER"), asker(organisation("police"), "INSPECTOR")
    parties = [
        NewParty(NAME, "Roles.SUSPECT", "person", IDENTITY, PHONE),
        NewParty(OTHER, "Roles.PARTY", "person", *SECOND),
    ]
    case = opens(officer, "criminal_case", "open_case", {}, title=f"{NAME}盗窃{OTHER}案", parties=parties)
    actor = actor_for(officer.account, at=now())
    given: dict[str, Any] = {"case_id": case, "actor": actor, "at": now() + timedelta(0), "entity": "s1"}
    step_take(step="Suspect.detain", role="Roles.CHIEF", facts={"roaming": False, "identity_known": True}, **given)
    step_take(step="Suspect.question", role="Roles.OFFICER", co_signers=(Signer("wang", "Roles.OFFICER"),), **(given | {"at": now()}))
    eyes = Eyes(inspector, "盗窃", tmp_path)
    assert all(case in numbers for numbers in eyes.numbers().values()), eyes.numbers()
    page = eyes.page(case).data
    assert {c["code"] for c in page["clocks"]} >= {"Suspect.to_house", "Suspect.to_request"}, "the elements of the case"
    assert [e["step"] for e in page["ledger"]] == ["CriminalCase.open_case", "Suspect.detain", "Suspect.question"]
    assert {p["masked"] for p in page["parties"]} == {True}
    said = eyes.everything(case)
    for secret in (NAME, OTHER, IDENTITY, PHONE, *SECOND):
        assert secret not in said
    assert inspector.post(f"cases/{case}/steps/criminal_case/CriminalCase.transfer", {}, If_Match="*").status_code in {403, 404, 409}
    assert NAME in Eyes(officer, "盗窃", tmp_path).page(case).content.decode(), "whoever handles it reads the name"
    for stranger in (plain, neighbour):
        blind(Eyes(stranger, "盗窃", tmp_path), case)


@pytest.mark.parametrize("role", ["RESIDENT_PROSECUTOR", "MEDIATOR", "INSPECTOR"])
def test_a_role_alone_opens_nothing(tmp_path: Path, role: str) -> None:
    court = asker(organisation(), "FILING_JUDGE")
    case = opens(court, "pre_filing", "PreFiling.receive", {"suit": "ORDINARY", "qualifies": True}, title="无关案件")
    blind(Eyes(asker(organisation("office"), role), "无关案件", tmp_path), case)
