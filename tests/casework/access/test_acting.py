"""以何身份 · Roles and keys follow from posts that are valid on the day, and from nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.casework.access.people import MONDAY, account, institution, post
from tianping.casework.access.acting import actor_for, posts_of
from tianping.casework.access.errors import NotYourPost
from tianping.casework.access.keys import keys_for
from tianping.casework.models import AccessKey, Organisation, PostRole

TODAY = MONDAY.date()
YESTERDAY = TODAY - timedelta(days=1)


def capacities(keys: tuple[int, ...]) -> set[tuple[int, str]]:
    return set(AccessKey.objects.filter(pk__in=keys).values_list("organisation_id", "capacity"))


def test_roles_and_keys_come_from_the_post_of_the_day(database: object) -> None:
    court, who = institution(), account()
    held = post(who, court, "JUDGE", "CLERK", clearance=1)
    actor = actor_for(who, at=MONDAY)
    assert actor.roles == {"Roles.JUDGE", "Roles.CLERK"}
    assert (actor.post, actor.organisation, actor.clearance, actor.person) == (held.pk, court.pk, 1, who.person_id)
    assert capacities(actor.keys) == {(court.pk, "handle"), (court.pk, "refer")}
    assert not actor_for(who, at=MONDAY.replace(year=2019)).roles


def test_what_has_run_out_gives_nothing(database: object) -> None:
    court, who = institution(), account()
    post(who, court, "JUDGE", last=YESTERDAY)
    assert posts_of(who, MONDAY) == []
    assert not actor_for(who, at=MONDAY).keys
    assert actor_for(who, at=MONDAY - timedelta(days=1)).roles == {"Roles.JUDGE"}
    role = post(other := account(), court, "JUDGE").roles.get()
    PostRole.objects.filter(pk=role.pk).update(valid_to=YESTERDAY)
    assert actor_for(other, at=MONDAY).roles == frozenset()
    assert actor_for(other, at=MONDAY).keys == ()
    closed = institution(valid_to=YESTERDAY)
    post(third := account(), closed, "JUDGE")
    assert not actor_for(third, at=MONDAY).roles


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_administrators_have_no_case_and_no_role(kind: str, database: object) -> None:
    who = account(kind)
    post(who, institution(), "JUDGE")
    actor = actor_for(who, at=MONDAY)
    assert (actor.roles, actor.keys, actor.clearance) == (frozenset(), (), 0)


def test_an_account_that_was_closed_has_nothing(database: object) -> None:
    who = account()
    post(who, institution(), "JUDGE")
    who.is_active = False
    assert not actor_for(who, at=MONDAY).keys


def test_a_deputy_has_the_roles_while_its_own_post_runs_and_never_the_clearance(database: object) -> None:
    court = institution()
    president = post(account(), court, "PRESIDENT", clearance=2)
    deputy = account()
    post(deputy, court, "JUDGE", acting_for=president, first=date(2026, 3, 1), last=TODAY)
    assert actor_for(deputy, at=MONDAY).roles == {"Roles.JUDGE", "Roles.PRESIDENT"}
    assert actor_for(deputy, at=MONDAY).clearance == 0
    assert not actor_for(deputy, at=MONDAY + timedelta(days=1)).roles
    stranger = account()
    post(stranger, institution(), "JUDGE", acting_for=president)
    assert actor_for(stranger, at=MONDAY).roles == {"Roles.JUDGE"}


def test_one_actor_acts_in_one_institution(database: object) -> None:
    who, court, body = account(), institution(), institution(kind="docked_body")
    at_court, at_body = post(who, court, "JUDGE"), post(who, body, "MEDIATOR")
    assert actor_for(who, at=MONDAY).roles == {"Roles.JUDGE"}
    there = actor_for(who, at=MONDAY, post=at_body.pk)
    assert (there.roles, there.organisation) == (frozenset({"Roles.MEDIATOR"}), body.pk)
    assert {o for o, _ in capacities(there.keys)} == {body.pk}
    with pytest.raises(NotYourPost):
        actor_for(account(), at=MONDAY, post=at_court.pk)


def test_a_case_gets_the_key_of_its_institution_and_of_those_above(database: object) -> None:
    city = institution()
    court = institution(city)
    chamber = institution(court)
    assert capacities(keys_for(chamber.pk)) == {(chamber.pk, "handle"), (court.pk, "supervise"), (city.pk, "supervise")}
    assert keys_for(chamber.pk) == keys_for(chamber.pk)
    president, clerk = account(), account()
    post(president, city, "PRESIDENT")
    post(clerk, city, "CLERK")
    assert (city.pk, "supervise") in capacities(actor_for(president, at=MONDAY).keys)
    assert (city.pk, "supervise") not in capacities(actor_for(clerk, at=MONDAY).keys)


def test_the_committee_sees_what_the_institutions_of_its_division_see_of_those_below(database: object) -> None:
    committee, elsewhere, no_place = (institution(kind="committee") for _ in range(3))
    court, bureau, basic = (institution(kind=kind) for kind in ("court_intermediate", "police_city", "court_basic"))
    Organisation.objects.filter(pk__in=[committee.pk, court.pk, bureau.pk, basic.pk]).update(division="999700")
    Organisation.objects.filter(pk=elsewhere.pk).update(division="999800")
    post(who := account(), committee, "COMMITTEE_SUPERVISION")
    own = {(committee.pk, "handle"), (committee.pk, "refer")}
    assert capacities(actor_for(who, at=MONDAY).keys) == own | {(court.pk, "supervise"), (bureau.pk, "supervise")}
    for place in (elsewhere, no_place):
        post(other := account(), place, "COMMITTEE_SUPERVISION")
        assert {capacity for _, capacity in capacities(actor_for(other, at=MONDAY).keys)} == {"handle", "refer"}
    post(clerk := account(), committee, "CLERK")
    assert capacities(actor_for(clerk, at=MONDAY).keys) == own
