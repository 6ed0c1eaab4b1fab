"""送达 · The day of service, channel by channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tianping.law.service import (
    NoConsent,
    NotByThisChannel,
    NothingServed,
    Served,
    announced,
    appeal,
    collected,
    earliest,
    electronic,
    electronic_elsewhere,
    entrusted,
    in_person,
    left,
    postal,
    refused_at_court,
    through_unit,
)

DAY = date(2022, 5, 5)
calm = settings(deadline=None)


@pytest.mark.parametrize(
    ("serve", "article"),
    [
        (in_person, "CPL21 88"),
        (refused_at_court, "CI22 131"),
        (left, "CPL21 89"),
        (postal, "CPL21 91"),
        (entrusted, "CI22 134"),
    ],
)
def test_channels_whose_day_is_the_day_of_the_act(serve: Callable[[date], Served], article: str) -> None:
    found = serve(DAY)
    assert found.day == DAY and not found.rebuttable
    assert str(found.derivation.lines[0].cites) == article
    assert found.channel.zh and found.channel.en


def test_through_a_unit() -> None:
    assert str(through_unit(DAY, military=True).derivation.lines[0].cites) == "CPL21 92; CPL21 94"
    assert str(through_unit(DAY, military=False).derivation.lines[0].cites) == "CPL21 93; CPL21 94"


def test_a_mediation_statement_is_not_left() -> None:
    with pytest.raises(NotByThisChannel) as caught:
        left(DAY, document="mediation_statement")
    assert "第133条" in caught.value.text("zh")


def test_electronic_service_counts_from_success_unless_another_arrival_is_proved() -> None:
    sent = electronic(DAY, consent="gave_address", document="judgment")
    assert sent.day == DAY and sent.rebuttable
    proved = electronic(DAY, consent="gave_address", document="judgment", arrival_proved=date(2022, 5, 7))
    assert proved.day == date(2022, 5, 7) and not proved.rebuttable
    assert appeal(sent).day == date(2022, 5, 20)
    assert appeal(proved).day == date(2022, 5, 23)


def test_electronic_service_needs_consent() -> None:
    with pytest.raises(NoConsent):
        electronic(DAY, consent=None)


def test_judgments_were_not_served_electronically_before_2022() -> None:
    with pytest.raises(NotByThisChannel) as caught:
        electronic(date(2021, 12, 31), consent="express", document="judgment")
    assert "87" in caught.value.text("en")
    assert electronic(date(2021, 12, 31), consent="express").day == date(2021, 12, 31)
    assert electronic(date(2022, 1, 1), consent="express", document="judgment").day == date(2022, 1, 1)


def test_an_unconfirmed_address_needs_a_sign() -> None:
    assert electronic_elsewhere(replied=date(2022, 5, 9), acted=date(2022, 5, 8)).day == date(2022, 5, 8)
    read = electronic_elsewhere(read=date(2022, 5, 6))
    assert read.rebuttable and read.day == date(2022, 5, 6)
    assert electronic_elsewhere(replied=date(2022, 5, 9), read=date(2022, 5, 6)).day == date(2022, 5, 6)
    assert not electronic_elsewhere(replied=date(2022, 5, 6), read=date(2022, 5, 6)).rebuttable
    with pytest.raises(NothingServed):
        electronic_elsewhere()


def test_of_several_electronic_channels_the_earliest_counts() -> None:
    first = electronic(DAY, consent="express")
    second = electronic_elsewhere(read=date(2022, 5, 4))
    found = earliest([first, second])
    assert found.day == date(2022, 5, 4) and found.rebuttable
    with pytest.raises(NothingServed):
        earliest([])


def test_announcement_counts_from_the_last_posting_under_the_law_of_that_day() -> None:
    assert announced([date(2022, 1, 20), date(2022, 2, 1)]).day == date(2022, 3, 3)
    assert announced([date(2021, 10, 8)]).day == date(2021, 12, 7)
    assert announced([date(2024, 1, 1)], abroad=True).day == date(2024, 3, 1)
    assert announced([date(2023, 12, 1)], abroad=True).day == date(2024, 3, 1)
    with pytest.raises(NothingServed):
        announced([])


def test_announcement_is_not_open_in_simple_procedure() -> None:
    with pytest.raises(NotByThisChannel) as caught:
        announced([DAY], simple=True)
    assert "第140条" in caught.value.text("zh")


def test_the_day_of_expiry_does_not_roll_and_says_that_this_is_our_choice() -> None:
    found = announced([date(2022, 9, 1)])
    assert found.day == date(2022, 10, 1)
    assert "POLICY" in found.derivation.text("en")


def test_a_judgment_to_be_collected() -> None:
    assert collected(date(2022, 5, 20), fetched=date(2022, 5, 18)).day == date(2022, 5, 18)
    assert collected(date(2022, 5, 20)).day == date(2022, 5, 20)
    assert collected(date(2022, 5, 20), fetched=date(2022, 5, 25)).day == date(2022, 5, 20)


def test_the_derivation_of_an_appeal_begins_with_the_service() -> None:
    found = appeal(postal(date(2024, 3, 4)), document="ruling")
    assert found.day == date(2024, 3, 14)
    assert str(found.derivation.lines[0].cites) == "CPL23 91"
    assert appeal(postal(date(2024, 3, 4)), abroad=True).day == date(2024, 4, 3)


@calm
@given(st.dates(date(2022, 4, 10), date(2029, 12, 31)), st.integers(0, 60))
def test_a_later_proved_arrival_never_ends_the_appeal_earlier(sent: date, later: int) -> None:
    arrived = sent + timedelta(days=later)
    plain = appeal(electronic(sent, consent="express", document="judgment"))
    assert plain.day <= appeal(electronic(sent, consent="express", document="judgment", arrival_proved=arrived)).day


@calm
@given(st.lists(st.dates(date(2022, 4, 10), date(2029, 12, 31)), min_size=1, max_size=6))
def test_only_the_last_posting_matters(posted: list[date]) -> None:
    assert announced(posted).day == announced([max(posted)]).day == max(posted) + timedelta(days=30)
