"""窗口核验 · A clerk binds the identity of a card to the telephone of who stands before him: by whom, when, why; withdrawn where it was wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.casework.conftest import actor_of
from tests.portal.citizen.conftest import Visitor
from tests.portal.conftest import organisation
from tests.portal.desk.conftest import Seat, seat, text_of
from tianping.casework.engine.writers import NewCase, NewParty, case_open
from tianping.casework.models import Change, Citizen, Outbox, Party, SecurityEvent
from tianping.law.identifiers.residents import check_character

PHONES = count(15_600_000_001)
HERE = "/desk/identity"


def number_of(n: int) -> str:
    first = f"14079919900101{n % 1000:03d}"
    return first + check_character(first)


@pytest.fixture(autouse=True)
def _demo() -> Iterator[None]:
    with override_settings(TIANPING_DEMO=True):
        yield


@pytest.fixture
def clerk(database: object) -> Seat:
    return seat(organisation("court_basic"), "WINDOW_CLERK")


def code_of(clerk: Seat, phone: str) -> str:
    found = re.search(r"核验码是 (\d{6})", clerk.post(HERE, {"phone": phone, "send": "1"}, 200).text)
    assert found
    return found[1]


def bound(clerk: Seat, phone: str, n: int, name: str = "王示例", **more: str) -> None:
    card = {"phone": phone, "code": code_of(clerk, phone), "card": "RESIDENT", "name": name, "number": number_of(n), "reason": "网上立案", **more}
    assert clerk.post(HERE, card).headers["Location"] == HERE


def test_a_check_binds_and_says_who_when_why(clerk: Seat) -> None:
    phone = str(next(PHONES))
    bound(clerk, phone, 11)
    citizen = Citizen.objects.get(phone=phone)
    assert (citizen.name, citizen.identity, citizen.identified_by) == ("王示例", number_of(11), "counter")
    row = Change.objects.get(act="citizen.identified", subject=citizen.account)
    assert (row.account, row.organisation, row.reason) == (clerk.account.username, clerk.organisation.pk, "网上立案")
    assert row.body == {"by": "counter", "card": "RESIDENT"}
    event = SecurityEvent.objects.get(kind="identified", subject=citizen.pk)
    assert (event.actor, event.detail) == (clerk.account.pk, {"organisation": clerk.organisation.pk, "card": "RESIDENT"})
    page = text_of(clerk.get(HERE))
    assert "已核验：王某某" in page and "网上立案" in page and phone not in page and number_of(11) not in page


def test_without_the_service_a_city_runs_by_its_counters(clerk: Seat) -> None:
    """Outside a demonstration, no service of identities: the citizen is told the way, the clerk binds, and the citizen may act."""
    visitor = Visitor()
    visitor.enters()
    with override_settings(TIANPING_DEMO=False, TIANPING_IDENTITY_URL="", TIANPING_SMS_URL="http://127.0.0.1:9/"):
        page = visitor.get("/my/identity")
        assert "请到窗口核验一次" in page and 'name="number"' not in page
        before = Outbox.objects.filter(topic="text").count()
        assert not re.search(r"核验码是 \d{6}", clerk.post(HERE, {"phone": visitor.phone, "send": "1"}, 200).text)
        assert Outbox.objects.filter(topic="text").count() == before + 1
    with override_settings(TIANPING_DEMO=True):
        other = str(next(PHONES))
        bound(clerk, other, 12)
    assert Citizen.objects.get(phone=other).identified is not None


def test_the_code_of_the_counter_signs_nobody_in_and_the_other_way_round(clerk: Seat) -> None:
    visitor = Visitor()
    phone = visitor.phone = str(next(PHONES))
    code = code_of(clerk, phone)
    assert visitor.post("/enter", phone=phone, code=code).status_code == 401
    found = re.search(r"验证码是 (\d{6})", visitor.post("/enter", phone=phone).content.decode())
    assert found
    card = {"phone": phone, "card": "RESIDENT", "name": "王示例", "number": number_of(13), "reason": "网上立案"}
    refused = clerk.post(HERE, card | {"code": found[1] if found[1] != code else "000000"}, 401)
    assert "OPS-805" in refused.text or "验证码" in refused.text
    assert not Citizen.objects.filter(phone=phone, identified__isnull=False).exists()
    assert clerk.post(HERE, card | {"code": code}).status_code == 302, "a slip costs a try, not the code"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"number": "140799199001010010"}, "校验码"), ({"name": "王"}, "2至80字"), ({"reason": ""}, "写明为何事"), ({"card": "PASSPORT"}, "请选一项")],
)
def test_what_will_not_do_is_said_and_nothing_typed_is_lost(clerk: Seat, wrong: dict[str, str], words: str) -> None:
    phone = str(next(PHONES))
    card = {"phone": phone, "code": code_of(clerk, phone), "card": "RESIDENT", "name": "王示例", "number": number_of(14), "reason": "网上立案"}
    answer = clerk.post(HERE, card | wrong, 409)
    assert words in answer.text and f'value="{phone}"' in answer.text
    assert clerk.post(HERE, card).status_code == 302


def test_a_telephone_of_another_person_is_not_bound_again(clerk: Seat) -> None:
    phone = str(next(PHONES))
    bound(clerk, phone, 15)
    card = {"phone": phone, "card": "RESIDENT", "name": "李四", "number": number_of(16), "reason": "网上立案"}
    from tianping.casework.citizens import phones  # noqa: PLC0415

    code = phones.code_sent(phone, at=datetime.now(UTC).replace(year=2099), purpose=phones.COUNTER)
    answer = clerk.post(HERE, card | {"code": code}, 409)
    assert "另一人的身份" in answer.text
    assert Citizen.objects.get(phone=phone).identity == number_of(15)


def test_a_case_that_names_the_number_opens_and_closes_with_the_check(clerk: Seat) -> None:
    visitor, n = Visitor(), 17
    visitor.enters()
    judge = actor_of(clerk.organisation, "FILING_JUDGE")
    parties = (NewParty("王示例", "Roles.APPLICANT", "person", number_of(n), visitor.phone), NewParty("李四", "Roles.OPPONENT"))
    new = NewCase("王示例与李四", clerk.organisation.pk, keys=judge.keys, parties=parties)
    case = case_open(procedure="online_mediation", step="push", actor=judge, at=datetime.now(UTC), new=new, facts={"origin": "DELEGATED"}).case_id
    assert visitor.client.get(f"/my/cases/{case}").status_code == 404
    bound(clerk, visitor.phone, n)
    assert visitor.client.get(f"/my/cases/{case}").status_code == 200
    elsewhere = seat(organisation("court_basic"), "WINDOW_CLERK")
    row = Change.objects.get(act="citizen.identified", subject=visitor.citizen.account)
    elsewhere.post(f"{HERE}/{row.pk}/withdraw", {"reason": "看错了证件"}, 404)
    clerk.post(f"{HERE}/{row.pk}/withdraw", {"reason": ""}, 409)
    clerk.post(f"{HERE}/{row.pk}/withdraw", {"reason": "看错了证件"})
    assert visitor.citizen.identified is None and not Party.objects.filter(case_id=case, citizen__isnull=False).exists()
    assert visitor.client.get(f"/my/cases/{case}").status_code == 404
    assert "撤销核验" in clerk.get(HERE) and f"/{row.pk}/withdraw" not in clerk.get(HERE)
    clerk.post(f"{HERE}/{row.pk}/withdraw", {"reason": "再来一次"}, 404)


def test_only_posts_at_a_counter_have_it(clerk: Seat) -> None:
    judge = seat(clerk.organisation, "JUDGE")
    assert HERE not in judge.get("/desk/")
    assert "不核对身份证件" in judge.get(HERE, 403)
    judge.post(HERE, {"phone": str(next(PHONES)), "send": "1"}, 403)
    judge.post(f"{HERE}/1/withdraw", {"reason": "无"}, 403)
    assert HERE in clerk.get("/desk/")


def test_the_list_is_paged_and_asks_as_often_for_many(clerk: Seat) -> None:
    counts = []
    for some in (2, 22):
        for _ in range(some):
            bound(clerk, str(next(PHONES)), 20)
        clerk.get(HERE)
        with CaptureQueriesContext(connection) as asked:
            page = clerk.get(HERE)
        counts.append(len(asked))
    assert counts[0] == counts[1] and page.count("/withdraw") == 20
    after = re.search(r"\?before=(\d+)#checks", page)
    assert after and clerk.get(f"{HERE}?before={after[1]}").count("/withdraw") == 4
