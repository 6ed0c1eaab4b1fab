"""机构与人员 · Institutions move, close and merge without a circle and with their history; posts and roles keep to their days."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.db.models import F

from tests.casework.handling.conftest import Scene, by, closed, post_at, unit_of
from tests.casework.handling.test_handling import keys, lexemes, sees
from tianping.casework.engine.numbers import allocated
from tianping.casework.errors import NoCourtCode
from tianping.casework.models import AccessKey, Account, NumberCounter, Organisation, Person, Post, PostRole, SecurityEvent, Visibility
from tianping.casework.people.errors import Circular, NotActing, OutOfTerm, Overlapping, StillInUse
from tianping.casework.people.organisations import organisation_close, organisation_merge, organisation_move
from tianping.casework.people.posts import deputise, post_end
from tianping.casework.security.administration import post_create, role_end, role_grant
from tianping.casework.security.errors import NotThisAdministrator
from tianping.law.identifiers import CaseNumber
from tianping.law.text import T

LAST = date(2026, 6, 30)


def path_of(unit: Organisation) -> str:
    return Organisation.objects.get(pk=unit.pk).path


def supervisors(case: int) -> set[int]:
    """The institutions that supervise it from above its own."""
    rows = Visibility.objects.filter(case_id=case, key__capacity="supervise")
    return set(rows.exclude(key__organisation=F("case__organisation")).values_list("key__organisation_id", flat=True))


def test_a_subtree_moves_with_all_under_it_and_so_does_who_supervises_its_cases(scene: Scene) -> None:
    upper, other = unit_of("中院"), unit_of("另一中院")
    division = unit_of("立案庭", scene.court)
    organisation_move(by("system"), organisation=scene.court.pk, parent=upper.pk)
    assert path_of(division) == f"/{upper.pk}/{scene.court.pk}/{division.pk}/"
    assert supervisors(scene.case) == {upper.pk}
    assert lexemes(scene.case) == keys(scene.case)
    organisation_move(by("system"), organisation=scene.court.pk, parent=other.pk)
    assert supervisors(scene.case) == {other.pk}
    assert lexemes(scene.case) == keys(scene.case)
    organisation_move(by("system"), organisation=scene.court.pk, parent=None)
    assert (path_of(division), supervisors(scene.case)) == (f"/{scene.court.pk}/{division.pk}/", set())
    assert sees(scene.judge, scene.case)
    history = SecurityEvent.objects.filter(kind="organisation_moved", subject=scene.court.pk).order_by("pk").values_list("detail", flat=True)
    assert [(d["before"], d["after"]) for d in history] == [(None, upper.pk), (upper.pk, other.pk), (other.pk, None)]


def test_no_institution_stands_above_itself(scene: Scene) -> None:
    division = unit_of("立案庭", scene.court)
    for parent in (scene.court, division):
        with pytest.raises(Circular):
            organisation_move(by("system"), organisation=scene.court.pk, parent=parent.pk)
    with pytest.raises(NotThisAdministrator):
        organisation_move(by("security"), organisation=division.pk, parent=None)


def test_two_moves_at_once_make_no_circle(scene: Scene) -> None:
    one, two, barrier, told = unit_of("甲"), unit_of("乙"), Barrier(2), []

    def move(own: Organisation, parent: Organisation) -> None:
        system = by("system")
        barrier.wait()
        try:
            organisation_move(system, organisation=own.pk, parent=parent.pk)
        except Circular as error:
            told.append(error)
        finally:
            connection.close()

    threads = [Thread(target=move, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert sorted((path_of(one).count("/"), path_of(two).count("/"))) == [2, 3]


def test_an_institution_is_closed_when_nothing_goes_on_in_it(scene: Scene) -> None:
    with pytest.raises(StillInUse) as refused:
        organisation_close(by("system"), organisation=scene.court.pk, last=LAST)
    assert "岗位 1 个、未结案件 1 件" in refused.value.message.zh
    closed(scene)
    post_end(by("system"), post=scene.post.pk, last=LAST)
    organisation_close(by("system"), organisation=scene.court.pk, last=LAST)
    assert Organisation.objects.get(pk=scene.court.pk).valid_to == LAST
    with pytest.raises(OutOfTerm):
        organisation_close(by("system"), organisation=scene.court.pk, last=date(2027, 1, 1))


def test_a_merger_hands_over_cases_and_units_and_ends_posts(scene: Scene) -> None:
    division = unit_of("立案庭", scene.court)
    organisation_merge(by("system"), organisation=scene.court.pk, into=scene.unit.pk, last=LAST)
    own = Organisation.objects.get(pk=scene.court.pk)
    assert (own.valid_to, own.successor_id) == (LAST, scene.unit.pk)
    assert path_of(division) == f"/{scene.unit.pk}/{division.pk}/"
    assert Post.objects.get(pk=scene.post.pk).valid_to == LAST
    assert PostRole.objects.get(post=scene.post).valid_to == LAST
    assert Post.objects.get(pk=scene.colleague.pk).valid_to is None
    assert sees(scene.stranger, scene.case)
    assert lexemes(scene.case) == keys(scene.case)
    with pytest.raises(OutOfTerm):
        organisation_merge(by("system"), organisation=scene.court.pk, into=scene.unit.pk, last=LAST)


def test_posts_and_roles_keep_to_their_days(database: object) -> None:
    unit = unit_of("有期机构", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    account = Account.objects.create_user(f"p{unit.pk}", None, person=Person.objects.create(name="例"))
    ask = {"account": account.pk, "organisation": unit.pk, "title": T("书记员", "Clerk")}
    for first, last in ((date(2025, 12, 31), LAST), (date(2026, 1, 1), None), (date(2026, 2, 1), date(2026, 1, 1))):
        with pytest.raises(OutOfTerm):
            post_create(by("system"), **ask, valid_from=first, valid_to=last)  # type: ignore[arg-type]
    post = post_create(by("system"), **ask, valid_from=date(2026, 1, 1), valid_to=LAST)  # type: ignore[arg-type]
    with pytest.raises(Overlapping):
        post_create(by("system"), **ask, valid_from=LAST, valid_to=date(2026, 12, 31))  # type: ignore[arg-type]
    post_create(by("system"), **ask, valid_from=date(2026, 7, 1), valid_to=date(2026, 12, 31))  # type: ignore[arg-type]
    grant = {"post": post.pk, "role": "Roles.CLERK"}
    with pytest.raises(OutOfTerm):
        role_grant(by("security"), **grant, valid_from=date(2026, 1, 1), valid_to=None)  # type: ignore[arg-type]
    row = role_grant(by("security"), **grant, valid_from=date(2026, 2, 1), valid_to=LAST)  # type: ignore[arg-type]
    with pytest.raises(Overlapping):
        role_grant(by("security"), **grant, valid_from=date(2026, 6, 1), valid_to=LAST)  # type: ignore[arg-type]
    with pytest.raises(OutOfTerm):
        role_end(by("security"), grant=row.pk, last=date(2026, 1, 1))
    with pytest.raises(OutOfTerm):
        role_end(by("security"), grant=row.pk, last=date(2026, 12, 1))
    role_end(by("security"), grant=row.pk, last=date(2026, 3, 1))
    assert PostRole.objects.get(pk=row.pk).valid_to == date(2026, 3, 1)


def test_a_deputy_acts_within_the_post_and_ends_with_it(scene: Scene) -> None:
    colleague = post_at(scene.court, "CLERK", person=Person.objects.create(name="代示例"))
    deputy = Account.objects.create_user(f"d{colleague.pk}", None, person=colleague.person)
    holder = Account.objects.create_user(f"h{scene.post.pk}", None, person=scene.post.person)
    outside = Account.objects.create_user(f"o{scene.colleague.pk}", None, person=scene.colleague.person)
    ask = {"post": scene.post.pk, "title": T("代理法官", "Acting judge"), "valid_from": date(2026, 3, 2), "valid_to": LAST}
    for wrong in (holder, outside):
        with pytest.raises(NotActing):
            deputise(by("system"), **ask, deputy=wrong.pk)  # type: ignore[arg-type]
    made = deputise(by("system"), **ask, deputy=deputy.pk)  # type: ignore[arg-type]
    assert (made.acting_for_id, made.organisation_id) == (scene.post.pk, scene.court.pk)
    with pytest.raises(NotActing):
        deputise(by("system"), **{**ask, "post": made.pk}, deputy=holder.pk)  # type: ignore[arg-type]
    with pytest.raises(Overlapping):
        deputise(by("system"), **ask, deputy=deputy.pk)  # type: ignore[arg-type]
    post_end(by("system"), post=scene.post.pk, last=date(2026, 4, 1))
    assert Post.objects.get(pk=made.pk).valid_to == date(2026, 4, 1)
    with pytest.raises(OutOfTerm):
        post_end(by("system"), post=scene.post.pk, last=date(2026, 5, 1))


def test_keys_are_made_for_whom_they_are_needed(scene: Scene) -> None:
    upper = unit_of("新中院")
    organisation_move(by("system"), organisation=scene.court.pk, parent=upper.pk)
    assert AccessKey.objects.filter(organisation=upper, capacity="supervise").count() == 1


def test_a_division_counts_with_its_court_and_nobody_without_a_court_numbers_cases(scene: Scene) -> None:
    Organisation.objects.filter(pk=scene.court.pk).update(court_code="晋9901")
    tribunal = unit_of("人民法庭", scene.court)
    with transaction.atomic():
        first = allocated(scene.court.pk, "民初", 2031, 2)
        second = allocated(tribunal.pk, "民初", 2031)
    assert [*first, *second] == [f"（2031）晋9901民初{n}号" for n in (1, 2, 3)]
    assert [str(CaseNumber.parse(n)) for n in second] == second
    with pytest.raises(NoCourtCode), transaction.atomic():
        allocated(scene.unit.pk, "民初", 2031)
    assert not NumberCounter.objects.filter(organisation=scene.unit).exists()
