"""手机验证码 · Good once, for five minutes, five tries; never kept in the clear; sent through the outbox to a real gateway, or shown in a demo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.test import override_settings

from tests.casework.citizens.conftest import AT, PHONES
from tianping.casework.citizens.errors import NotAPhone, NoTexts
from tianping.casework.citizens.phones import code_sent, phone_of, signed_in
from tianping.casework.models import Citizen, Delivery, Outbox, PhoneCode
from tianping.casework.outbox.dispatch import drain
from tianping.casework.security.errors import BadCode, TooMuch


@pytest.fixture
def demo(database: object) -> Iterator[None]:
    with override_settings(TIANPING_DEMO=True):
        yield


def fresh() -> str:
    return str(next(PHONES))


def test_a_code_opens_once_and_makes_the_citizen_known(demo: None) -> None:
    phone = fresh()
    code = code_sent(phone, at=AT)
    who = signed_in(phone, code, at=AT)
    assert Citizen.objects.get(phone=phone) == who
    with pytest.raises(BadCode):
        signed_in(phone, code, at=AT)
    later = AT + timedelta(minutes=2)
    assert signed_in(phone, code_sent(phone, at=later), at=later) == who


def test_a_code_ends_after_five_minutes_and_five_tries(demo: None) -> None:
    phone = fresh()
    code = code_sent(phone, at=AT)
    with pytest.raises(BadCode):
        signed_in(phone, code, at=AT + timedelta(minutes=5))
    later = AT + timedelta(minutes=6)
    code = code_sent(phone, at=later)
    for _ in range(5):
        with pytest.raises(BadCode):
            signed_in(phone, "000000" if code != "000000" else "111111", at=later)
    with pytest.raises(BadCode):
        signed_in(phone, code, at=later)


def test_one_code_a_minute_and_five_an_hour(demo: None) -> None:
    phone = fresh()
    code_sent(phone, at=AT)
    with pytest.raises(TooMuch):
        code_sent(phone, at=AT + timedelta(seconds=59))
    for n in range(1, 5):
        code_sent(phone, at=AT + timedelta(minutes=n))
    with pytest.raises(TooMuch):
        code_sent(phone, at=AT + timedelta(minutes=6))
    assert code_sent(phone, at=AT + timedelta(minutes=14))


def test_neither_telephone_nor_code_is_kept_in_the_clear(demo: None) -> None:
    phone = fresh()
    code = code_sent(phone, at=AT)
    kept = [bytes(v) for row in PhoneCode.objects.values_list("phone", "digest") for v in row]
    assert not [v for v in kept if phone.encode() in v or code.encode() in v]


def test_without_a_gateway_and_outside_a_demonstration_no_code_is_made(database: object) -> None:
    with override_settings(TIANPING_DEMO=False, TIANPING_SMS_URL=""), pytest.raises(NoTexts):
        code_sent(fresh(), at=AT)


@pytest.mark.parametrize("given", ["", "12345", "23900000001", "139000000011", "1390000000a"])
def test_what_is_no_mobile_number_is_refused(given: str) -> None:
    with pytest.raises(NotAPhone):
        phone_of(given)


def test_a_number_is_read_as_people_write_it() -> None:
    assert phone_of(" +86 139-0000-0001 ") == "13900000001"


# ---- through a real gateway --------------------------------------------------------------------------------------------------------


class Gateway(BaseHTTPRequestHandler):
    """Takes messages, or refuses the first ones."""

    taken: ClassVar[list[tuple[str | None, Any]]] = []
    refuses = 0

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if Gateway.refuses:
            Gateway.refuses -= 1
            self.send_response(503)
        else:
            Gateway.taken.append((self.headers["Authorization"], body))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def gateway(database: object) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = Thread(target=server.serve_forever)
    thread.start()
    Gateway.taken.clear()
    url = f"http://127.0.0.1:{server.server_port}/"
    with override_settings(TIANPING_DEMO=False, TIANPING_SMS_URL=url, TIANPING_SMS_TOKEN="secret"):
        yield
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_code_goes_through_the_outbox_and_is_tried_again(gateway: None) -> None:
    phone = fresh()
    Gateway.refuses = 1
    assert code_sent(phone, at=AT) == ""
    waiting = Outbox.objects.get(done=None)
    assert phone not in json.dumps(waiting.body) and waiting.case_id < 0
    assert drain(at=AT).failed == 1
    assert Delivery.objects.get(outbox=waiting).error.startswith("OPS-887")
    assert drain(at=AT + timedelta(seconds=10)).delivered == 1
    [(token, said)] = Gateway.taken
    assert token == "Bearer secret" and said["to"] == phone
    code = "".join(c for c in said["text"].split("，")[0] if c.isdigit())
    assert signed_in(phone, code, at=AT + timedelta(seconds=20))
    assert phone not in Delivery.objects.get(outbox=waiting, attempt=2).recipient


def test_what_comes_too_late_is_not_sent(gateway: None) -> None:
    code_sent(fresh(), at=AT)
    assert drain(at=AT + timedelta(minutes=6)).delivered == 1
    assert not Gateway.taken and Delivery.objects.order_by("-pk")[0].recipient.endswith("expired")
