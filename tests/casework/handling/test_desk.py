"""办案台的保存 · A colleague's consent counts for one step, one version and a quarter of an hour; filters are kept under a name, a few of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.access.people import MONDAY, filed, institution, somebody
from tianping.casework.errors import NoSuchCase, NoSuchStep, StaleCase
from tianping.casework.handling.consents import LASTS, consented, consents_to, signers_of
from tianping.casework.handling.errors import BadWords, TooManyViews, WrongConsent
from tianping.casework.handling.saved_views import MOST, view_dropped, view_saved, views_of
from tianping.casework.models import Account, SavedView
from tianping.procedure.roles import Signer

STEP = "PreFiling.refer"


def test_a_consent_is_to_one_step_of_the_case_as_it_stands(database: object) -> None:
    court = institution()
    judge, colleague = somebody(court, "FILING_JUDGE"), somebody(court, "FILING_JUDGE")
    case = filed(judge).case_id
    of = {"case_id": case, "seq": 1, "step": STEP, "entity": ""}
    given = {**of, "role": "Roles.FILING_JUDGE", "actor": colleague, "at": MONDAY}
    consented(**given)  # type: ignore[arg-type]  # told apart by name
    consented(**given)  # type: ignore[arg-type]
    assert [c.account for c in consents_to(**of, actor=judge, at=MONDAY)] == [colleague.account]  # type: ignore[arg-type]
    assert not consents_to(**of, actor=colleague, at=MONDAY)  # type: ignore[arg-type]
    named = [colleague.account, "nobody"]
    assert signers_of(**of, accounts=named, actor=judge, at=MONDAY) == (Signer(colleague.account, "Roles.FILING_JUDGE"),)  # type: ignore[arg-type]
    assert not signers_of(**of, accounts=named, actor=judge, at=MONDAY + LASTS + timedelta(seconds=1))  # type: ignore[arg-type]
    assert not consents_to(**{**of, "seq": 2}, actor=judge, at=MONDAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "error"),
    [({"role": "Roles.PRESIDENT"}, WrongConsent), ({"step": "PreFiling.no_such"}, NoSuchStep), ({"seq": 7}, StaleCase)],
)
def test_nobody_consents_to_what_is_not_asked(database: object, changed: dict[str, object], error: type[Exception]) -> None:
    court = institution()
    judge, colleague = somebody(court, "FILING_JUDGE"), somebody(court, "FILING_JUDGE")
    given: dict[str, object] = {"case_id": filed(judge).case_id, "seq": 1, "step": STEP, "entity": "", "role": "Roles.FILING_JUDGE"}
    with pytest.raises(error):
        consented(**{**given, **changed}, actor=colleague, at=MONDAY)  # type: ignore[arg-type]  # told apart by name


def test_a_stranger_consents_to_nothing(database: object) -> None:
    case = filed(somebody(institution(), "FILING_JUDGE")).case_id
    with pytest.raises(NoSuchCase):
        consented(
            case_id=case, seq=1, step=STEP, entity="", role="Roles.FILING_JUDGE", actor=somebody(institution(), "FILING_JUDGE"), at=MONDAY
        )  # fmt: skip


def test_filters_are_kept_under_a_name(database: object) -> None:
    one, other = (Account.objects.create(username=f"saves-{n}") for n in "ab")
    view_saved(one, name=" 超期 的 ", query={"group": "overdue"}, at=MONDAY)
    kept = view_saved(one, name="超期 的", query={"group": "today"}, at=MONDAY)
    assert [(v.name, v.query) for v in views_of(one)] == [("超期 的", {"group": "today"})]
    view_dropped(other, kept.pk)
    assert SavedView.objects.filter(pk=kept.pk).exists()
    view_dropped(one, kept.pk)
    assert not views_of(one)
    with pytest.raises(BadWords):
        view_saved(one, name="  ", query={}, at=MONDAY)
    for n in range(MOST):
        view_saved(one, name=f"第{n}个", query={}, at=MONDAY)
    with pytest.raises(TooManyViews):
        view_saved(one, name="又一个", query={}, at=MONDAY)
