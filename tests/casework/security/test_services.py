"""安全 · Tokens, codes, allowances and the three administrators on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from tianping.casework.models import Account, Organisation, Person, SecurityEvent, Token
from tianping.casework.people.errors import Overlapping
from tianping.casework.security import administration as admin
from tianping.casework.security.administration import By
from tianping.casework.security.allowances import Rate, spend, swept
from tianping.casework.security.audit import Kind, noted
from tianping.casework.security.codes import TRIES, code_make, code_use
from tianping.casework.security.errors import AlreadyThere, BadCode, NoSuchAccount, NotThisAdministrator, NotTogether, TooMuch
from tianping.casework.security.tokens import token_make, token_of, token_revoke, tokens
from tianping.law.text import T

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


def somebody(administrator: str = "") -> Account:
    return Account.objects.create_user(f"u-{uuid4().hex[:12]}", None, person=Person.objects.create(name="示例"), administrator=administrator)


def test_a_token_is_known_by_its_digest_until_it_ends(database: object) -> None:
    account = somebody()
    token, secret = token_make(account, name="脚本", scopes=("read",), lasts=timedelta(days=1), at=AT, address="10.0.0.1")
    assert secret.encode() not in bytes(Token.objects.get(pk=token.pk).digest)
    assert token_of(secret, at=AT) == token
    assert [t.pk for t in tokens(account, at=AT)] == [token.pk]
    for wrong in ("", "tp_", secret + "x", secret[:-1], "tp_\ud800"):
        assert token_of(wrong, at=AT) is None
    assert token_of(secret, at=AT + timedelta(days=1)) is None
    with pytest.raises(NoSuchAccount):
        token_revoke(token.pk, by=somebody(), at=AT, address=None)
    token_revoke(token.pk, by=account, at=AT, address=None)
    assert token_of(secret, at=AT) is None
    kinds = list(SecurityEvent.objects.filter(subject=account.pk).order_by("id").values_list("kind", flat=True))
    assert kinds == [Kind.TOKEN_MADE.value, Kind.TOKEN_REVOKED.value]


def test_the_token_of_a_closed_account_is_no_longer_good(database: object) -> None:
    account = somebody()
    _, secret = token_make(account, name="x", scopes=("read",), lasts=timedelta(days=1), at=AT, address=None)
    admin.account_close(By(somebody("system"), AT), account=account.pk)
    assert token_of(secret, at=AT) is None


def test_a_code_is_good_once_and_not_guessed(database: object) -> None:
    account = somebody()
    code = code_make(account, "sign_in", by=None, at=AT, address=None)
    wrong = "0" * 8 if code != "0" * 8 else "1" * 8
    for _ in range(TRIES - 1):
        with pytest.raises(BadCode):
            code_use(account, "sign_in", wrong, at=AT)
    code_use(account, "sign_in", code, at=AT)
    with pytest.raises(BadCode):
        code_use(account, "sign_in", code, at=AT)
    code = code_make(account, "sign_in", by=None, at=AT, address=None)
    for _ in range(TRIES):
        with pytest.raises(BadCode):
            code_use(account, "sign_in", wrong if wrong != code else "2" * 8, at=AT)
    with pytest.raises(BadCode):
        code_use(account, "sign_in", code, at=AT)
    late = code_make(account, "sign_in", by=None, at=AT, address=None)
    with pytest.raises(BadCode):
        code_use(account, "sign_in", late, at=AT + timedelta(minutes=6))


def test_an_allowance_lets_as_many_pass_as_it_says_and_fills_again(database: object) -> None:
    key, rate = f"test:{uuid4()}", Rate(30)
    for _ in range(30):
        spend(key, rate, at=AT)
    with pytest.raises(TooMuch) as told:
        spend(key, rate, at=AT)
    wait = told.value.values["seconds"]
    assert wait == 2
    spend(key, rate, at=AT + timedelta(seconds=2))
    with pytest.raises(TooMuch):
        spend(key, rate, at=AT + timedelta(seconds=2))
    passed = 0
    for n in range(600):  # ten times as fast as allowed, for a minute
        try:
            spend(key, rate, at=AT + timedelta(minutes=10, milliseconds=100 * n))
            passed += 1
        except TooMuch:
            pass
    assert passed <= 30 + 30
    assert swept(at=AT + timedelta(days=1)) >= 1


@pytest.mark.parametrize("kind", ["", "system", "security", "audit"])
def test_no_administrator_does_what_is_another_ones(database: object, kind: str) -> None:
    by, other = By(somebody(kind), AT), somebody()
    org = Organisation.objects.create(code=f"o-{uuid4().hex[:8]}", kind="court", zh="院", en="Court")
    post = admin.post_create(
        By(somebody("system"), AT), account=other.pk, organisation=org.pk, title=T("法官", "Judge"), valid_from=AT.date(), valid_to=None
    )
    acts: dict[str, list[Callable[[], object]]] = {
        "system": [
            lambda: admin.account_create(by, username=f"n-{uuid4().hex[:8]}", name="示"),
            lambda: admin.organisation_create(by, code=f"n-{uuid4().hex[:8]}", kind="court", zh="院", en="Court", parent=org.pk),
            lambda: admin.post_create(by, account=other.pk, organisation=org.pk, title=T("员", "Clerk"), valid_from=AT.date(), valid_to=None),
            lambda: admin.account_close(by, account=somebody().pk),
        ],
        "security": [
            lambda: admin.role_grant(by, post=post.pk, role="Roles.JUDGE", valid_from=AT.date(), valid_to=None),
            lambda: admin.enrolment_code(by, account=other.pk),
        ],
        "audit": [lambda: admin.audit_log(by, before=None, size=5)],
    }
    for whose, calls in acts.items():
        for call in calls:
            if whose == kind:
                call()
                continue
            before = SecurityEvent.objects.count()
            with pytest.raises(NotThisAdministrator):
                call()
            assert SecurityEvent.objects.count() == before


def test_a_role_is_granted_once_and_ended_and_nobody_is_two_things(database: object) -> None:
    system, security = By(somebody("system"), AT), By(somebody("security"), AT)
    account = admin.account_create(system, username=f"n-{uuid4().hex[:8]}", name="示例")
    with pytest.raises(AlreadyThere):
        admin.account_create(system, username=account.username, name="示例")
    org = admin.organisation_create(system, code=f"n-{uuid4().hex[:8]}", kind="court", zh="院", en="Court", parent=None)
    assert Organisation.objects.get(pk=org.pk).path == f"/{org.pk}/"
    post = admin.post_create(system, account=account.pk, organisation=org.pk, title=T("法官", "Judge"), valid_from=AT.date(), valid_to=None)
    grant = admin.role_grant(security, post=post.pk, role="Roles.JUDGE", valid_from=AT.date(), valid_to=None)
    with pytest.raises(Overlapping):
        admin.role_grant(security, post=post.pk, role="Roles.JUDGE", valid_from=AT.date(), valid_to=None)
    admin.role_end(security, grant=grant.pk, last=date(2026, 3, 3))
    with pytest.raises(NotTogether):
        other = somebody("audit")
        admin.post_create(system, account=other.pk, organisation=org.pk, title=T("法官", "Judge"), valid_from=AT.date(), valid_to=None)
    one = somebody("system")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user(f"u-{uuid4().hex[:8]}", None, person=one.person, administrator="audit")


def test_the_database_refuses_to_change_the_security_log(database: object) -> None:
    noted(Kind.DENIED, at=AT, actor=None, subject=1)
    for statement in ("update casework_securityevent set kind = 'x'", "delete from casework_securityevent", "truncate casework_securityevent"):
        with pytest.raises(Exception, match=r"permission denied|append-only"), connection.cursor() as cursor:
            cursor.execute(statement)
    name = connection.settings_dict["NAME"]
    with psycopg.connect(database.owner_dsn(name), autocommit=True) as owner:  # type: ignore[attr-defined]
        for statement in ("update casework_securityevent set kind = 'x'", "delete from casework_securityevent", "truncate casework_securityevent"):
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(statement)
