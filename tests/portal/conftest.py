"""门户夹具 · Accounts with posts, roles and tokens in institutions of their own, and a way to ask the API as one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings

from tests.portal.hashing import QUICK
from tianping.casework.access.keys import make_keys
from tianping.casework.database.embedded import Embedded
from tianping.casework.models import Account, Organisation, Person, Post, PostRole
from tianping.casework.security.administration import ROLES
from tianping.casework.security.tokens import token_make
from tianping.portal.api.urls import the_api

FREE = {"account": 1_000_000, "address": 1_000_000, "sign_in": 1_000_000}
"""Rates that no test meets unless it wants to."""
PASSWORD = "a rather long passphrase 1"


@dataclass
class Asker:
    """提问者 · Somebody who asks the API with a personal token."""

    account: Account
    organisation: Organisation
    secret: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The answer, with ``.data`` where it is JSON."""
        more: dict[str, Any] = {"headers": {"Authorization": f"Bearer {self.secret}", **{k.replace("_", "-"): v for k, v in headers.items()}}}
        if body is not None:
            more |= {"data": json.dumps(body), "content_type": "application/json"}
        return told(self.client.generic(method, path if path.startswith("/") else f"/api/v1/{path}", **more))

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        """POST, with a key of its own where none is given."""
        return self("POST", path, {} if body is None else body, **{"Idempotency_Key": str(uuid4()), **headers})


def told(answer: Any) -> Any:
    """An answer with its JSON beside it."""
    kind = answer.headers.get("Content-Type", "")
    answer.data = json.loads(answer.content) if "json" in kind else None
    return answer


def organisation(kind: str = "court", parent: Organisation | None = None) -> Organisation:
    code = f"{kind}-{uuid4().hex[:10]}"
    row = Organisation.objects.create(
        code=code, kind=kind, zh="试点机构", en="Pilot body", court_code=f"晋{code[-6:]}" if kind == "court" else "", parent=parent
    )
    Organisation.objects.filter(pk=row.pk).update(path=f"{parent.path if parent else '/'}{row.pk}/")
    make_keys([row.pk])
    row.refresh_from_db()
    return row


def account(administrator: str = "", *, replay: bool = False, name: str = "王示例") -> Account:
    return Account.objects.create_user(
        f"u-{uuid4().hex[:12]}", None, person=Person.objects.create(name=name), administrator=administrator, replay=replay
    )


def asker(org: Organisation, *roles: str, scopes: tuple[str, ...] = ("read", "write"), who: Account | None = None) -> Asker:
    """Somebody with a post and roles in an institution (all roles: ``*``)."""
    who = who or account()
    assert who.person is not None
    post = Post.objects.create(person=who.person, organisation=org, zh="岗位", en="Post", valid_from=date(2020, 1, 1))
    codes = list(ROLES) if "*" in roles else [f"Roles.{r}" for r in roles]
    PostRole.objects.bulk_create([PostRole(post=post, role=r, valid_from=date(2020, 1, 1)) for r in codes])
    return Asker(who, org, secret_of(who, scopes))


def secret_of(who: Account, scopes: tuple[str, ...] = ("read", "write")) -> str:
    return token_make(who, name="测试", scopes=scopes, lasts=timedelta(days=1), at=datetime.now(UTC), address=None)[1]


@pytest.fixture(autouse=True)
def _free(database: Embedded) -> Iterator[None]:
    with override_settings(TIANPING_RATES=FREE, PASSWORD_HASHERS=QUICK):
        yield
    connections["default"].close()


@pytest.fixture(scope="session", autouse=True)
def _ready() -> None:
    """The API is made once, before anything is measured or tried; a client, of which each test makes some, need not list the static files first."""
    assert the_api().urls
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def judge() -> Asker:
    return asker(organisation(), "FILING_JUDGE", "CLERK", "JUDGE")


def opened(by: Asker, **more: Any) -> int:
    """A case of the filing of a suit."""
    body = {"title": "张三诉李四买卖合同纠纷", "facts": {"suit": "ORDINARY", "qualifies": True}, **more}
    answer = by.post("procedures/pre_filing/cases/PreFiling.receive", body)
    assert answer.status_code == 201, answer.content.decode()
    case: int = answer.data["case"]
    return case
