"""登录 · Password, lock-out, second factor, recovery codes, enrolment, sessions and tokens; each leaves its row in the security log."""

from __future__ import annotations

import json
import re
import time
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory, override_settings

from tests.portal.conftest import PASSWORD, Asker, account, organisation, secret_of, told
from tianping.casework.models import Account, SecurityEvent, Token
from tianping.casework.security.audit import Kind
from tianping.project.encrypted import as_set


def person(*, replay: bool = False, administrator: str = "") -> Account:
    who = account(administrator, replay=replay)
    who.set_password(PASSWORD)
    who.save()
    return who


def ask(client: Client, path: str, body: object, method: str = "POST", **headers: str) -> Any:
    kind = {"content_type": "application/json", "headers": {k.replace("_", "-"): v for k, v in headers.items()}}
    return told(client.generic(method, f"/api/v1/{path}", json.dumps(body), **kind))  # type: ignore[arg-type]


def kinds(who: Account) -> list[str]:
    return list(SecurityEvent.objects.filter(subject=who.pk).order_by("id").values_list("kind", flat=True))


def code_for(secret: str, ahead: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def in_whole(who: Account) -> tuple[Client, str, list[str]]:
    """Signed in with both factors: the client, the app's secret, the recovery codes."""
    client = Client()
    assert ask(client, "sign-in", {"username": who.username, "password": PASSWORD}).data["standing"] == "set_up"
    secret = ask(client, "me/app", {}).data["secret"]
    codes = ask(client, "me/app/confirm", {"code": code_for(secret)}).data["codes"]
    return client, secret, codes


def test_one_factor_is_not_enough_where_two_are_asked_for() -> None:
    who, client = person(), Client()
    signed = ask(client, "sign-in", {"username": who.username, "password": PASSWORD})
    assert (signed.status_code, signed.data["standing"]) == (200, "set_up")
    refused = ask(client, "cases", None, "GET")
    assert (refused.status_code, refused.data["code"]) == (403, "POR-013")
    secret = ask(client, "me/app", {}).data["secret"]
    assert ask(client, "me/app/confirm", {"code": "000000"}).status_code == 401
    assert len(ask(client, "me/app/confirm", {"code": code_for(secret)}).data["codes"]) >= 8
    assert ask(client, "cases", None, "GET").status_code == 200
    assert kinds(who) == [Kind.SIGNED_IN.value, Kind.SECOND_FACTOR_SET.value]


def test_the_secret_of_an_app_is_encrypted_at_rest() -> None:
    who = person()
    _, secret, codes = in_whole(who)
    kept = json.dumps(list(Authenticator.objects.filter(user_id=who.pk).values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_a_code_of_the_app_or_a_recovery_code_opens_once() -> None:
    who = person()
    _, secret, codes = in_whole(who)
    client = Client()
    assert ask(client, "sign-in", {"username": who.username, "password": PASSWORD}).data["standing"] == "code"
    assert ask(client, "me/app", {}).status_code == 200
    assert ask(client, "me/app/confirm", {"code": code_for(secret)}).status_code == 401, "an app is not replaced by who has only a password"
    assert ask(client, "sign-in/second", {"code": codes[0]}).data["standing"] == "whole"
    again = Client()
    ask(again, "sign-in", {"username": who.username, "password": PASSWORD})
    assert ask(again, "sign-in/second", {"code": codes[0]}).status_code == 401
    now = code_for(secret)
    assert ask(again, "sign-in/second", {"code": now}).data["standing"] == "whole"
    third = Client()
    ask(third, "sign-in", {"username": who.username, "password": PASSWORD})
    assert ask(third, "sign-in/second", {"code": now}).status_code == 401, "a code is not used twice"


def test_second_factors_are_not_guessed() -> None:
    who = person()
    in_whole(who)
    client = Client()
    ask(client, "sign-in", {"username": who.username, "password": PASSWORD})
    answers = [ask(client, "sign-in/second", {"code": "000000"}).status_code for _ in range(8)]
    assert answers[-1] == 429
    assert set(answers) == {401, 429}


def test_too_many_failures_lock_that_address_out_and_no_other() -> None:
    who, client = person(), Client()
    for _ in range(5):
        assert ask(client, "sign-in", {"username": who.username, "password": "wrong"}).status_code in (401, 403)
    locked = ask(client, "sign-in", {"username": who.username, "password": PASSWORD})
    assert (locked.status_code, locked.data["code"]) == (403, "POR-012")
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert ask(elsewhere, "sign-in", {"username": who.username, "password": PASSWORD}).status_code == 200, "nobody is locked out from afar"
    assert ask(Client(HTTP_X_FORWARDED_FOR="10.9.9.9"), "sign-in", {"username": who.username, "password": PASSWORD}).status_code == 403, (
        "a header nobody vouches for"
    )
    assert {Kind.SIGN_IN_FAILED.value, Kind.LOCKED_OUT.value} <= set(kinds(who))
    security = Asker(account("security"), organisation(), "")
    security.secret = secret_of(security.account)
    assert security.post(f"admin/accounts/{who.pk}/unlock").status_code == 204
    assert ask(client, "sign-in", {"username": who.username, "password": PASSWORD}).status_code == 200


def test_unknown_account_and_wrong_password_are_told_alike() -> None:
    who = person()
    wrong = ask(Client(), "sign-in", {"username": who.username, "password": "wrong"})
    unknown = ask(Client(), "sign-in", {"username": f"nobody-{uuid4().hex}", "password": "wrong"})
    assert {**wrong.data, "instance": ""} == {**unknown.data, "instance": ""}
    assert wrong.status_code == unknown.status_code == 401


def test_a_new_account_is_enrolled_by_two_administrators_and_its_person() -> None:
    system, security = (Asker(account(k), organisation(), "") for k in ("system", "security"))
    for one in (system, security):
        one.secret = secret_of(one.account)
    name = f"new-{uuid4().hex[:8]}"
    number = system.post("admin/accounts", {"username": name, "name": "新示例"}).data["id"]
    assert system.post(f"admin/accounts/{number}/code").status_code == 403
    code = security.post(f"admin/accounts/{number}/code").data["code"]
    for weak in ("short", "password1234", "12345678901234", name + "1"):
        answer = ask(Client(), "sign-in/enrol", {"username": name, "code": code, "password": weak})
        assert (answer.status_code, answer.data["code"]) == (409, "POR-014")
    assert ask(Client(), "sign-in/enrol", {"username": name, "code": "00000000", "password": PASSWORD}).status_code == 401
    assert ask(Client(), "sign-in/enrol", {"username": name, "code": code, "password": PASSWORD}).status_code == 204
    assert ask(Client(), "sign-in/enrol", {"username": name, "code": code, "password": PASSWORD}).status_code == 401
    assert ask(Client(), "sign-in", {"username": name, "password": PASSWORD}).status_code == 200


def test_a_token_is_made_by_a_session_only_and_shown_once() -> None:
    who = person()
    client, _, _ = in_whole(who)
    made = ask(client, "me/tokens", {"name": "脚本", "scopes": ["read"], "days": 1})
    assert made.status_code == 201
    secret = made.data["secret"]
    token = Asker(who, organisation(), secret)
    assert token.get("me").status_code == 200
    assert token.post("me/tokens", {"name": "x", "scopes": ["write"]}).status_code == 401, "no token makes another"
    assert token.post("procedures/pre_filing/cases/PreFiling.receive", {"title": "x"}).data["code"] == "POR-002"
    assert secret not in ask(client, "me/tokens", None, "GET").content.decode()
    assert secret.encode() not in b"".join(bytes(d) for d in Token.objects.values_list("digest", flat=True))
    assert ask(client, f"me/tokens/{made.data['id']}", None, "DELETE").status_code == 204
    assert token.get("me").status_code == 401


def test_an_idle_session_ends_and_csrf_is_asked_for() -> None:
    who = person()
    client, _, _ = in_whole(who)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    body = {"words": "李四"}
    refused = ask(strict, "search", body)
    assert (refused.status_code, refused.data["code"]) == (403, "POR-002")
    csrf = ask(strict, "me", None, "GET").data["csrf"]
    assert ask(strict, "search", body, X_CSRFToken=csrf).status_code == 200
    with override_settings(TIANPING_SESSION_IDLE=-1):
        assert ask(client, "me", None, "GET").status_code == 401
    assert ask(client, "me", None, "GET").status_code == 401, "it ended"


def test_signing_in_changes_the_session_key_and_signing_out_ends_it() -> None:
    who = person()
    client, _, _ = in_whole(who)
    before = client.cookies["tianping_session"].value
    assert ask(client, "sign-out", {}).status_code == 204
    client.cookies["tianping_session"] = before
    assert ask(client, "me", None, "GET").status_code == 401
    assert kinds(who)[-1] == Kind.SIGNED_OUT.value


def test_codes_are_shown_in_a_demonstration_and_of_its_people_only() -> None:
    sample, real = person(replay=True), person()
    assert ask(Client(), "sign-in/code", {"username": sample.username}).status_code == 404
    with override_settings(TIANPING_DEMO=True, TIANPING_SECOND_FACTOR=False):
        assert ask(Client(), "sign-in/code", {"username": real.username}).status_code == 401
        code = ask(Client(), "sign-in/code", {"username": sample.username}).data["code"]
        client = Client()
        signed = ask(client, "sign-in/with-code", {"username": sample.username, "code": code})
        assert (signed.status_code, signed.data["standing"]) == (200, "whole")
        assert ask(Client(), "sign-in/with-code", {"username": sample.username, "code": code}).status_code == 401
    assert ask(Client(), "sign-in/with-code", {"username": sample.username, "code": code}).status_code == 404


@pytest.mark.parametrize(("lang", "word"), [("zh", "登录"), ("en", "Sign in")])
def test_the_page_works_without_script(lang: str, word: str) -> None:
    who = person()
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/sign-in?lang={lang}")
    text = page.content.decode()
    assert word in text
    assert not any(bad in text for bad in ("<script>", "style=", "onclick"))
    token = client.cookies["tianping_csrf"].value
    form = {"username": who.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/sign-in", {**form, "csrfmiddlewaretoken": "x"}).status_code == 403
    wrong = client.post(f"/sign-in?lang={lang}", {**form, "password": "wrong"})
    assert wrong.status_code == 401
    assert client.post("/sign-in", form).headers["Location"] == "/sign-in/second"
    second = client.get("/sign-in/second")
    secret = second.content.decode().split("<code>")[1].split("</code>")[0]
    token = client.cookies["tianping_csrf"].value
    done = client.post("/sign-in/second", {"code": code_for(secret), "csrfmiddlewaretoken": token})
    assert done.content.decode().count("<li><code>") >= 8
    assert client.get("/sign-in/second").headers["Location"] == "/"
    out = client.post("/sign-out", {"csrfmiddlewaretoken": client.cookies["tianping_csrf"].value})
    assert out.headers["Location"] == "/sign-in"
    assert client.get("/sign-in/second").headers["Location"] == "/sign-in"


@pytest.mark.parametrize(("https", "status"), [("0", 403), ("1", 302)])
def test_a_form_that_a_browser_sends_over_https_is_taken(monkeypatch: pytest.MonkeyPatch, https: str, status: int) -> None:
    monkeypatch.setenv("TIANPING_HTTPS", https)
    who, client = person(), Client()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/sign-in").content.decode())[0]
    form = {"username": who.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    headers = {"origin": "https://testserver", "host": "testserver", "referer": "https://testserver/sign-in"}
    asked = RequestFactory().post("/sign-in", form, headers={**headers, "cookie": f"tianping_csrf={client.cookies['tianping_csrf'].value}"})
    answered: list[tuple[str, dict[str, str]]] = []
    as_set(WSGIHandler())(asked.environ, lambda status, headers: answered.append((status, dict(headers))))
    assert int(answered[0][0].split()[0]) == status, "a proxy holds the certificate: the application itself is asked without"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_elsewhere_after_signing_in(wanted: str) -> None:
    who = person(replay=True)
    with override_settings(TIANPING_DEMO=True, TIANPING_SECOND_FACTOR=False):
        client = Client()
        code = ask(client, "sign-in/code", {"username": who.username}).data["code"]
        answer = client.post(f"/sign-in?next={quote(wanted)}", {"username": who.username, "code": code})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/board/"), "the first face that somebody without a post may open"
