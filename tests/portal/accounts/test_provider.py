"""统一身份认证 · Signing in through an OpenID provider that really signs: whom it names is let in, nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
from django.test import Client, override_settings

from tests.portal.accounts.provider import CLIENT, SECRET, Provider, running
from tests.portal.accounts.test_sign_in import code_for
from tests.portal.conftest import account, asker, organisation, told
from tianping.casework.models import SecurityEvent


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as one:
        app = {
            "provider_id": "city",
            "name": "市统一认证",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": one.address, "oauth_pkce_enabled": True},
        }
        with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}):
            yield one


def signed_in(provider: Provider, client: Client, wanted: str = "", **claims: Any) -> Any:
    """Press the button, follow the provider, come back."""
    provider.claims = claims
    shown = client.get("/sign-in", {"next": wanted} if wanted else {}).content.decode()
    assert "市统一认证" in shown
    kept = re.findall(r'<input type="hidden" name="next" value="([^"]*)">', shown)
    out = client.post("/accounts/oidc/city/login/", {"next": unescape(kept[0])} if kept else {})
    assert out.status_code == 302
    assert out.headers["Location"].startswith(f"{provider.address}/authorize?")
    assert "code_challenge=" in out.headers["Location"]
    back = requests.get(out.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def me(client: Client) -> Any:
    return told(client.get("/api/v1/me"))


def test_whom_the_provider_names_is_let_in(provider: Provider) -> None:
    who, client = account(), Client()
    answer = signed_in(provider, client, sub=uuid4().hex, preferred_username=who.username)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/second")
    assert (me(client).data["account"], me(client).data["standing"]) == (who.pk, "set_up")
    assert SecurityEvent.objects.filter(subject=who.pk, kind="signed_in", detail__factors=["provider"]).exists()


def test_two_factors_at_the_provider_are_two_factors(provider: Provider) -> None:
    who, client = account(), Client()
    signed_in(provider, client, sub=uuid4().hex, preferred_username=who.username, amr=["pwd", "mfa"])
    assert me(client).data["standing"] == "whole"


@pytest.mark.parametrize(
    ("roles", "wanted", "place"),
    [
        (["JUDGE"], "", "/desk/"),
        (["COMMITTEE_SUPERVISION"], "", "/centre/"),
        ([], "", "/board/"),
        (["JUDGE"], "/desk/inbox?state=sent&x=1", "/desk/inbox?state=sent&x=1"),
        (["JUDGE"], "https://elsewhere.example/desk/", "/desk/"),
        (["JUDGE"], "//elsewhere.example/", "/desk/"),
        (["JUDGE"], "http://testserver/desk/inbox", "/desk/"),
    ],
)
def test_a_visit_begins_at_the_face_of_the_post_or_at_the_page_that_was_wanted(provider: Provider, roles: list[str], wanted: str, place: str) -> None:
    who, client = asker(organisation(), *roles).account, Client()
    answer = signed_in(provider, client, wanted, sub=uuid4().hex, preferred_username=who.username, amr=["pwd", "mfa"])
    assert (answer.status_code, answer.headers["Location"]) == (302, place)
    if place != "/board/":
        assert client.get(place).status_code == 200


def test_the_second_factor_keeps_the_page_that_was_wanted(provider: Provider) -> None:
    who, client = asker(organisation(), "JUDGE").account, Client()
    answer = signed_in(provider, client, "/desk/search?a=1", sub=uuid4().hex, preferred_username=who.username)
    assert answer.headers["Location"] == "/sign-in/second?next=%2Fdesk%2Fsearch%3Fa%3D1"
    shown = client.get(answer.headers["Location"]).content.decode()
    secret = re.findall(r"<code>([A-Z2-7]{16,})</code>", shown)[0]
    done = client.post(answer.headers["Location"], {"code": code_for(secret)}).content.decode()
    assert 'href="/desk/search?a=1"' in done, "the page of the recovery codes goes on to it"
    assert client.get(answer.headers["Location"]).headers["Location"] == "/desk/search?a=1"


def test_the_same_person_comes_back_by_number_even_under_another_name(provider: Provider) -> None:
    who, sub = account(), uuid4().hex
    signed_in(provider, Client(), sub=sub, preferred_username=who.username)
    client = Client()
    signed_in(provider, client, sub=sub, preferred_username="renamed")
    assert me(client).data["account"] == who.pk


@pytest.mark.parametrize("name", ["nobody-knows", "", None, 7])
def test_somebody_without_an_account_gets_none(provider: Provider, name: object) -> None:
    client = Client()
    answer = signed_in(provider, client, sub=uuid4().hex, preferred_username=name)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?problem=provider")
    assert me(client).status_code == 401
    assert client.get("/sign-in?problem=provider").status_code == 401


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_no_administrator_comes_in_through_a_provider(provider: Provider, kind: str) -> None:
    who, client = account(kind), Client()
    assert signed_in(provider, client, sub=uuid4().hex, preferred_username=who.username).headers["Location"].startswith("/sign-in?problem")
    assert me(client).status_code == 401


def test_a_token_for_somebody_else_and_a_forged_answer_are_refused(provider: Provider) -> None:
    who, client = account(), Client()
    provider.audience = "another-client"
    assert signed_in(provider, client, sub=uuid4().hex, preferred_username=who.username).headers["Location"].startswith("/sign-in?problem")
    assert me(client).status_code == 401
    forged = client.get("/accounts/oidc/city/login/callback/?code=code-0&state=made-up")
    assert forged.headers["Location"].startswith("/sign-in?problem")
    assert me(client).status_code == 401
