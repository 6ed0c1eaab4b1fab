"""控制台测试 · Accounts made at the console: administrators hold no post, passwords are good ones, and everything is noted."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tianping.casework.access.acting import actor_for
from tianping.casework.models import Account, Organisation, Person, PostRole, SecurityEvent
from tianping.casework.security.console import NewUser, user_add, user_disable, user_password, users
from tianping.casework.security.errors import AlreadyThere, NotTogether, NoUsername, PasswordTooWeak, UnknownRoleCode
from tianping.law.errors import TianpingError

AT = datetime(2026, 5, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
GOOD = "Pingyao-1370-wall"


@pytest.fixture
def office(database: object) -> Organisation:
    return Organisation.objects.create(code=f"con-{uuid4().hex[:8]}", kind="court", zh="院", en="Court")


def test_a_user_has_a_post_with_its_roles_and_signs_in(office: Organisation) -> None:
    name = f"u-{uuid4().hex[:8]}"
    account = user_add(NewUser(name, "李明", office.code, ("FILING_JUDGE", "Roles.CLERK")), password=GOOD, at=AT)
    actor = actor_for(account, at=AT)
    assert (actor.organisation, actor.roles) == (office.pk, frozenset({"Roles.FILING_JUDGE", "Roles.CLERK"}))
    assert Account.objects.get(username=name).check_password(GOOD)
    kinds = list(SecurityEvent.objects.order_by("-id").values_list("kind", flat=True)[:5])
    assert sorted(kinds) == ["account_made", "password_set", "post_made", "role_granted", "role_granted"]
    (row,) = [u for u in users(day=AT.date(), size=1000) if u.username == name]
    assert row.posts == (f"{office.code} (CLERK, FILING_JUDGE)",)
    user_password(name, password=GOOD + "x", at=AT)
    assert Account.objects.get(username=name).check_password(GOOD + "x")
    user_disable(name, at=AT)
    assert actor_for(Account.objects.get(username=name), at=AT).keys == ()
    with pytest.raises(NoUsername):
        user_disable(name, at=AT)


def test_an_administrator_is_nothing_else(office: Organisation) -> None:
    name = f"a-{uuid4().hex[:8]}"
    account = user_add(NewUser(name, "安管", administrator="security"), password=None, at=AT)
    assert (account.administrator, account.has_usable_password()) == ("security", False)


def test_what_will_not_do_leaves_nothing(office: Organisation) -> None:
    there = user_add(NewUser(f"t-{uuid4().hex[:8]}", "在", office.code), password=None, at=AT)
    before = (Account.objects.count(), Person.objects.count(), PostRole.objects.count(), SecurityEvent.objects.count())
    wrong: list[tuple[type[TianpingError], NewUser, str | None]] = [
        (NotTogether, NewUser("x", "", office.code, administrator="audit"), None),
        (NotTogether, NewUser("x", "", "", ("JUDGE",), administrator="audit"), None),
        (NotTogether, NewUser("x", ""), None),
        (NotTogether, NewUser("x", "", administrator="king"), None),
        (AlreadyThere, NewUser(there.username, "", office.code), None),
        (UnknownRoleCode, NewUser("x", "", office.code, ("KING",)), None),
        (NoUsername, NewUser("x", "", "nowhere"), None),
        (PasswordTooWeak, NewUser("x", "", office.code), "12345678"),
    ]
    for error, new, password in wrong:
        with pytest.raises(error):
            user_add(new, password=password, at=AT)
    assert (Account.objects.count(), Person.objects.count(), PostRole.objects.count(), SecurityEvent.objects.count()) == before
