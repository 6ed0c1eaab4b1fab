"""对外通报 · A digest without personal data reaches a robot that checks the signature, refuses what is wrong or too much; every attempt stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from django.test import override_settings

from tests.casework.watch.conftest import AT, Bureau, bureau, seized
from tianping.casework.alarms.channels import BadRobots, NotTaken, Robot, robots
from tianping.casework.alarms.digest import digest_make
from tianping.casework.alarms.postings import postings, postings_make, postings_send
from tianping.casework.alarms.receiver import Receiver, listening
from tianping.casework.alarms.robots import signature
from tianping.casework.alarms.scan import scan
from tianping.casework.alarms.summaries import summaries_make
from tianping.casework.models import Digest, Notice, Organisation, Posting, PostingTry
from tianping.casework.moments import local

__all__ = ["bureau"]
SECRET, TOKEN = "SECabc123", "tokenxyz"


@dataclass
class Received(Receiver):
    """机器人 · The receiver of a demonstration, which can be down and whose clock can be set."""

    down: bool = False
    at: datetime = AT
    address: str = ""

    def answer(self, path: str, body: bytes) -> tuple[int, int]:
        """(status, errcode)."""
        return (503, 0) if self.down else super().answer(path, body)

    @property
    def texts(self) -> list[str]:
        """What it took."""
        return [text for _, text in self.taken]


@pytest.fixture
def robot() -> Iterator[Received]:
    """A real server on this machine that speaks the robot's signed protocol."""
    received = Received(SECRET, TOKEN, lambda: received.at)
    with listening(received) as received.address:
        yield received


@pytest.fixture
def told(bureau: Bureau, robot: Received, tmp_path: Path) -> Iterator[Received]:
    """The robot of the bureau, in a file of robots."""
    file = tmp_path / "robots.toml"
    file.write_text(
        f'[[robot]]\nname = "yuci"\norganisation = "{bureau.bureau.code}"\nurl = "dingtalk://{SECRET}@{TOKEN}"\nkinds = ["alarm"]\n'
        f'gateway = "{robot.address}"\nlink = "http://127.0.0.1/centre/"\n',
        "utf-8",
    )
    PostingTry.objects.all().delete()
    Posting.objects.all().delete()
    with override_settings(TIANPING_ROBOTS=str(file)):
        yield robot


def test_a_digest_reaches_the_robot_without_anything_that_anybody_typed(bureau: Bureau, told: Received) -> None:
    seized(bureau, bureau.station, AT - timedelta(days=3), title="王大力随身物品，电话13812345678")
    assert scan(at=AT) > 0
    assert postings_make(at=AT) == 1
    assert postings_make(at=AT) == 0
    assert postings_send(at=AT).sent == 1
    (text,) = told.texts
    assert "告警　移交入库时间（刑事扣押、接受提交）" in text
    for typed in ("王大力", "13812345678", "手机1", "甲派出所"):
        assert typed not in text
    row = postings()[0]
    assert (row.sent, [a.result for a in row.attempts.all()]) == (AT, ["sent"])
    assert postings_send(at=AT).sent == 0


def test_what_the_robot_refuses_with_status_200_is_not_taken_for_a_success(bureau: Bureau, told: Received) -> None:
    seized(bureau, bureau.station, AT - timedelta(days=3))
    scan(at=AT)
    postings_make(at=AT)
    told.at = AT + timedelta(hours=2)  # the robot's clock is elsewhere: our signature is stale to it
    assert postings_send(at=AT).failed == 1
    assert told.refused == [310000]
    assert "errcode 310000" in PostingTry.objects.get().error
    assert postings_send(at=AT + timedelta(seconds=1)).failed == 0, "it waits before it is tried again"
    told.at = AT
    assert postings_send(at=AT + timedelta(seconds=6)).sent == 1
    assert [a.result for a in postings()[0].attempts.order_by("pk")] == ["failed", "sent"]


def test_a_robot_that_is_down_is_tried_until_the_message_is_given_up(bureau: Bureau, told: Received) -> None:
    seized(bureau, bureau.station, AT - timedelta(days=3))
    scan(at=AT)
    postings_make(at=AT)
    told.down = True
    at = AT
    for _ in range(40):
        postings_send(at=at)
        at += timedelta(minutes=30)
    row = postings()[0]
    assert row.dead is not None
    assert row.tries == 12
    assert [a.result for a in row.attempts.order_by("pk")][-1] == "dead"


def test_no_robot_gets_more_than_twenty_a_minute(told: Received) -> None:
    Posting.objects.bulk_create([Posting(robot="yuci", upto=n, made=AT, count=1, zh=f"第{n}条", en=f"{n}", due=AT) for n in range(1, 26)])
    assert postings_send(at=AT).sent == 20
    assert told.refused == []
    assert postings_send(at=AT + timedelta(seconds=59)).sent == 0
    told.at = AT + timedelta(seconds=61)
    assert postings_send(at=told.at).sent == 5


def test_a_robot_hears_of_its_own_institution_alone(bureau: Bureau, told: Received) -> None:
    Notice.objects.all().delete()
    seized(bureau, _elsewhere(bureau), AT - timedelta(days=3))
    scan(at=AT)
    assert Notice.objects.filter(kind="alarm").exists()
    own = Notice.objects.filter(kind="alarm", organisation__path__startswith=bureau.bureau.path).count()
    assert postings_make(at=AT) == (1 if own else 0)


@pytest.mark.parametrize(
    ("changed", "body", "code"),
    [
        ({}, b'{"msgtype": "text", "text": {"content": "x"}}', 0),
        ({"access_token": "other"}, b"", 300001),
        ({"timestamp": "x"}, b"", 310000),
        ({"sign": "x"}, b"", 310000),
        ({}, b"", 40035),
        ({}, b'{"msgtype": "text"}', 40035),
        ({}, b'{"msgtype": "link", "text": {"content": "x"}}', 40035),
    ],
)
def test_the_receiver_refuses_what_the_service_refuses(robot: Received, changed: dict[str, str], body: bytes, code: int) -> None:
    stamp, sign = signature(SECRET, AT)
    query = {"access_token": TOKEN, "timestamp": stamp, "sign": sign} | changed
    asked = Request(f"{robot.address}?{urlencode(query)}", data=body)
    with urlopen(asked) as answer:
        assert json.loads(answer.read())["errcode"] == code
    assert (robot.refused, robot.texts) == (([code], []) if code else ([], ["x"]))


def test_the_days_digest_goes_out_once_and_only_to_robots_that_take_it(bureau: Bureau, told: Received, tmp_path: Path) -> None:
    Notice.objects.all().delete()
    Digest.objects.all().delete()
    seized(bureau, bureau.station, AT - timedelta(days=3), title="王大力随身物品，电话13812345678")
    assert scan(at=AT) > 0
    made = digest_make(at=AT)
    assert made == Notice.objects.count()
    assert summaries_make(at=AT) == 0, "this robot takes alarms alone"
    file = tmp_path / "robots.toml"
    file.write_text(file.read_text("utf-8").replace('["alarm"]', '["digest"]'), "utf-8")
    assert (postings_make(at=AT), summaries_make(at=AT), summaries_make(at=AT)) == (0, 1, 0)
    assert postings_send(at=AT).sent == 1
    (text,) = told.texts
    rows = Digest.objects.filter(organisation__path__startswith=bureau.bureau.path)
    warnings, alarms = sum(d.warnings for d in rows), sum(d.alarms for d in rows)
    assert text.splitlines()[1] == f"{local(AT):%Y-%m-%d} 期限汇总：{rows.count()} 个收件方，预警 {warnings}，告警 {alarms}"
    assert "告警　移交入库时间（刑事扣押、接受提交）：" in text
    assert not any(typed in text for typed in ("王大力", "13812345678", "手机1", "甲派出所"))
    assert sum(int(line.rpartition("：")[2]) for line in text.splitlines()[2:-1]) == warnings + alarms, "the lines add up to the head"
    tomorrow = AT + timedelta(days=1)
    told.at = tomorrow
    assert scan(at=tomorrow) > 0
    digest_make(at=tomorrow)
    assert summaries_make(at=tomorrow) == 1
    assert postings_send(at=tomorrow).sent == 1


def _elsewhere(bureau: Bureau) -> Organisation:
    return Organisation.objects.get(pk=bureau.stranger.organisation)


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
def test_other_channels_go_through_apprise(robot: Received) -> None:
    """A generic JSON receiver that answers 200 takes it; one that is down does not."""
    port = urlsplit(robot.address).port
    by_apprise = Robot("json", "x", f"json://127.0.0.1:{port}/robot", frozenset({"alarm"}), "zh", "")
    by_apprise.send("标题", "正文", AT)
    assert robot.refused == [300001], "it was spoken to, though not in its own protocol"
    robot.down = True
    with pytest.raises(NotTaken):
        by_apprise.send("标题", "正文", AT)


@pytest.mark.parametrize("text", ["robot = 3", "[[robot]]\nname = 'a'", "[[robot]]\nname='a'\norganisation='x'\nurl='nothing'", "not toml ["])
def test_a_wrong_file_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "robots.toml"
    file.write_text(text, "utf-8")
    with override_settings(TIANPING_ROBOTS=str(file)), pytest.raises(BadRobots):
        robots()
    with override_settings(TIANPING_ROBOTS=""):
        assert robots() == []
