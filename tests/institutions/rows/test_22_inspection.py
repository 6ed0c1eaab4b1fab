"""每日巡查 · Twenty-five findings in a minute are one digest; nothing of a person leaves; a problem is followed until it is struck off."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.conftest import actor_of
from tests.conftest import size
from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import answered, fault, later, planted, signed, twice, without
from tianping.casework.alarms.robots import PER_MINUTE, WINDOW, Found, digests, fresh, paced, signature
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Event, Organisation
from tianping.institutions.police.supervision.indicators import DailyRounds
from tianping.institutions.police.supervision.procedures.daily_inspection.procedure import Register
from tianping.law.identifiers.masking import ID_IN_TEXT
from tianping.law.text import T

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("SYSTEM", "LEGAL_REVIEW", "OFFICER", "STATION_HEAD")
LINK = "https://tianping.example/inspections/1"
NAMES = {r.name: T(r.value, r.name) for r in Register}
POINT = {"register": "INCIDENTS", "rule": "r"}


def test_twenty_five_findings_in_a_minute_are_one_digest(database: object) -> None:
    own = office("inspected", *ROLES)
    case = opened(own, "daily_inspection", "generate", "SYSTEM", {"day": "2021-05-31"})
    for n in range(25):
        facts = {**POINT, "subject": f"14070219900307{n:04d}"}
        take(own, case, "Point.list_", "SYSTEM", facts, day=n * 2 / 86_400, entity=f"p{n}")
    listed = Event.objects.filter(case_id=case).exclude(entity="").order_by("seq").values_list("payload__facts__register", "happened")
    points = [Found("robot", NAMES[register], at) for register, at in listed]
    assert len(points) == 25
    (digest,) = digests(points, LINK)
    assert digest.count == 25
    assert not ID_IN_TEXT.search(digest.text.zh + digest.text.en)
    take(own, case, "send", "SYSTEM", {"fix_by": "2021-06-03"}, day=0.1)
    with pytest.raises(Refusal):
        take(own, case, "send", "SYSTEM", {"fix_by": "2021-06-03"}, day=0.1)


@given(
    st.lists(st.tuples(st.sampled_from(("a", "b")), st.sampled_from(sorted(NAMES)), st.integers(min_value=0, max_value=400)), min_size=1, max_size=60)
)
def test_every_point_is_told_once_and_a_robot_once_a_minute(rows: list[tuple[str, str, int]]) -> None:
    told = digests([Found(robot, NAMES[register], AT + timedelta(seconds=s)) for robot, register, s in rows], LINK)
    assert sum(d.count for d in told) == len(rows)
    for robot in ("a", "b"):
        times = [d.at for d in told if d.robot == robot]
        assert all(later - sooner >= WINDOW for sooner, later in pairwise(times))


@given(st.text(alphabet="0123456789X男女 张三", max_size=40))
def test_no_identity_number_leaves_in_a_message(typed: str) -> None:
    """A digest is made of titles and counts; whatever was typed into a point has no way into it."""
    assert {f.name for f in Found.__dataclass_fields__.values()} == {"robot", "about", "at"}
    text = digests([Found(typed + "140702199003074512", NAMES["PERSONS"], AT)], LINK)[0].text
    assert not ID_IN_TEXT.search(text.zh + text.en)


@given(st.lists(st.integers(min_value=0, max_value=300), max_size=80))
def test_a_robot_never_gets_more_than_twenty_messages_a_minute(wanted: list[int]) -> None:
    asked = sorted(AT + timedelta(seconds=s) for s in wanted)
    sent = paced(asked)
    assert all(at >= want for at, want in zip(sent, asked, strict=True))
    for n in range(PER_MINUTE, len(sent)):
        assert sent[n] - sent[n - PER_MINUTE] >= WINDOW


def test_a_signature_is_that_of_the_time_and_the_secret_and_is_taken_for_an_hour() -> None:
    stamp, signed_ = signature("s3cret", AT)
    assert base64.b64decode(signed_) == hmac.digest(b"s3cret", f"{stamp}\ns3cret".encode(), hashlib.sha256)
    assert fresh(stamp, AT + timedelta(minutes=60))
    assert not fresh(stamp, AT + timedelta(minutes=61))
    assert datetime.fromtimestamp(stamp / 1000, AT.tzinfo) == AT


def test_the_same_problem_is_followed_and_not_listed_again(database: object) -> None:
    own = office("inspected-again", *ROLES)
    facts = {**POINT, "subject": "again"}
    case = opened(own, "daily_inspection", "generate", "SYSTEM", {"day": "2021-06-01"})
    take(own, case, "Point.list_", "SYSTEM", facts, entity="p1")
    with pytest.raises(Refusal) as refused:
        opened(own, "daily_inspection", "generate", "SYSTEM", {"day": "2021-06-01"})
    assert why(refused) == ["DailyInspection.twice"]
    take(own, case, "send", "SYSTEM", {"fix_by": "2021-06-03"}, day=0.1)
    take(own, case, "acknowledge", "STATION_HEAD", day=0.2)
    following = opened(own, "daily_inspection", "generate", "SYSTEM", {"day": "2021-06-02"}, day=1)
    with pytest.raises(Refusal) as refused:
        take(own, following, "Point.list_", "SYSTEM", facts, day=1, entity="p1")
    assert why(refused) == ["Point.listed_already"]
    take(own, case, "Point.take", "OFFICER", day=1, entity="p1")
    take(own, case, "Point.rectify", "OFFICER", day=1, entity="p1")
    before = Figures().value(DailyRounds.struck_off)
    take(own, case, "Point.return_", "LEGAL_REVIEW", {"put_right": False}, day=1, entity="p1")
    take(own, case, "Point.rectify", "OFFICER", day=1, entity="p1")
    with pytest.raises(Refusal) as refused:
        take(own, case, "Point.strike_off", "LEGAL_REVIEW", {"put_right": True}, day=1, entity="p1")
    assert why(refused) == ["Point.strike_off.not_by"]
    checker = actor_of(Organisation.objects.get(pk=own.organisation), "LEGAL_REVIEW", name="fa.zhi")
    take(checker, case, "Point.strike_off", "LEGAL_REVIEW", {"put_right": True}, day=1, entity="p1")
    figures = Figures()
    assert figures.value(DailyRounds.struck_off) > before
    assert figures.value(DailyRounds.repeated) > 0
    take(own, following, "Point.list_", "SYSTEM", facts, day=1, entity="p1")


FILE, CODE = "cases.yaml", "daily_inspection"
FAULTS = [
    fault(CODE, FILE, 1, later("DailyInspection.review", days=5), "DailyInspection.rectification"),
    fault(CODE, FILE, 1, signed("DailyInspection.acknowledge", "民警甲 OFFICER"), "DailyInspection.acknowledge.by"),
    fault(CODE, FILE, 1, signed("DailyInspection.close", "所长 CASE_MANAGER"), "DailyInspection.close.not_by"),
    fault(CODE, FILE, 1, without("Point.take"), "Point.rectify.order", "Point.rectify.missing"),
    fault(CODE, FILE, 1, twice("DailyInspection.send"), "DailyInspection.send.count", "DailyInspection.send.order"),
    fault(CODE, FILE, 1, answered("DailyInspection.generate", same_day=1), "DailyInspection.twice"),
    fault(CODE, FILE, 1, answered("Point.list_", repeats=2), "Point.listed_already"),
    fault(CODE, FILE, 1, answered("Point.strike_off", put_right=False), "Point.not_right"),
    fault(CODE, FILE, 1, signed("Point.strike_off", "民警甲 LEGAL_REVIEW"), "Point.strike_off.not_by"),
    fault(CODE, FILE, 1, signed("Point.take", "系统 SYSTEM"), "Point.take.by"),
]


def test_ten_planted_faults_are_found_and_none_elsewhere() -> None:
    seen, wanted = planted(FAULTS, count=size(60, 600))
    assert seen == wanted
