"""速率 · Nobody asks faster than allowed; who does is told when to come back, and others are not kept waiting."""

from __future__ import annotations

import json

from django.test import Client, override_settings

from tests.portal.conftest import FREE, asker, organisation, told


def test_an_account_that_asks_too_fast_is_told_to_wait() -> None:
    org = organisation()
    one, other = asker(org, "CLERK"), asker(org, "CLERK")
    with override_settings(TIANPING_RATES={**FREE, "account": 10}):
        answers = [one.get("me") for _ in range(30)]
        passed = [a for a in answers if a.status_code == 200]
        refused = [a for a in answers if a.status_code == 429]
        assert 10 <= len(passed) <= 16, "ten at once, and one more every six seconds"
        assert len(passed) + len(refused) == 30
        assert refused[0].data["code"] == "OPS-806"
        assert 1 <= int(refused[0].headers["Retry-After"]) <= 6
        assert other.get("me").status_code == 200


def test_signing_in_is_limited_by_where_one_comes_from() -> None:
    body = json.dumps({"username": "nobody", "password": "x"})
    with override_settings(TIANPING_RATES={**FREE, "sign_in": 3}):
        here, there = Client(REMOTE_ADDR="10.7.7.7"), Client(REMOTE_ADDR="10.7.7.8")
        answers = [told(here.post("/api/v1/sign-in", body, content_type="application/json")).status_code for _ in range(6)]
        assert answers[:3] == [401, 401, 401]
        assert answers[-1] == 429
        assert there.post("/api/v1/sign-in", body, content_type="application/json").status_code == 401
        assert here.post("/sign-in", {"username": "nobody", "password": "x"}).status_code == 429, "the page too"


def test_a_forged_address_is_not_believed_and_a_trusted_proxy_is() -> None:
    body = json.dumps({"username": "nobody", "password": "x"})
    with override_settings(TIANPING_RATES={**FREE, "sign_in": 2}, TIANPING_PROXIES=0):
        forged = [Client(REMOTE_ADDR="10.8.8.8", HTTP_X_FORWARDED_FOR=f"9.9.9.{n}") for n in range(5)]
        assert [c.post("/api/v1/sign-in", body, content_type="application/json").status_code for c in forged][-1] == 429
    with override_settings(TIANPING_RATES={**FREE, "sign_in": 2}, TIANPING_PROXIES=1):
        real = [Client(REMOTE_ADDR="10.8.8.8", HTTP_X_FORWARDED_FOR=f"6.6.6.6, 9.9.8.{n}") for n in range(5)]
        assert {c.post("/api/v1/sign-in", body, content_type="application/json").status_code for c in real} == {401}
