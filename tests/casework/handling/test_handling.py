"""承办 · Who handles a case changes by named people for reasons, leaves a trace, and takes sight of the case with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.casework.handling.conftest import MONDAY, Scene, cleared, closed, post_at
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Archived, NoSuchCase
from tianping.casework.handling.assign import holder_assigned, in_charge, lead_named, put_in_charge
from tianping.casework.handling.comments import comment_added, comment_withdrawn, comments_of
from tianping.casework.handling.errors import BadWords, NotNow, NotThere, OnlyHandlers, WhyNeeded, WrongPost
from tianping.casework.handling.marks import flag_lowered, flag_raised, flags_of, mark_words
from tianping.casework.handling.sealing import archived, fetched, sealed, unsealed
from tianping.casework.handling.team import member_joined, member_left, memberships_ended
from tianping.casework.models import AccessKey, Case, Change, Flag, TeamMember, Visibility
from tianping.law.text import T

NEXT = MONDAY + timedelta(days=1)


def sees(actor: Actor, case: int) -> bool:
    try:
        snapshot(case, actor)
    except NoSuchCase:
        return False
    return True


def acts(case: int) -> list[str]:
    return list(Change.objects.filter(case_id=case).order_by("pk").values_list("act", flat=True))


def test_a_case_is_given_to_somebody_and_taken_away_only_with_a_reason(scene: Scene) -> None:
    other = post_at(scene.court, "JUDGE")
    holder_assigned(case_id=scene.case, post=scene.post.pk, actor=scene.judge, at=MONDAY)
    with pytest.raises(WhyNeeded):
        holder_assigned(case_id=scene.case, post=other.pk, actor=scene.judge, at=MONDAY)
    assert Case.objects.get(pk=scene.case).holder_id == scene.post.pk
    holder_assigned(case_id=scene.case, post=other.pk, actor=scene.judge, at=MONDAY, reason="原承办人休假")
    lead_named(case_id=scene.case, post=scene.post.pk, actor=scene.judge, at=MONDAY)
    case = Case.objects.get(pk=scene.case)
    assert (case.holder_id, case.lead_id) == (other.pk, scene.post.pk)
    assert acts(scene.case) == ["holder.assigned", "holder.assigned", "lead.named"]
    assert Change.objects.filter(case_id=scene.case)[1].body == {"before": scene.post.pk, "after": other.pk}


def test_a_post_that_does_not_fit_holds_no_case(scene: Scene) -> None:
    over = post_at(scene.court, "JUDGE", last=date(2026, 2, 1))
    for post in (over.pk, scene.colleague.pk, 10**9):
        with pytest.raises(WrongPost):
            holder_assigned(case_id=scene.case, post=post, actor=scene.judge, at=MONDAY)
    assert acts(scene.case) == []


def test_who_does_not_see_the_case_changes_nothing_and_learns_nothing(scene: Scene) -> None:
    with pytest.raises(NoSuchCase):
        holder_assigned(case_id=scene.case, post=scene.colleague.pk, actor=scene.stranger, at=MONDAY)
    with pytest.raises(NoSuchCase):
        comment_added(case_id=scene.case, words="x", actor=scene.stranger, at=MONDAY)
    with pytest.raises(NoSuchCase):
        sealed(case_id=10**12, level=1, actor=scene.judge, at=MONDAY, reason="x")


def test_the_clocks_of_a_limit_are_somebodys_business(scene: Scene) -> None:
    limit = "PreFiling.to_decide"
    assert in_charge(scene.case, limit) is None
    holder_assigned(case_id=scene.case, post=scene.post.pk, actor=scene.judge, at=MONDAY)
    assert in_charge(scene.case, limit) == scene.post.pk
    clerk, second = post_at(scene.court, "CLERK"), post_at(scene.court, "CLERK")
    put_in_charge(case_id=scene.case, post=second.pk, actor=scene.judge, at=MONDAY)
    put_in_charge(case_id=scene.case, post=clerk.pk, actor=scene.judge, at=MONDAY, limit=limit)
    assert (in_charge(scene.case, limit), in_charge(scene.case, "other")) == (clerk.pk, second.pk)
    with pytest.raises(NotThere):
        put_in_charge(case_id=scene.case, post=clerk.pk, actor=scene.judge, at=MONDAY, limit="no.such_limit")


def test_a_member_of_another_unit_opens_the_case_to_it_until_it_leaves(scene: Scene) -> None:
    assert not sees(scene.stranger, scene.case)
    member = member_joined(case_id=scene.case, post=scene.colleague.pk, capacity="Roles.JUDGE", actor=scene.judge, at=MONDAY)
    assert sees(scene.stranger, scene.case)
    second = member_joined(
        case_id=scene.case, post=post_at(scene.unit, "CLERK").pk, capacity="Roles.CLERK", actor=scene.judge, at=MONDAY, until=date(2026, 3, 5)
    )
    with pytest.raises(WhyNeeded):
        member_left(case_id=scene.case, member=member, actor=scene.judge, at=NEXT, reason=" ")
    member_left(case_id=scene.case, member=member, actor=scene.judge, at=NEXT, reason="完成协助")
    assert sees(scene.stranger, scene.case), "another of the unit is still in the team"
    assert memberships_ended(at=MONDAY + timedelta(days=3)) == 0
    assert memberships_ended(at=MONDAY + timedelta(days=4)) == 1
    assert memberships_ended(at=MONDAY + timedelta(days=4)) == 0
    assert not sees(scene.stranger, scene.case)
    assert sees(scene.judge, scene.case)
    with pytest.raises(NotThere):
        member_left(case_id=scene.case, member=second, actor=scene.judge, at=MONDAY + timedelta(days=9), reason="再退")
    assert acts(scene.case) == ["team.joined", "team.joined", "team.left", "team.ended"]


def test_the_court_never_loses_its_own_case_with_a_member(scene: Scene) -> None:
    member = member_joined(case_id=scene.case, post=scene.post.pk, capacity="Roles.JUDGE", actor=scene.judge, at=MONDAY)
    member_left(case_id=scene.case, member=member, actor=scene.judge, at=NEXT, reason="调整")
    assert sees(scene.judge, scene.case)


@pytest.mark.parametrize(
    ("capacity", "since", "until", "words"),
    [
        ("Roles.CLERK", None, None, "不具有角色"),
        ("Roles.JUDGE", date(2025, 12, 1), None, "无人在岗"),
        ("Roles.JUDGE", None, date(2026, 3, 1), "早于"),
    ],
)
def test_a_membership_keeps_to_the_days_and_roles_of_the_post(
    scene: Scene, capacity: str, since: date | None, until: date | None, words: str
) -> None:
    with pytest.raises(WrongPost, match=words):
        member_joined(case_id=scene.case, post=scene.colleague.pk, capacity=capacity, actor=scene.judge, at=MONDAY, since=since, until=until)
    assert not TeamMember.objects.filter(case_id=scene.case).exists()
    assert not sees(scene.stranger, scene.case)


def test_nobody_is_twice_in_one_capacity_at_one_time_and_a_term_ends_with_the_post(scene: Scene) -> None:
    post = post_at(scene.court, "JUDGE", last=date(2026, 6, 30))
    member_joined(case_id=scene.case, post=post.pk, capacity="Roles.JUDGE", actor=scene.judge, at=MONDAY)
    assert TeamMember.objects.get(case_id=scene.case).until == date(2026, 6, 30)
    with pytest.raises(WrongPost, match="重叠"):
        member_joined(case_id=scene.case, post=post.pk, capacity="Roles.JUDGE", actor=scene.judge, at=NEXT)


def test_a_mark_has_a_basis_and_a_day_of_review(scene: Scene) -> None:
    raise_it = {"case_id": scene.case, "code": "listed", "actor": scene.judge, "at": MONDAY}
    with pytest.raises(BadWords):
        flag_raised(**raise_it, basis="", review_on=date(2026, 6, 1))  # type: ignore[arg-type]
    with pytest.raises(BadWords):
        flag_raised(**raise_it, basis="挂牌督办决定", review_on=date(2026, 3, 2))  # type: ignore[arg-type]
    flag_raised(**raise_it, basis="挂牌督办决定", review_on=date(2026, 6, 1))  # type: ignore[arg-type]
    with pytest.raises(NotNow):
        flag_raised(**raise_it, basis="再挂", review_on=date(2026, 6, 1))  # type: ignore[arg-type]
    assert [words.zh for words in flags_of(Case.objects.get(pk=scene.case)).values()] == ["挂牌督办"]
    assert mark_words("own_mark").zh == "监督标记（own_mark）"
    assert mark_words("deferred") == T("容缺", "May come later"), "a flag of a definition is called as there, and is no question"
    flag_lowered(case_id=scene.case, code="listed", actor=scene.judge, at=NEXT, reason="已办结督办事项")
    assert not flags_of(Case.objects.get(pk=scene.case))
    assert Flag.objects.get(case_id=scene.case).lowered_by == scene.judge.account
    with pytest.raises(NotThere):
        flag_lowered(case_id=scene.case, code="listed", actor=scene.judge, at=NEXT, reason="再去")


def test_a_sealed_case_is_seen_by_those_who_may_look_behind(scene: Scene) -> None:
    plain, chief = scene.judge, cleared(scene.judge, 2)
    with pytest.raises(NotNow):
        sealed(case_id=scene.case, level=3, actor=chief, at=MONDAY, reason="涉密")
    sealed(case_id=scene.case, level=2, actor=chief, at=MONDAY, reason="涉及商业秘密")
    assert sees(chief, scene.case)
    assert not sees(plain, scene.case)
    assert set(Visibility.objects.filter(case_id=scene.case).values_list("level", flat=True)) == {2}
    with pytest.raises(NotNow):
        sealed(case_id=scene.case, level=2, actor=chief, at=MONDAY, reason="再封")
    unsealed(case_id=scene.case, actor=chief, at=NEXT, reason="秘密已公开")
    assert sees(plain, scene.case)


def test_an_archived_case_is_left_alone_until_it_is_fetched_back(scene: Scene) -> None:
    with pytest.raises(NotNow):
        archived(case_id=scene.case, actor=scene.judge, at=MONDAY)
    closed(scene)
    archived(case_id=scene.case, actor=scene.judge, at=NEXT)
    assert Case.objects.get(pk=scene.case).lifecycle == 3
    assert set(Visibility.objects.filter(case_id=scene.case).values_list("lifecycle", flat=True)) == {3}
    again = {"case_id": scene.case, "step": "", "voids": 2, "actor": scene.judge, "at": NEXT}
    with pytest.raises(Archived):
        step_take(**again)  # type: ignore[arg-type]
    fetched(case_id=scene.case, actor=scene.judge, at=NEXT, reason="更正立案日期")
    step_take(**again)  # type: ignore[arg-type]
    assert Case.objects.get(pk=scene.case).lifecycle == 0


def test_a_comment_is_withdrawn_by_its_author_and_never_changed(scene: Scene) -> None:
    first = comment_added(case_id=scene.case, words=" 请核对送达地址 ", actor=scene.judge, at=MONDAY)
    second = comment_added(case_id=scene.case, words="已核对", actor=scene.judge, at=NEXT)
    with pytest.raises(BadWords):
        comment_added(case_id=scene.case, words="  ", actor=scene.judge, at=NEXT)
    comment_withdrawn(case_id=scene.case, comment=first, actor=scene.judge, at=NEXT)
    with pytest.raises(NotThere):
        comment_withdrawn(case_id=scene.case, comment=first, actor=scene.judge, at=NEXT)
    found = comments_of(case_id=scene.case, actor=scene.judge)
    assert [(c.pk, c.words, c.withdrawn is None) for c in found] == [(second, "已核对", True), (first, "请核对送达地址", False)]
    assert [c.pk for c in comments_of(case_id=scene.case, actor=scene.judge, before=second)] == [first]
    with pytest.raises(NoSuchCase):
        comments_of(case_id=scene.case, actor=scene.stranger)


@pytest.mark.parametrize(
    "statement",
    [
        "update casework_change set act = 'x' where case_id = %s",
        "delete from casework_change where case_id = %s",
        "update casework_comment set words = 'x' where case_id = %s",
        "delete from casework_comment where case_id = %s",
    ],
)
def test_the_database_keeps_traces_and_remarks_as_they_were_written(scene: Scene, statement: str) -> None:
    comment_added(case_id=scene.case, words="原话", actor=scene.judge, at=MONDAY)
    with pytest.raises(DatabaseError, match=r"permission denied|OPS-301"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [scene.case])


def test_what_cannot_be_written_down_is_not_done(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    long = Actor("x" * 61, scene.judge.organisation, scene.judge.roles, scene.judge.keys)
    with pytest.raises(DatabaseError):
        holder_assigned(case_id=scene.case, post=scene.post.pk, actor=long, at=MONDAY)
    assert Case.objects.get(pk=scene.case).holder_id is None


def test_only_those_who_handle_the_case_change_its_handling(scene: Scene) -> None:
    supervisor = Actor("up", scene.unit.pk, scene.judge.roles, _supervising(scene))
    with pytest.raises(OnlyHandlers):
        holder_assigned(case_id=scene.case, post=scene.post.pk, actor=supervisor, at=MONDAY)
    with pytest.raises(OnlyHandlers):
        comments_of(case_id=scene.case, actor=supervisor)


def _supervising(scene: Scene) -> tuple[int, ...]:
    """A key that shows the case without letting it be handled."""
    key, _ = AccessKey.objects.get_or_create(organisation=scene.unit, capacity="supervise")
    Visibility.objects.create(key=key, case_id=scene.case, level=0, lifecycle=0)
    return (key.pk,)


def lexemes(case: int) -> set[str]:
    """The keys that the search row of a case carries."""
    with connection.cursor() as cursor:
        cursor.execute("select w from casework_searchrow, unnest(tsvector_to_array(tsv)) w where case_id = %s and w like 'k:%%'", [case])
        return {row[0] for row in cursor.fetchall()}


def keys(case: int) -> set[str]:
    """The keys that open a case."""
    return {f"k:{key}" for key in Visibility.objects.filter(case_id=case).values_list("key_id", flat=True)}


def test_the_search_follows_who_may_see_the_case(scene: Scene) -> None:
    assert lexemes(scene.case) == keys(scene.case)
    member = member_joined(case_id=scene.case, post=scene.colleague.pk, capacity="Roles.JUDGE", actor=scene.judge, at=MONDAY)
    assert lexemes(scene.case) == keys(scene.case) > {f"k:{scene.judge.keys[0]}"}
    member_left(case_id=scene.case, member=member, actor=scene.judge, at=NEXT, reason="完成协助")
    assert lexemes(scene.case) == keys(scene.case)
