"""承办接口 · Parties, holder, lead handler, team and marks of a case through the API: masked, with reasons, and only for who handles it."""

from __future__ import annotations

from datetime import date

from tests.portal.conftest import Asker, asker, opened, organisation
from tianping.casework.models import Case, Change, Event, Party, Post, TeamMember

NAME = "欧阳示例"


def post_of(one: Asker) -> int:
    assert one.account.person is not None
    return Post.objects.get(person=one.account.person).pk


def acts(case: int) -> list[str]:
    return list(Change.objects.filter(case_id=case).order_by("pk").values_list("act", flat=True))


def test_parties_join_are_represented_replaced_and_leave_and_are_always_masked(judge: Asker) -> None:
    case = opened(judge)
    one = judge.post(f"cases/{case}/parties", {"name": NAME, "capacity": "Roles.APPLICANT", "phone": "13900000000"})
    assert one.status_code == 201, one.data
    agent = judge.post(f"cases/{case}/parties", {"name": "李示范", "capacity": "Roles.AGENT", "acts_for": one.data["id"], "authority": "特别授权"})
    assert agent.status_code == 201, agent.data
    page = judge.get(f"cases/{case}/parties?size=1").data
    rest = judge.get(f"cases/{case}/parties?size=1&after={page['next']}").data
    listed = page["items"] + rest["items"]
    assert [(p["acts_for"], p["authority"], p["masked"]) for p in listed] == [(None, "", True), (one.data["id"], "特别授权", True)]
    assert NAME not in judge.get(f"cases/{case}/parties").content.decode()
    whole = judge.post(f"cases/{case}/parties/{one.data['id']}/reveal", {"reason": "送达"})
    assert (whole.data["name"], whole.data["phone"]) == (NAME, "13900000000")
    heir = {"name": "欧阳继承", "capacity": "Roles.APPLICANT", "reason": "当事人死亡，继承人参加诉讼"}
    replaced = judge.post(f"cases/{case}/parties/{one.data['id']}/replace", heir)
    assert replaced.status_code == 201, replaced.data
    standing = judge.get(f"cases/{case}/parties").data["items"]
    assert [(p["id"], p["replaces"]) for p in standing] == [(replaced.data["id"], one.data["id"])], "the agent went with whom it acted for"
    every = judge.get(f"cases/{case}/parties?who=all").data["items"]
    assert [p["left"] is not None for p in every] == [True, True, False]
    gone = judge.post(f"cases/{case}/parties/{replaced.data['id']}/leave", {"reason": "撤回起诉"})
    assert (gone.status_code, Party.objects.filter(case_id=case, left=None).count()) == (204, 0)
    again = judge.post(f"cases/{case}/parties/{replaced.data['id']}/leave", {"reason": "撤回起诉"})
    assert (again.status_code, again.data["code"]) == (409, "OPS-542")
    assert acts(case) == ["party.added", "party.added", "party.replaced", "party.left"]


def test_what_will_not_do_for_a_party_is_told_and_a_minor_seals_the_case(judge: Asker) -> None:
    case = opened(judge)
    wrong = {"name": "张三", "capacity": "Roles.APPLICANT", "identity": "140799199001010001"}
    assert judge.post(f"cases/{case}/parties", wrong).data["code"] == "OPS-541"
    assert judge.post(f"cases/{case}/parties", {"name": "张三", "capacity": "Roles.EMPEROR"}).data["code"] == "OPS-541"
    assert (
        judge.post(f"cases/{case}/parties", {"name": "张三", "capacity": "Roles.AGENT", "acts_for": 10**9, "authority": "代为和解"}).status_code
        == 409
    )
    assert judge.post(f"cases/{case}/parties", {"name": "", "capacity": "Roles.AGENT"}).status_code == 422
    assert judge.post(f"cases/{case}/parties", {"name": "王小", "capacity": "Roles.APPLICANT", "minor": True}).status_code == 201
    assert Case.objects.get(pk=case).level == 1


def test_holder_lead_and_team_change_with_a_reason_and_a_trace(judge: Asker) -> None:
    case, colleague = opened(judge), asker(judge.organisation, "JUDGE", "CLERK")
    own, other = post_of(judge), post_of(colleague)
    assert judge.post(f"cases/{case}/holder", {"post": own}).status_code == 204
    assert judge.post(f"cases/{case}/holder", {"post": other}).data["code"] == "OPS-522", "to take it from somebody needs a reason"
    assert judge.post(f"cases/{case}/holder", {"post": other, "reason": "原承办人调离"}).status_code == 204
    assert judge.post(f"cases/{case}/lead", {"post": own}).status_code == 204
    found = judge.get(f"cases/{case}").data
    assert (found["holder"], found["lead"]) == (other, own)
    assert judge.post(f"cases/{case}/charges", {"post": other, "limit": "PreFiling.to_decide"}).status_code == 204
    assert judge.post(f"cases/{case}/charges", {"post": other, "limit": "nothing"}).data["code"] == "OPS-525"
    stranger = asker(organisation(), "JUDGE")
    assert judge.post(f"cases/{case}/holder", {"post": post_of(stranger), "reason": "x"}).data["code"] == "OPS-523"
    assert stranger.get(f"cases/{case}").status_code == 404
    joined = judge.post(f"cases/{case}/team", {"post": post_of(stranger), "capacity": "Roles.JUDGE"})
    assert joined.status_code == 201, joined.data
    assert stranger.get(f"cases/{case}").status_code == 200, "who works on a case sees it"
    (member,) = stranger.get(f"cases/{case}/team").data["items"]
    assert (member["post"], member["capacity"], member["until"]) == (post_of(stranger), "Roles.JUDGE", None)
    assert judge.post(f"cases/{case}/team/{member['id']}/leave", {"reason": "任务完成"}).status_code == 204
    assert stranger.get(f"cases/{case}").status_code == 404
    assert TeamMember.objects.get(pk=member["id"]).until is not None
    assert acts(case) == ["holder.assigned", "holder.assigned", "lead.named", "charge.given", "team.joined", "team.left"]
    assert Event.objects.filter(case_id=case).count() == 1, "none of this is a step of the procedure"


def test_marks_have_a_basis_a_day_of_review_and_an_end(judge: Asker) -> None:
    case = opened(judge)
    ask = {"code": "listed", "basis": "政法委挂牌督办〔2026〕3号", "review_on": "2030-01-31"}
    assert judge.post(f"cases/{case}/marks", ask | {"review_on": "2020-01-31"}).data["code"] == "OPS-526"
    assert judge.post(f"cases/{case}/marks", ask).status_code == 204
    assert judge.post(f"cases/{case}/marks", ask).data["code"] == "OPS-524"
    assert judge.get(f"cases/{case}").data["flags"] == ["listed"]
    assert judge.post(f"cases/{case}/marks/listed/lower", {"reason": "督办事项已办结"}).status_code == 204
    assert judge.post(f"cases/{case}/marks/listed/lower", {"reason": "督办事项已办结"}).data["code"] == "OPS-525"
    (mark,) = judge.get(f"cases/{case}/marks").data["items"]
    assert (mark["basis"], mark["review_on"], mark["lowered_by"]) == (ask["basis"], "2030-01-31", judge.account.username)


def test_a_superior_sees_the_parties_masked_and_changes_nothing() -> None:
    city = organisation()
    judge, above = asker(organisation(parent=city), "FILING_JUDGE"), asker(city, "PRESIDENT")
    case = opened(judge)
    party = judge.post(f"cases/{case}/parties", {"name": NAME, "capacity": "Roles.APPLICANT"}).data["id"]
    assert [p["id"] for p in above.get(f"cases/{case}/parties").data["items"]] == [party]
    asked = {
        f"parties/{party}/reveal": {"reason": "x"}, "parties": {"name": "丁", "capacity": "Roles.AGENT"}, f"parties/{party}/leave": {"reason": "x"},
        "holder": {"post": 1}, "lead": {"post": 1}, "charges": {"post": 1}, "team": {"post": 1, "capacity": "Roles.JUDGE"},
        "marks": {"code": "listed", "basis": "x", "review_on": date(2030, 1, 1).isoformat()}, "marks/listed/lower": {"reason": "x"},
        f"parties/{party}/replace": {"name": "丁", "capacity": "Roles.AGENT", "reason": "x"}, "team/1/leave": {"reason": "x"},
    }  # fmt: skip
    for path, body in asked.items():
        assert above.post(f"cases/{case}/{path}", body).status_code == 403, path
    for path in ("team", "marks"):
        assert above.get(f"cases/{case}/{path}").status_code == 403, path
    assert acts(case) == ["party.added"]
