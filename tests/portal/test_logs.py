"""日志无个人信息 · Names, identity numbers and telephones planted in cases, and secrets, appear in no log and in no address."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.portal.conftest import PASSWORD, Asker, account, opened
from tianping.casework.models import Party
from tianping.portal.logging import Lines
from tianping.project.settings.logs import LOGGING

CANARIES = ("诸葛金丝雀", "140799199001011234", "13800001234", "canary@example.invalid", PASSWORD)
LOGGERS = ("", "tianping", "django", "django.request", "django.security", "django.db.backends", "axes", "allauth")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, from the lowest level on, as the server writes it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines())
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    levels = {name: logging.getLogger(name).level for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    root.setLevel(before)


def test_canaries_do_not_sing(judge: Asker, written: io.StringIO) -> None:
    name, identity, phone, mail, _ = CANARIES
    case = opened(judge, title=f"{name}诉李四")
    party = Party.objects.create(case_id=case, capacity="APPLICANT", name=name, identity=identity, phone=phone)
    judge.get(f"cases/{case}")
    judge.post("search", {"words": name})
    shown = judge.post(f"cases/{case}/parties/{party.pk}/reveal", {"reason": f"核对{name}"})
    assert shown.data["identity"] == identity, "it is revealed to who asks, and to no log"
    judge.get(f"nowhere/{name}/{phone}?q={identity}")
    judge.get(f"cases?stage={mail}")
    judge.post(f"cases/{case}/steps/pre_filing/PreFiling.file", {"facts": {"qualifies": name, identity: phone}}, If_Match="*")
    judge.post("procedures/pre_filing/cases/PreFiling.receive", {"title": name, "happened": identity})
    who = account()
    who.set_password(PASSWORD)
    who.save()
    for given in (PASSWORD, phone):
        Client().post("/api/v1/sign-in", json.dumps({"username": who.username, "password": given}), content_type="application/json")
        Client().post("/api/v1/sign-in", json.dumps({"username": given, "password": given}), content_type="application/json")
        Client().post("/sign-in", {"username": name, "password": given})
    logging.getLogger("tianping.anything").error("broken", exc_info=ValueError(f"Key (name)=({name}) already exists"))
    logging.getLogger("some.library").error(f"no template: {name}")
    logging.getLogger("some.library").error("with values: %s", name)
    lines = written.getvalue()
    assert len(lines.splitlines()) > 10
    for canary in (*CANARIES, judge.secret, who.username):
        assert canary not in lines, canary
        assert json.dumps(canary)[1:-1] not in lines, canary


def test_every_line_is_one_object_whatever_is_logged() -> None:
    record = logging.LogRecord("tianping.x", logging.INFO, "f.py", 1, 'a\nforged {"level": "info"}', None, None)
    line = Lines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"].startswith("a\n")
    assert datetime.fromisoformat(json.loads(line)["time"]).tzinfo == UTC


def test_only_the_handler_without_personal_data_is_set() -> None:
    assert LOGGING["handlers"] == {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}}
    assert LOGGING["formatters"]["lines"]["()"] == "tianping.portal.logging.Lines"
