"""调解期限 · Mediation and judicial confirmation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tianping.law.mediation_clocks import (
    NoAppraisalPause,
    NotYetSigned,
    Referral,
    agreement_effective,
    confirmation,
    confirmation_application,
    mediation,
    trial_pause,
)
from tianping.law.periods import Period
from tianping.law.reckoning import PauseSpan
from tianping.law.rules import due
from tianping.law.text import T

APPRAISAL = T("诉前鉴定", "pre-filing appraisal")
calm = settings(deadline=None)


@pytest.mark.parametrize(("referral", "last"), [("delegated", date(2022, 4, 15)), ("ordinary", date(2022, 3, 31)), ("simple", date(2022, 3, 23))])
def test_the_normal_length(referral: Referral, last: date) -> None:
    assert mediation(date(2022, 3, 16), referral=referral).day == last


def test_before_2022_the_offline_rule_alone_is_cited() -> None:
    early, late = mediation(date(2021, 6, 1)), mediation(date(2022, 6, 1))
    assert early.day == date(2021, 7, 1) and late.day == date(2022, 7, 1)
    assert "OMR 24" not in str([str(line.cites) for line in early.derivation.lines])
    assert "OMR 24" in str([str(line.cites) for line in late.derivation.lines])


def test_the_parties_may_agree_to_more_time() -> None:
    assert mediation(date(2022, 3, 16), referral="ordinary", agreed=Period(days=15)).day == date(2022, 4, 15)
    assert mediation(date(2022, 6, 1), agreed=Period(months=1)).day == date(2022, 8, 1)


def test_an_appraisal_before_filing_does_not_count() -> None:
    span = PauseSpan(date(2022, 6, 10), date(2022, 6, 30), APPRAISAL)
    found = mediation(date(2022, 6, 1), appraisals=[span])
    assert found.day == date(2022, 7, 21)
    assert "OMR 26" in {str(line.cites) for line in found.derivation.lines}


@pytest.mark.parametrize(("accepted", "referral"), [(date(2022, 6, 1), "ordinary"), (date(2021, 6, 1), "delegated")])
def test_no_other_clock_stops_for_an_appraisal(accepted: date, referral: Referral) -> None:
    with pytest.raises(NoAppraisalPause):
        mediation(accepted, referral=referral, appraisals=[PauseSpan(accepted, None, APPRAISAL)])


def test_only_the_extended_part_stops_the_trial_clock() -> None:
    accepted = date(2022, 3, 16)
    assert trial_pause(accepted, date(2022, 3, 31), referral="ordinary") is None
    assert trial_pause(accepted, date(2022, 6, 1), referral="delegated") is None
    span = trial_pause(accepted, date(2022, 4, 10), referral="ordinary")
    assert span is not None and (span.start, span.end) == (date(2022, 3, 31), date(2022, 4, 10))
    assert due("trial_ordinary", date(2022, 3, 1), pauses=[span]).day == date(2022, 9, 13)
    still = trial_pause(accepted, None, referral="simple")
    assert still is not None and still.end is None


def test_when_an_agreement_takes_effect() -> None:
    signed = [date(2022, 4, 1), date(2022, 4, 2)]
    assert agreement_effective(signed, mediator_signed=date(2022, 4, 5)).day == date(2022, 4, 5)
    assert agreement_effective(signed, online=True).day == date(2022, 4, 2)
    assert agreement_effective([date(2022, 4, 1)], oral=True).day == date(2022, 4, 1)
    with pytest.raises(NotYetSigned):
        agreement_effective([], online=True)
    with pytest.raises(NotYetSigned):
        agreement_effective(signed)


def test_confirmation_is_applied_for_in_thirty_days_under_each_law() -> None:
    for effective, article in ((date(2021, 4, 6), "CPL17 194"), (date(2022, 4, 6), "CPL21 201"), (date(2024, 4, 8), "CPL23 205")):
        found = confirmation_application(effective)
        assert str(found.derivation.lines[0].cites) == article
        assert found.day >= effective + timedelta(days=30)


def test_the_decision_on_confirmation_has_a_limit_and_a_target() -> None:
    found = confirmation(date(2022, 5, 5), date(2022, 5, 9))
    assert (found.acceptance_target.day, found.decision_target.day, found.decision.day) == (date(2022, 5, 9), date(2022, 5, 24), date(2022, 6, 8))
    longer = confirmation(date(2022, 5, 5), date(2022, 5, 9), extended=True)
    assert (longer.decision_target.day, longer.decision.day) == (date(2022, 6, 6), date(2022, 7, 8))


@calm
@given(st.dates(date(2022, 1, 1), date(2029, 12, 31)), st.sampled_from(["ordinary", "simple"]), st.integers(0, 60))
def test_a_longer_mediation_never_shortens_the_trial(accepted: date, referral: Referral, days: int) -> None:
    filed = accepted - timedelta(days=2)
    spans = [trial_pause(accepted, accepted + timedelta(days=n), referral=referral) for n in (days, days + 1)]
    ends = [due("trial_ordinary", max(filed, date(2022, 1, 1)), pauses=[s] if s else []).day for s in spans]
    assert ends[0] <= ends[1]
